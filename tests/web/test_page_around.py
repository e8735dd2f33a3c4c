"""What surrounds the chat: other visitors, documents, small screens, other hosts; in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from assistant.domain import Event
from tests.web.browsing import CHIP, NEEDS_BROWSER, PANEL, ask, opened
from tests.web.conftest import Served
from tests.web.world import ScriptedAssistant, events

pytestmark = NEEDS_BROWSER


def test_two_visitors_share_nothing(page: Any, other: Any, assistant: ScriptedAssistant) -> None:
    ask(page, "甲的问题？")
    page.wait_for_selector(".pa-badge")
    assert other.locator(".pa-answer").count() == 0
    ask(other, "乙的问题？")
    other.wait_for_selector(".pa-badge")
    assert assistant.asked[1][1].turns == ()
    assert "甲的问题" not in other.inner_text("body")


def test_two_visitors_are_answered_at_the_same_time(
    page: Any, other: Any, assistant: ScriptedAssistant
) -> None:
    both = threading.Barrier(2, timeout=15)

    def together(question: str) -> Iterator[Event]:
        both.wait()
        yield from events(question)

    assistant.scripts.extend([together, together])
    ask(page, "甲？")
    ask(other, "乙？")
    page.wait_for_selector(".pa-badge")
    other.wait_for_selector(".pa-badge")


def test_words_that_look_like_markup_stay_words(page: Any) -> None:
    ask(page, "<img src=x onerror='document.title=1'> **粗** $$x$$ `c`")
    page.wait_for_selector(".pa-badge")
    assert page.inner_text(".pa-question") == "<img src=x onerror='document.title=1'> **粗** $$x$$ `c`"
    assert page.title() != "1"


def test_the_documents_are_listed_narrowed_and_opened_beside_the_list(page: Any) -> None:
    page.click("#pa-documents-button")
    page.wait_for_selector("#pa-documents .pa-doc")
    page.fill(".pa-filter [type=search]", "日报")
    assert page.locator("#pa-documents .pa-doc:visible").count() == 1
    page.fill(".pa-filter [type=search]", "")
    page.select_option("[data-narrows=tone]", "bad")
    assert page.is_visible(".pa-shelf [role=status]")
    page.fill("[data-day]", "2035-01-01")
    page.wait_for_selector("#pa-documents .pa-state.pa-bad")  # and the choice is kept
    page.select_option("[data-narrows=tone]", "")
    page.click("#pa-documents .pa-doc >> nth=0")
    page.wait_for_selector(f"{PANEL} .pa-fulltext")
    assert "第六条" in page.inner_text(PANEL)


def test_a_file_is_uploaded_from_the_page_and_what_became_of_it_is_told(page: Any, served: Served) -> None:
    page.click("#pa-documents-button")
    page.wait_for_selector("#pa-documents .pa-upload")
    text = {"name": "办法.txt", "mimeType": "text/plain", "buffer": "第一条 甲。".encode()}
    program = {"name": "a.exe", "mimeType": "application/octet-stream", "buffer": b"x"}
    page.set_input_files(".pa-upload input", [text, program])
    page.wait_for_selector(".pa-progress >> text=没有接收 a.exe")
    page.wait_for_selector(".pa-progress >> text=办法.txt · 已收录")
    assert (served.assistant.settings.state / "uploads" / "办法.txt").is_file()


def test_on_a_phone_nothing_overflows_and_the_source_is_a_sheet(page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-badge")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    sheet = page.locator(PANEL).bounding_box()
    assert sheet["width"] == 390
    assert sheet["y"] > 0
    page.click(f"{PANEL} button")
    assert page.locator(PANEL).is_hidden()


def test_the_page_and_an_answer_ask_no_other_host_and_break_no_policy(
    context: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    asked, complaints = [], []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened(page, served.url)
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-badge")
    page.click(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    hints = page.eval_on_selector_all("link", "links => links.map(l => l.href)")
    page.close()
    assert len(asked) > 10
    assert [url for url in [*asked, *hints] if not url.startswith((served.url, "data:", "blob:"))] == []
    assert complaints == []
