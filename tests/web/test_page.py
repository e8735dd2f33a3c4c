"""What a visitor does, in a real headless Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.domain import Event, Progress, SentenceReleased
from assistant.errors import ModelUnavailable
from tests.web.conftest import Served
from tests.web.world import SENTENCES, ScriptedAssistant, events

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium found; on Debian: apt-get install chromium"),
]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
BOX, CHIP, PANEL = "#pa-box textarea", "#pa-chat a.pa-cite", "#pa-panel"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    made = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 860})
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: Any, served: Served, assistant: ScriptedAssistant) -> Any:
    return opened(context, served.url)


def opened(context: Any, url: str) -> Any:
    """The page once it has learnt its language and can be typed into."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(BOX)
    page.wait_for_function("document.cookie.includes('pa_language')")
    return page


def ask(page: Any, question: str) -> None:
    page.fill(BOX, question)
    page.keyboard.press("Enter")


def test_an_answer_streams_in_and_its_citation_opens_the_clause_with_the_quote_marked(
    page: Any, assistant: ScriptedAssistant
) -> None:
    go_on = threading.Event()

    def held(question: str) -> Iterator[Event]:
        yield Progress("searching")
        yield SentenceReleased(SENTENCES[0])
        go_on.wait(15)
        yield from events(question)

    assistant.scripts.append(held)
    ask(page, "研发投入要求是多少？")
    page.wait_for_selector(CHIP)
    assert page.locator(".pa-sentence").count() == 1
    assert page.locator(".pa-badge").count() == 0
    go_on.set()
    page.wait_for_selector(".pa-badge")
    assert page.locator(".pa-sentence").count() == 3

    page.click(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    assert page.inner_text(f"{PANEL} mark") == "研发投入不低于销售收入的4.5%"
    assert "云政规〔2024〕3号" in page.inner_text(PANEL)


def test_the_source_is_reached_and_left_by_keyboard(page: Any) -> None:
    ask(page, "研发投入要求是多少？")
    page.wait_for_selector(".pa-badge")
    page.focus(f"{CHIP} >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{PANEL} mark")
    page.wait_for_function("document.activeElement.id === 'pa-panel'")
    page.keyboard.press("Escape")
    assert page.locator(PANEL).is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("来源 1")


def test_the_whole_page_changes_language_and_the_conversation_stays(page: Any) -> None:
    ask(page, "研发投入要求是多少？")
    page.wait_for_selector(".pa-badge")
    page.click(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    page.click("#pa-language label >> nth=1")
    page.wait_for_selector("text=Every sentence opens the clause it rests on")
    page.wait_for_selector(f"{PANEL} >> text=Document number")
    assert page.inner_text(".pa-badge") == "Answered"
    assert page.inner_text("#pa-send") == "Send"
    assert page.inner_text("#pa-fresh") == "New conversation"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".pa-sentence").count() == 3


def test_the_language_chosen_is_remembered(page: Any, context: Any, served: Served) -> None:
    page.click("#pa-language label >> nth=1")
    page.wait_for_selector("text=not legal advice")
    again = opened(context, served.url)
    again.wait_for_selector("text=not legal advice")


def test_an_english_browser_is_greeted_in_english(
    browser: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    context = browser.new_context(locale="en-GB")
    page = opened(context, served.url)
    page.wait_for_selector("text=Questions to start with")
    context.close()


def test_a_failure_is_explained_and_the_question_can_be_sent_again(
    page: Any, assistant: ScriptedAssistant
) -> None:
    def failing(question: str) -> Iterator[Event]:
        yield Progress("searching")
        raise ModelUnavailable(zh="模型没有响应。", en="-", hint_zh="请稍后重试。", hint_en="-")

    def broken(question: str) -> Iterator[Event]:
        raise ZeroDivisionError

    assistant.scripts.extend([failing, broken, events])
    ask(page, "研发投入？")
    page.wait_for_selector("text=模型没有响应。请稍后重试。")
    assert page.input_value(BOX) == "研发投入？"
    page.click("#pa-send")
    page.wait_for_selector("text=错误编号")
    assert page.input_value(BOX) == "研发投入？"
    page.click("#pa-retry")
    page.wait_for_selector(".pa-badge")
    assert page.locator("#pa-chat .user-row").count() == 2
    assert page.is_enabled(BOX)


def test_an_answer_that_cannot_be_drawn_leaves_the_page_usable(
    page: Any, assistant: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(chunk_id: str) -> None:
        raise OSError("the index went away")

    monkeypatch.setattr(assistant.library, "chunk", broken)
    ask(page, "研发投入？")
    page.wait_for_selector("text=错误编号")
    monkeypatch.undo()
    ask(page, "再来？")
    page.wait_for_selector(".pa-badge")


def test_stop_keeps_what_was_said_and_the_next_question_works(
    page: Any, assistant: ScriptedAssistant
) -> None:
    release = threading.Event()

    def endless(question: str) -> Iterator[Event]:
        yield SentenceReleased(SENTENCES[0])
        release.wait(15)
        yield SentenceReleased(SENTENCES[1])

    assistant.scripts.extend([endless, events])
    ask(page, "一？")
    page.wait_for_selector(CHIP)
    page.click("#pa-stop")
    page.wait_for_selector("text=已停止")
    release.set()
    ask(page, "二？")
    page.wait_for_selector(".pa-badge")
    assert page.locator("text=已停止").count() == 1


def test_an_example_asks_itself_and_a_new_conversation_starts_clean(
    page: Any, assistant: ScriptedAssistant
) -> None:
    page.click("#pa-chat .example >> nth=0")
    page.wait_for_selector(".pa-badge")
    assert assistant.asked[0][0] == "《云溪市工坊登记办法》主要规定了什么？"
    page.click("#pa-fresh")
    page.wait_for_selector("#pa-chat .example")
    assert page.locator(".pa-answer").count() == 0
    ask(page, "二？")
    page.wait_for_selector(".pa-badge")
    assert assistant.asked[1][1].turns == ()


def test_two_visitors_share_nothing(
    page: Any, browser: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    ask(page, "甲的问题？")
    page.wait_for_selector(".pa-badge")
    context = browser.new_context(locale="zh-CN")
    other = opened(context, served.url)
    assert other.locator(".pa-answer").count() == 0
    ask(other, "乙的问题？")
    other.wait_for_selector(".pa-badge")
    assert assistant.asked[1][1].turns == ()
    assert "甲的问题" not in other.inner_text("body")
    context.close()


def test_two_visitors_are_answered_at_the_same_time(
    page: Any, browser: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    both = threading.Barrier(2, timeout=15)

    def together(question: str) -> Iterator[Event]:
        both.wait()
        yield from events(question)

    assistant.scripts.extend([together, together])
    context = browser.new_context(locale="zh-CN")
    other = opened(context, served.url)
    ask(page, "甲？")
    ask(other, "乙？")
    page.wait_for_selector(".pa-badge")
    other.wait_for_selector(".pa-badge")
    context.close()


def test_words_that_look_like_markup_stay_words(page: Any) -> None:
    ask(page, "<img src=x onerror='document.title=1'> **粗** $$x$$ `c`")
    page.wait_for_selector(".pa-badge")
    assert page.inner_text(".pa-question") == "<img src=x onerror='document.title=1'> **粗** $$x$$ `c`"
    assert page.title() != "1"


def test_copying_an_answer_gives_sentences_with_labels_and_sources(page: Any, context: Any) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-copy")
    page.click(".pa-copy")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("上一年度研发投入不低于销售收入的4.5%。[1]\n")
    assert "[2] 云溪日报：门槛将提高 › 报道内容" in copied


def test_the_documents_are_listed_narrowed_and_opened_beside_the_list(page: Any) -> None:
    page.click("#pa-documents-button")
    page.wait_for_selector("#pa-documents .pa-doc")
    page.fill(".pa-filter input", "日报")
    assert page.locator("#pa-documents .pa-doc:visible").count() == 1
    page.fill(".pa-filter input", "")
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


def test_on_a_phone_nothing_overflows_and_the_source_is_a_sheet(
    browser: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True)
    page = opened(context, served.url)
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-badge")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.tap(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    sheet = page.locator(PANEL).bounding_box()
    assert sheet["width"] == 390
    assert sheet["y"] > 0
    page.tap(f"{PANEL} button")
    assert page.locator(PANEL).is_hidden()
    context.close()


def test_the_page_and_an_answer_ask_no_other_host_and_break_no_policy(
    context: Any, served: Served, assistant: ScriptedAssistant
) -> None:
    asked, complaints = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else None
    )
    page = opened(context, served.url)
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-badge")
    page.click(f"{CHIP} >> nth=0")
    page.wait_for_selector(f"{PANEL} mark")
    hints = page.eval_on_selector_all("link", "links => links.map(l => l.href)")
    assert len(asked) > 10
    assert [url for url in [*asked, *hints] if not url.startswith((served.url, "data:", "blob:"))] == []
    assert complaints == []
