"""A sentence is released with true citations, or not at all; a computed figure only with its operands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.citing import Checker, released
from assistant.answering.composer import Draft, Span
from assistant.answering.computation import Computation, Operand
from assistant.answering.conflicts import asked_about, load_conflicts, readings, touched
from assistant.domain import Chunk, Evidence, Instrument, Passage
from assistant.errors import CorpusError
from assistant.validity import validity_on

RULE = Instrument("rule", "加计扣除公告", "Deduction Notice")
TEXT = "企业的研发费用按实际发生额的120%加计扣除。"


def evidence(text: str = TEXT) -> Evidence:
    chunk = Chunk("c1", "d1", "rule", "zh", 0, ("第一条",), 100, 100 + len(text), text, 20)
    return Evidence(1, Passage(chunk, RULE, validity_on(RULE, "2026-11-23"), 1.0))


CHECKER = Checker("研发费用500万元，能扣多少？", "zh", {1: evidence()}, lambda _: "digest")


def computed(result: str, operands: tuple[Operand, ...]) -> Draft:
    formula = f"500万元 × 120% = {result}"
    return Draft(f"计算：{formula}。", (1,), computed=(Computation(formula, operands, result),))


OPERANDS = (Operand("500万元", "question"), Operand("120%", "clause"))


def test_a_citation_points_at_the_characters_it_quotes() -> None:
    sentence = CHECKER.check(Draft(TEXT, (1,), (Span(1, 0, len(TEXT)),)))
    assert released(sentence)
    (citation,) = sentence.citations
    assert citation.quote == TEXT
    assert (citation.start, citation.end) == (100, 100 + len(TEXT))
    assert citation.document_digest == "digest"


def test_a_worked_out_figure_is_released_with_its_formula() -> None:
    sentence = CHECKER.check(computed("600万元", OPERANDS))
    assert released(sentence)
    assert sentence.computed == ("500万元 × 120% = 600万元",)


@pytest.mark.parametrize(
    "operand", [Operand("700万元", "question"), Operand("130%", "clause"), Operand("5万元", "computed")]
)
def test_an_operand_that_stands_nowhere_holds_the_sentence_back(operand: Operand) -> None:
    assert not released(CHECKER.check(computed("600万元", (*OPERANDS, operand))))


@pytest.mark.parametrize("draft", [Draft("没有依据。"), Draft(TEXT, (7,)), Draft("按150%加计扣除。", (1,))])
def test_no_citation_a_strange_label_and_a_wrong_figure_hold_a_sentence_back(draft: Draft) -> None:
    assert not released(CHECKER.check(draft))


CONFLICTS = """
- id: C1
  topic_zh: 研发平台数量
  topic_en: Number of R&D platforms
  claims:
  - {instrument: rule, text_zh: 1500家, text_en: 1500 platforms}
  - {instrument: other, text_zh: 1600家, text_en: 1600 platforms}
  resolution_zh: 以1500家为准。回答时注明来源。
  resolution_en: Take 1500.
  terms: [研发平台]
"""


def test_a_disagreement_is_told_when_its_topic_and_a_source_are_touched(tmp_path: Path) -> None:
    path = tmp_path / "conflicts.yaml"
    path.write_text(CONFLICTS, encoding="utf-8")
    known = load_conflicts(path)
    assert touched(known, "研发平台有多少家？", "zh", {"rule"})[0].id == "C1"
    assert not touched(known, "研发平台有多少家？", "zh", {"third"})
    assert not touched(known, "加计扣除多少？", "zh", {"rule"})
    assert asked_about(known, "研发平台是1500家还是1600家？") == known
    assert not asked_about(known, "研发平台目标有多少？")
    assert [draft.text for draft in readings(known[0], [evidence()], "zh")] == ["以1500家为准。"]


@pytest.mark.parametrize(
    "wrong", ["a: b", "- 3", "- {id: C1}", "- {id: C1, topic_zh: x, claims: [1]}", "[", "\x00"]
)
def test_a_wrong_file_of_disagreements_is_named(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "conflicts.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        load_conflicts(path)
    assert "conflicts.yaml" in caught.value.en


def test_no_file_of_disagreements_is_none(tmp_path: Path) -> None:
    assert load_conflicts(tmp_path / "none.yaml") == ()
