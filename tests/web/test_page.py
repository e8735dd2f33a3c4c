"""What a visitor does in the chat, in a real headless Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.domain import Event, Progress, SentenceReleased
from assistant.errors import ModelUnavailable
from tests.web.browsing import BOX, CHIP, NEEDS_BROWSER, PANEL, ask, opened
from tests.web.conftest import Served
from tests.web.world import SENTENCES, ScriptedAssistant, events

pytestmark = NEEDS_BROWSER


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
    page.wait_for_selector("text=Every sentence opens its clause")
    page.wait_for_selector(f"{PANEL} >> text=Document number")
    assert page.inner_text(".pa-badge") == "Answered"
    assert page.inner_text("#pa-send") == "Send"
    assert page.inner_text("#pa-fresh") == "New conversation"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".pa-sentence").count() == 3


def test_the_language_chosen_is_remembered(page: Any, context: Any, served: Served) -> None:
    page.click("#pa-language label >> nth=1")
    page.wait_for_selector("text=not legal advice")
    again = opened(context.new_page(), served.url)
    again.wait_for_selector("text=not legal advice")
    again.close()


def test_an_english_browser_is_greeted_in_english(other: Any) -> None:
    assert other.is_visible("text=Questions to start with")
    assert other.inner_text("#pa-ask-button") == "Ask"


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


def test_copying_an_answer_gives_sentences_with_labels_and_sources(page: Any, context: Any) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "研发投入？")
    page.wait_for_selector(".pa-copy")
    page.click(".pa-copy")
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("上一年度研发投入不低于销售收入的4.5%。[1]\n")
    assert "[2] 云溪日报：门槛将提高 › 报道内容" in copied
