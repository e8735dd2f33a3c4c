"""The recorded conflicts and the glossary: well formed, and about what is in the corpus."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml

from assistant.domain import LANGUAGES, Language
from assistant.language.glossary import Glossary
from tests.corpus.shelf import BY_ID, CORPUS, EVERY_DOCUMENT, text

CONFLICTS = yaml.safe_load((CORPUS / "conflicts.yaml").read_text(encoding="utf-8"))
GLOSSARY = Glossary.load(CORPUS / "glossary.yaml")
ALL_TEXTS = {
    language: "\n".join(text(name, tongue) for name, tongue in EVERY_DOCUMENT if tongue == language)
    for language in LANGUAGES
}


def test_all_recorded_conflicts_are_there_in_order() -> None:
    assert [entry["id"] for entry in CONFLICTS] == [f"C{number:02}" for number in range(1, 19)]


@pytest.mark.parametrize("entry", CONFLICTS, ids=[entry["id"] for entry in CONFLICTS])
def test_a_conflict_tells_who_says_what_and_which_reading_to_take(entry: dict[str, object]) -> None:
    for field in ("topic", "resolution"):
        assert all(entry[f"{field}_{language}"] for language in LANGUAGES)
    assert entry["confidence"] in {"high", "medium", "low"}
    claims = entry["claims"]
    assert isinstance(claims, list)
    for claim in claims:
        assert claim["instrument"] in BY_ID
        assert claim["text_zh"]
        assert claim["text_en"]


@pytest.mark.parametrize("entry", CONFLICTS, ids=[entry["id"] for entry in CONFLICTS])
def test_a_conflict_can_be_recognised_in_both_languages(entry: dict[str, object]) -> None:
    terms = entry["terms"]
    assert isinstance(terms, list)
    assert all(isinstance(term, str) for term in terms), "quote a term that has a comma"
    assert any(not term.isascii() for term in terms)
    assert any(term.isascii() for term in terms)


def test_the_glossary_is_rich_and_every_term_has_both_languages() -> None:
    assert len(GLOSSARY.terms) >= 250
    assert all(term.zh and term.en for term in GLOSSARY.terms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_stands_for_one_term_only(language: Language) -> None:
    terms = defaultdict(set)
    for term in GLOSSARY.terms:
        for name in term.names(language):
            terms[name.casefold()].add(term.zh)
    assert {name: found for name, found in terms.items() if len(found) > 1} == {}


def test_no_chinese_abbreviation_is_an_english_word_and_no_acronym_an_everyday_one() -> None:
    everyday = {"most", "it", "who", "is", "us", "all", "at", "in", "on"}
    assert not {name.casefold() for term in GLOSSARY.terms for name in term.names("en")} & everyday


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How is a high-tech enterprise recognized?", "高新技术企业"),
        ("What about proof-of-concept centers?", "概念验证中心"),
        ("高企到期怎么办？", "high-tech enterprise"),
        ("小巨人的资产负债率要求", "debt-to-asset ratio"),
    ],
)
def test_a_question_gains_the_name_in_the_other_language(question: str, expected: str) -> None:
    assert expected in {variant.text for variant in GLOSSARY.variants(question)}


def test_most_terms_occur_in_the_documents() -> None:
    used = [term for term in GLOSSARY.terms if any(name in ALL_TEXTS["zh"] for name in term.names("zh"))]
    assert len(used) > 0.8 * len(GLOSSARY.terms)
