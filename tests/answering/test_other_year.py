"""A follow-up that only names another year asks the last question again, of that year."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.other_year import of_another_year
from assistant.domain import Answer, Conversation, Finished, Instrument, ValidityStatus
from tests.answering.small_library import answering, ask, library

TODAY = date(2026, 11, 23)


def year(number: int) -> Instrument:
    return Instrument(f"y{number}", f"{number}年度示范企业评价通知", status=ValidityStatus.IN_FORCE)


HELD = library(
    (year(2025), "zh", {"时间": ["2025年度示范企业评价系统开放到9月30日。"]}),
    (year(2026), "zh", {"时间": ["2026年度示范企业评价系统开放到8月31日。"]}),
)


@pytest.mark.parametrize(
    ("before", "question", "restated"),
    [
        ("去年评价系统开到哪天？", "今年呢", "2026年评价系统开到哪天？"),
        ("评价系统开到哪天？", "那2024年呢？", "2024年评价系统开到哪天？"),
        ("When did filing close in 2025?", "And this year?", "When did filing close in 2026?"),
        ("When does filing close?", "what about next year?", "When does filing close in 2027?"),
    ],
)
def test_the_last_question_is_asked_of_the_year_named(before: str, question: str, restated: str) -> None:
    talk = Conversation().then(before, ask(answering(HELD), before))
    assert of_another_year(question, talk, TODAY) == restated


@pytest.mark.parametrize("question", ["去年营收8000万呢", "今年的条件呢？", "那小巨人呢？"])
def test_a_follow_up_that_says_more_is_left_alone(question: str) -> None:
    talk = Conversation().then("评价系统开到哪天？", ask(answering(HELD), "评价系统开到哪天？"))
    assert of_another_year(question, talk, TODAY) is None


def last(talk: Conversation, question: str) -> Answer:
    *_, finished = answering(HELD).ask(question, talk)
    assert isinstance(finished, Finished)
    return finished.answer


def test_the_answer_is_of_the_other_year() -> None:
    first = "去年示范企业评价系统开放到哪天？"
    talk = Conversation().then(first, ask(answering(HELD), first))
    assert "8月31日" in last(talk, "今年呢").sentences[0].text
