"""Driving the page in a real headless Chromium."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from assistant.domain import LANGUAGES

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE = {"width": 1280, "height": 860}
EMPTY_TABS = """() => document.querySelectorAll(".pa-view").forEach((view) => {
  delete view.dataset.now;
  view.replaceChildren();
})"""
BOX, CHIP, PANEL = "#pa-box textarea", "#pa-chat a.pa-cite", "#pa-panel"

#: What every test that needs the browser is marked with.
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found; on Debian: apt-get install chromium"),
]


def visitor(browser: Any, *, locale: str) -> Any:
    """Somebody with a browser of their own and no past."""
    made = browser.new_context(locale=locale, viewport=WIDE)
    made.set_default_timeout(45_000)
    return made


def opened(page: Any, url: str) -> Any:
    """The page once it has learnt its language and can be typed into."""
    page.goto(url)
    page.wait_for_selector(BOX)
    page.wait_for_function("document.cookie.includes('pa_language')")
    return page


def ask(page: Any, question: str) -> None:
    """Type ``question`` and send it."""
    page.fill(BOX, question)
    page.keyboard.press("Enter")


def cleared(page: Any, language: str) -> Any:
    """The page with no conversation, nothing open beside it, in ``language``."""
    page.bring_to_front()  # Chromium slows pages that are not looked at
    page.set_viewport_size(WIDE)
    page.keyboard.press("Escape")
    page.click("#pa-ask-button")
    if page.evaluate("document.documentElement.lang") != language:
        page.click(f"#pa-language label >> nth={LANGUAGES.index(language)}")
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
    if page.is_visible("#pa-fresh"):
        page.click("#pa-fresh")
    page.wait_for_selector("#pa-chat .example")
    page.fill(BOX, "")
    page.evaluate(EMPTY_TABS)
    return page
