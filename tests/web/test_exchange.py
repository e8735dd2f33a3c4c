from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.domain import Conversation, Event, Finished, Progress, SentenceReleased
from assistant.errors import ModelUnavailable, QuestionError
from assistant.web.exchange import Session, converse
from tests.web.world import SENTENCES, ScriptedAssistant, answer, events

TOO_LONG = QuestionError(
    zh="问题太长。", en="Too long.", hint_zh="请缩短到2000字以内。", hint_en="Shorten it to 2,000 characters."
)


def last(assistant: ScriptedAssistant, session: Session, question: str) -> Session:
    return list(converse(assistant, session, question))[-1]  # type: ignore[arg-type]


def test_sentences_appear_one_by_one_and_the_finished_answer_replaces_them() -> None:
    moments = [m.exchanges[-1] for m in converse(ScriptedAssistant(), Session(), "问")]  # type: ignore[arg-type]
    assert [len(m.sentences) for m in moments] == [0, 0, 0, 1, 2, 3, 3]
    assert [m.running for m in moments] == [True] * 6 + [False]
    assert moments[2].stage == "searching"
    assert moments[-1].answer == answer("问")


def test_a_follow_up_is_asked_with_the_answered_turns_only() -> None:
    def failing(question: str) -> Iterator[Event]:
        raise TOO_LONG

    assistant = ScriptedAssistant(scripts=[events, failing, events])
    session = last(assistant, Session(), "一")
    session = last(assistant, session, "二")
    session = last(assistant, session, "三")
    assert [turn.question for turn in assistant.asked[2][1].turns] == ["一"]
    assert [exchange.question for exchange in session.exchanges] == ["一", "二", "三"]


def test_an_error_of_ours_is_told_in_both_languages_with_the_next_step() -> None:
    def failing(question: str) -> Iterator[Event]:
        yield SentenceReleased(SENTENCES[0])
        raise ModelUnavailable(zh="模型无响应。", en="No reply.", hint_zh="请重试。", hint_en="Try again.")

    exchange = last(ScriptedAssistant(scripts=[failing]), Session(), "问").exchanges[-1]
    assert exchange.problem is not None
    assert exchange.problem.localized("zh") == "模型无响应。请重试。"
    assert exchange.problem.localized("en") == "No reply. Try again."
    assert exchange.sentences == SENTENCES[:1]


def test_an_error_before_the_first_event_is_told_too() -> None:
    class Refusing(ScriptedAssistant):
        def ask(self, question: str, conversation: object = None, **_: object) -> Iterator[Event]:
            raise TOO_LONG

    exchange = last(Refusing(), Session(), "问").exchanges[-1]
    assert exchange.problem is not None
    assert "2000" in exchange.problem.zh


def test_an_unexpected_error_is_polite_and_its_details_stay_in_the_log(caplog: object) -> None:
    def failing(question: str) -> Iterator[Event]:
        yield Progress("searching")
        raise ZeroDivisionError("secret detail")

    exchange = last(ScriptedAssistant(scripts=[failing]), Session(), "问").exchanges[-1]
    assert exchange.problem is not None
    assert "secret" not in exchange.problem.zh + exchange.problem.en
    reference = exchange.problem.en.split("reference ")[1][:8]
    assert reference in caplog.text  # type: ignore[attr-defined]
    assert "secret detail" in caplog.text  # type: ignore[attr-defined]


def test_a_script_that_ends_without_an_answer_is_a_problem_not_an_endless_wait() -> None:
    exchange = last(ScriptedAssistant(scripts=[lambda _: iter([Progress("searching")])]), Session(), "问")
    assert exchange.exchanges[-1].problem is not None


def test_stopping_keeps_what_was_released_and_leaves_nothing_running() -> None:
    moments = converse(ScriptedAssistant(), Session(), "问")  # type: ignore[arg-type]
    halfway = next(m for m in moments if m.exchanges[-1].sentences)
    stopped = halfway.settled().exchanges[-1]
    assert stopped.stopped
    assert not stopped.running
    assert stopped.sentences == SENTENCES[:1]
    assert halfway.settled().conversation == Conversation()


def test_asking_again_forgets_the_old_answer_and_the_old_session_is_untouched() -> None:
    assistant = ScriptedAssistant(scripts=[events, lambda q: iter([Finished(answer(q, notices=()))])])
    first = last(assistant, Session(), "问")
    second = last(assistant, first.without_last(), first.last_question or "")
    assert len(second.exchanges) == 1
    assert assistant.asked[1][1] == Conversation()
    assert second.exchanges[0].answer == replace(answer("问"), notices=())
    assert first.exchanges[0].answer == answer("问")
