"""Driving the page in a real headless Chromium."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
BOX, CHIP, PANEL = "#pa-box textarea", "#pa-chat a.pa-cite", "#pa-panel"

#: What every test that needs the browser is marked with.
NEEDS_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found; on Debian: apt-get install chromium"),
]


def opened(context: Any, url: str) -> Any:
    """The page once it has learnt its language and can be typed into."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(BOX)
    page.wait_for_function("document.cookie.includes('pa_language')")
    return page


def ask(page: Any, question: str) -> None:
    """Type ``question`` and send it."""
    page.fill(BOX, question)
    page.keyboard.press("Enter")
