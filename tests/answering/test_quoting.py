"""What is quoted of a clause, which clauses are given as evidence, and what a reader's question becomes."""

from __future__ import annotations

import pytest

from assistant.answering.evidence import pack
from assistant.answering.intake import clean, spelled_out
from assistant.answering.naming import Names
from assistant.answering.reading import Want, read
from assistant.answering.signs import sign, signs
from assistant.answering.units import shown, units
from assistant.domain import Chunk, Evidence, Filters, Instrument, Language, Passage, Query
from assistant.errors import QuestionError
from assistant.validity import validity_on
from tests.answering.small_library import SmallLibrary, library

PLAN = Instrument(
    "plan", "研发城市行动方案", "R&D City Plan", aliases=("城市方案",), doc_number="武政〔2025〕8号"
)
LAW = Instrument("law", "科技进步法", "Science and Technology Progress Law")


def passage(text: str, *, language: Language = "zh", name: str = "c", score: float = 1.0) -> Passage:
    chunk = Chunk(name, f"d-{language}", "plan", language, 0, ("一、目标",), 0, len(text), text, len(text))
    return Passage(chunk, PLAN, validity_on(PLAN, "2026-11-23"), score)


@pytest.mark.parametrize(
    ("raw", "read_as"),
    [
        ("- （1）须成立满1年。（来源：官方文本）", "须成立满1年。"),
        ("1. **目标**是40个。（单一来源：新闻）", "目标是40个。（单一来源：新闻）"),
        ("- Staff of 50. (source: page (copy))", "Staff of 50."),
    ],
)
def test_list_marks_and_source_notes_are_left_out_but_single_sources_stay(raw: str, read_as: str) -> None:
    assert shown(raw) == read_as


def test_every_unit_stands_where_it_says_in_the_clause() -> None:
    text = "第一句话。第二句话。（单一来源：新闻）\n- 第三项内容。\n\n- 第四项内容。"
    found = units(Evidence(1, passage(text)))
    assert [unit.text for unit in found] == [
        "第一句话。",
        "第二句话。（单一来源：新闻）",
        "第三项内容。",
        "第四项内容。",
    ]
    assert all(unit.text in shown(text[unit.start : unit.end]) for unit in found)


def test_evidence_is_numbered_keeps_to_its_budget_and_to_the_askers_language() -> None:
    many = [passage("条款" * 50, name=f"c{n}", score=1 - n / 100) for n in range(30)]
    twin = passage("clause " * 20, language="en", name="twin", score=2.0)
    packed = pack([twin, *many], "zh", lambda _: (), budget=1000)
    assert [item.label for item in packed] == list(range(1, len(packed) + 1))
    assert sum(item.passage.chunk.tokens for item in packed) <= 1000
    assert all(item.passage.chunk.language == "zh" for item in packed)


def test_a_clause_brings_the_rest_of_its_section() -> None:
    held: SmallLibrary = library((PLAN, "zh", {"条件": ["甲条件须满足。"], "其他": ["无关内容。"]}))
    found = held.retrieve(Query("甲条件", Filters(), limit=1)).passages
    assert {e.passage.chunk.path for e in pack(found, "zh", held.cut.__getitem__)} == {("条件",)}


@pytest.mark.parametrize("name", ["研发城市行动方案", "《城市方案》", "武政〔2025〕8号", "r&d city plan"])
def test_an_instrument_is_known_by_every_name_and_number(name: str) -> None:
    assert [found.instrument_id for found in Names([PLAN, LAW]).named(f"请问 {name} 的目标？")] == ["plan"]


def test_invisible_characters_are_dropped_and_empty_or_endless_input_is_refused() -> None:
    assert clean("高企\u200b\u202e条件\x07？") == "高企条件？"
    for wrong in ("", "  ？！", "\u200b", "问" * 4001, "x" * 200_000):
        with pytest.raises(QuestionError) as caught:
            clean(wrong)
        assert caught.value.zh
        assert caught.value.en


def test_everyday_words_are_written_out() -> None:
    assert spelled_out("啥时候报？这个办法还有效不？") == "什么时候报？这个办法还有效吗？"


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("研发平台目标是多少家？", Want.VALUE),
        ("申报高企需要什么条件？", Want.CONDITION),
        ("Who issued the plan?", Want.WHO),
        ("方案什么时候印发？", Want.WHEN),
        ("这个办法还有效吗？", Want.VALIDITY),
        ("Which measures are listed?", Want.LIST),
        ("高企和科小有什么区别？", Want.COMPARISON),
        ("什么是新型研发机构？", Want.DEFINITION),
    ],
)
def test_a_question_is_read_by_what_it_asks_for(question: str, want: Want) -> None:
    language: Language = "en" if question.isascii() else "zh"
    assert want in read(question, language).parts[0].wants


def test_two_questions_are_two_parts_that_share_their_subject_and_what_is_told_is_none() -> None:
    reading = read("我们去年营收2亿元。研发占比要多少？谁来认定？", "zh")
    assert [part.text for part in reading.parts] == ["研发占比要多少？", "研发占比要多少？ 谁来认定？"]
    assert "2亿元" in reading.given


def test_signs_are_well_formed_and_named() -> None:
    assert sign("want.value").search("多少")
    assert "staff" in signs("thing")
    with pytest.raises(KeyError):
        sign("no.such.sign")
