"""The documents: both languages say the same, and every sentence can be quoted alone."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.domain import Kind, Language
from assistant.language.quantities import Kind as QuantityKind
from assistant.language.quantities import quantities
from tests.corpus.shelf import BY_ID, CORPUS, EVERY_DOCUMENT, IDS, lines, text

_ABOUT = {"zh": "## 文件说明", "en": "## About this document"}
_NOT_FOUND = {"zh": "未查到", "en": "not found"}
_HEADING = re.compile(r"(#+) ")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(万|亿|thousand\b|million\b|billion\b)?")
_SCALE = {"万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_LEAK = re.compile(r"\b(?:null|None|True|False|true|false|CNY|TODO|gte|lte)\b|\{|\}")


def _numbers(line: str) -> set[Decimal]:
    """Every number written with digits in a line, in whole units."""
    line = re.sub(r"(?<=\d),(?=\d{3})", "", line)
    return {Decimal(number) * _SCALE.get(scale, 1) for number, scale in _NUMBER.findall(line)}


def _figures(line: str, *kinds: QuantityKind) -> set[Decimal]:
    """The values of the quantities of some kinds that a line writes with digits."""
    found = (q for q in quantities(line) if q.kind in kinds and re.search("[0-9]", q.text))
    return {value for quantity in found for value in (quantity.value, quantity.high) if value is not None}


def _mark_pattern() -> re.Pattern[str]:
    """The expression for source marks, as corpus/README.md gives it."""
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```text\n(.+?)\n```", readme, re.DOTALL)
    return re.compile(next(block for block in blocks if block.startswith("[（(]")))


@pytest.mark.parametrize("name", IDS)
def test_both_languages_have_the_same_parts_in_the_same_order(name: str) -> None:
    shapes = []
    for language in ("zh", "en"):
        headings = [_HEADING.match(line) for line in lines(name, language)]
        shapes.append([len(heading[1]) if heading else 0 for heading in headings])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", IDS)
def test_each_line_gives_the_same_figures_in_both_languages(name: str) -> None:
    for zh, en in zip(lines(name, "zh"), lines(name, "en"), strict=True):
        assert _figures(zh, "money", "percent", "count", "duration") <= _numbers(en), (zh, en)
        assert _figures(en, "money", "percent", "duration") <= _numbers(zh), (zh, en)


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_a_document_opens_with_its_title_and_what_it_is(name: str, language: Language) -> None:
    first, second, *_ = lines(name, language)
    assert first == f"# {BY_ID[name].title(language)}"
    assert second == _ABOUT[language]


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_a_document_says_that_it_is_no_official_text(name: str, language: Language) -> None:
    assert {"zh": "不是官方文本", "en": "not the official text"}[language] in text(name, language)


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_a_document_gives_its_number_or_says_that_none_was_found(name: str, language: Language) -> None:
    instrument = BY_ID[name]
    if instrument.kind in (Kind.LAW, Kind.NEWS, Kind.REFERENCE):
        assert instrument.doc_number is None
        return
    label = {"zh": "文号", "en": "document number"}[language]
    about = [line for line in lines(name, language) if line.startswith("- ")][:6]
    if instrument.doc_number is None:
        assert any(label in line and _NOT_FOUND[language] in line for line in about)
    else:
        for part in re.findall(r"〔\d{4}〕\d+号|第[\d三十]+号|第\d+号", instrument.doc_number):
            assert any(part in line for line in about), part


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_no_value_of_a_program_leaks_into_a_text(name: str, language: Language) -> None:
    assert _LEAK.search(text(name, language)) is None


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_every_line_is_a_heading_or_ends_as_a_sentence(name: str, language: Language) -> None:
    for line in lines(name, language):
        assert line.startswith("#") or re.search(r"[。.：:][”\"]?(?:（[^（）]+）| \([^()]+\))?$", line), line


@pytest.mark.parametrize(("name", "language"), EVERY_DOCUMENT)
def test_source_marks_have_the_documented_form(name: str, language: Language) -> None:
    pattern = _mark_pattern()
    for line in lines(name, language):
        if "来源：" in line or "source: " in line:
            match = pattern.search(line)
            assert match is not None, line
            assert match.end() == len(line), line
            assert match.start() > 0


def test_both_languages_mark_the_same_facts_as_single_source() -> None:
    for name in IDS:
        zh = ["（单一来源：" in line for line in lines(name, "zh")]
        en = ["(single source: " in line for line in lines(name, "en")]
        assert zh == en, name


def test_chinese_documents_are_chinese_and_english_ones_english() -> None:
    for name, language in EVERY_DOCUMENT:
        body = text(name, language)
        chinese = len(re.findall("[一-鿿]", body)) / len(body)
        assert (chinese > 0.5) if language == "zh" else (chinese < 0.05), (name, language, chinese)
