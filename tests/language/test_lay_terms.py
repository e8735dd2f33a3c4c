"""Lay terms: found in everyday words, in one direction, from a file that people edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.language.lay_terms import LayTerm, LayTerms
from assistant.resources import data_folder

SACKED = LayTerm(("辞退", "炒鱿鱼"), ("解除劳动合同", "经济补偿"))
RENTING = LayTerm(("租房",), ("租赁合同",))
TERMS = LayTerms((SACKED, RENTING))


def test_everyday_words_lead_to_the_words_of_the_law() -> None:
    assert TERMS.formal("被老板炒鱿鱼了怎么办") == ["解除劳动合同", "经济补偿"]
    assert TERMS.formal("租房被辭退") == ["解除劳动合同", "经济补偿", "租赁合同"]


def test_what_the_question_says_itself_is_not_added_and_law_does_not_lead_back() -> None:
    assert TERMS.formal("辞退要付经济补偿吗") == ["解除劳动合同"]
    assert TERMS.formal("解除劳动合同的条件") == []


def test_it_loads_from_yaml_and_an_absent_file_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "lay-terms.yaml"
    assert LayTerms.load(path) == LayTerms()
    path.write_text("terms:\n- {lay: [租房], formal: [租赁合同]}\n", encoding="utf-8")
    assert LayTerms.load(path).entries == (RENTING,)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("terms: {}", "terms"),
        ("terms: [- {", "lay-terms.yaml"),
        ("terms:\n- {lay: [a]}", "terms[1]"),
        ("terms:\n- {lay: [a], formal: [b], note: c}", "terms[1]"),
        ("terms:\n- {lay: [a], formal: b}", "terms[1].formal"),
        ("terms:\n- {lay: [2024], formal: [b]}", "terms[1].lay"),
    ],
)
def test_a_wrong_file_is_named_with_its_entry(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "lay-terms.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError) as raised:
        LayTerms.load(path)
    assert named in raised.value.en


def test_the_shipped_list_says_each_thing_once() -> None:
    entries = LayTerms.load(data_folder("corpus") / "lay-terms.yaml").entries
    lay = [word for entry in entries for word in entry.lay]
    assert sorted({word for word in lay if lay.count(word) > 1}) == []
    assert all(len(set(entry.formal)) == len(entry.formal) for entry in entries)
