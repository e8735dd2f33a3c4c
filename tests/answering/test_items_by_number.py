"""An item asked for by its number is found by its heading, however the number is written."""

from __future__ import annotations

import pytest

from assistant.domain import Instrument, Status, ValidityStatus
from tests.answering.small_library import answering, ask, library

RULE = Instrument(
    "rule", "示范企业管理办法", "Model Rule", doc_number="示范〔2026〕2号", status=ValidityStatus.IN_FORCE
)
HELD = library((RULE, "zh", {"（二）鼓励基础研究": ["鼓励基础研究的责任单位是科技部和商务部。"]}))


@pytest.mark.parametrize("item", ["第（二）项", "第2项"])
def test_an_item_that_is_held_is_answered(item: str) -> None:
    answer = ask(answering(HELD), f"示范〔2026〕2号{item}鼓励基础研究，责任单位有哪些？")
    assert answer.status is Status.ANSWERED
    assert "科技部和商务部" in answer.text


def test_an_item_that_is_not_held_is_said_to_be_missing() -> None:
    answer = ask(answering(HELD), "示范〔2026〕2号第（五）项鼓励基础研究，责任单位有哪些？")
    assert answer.status is Status.NO_EVIDENCE
    assert "第（五）项" in answer.text


WITH_GAPS = library(
    (
        RULE,
        "zh",
        {
            "（二）使用仪器": ["示范企业可以使用大型科研仪器和科技报告。"],
            "未查到的内容": [
                "示范企业管理办法第（三）项及以后各项的责任单位没有读到。",
                "示范企业管理办法的印发日期未查到，评分细则没有读到。",
            ],
        },
    )
)


@pytest.mark.parametrize(
    "question", ["示范企业管理办法第（二）项让示范企业用什么？", "示范企业管理办法有哪些内容？"]
)
def test_a_gap_about_another_item_or_a_date_does_not_deny_what_is_held(question: str) -> None:
    answer = ask(answering(WITH_GAPS), question)
    assert answer.status is Status.ANSWERED
    assert "大型科研仪器" in answer.text


@pytest.mark.parametrize(
    "question", ["示范企业管理办法第（四）项的责任单位是谁？", "示范企业管理办法的印发日期是哪天？"]
)
def test_what_a_gap_says_is_lacking_stays_refused(question: str) -> None:
    assert ask(answering(WITH_GAPS), question).status is Status.NO_EVIDENCE
