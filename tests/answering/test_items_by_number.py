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
