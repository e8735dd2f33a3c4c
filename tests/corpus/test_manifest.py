"""The manifest names every instrument once, completely, with a document in each language."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.domain import Authority, Instrument, Kind, Level, ValidityStatus
from assistant.validity import first_day, last_day
from tests.corpus.shelf import BY_ID, CORPUS, EVERY_DOCUMENT, IDS, MANIFEST

_PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def test_all_instruments_of_the_demo_are_there() -> None:
    assert len(IDS) == 58
    assert len(set(IDS)) == 58


def test_every_instrument_has_one_document_in_each_language() -> None:
    assert sorted((file.instrument_id, file.language) for file in MANIFEST.files) == sorted(EVERY_DOCUMENT)
    assert all(file.path.is_file() for file in MANIFEST.files)


def test_no_document_lies_about_without_a_record() -> None:
    named = {file.path for file in MANIFEST.files}
    assert {path.resolve() for path in (CORPUS / "documents").rglob("*.md")} == named


@pytest.mark.parametrize("instrument", MANIFEST.instruments, ids=IDS)
def test_a_record_says_what_the_instrument_is_and_where_it_comes_from(instrument: Instrument) -> None:
    assert instrument.title_zh
    assert instrument.title_en
    assert instrument.issuer_zh
    assert instrument.issuer_en
    assert instrument.coverage_zh
    assert instrument.coverage_en
    assert instrument.confidence in {"high", "medium", "low"}
    assert instrument.sources
    assert instrument.aliases
    assert instrument.level is not Level.UNKNOWN


@pytest.mark.parametrize("instrument", MANIFEST.instruments, ids=IDS)
def test_dates_are_iso_and_an_end_never_comes_before_its_start(instrument: Instrument) -> None:
    dates = (instrument.issued, instrument.published, instrument.effective, instrument.expires)
    for date in filter(None, dates):
        assert _PARTIAL_DATE.fullmatch(date)
        assert first_day(date) <= last_day(date)
    if instrument.expires and (start := instrument.effective or instrument.issued or instrument.published):
        assert first_day(start) <= last_day(instrument.expires)


@pytest.mark.parametrize("instrument", MANIFEST.instruments, ids=IDS)
def test_authority_follows_from_the_kind(instrument: Instrument) -> None:
    assert instrument.authority is Authority[instrument.kind.name]


def test_what_is_superseded_names_its_successor_and_an_end() -> None:
    superseded = [i for i in MANIFEST.instruments if i.status is ValidityStatus.SUPERSEDED]
    assert superseded
    for instrument in superseded:
        assert instrument.superseded_by in BY_ID
        assert instrument.expires


def test_no_alias_stands_for_two_instruments() -> None:
    aliases = Counter(alias.casefold() for instrument in MANIFEST.instruments for alias in instrument.aliases)
    assert [alias for alias, times in aliases.items() if times > 1] == []


def test_the_news_item_weighs_least() -> None:
    news = BY_ID["seed-news-2025"]
    assert news.kind is Kind.NEWS
    assert all(news.authority <= instrument.authority for instrument in MANIFEST.instruments)


def test_only_public_addresses_are_given() -> None:
    for instrument in MANIFEST.instruments:
        for source in instrument.sources:
            assert not source.url.startswith(("/", "file:", "~")), instrument.id
