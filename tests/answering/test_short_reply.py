"""Replies that only say what to change in the last question, or which of the choices is meant."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.naming import Names
from assistant.answering.short_reply import completed
from assistant.domain import Answer, Conversation, Finished, Instrument, Status, Turn, ValidityStatus
from assistant.language.detect import detect
from assistant.language.glossary import Glossary, Term
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
    assert completed(question, talk, Glossary(), Names(()), TODAY) == restated


@pytest.mark.parametrize("question", ["去年营收8000万呢", "今年的条件呢？", "那小巨人呢？"])
def test_a_follow_up_that_says_more_is_left_alone(question: str) -> None:
    talk = Conversation().then("评价系统开到哪天？", ask(answering(HELD), "评价系统开到哪天？"))
    assert completed(question, talk, Glossary(), Names(()), TODAY) is None


def last(talk: Conversation, question: str) -> Answer:
    *_, finished = answering(HELD).ask(question, talk)
    assert isinstance(finished, Finished)
    return finished.answer


def test_the_answer_is_of_the_other_year() -> None:
    first = "去年示范企业评价系统开放到哪天？"
    talk = Conversation().then(first, ask(answering(HELD), first))
    assert "8月31日" in last(talk, "今年呢").sentences[0].text


GLOSSARY = Glossary(
    (
        Term("专精特新中小企业", "SRDI SME", ("专精特新",), subject=True),
        Term("小巨人企业", "little giant", ("小巨人",), subject=True),
    )
)


def after(before: str, question: str, *, options: tuple[str, ...] = ()) -> str | None:
    status = Status.NEEDS_FACTS if options else Status.PARTIAL
    given = Answer(before, detect(before), status, (), options=options)
    talk = Conversation((Turn(before, given),))
    return completed(question, talk, GLOSSARY, Names((year(2025), year(2026))), TODAY)


@pytest.mark.parametrize(
    ("before", "question", "restated"),
    [
        ("专精特新的负债率上限是多少？", "那小巨人呢？", "小巨人的负债率上限是多少？"),
        ("专精特新的负债率上限是多少？", "不对，我说的是小巨人", "小巨人的负债率上限是多少？"),
        ("小巨人要什么条件？", "不对，我问的是2022年那一版", "按2022年的规定，小巨人要什么条件？"),
        ("What is the fee of SRDI SMEs?", "No, I meant little giants", "What is the fee of little giants?"),
        ("评价几月截止？", "我问的是2025年度示范企业评价通知", "2025年度示范企业评价通知：评价几月截止？"),
        ("评价几月截止？", "不对，我问的是谁负责评价？", "谁负责评价？"),
    ],
)  # fmt: skip
def test_a_correction_changes_the_last_question(before: str, question: str, restated: str) -> None:
    assert after(before, question) == restated


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        ("第二个", "乙办法"),
        ("2", "乙办法"),
        ("最后一个", "丙办法"),
        ("前一个吧", "甲办法"),
        ("专精特新", "专精特新"),
    ],
)
def test_a_reply_chooses_among_what_was_asked_about(reply: str, chosen: str) -> None:
    asked = after("申报条件有哪些？", reply, options=("甲办法", "乙办法", "丙办法"))
    assert asked == f"{chosen}：申报条件有哪些？"


def test_a_choice_may_be_made_in_english() -> None:
    asked = after("What are the conditions?", "the second one", options=("A", "B"))
    assert asked == "B: What are the conditions?"


@pytest.mark.parametrize("reply", ["第九个", "营收3000万元，研发200万元", "要交哪些材料？"])
def test_facts_and_questions_are_no_choice(reply: str) -> None:
    assert after("申报条件有哪些？", reply, options=("甲办法", "乙办法")) in (
        None,
        f"{reply}：申报条件有哪些？",
    )
