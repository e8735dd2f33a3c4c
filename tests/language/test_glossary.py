"""The glossary finds what a text mentions and says how else it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.language.glossary import Glossary, Term

HNTE = Term("高新技术企业", "high-tech enterprise", ("高企",), ("HNTE",))
glossary = Glossary((HNTE, Term("技术", "technology"), Term("一人公司", "one-person company", ("OPC",))))


def test_a_chinese_name_gives_aliases_and_english_names() -> None:
    found = {(v.text, v.language): v.weight for v in glossary.variants("高企有什么补贴")}
    assert found[("高新技术企业", "zh")] == found[("high-tech enterprise", "en")] == 1.0
    assert found[("HNTE", "en")] < 1.0
    assert ("高企", "zh") not in found


def test_english_names_are_found_in_any_number_and_case() -> None:
    assert {v.text for v in glossary.variants("Two High-Tech Enterprises and HNTEs", "zh")} == {
        "高新技术企业",
        "高企",
    }


def test_the_longest_name_wins() -> None:
    mentions = glossary.mentions("高新技术企业")
    assert [m.term for m in mentions] == [HNTE]
    assert (mentions[0].start, mentions[0].end) == (0, 6)


def test_an_abbreviation_is_not_found_inside_a_word() -> None:
    assert glossary.mentions("OPCW") == []
    assert [m.term.zh for m in glossary.mentions("办一家OPC可以吗")] == ["一人公司"]


def test_it_loads_from_yaml_and_an_absent_file_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    assert Glossary.load(path) == Glossary()
    path.write_text("terms:\n- {zh: 加计扣除, en: super-deduction, aliases_zh: [加计]}\n", encoding="utf-8")
    assert Glossary.load(path).terms == (Term("加计扣除", "super-deduction", ("加计",)),)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("terms: {}", "terms"),
        ("terms: [- {", "glossary.yaml"),
        ("terms:\n- {zh: a, alias: b}", "alias"),
        ("terms:\n- {note: b}", "terms[1]"),
        ("terms:\n- {zh: a, aliases_en: NO}", "aliases_en"),
        ("terms:\n- {zh: 2024}", "2024"),
    ],
)
def test_a_wrong_file_is_named_with_its_entry(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match="glossary") as raised:
        Glossary.load(path)
    assert named in raised.value.en


def test_a_subject_is_marked_by_true_or_false_only(tmp_path: Path) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_text(
        "terms:\n- {zh: 高新技术企业, en: high-tech enterprise, subject: true}\n", encoding="utf-8"
    )
    assert Glossary.load(path).terms[0].subject
    path.write_text("terms:\n- {zh: 高新技术企业, subject: maybe}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="subject"):
        Glossary.load(path)
