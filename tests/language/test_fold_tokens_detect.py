"""Folding, terms and language: what two writings have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.detect import detect
from assistant.language.fold import aligned, fold
from assistant.language.tokens import singular, terms, without_boilerplate


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("高新技術企業認定", "高新技术企业认定"),  # traditional
        ("⾼新技术企业，⻓江", "高新技术企业,长江"),  # look-alike radicals from a printed PDF
        ("ＲＤ　５，０００％", "rd 5,000%"),  # full width
        ("〔2016〕32号", "[2016]32号"),
        ("①", "1"),
    ],
)
def test_ways_of_writing_one_thing_fold_together(written: str, same: str) -> None:
    assert fold(written) == fold(same)


@given(st.text())
def test_the_aligned_fold_keeps_every_offset(text: str) -> None:
    assert len(aligned(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_chinese_gives_characters_and_pairs() -> None:
    assert terms("研发费用") == ["研", "发", "费", "用", "研发", "发费", "费用"]


def test_english_gives_stems_and_pairs_of_stems() -> None:
    assert terms("Qualified enterprises") == ["qualifi", "enterpris", "qualifi_enterpris"]


def test_numbers_and_document_numbers_stay_whole() -> None:
    found = terms("国科发火〔2016〕32号，销售收入５，000万元，占3.1%")
    assert {"[2016]32号", "5000", "3.1"} <= set(found)
    assert "5" not in found
    assert "000" not in found


def test_an_abbreviation_in_the_plural_is_found_by_its_singular() -> None:
    assert set(terms("HNTE")) <= set(terms("HNTEs pay less"))
    assert len(singular("HNTEs pay")) == len("HNTEs pay")


@given(st.text())
def test_no_term_holds_white_space(text: str) -> None:
    assert all(term and not any(character.isspace() for character in term) for term in terms(text))


def test_what_only_makes_a_question_is_left_out() -> None:
    assert without_boilerplate("请问研发费用加计扣除比例是多少") == "研发费用加计扣除比例"
    assert without_boilerplate("What is the super-deduction rate?") == "super-deduction rate?"


def test_a_question_of_nothing_but_boilerplate_is_kept() -> None:
    assert without_boilerplate("怎么办？") == "怎么办？"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("高企认定要几年？", "zh"),
        ("How long is the certificate valid?", "en"),
        ("R&D费用加计扣除怎么算", "zh"),
        ("What does 高新技术企业认定管理办法 say about Article 11?", "en"),
        ("Is 武汉市建设国际研发中心城市三年行动方案 in force?", "en"),
        ("武汉 OPC 政策", "zh"),
        ("HNTE", "en"),
        ("", "zh"),
    ],
)
def test_the_language_of_a_question_is_that_of_its_function_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_latin_letters_and_the_chinese_after_them_are_two_words() -> None:
    found = terms("OPC社区的A类人才")
    assert "opc" in found
    assert "社区" in found
    assert "人才" in found
