from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from assistant.web.source import address, merged, open_source, read_spans
from assistant.web.source_html import gone_html, source_html, source_page
from tests.web.world import (
    CHUNKS,
    CLAUSE,
    FIFTH,
    MEASURES,
    ScriptedAssistant,
    SmallLibrary,
    citation,
    instrument,
)

FIGURE = "不低于销售收入的4.5%"


def opened(spans: str, library: SmallLibrary | None = None) -> BeautifulSoup:
    assistant = ScriptedAssistant(library=library or SmallLibrary())
    source = open_source(assistant, FIFTH.id, read_spans(spans))  # type: ignore[arg-type]
    assert source is not None
    return BeautifulSoup(source_html(source, "zh"), "lxml")


def test_an_address_opens_the_clause_with_the_quoted_words_marked() -> None:
    url = address([citation(1, FIFTH, FIGURE)], SmallLibrary(), "zh")
    assert url == "/source/workshop0001?span=20-32&lang=zh"
    page = opened("20-32")
    assert [mark.text for mark in page.select("mark")] == [FIGURE]
    assert page.select_one("blockquote").text == CLAUSE


def test_the_record_tells_issuer_number_dates_weight_and_where_it_was_published() -> None:
    page = opened("0-3")
    for words in (
        "云溪市人民政府",
        "云政规〔2024〕3号",
        "施行2024-06-01",
        "规范性文件",
        "市级",
        "中",
        "全文",
    ):
        assert words in page.select_one(".pa-record").text
    link = page.select_one(".pa-original a")
    assert link["href"] == "https://yunxi.example.org/measures"
    assert link["rel"] == ["noopener", "noreferrer"]
    assert "有效至2029-05-31" in page.select_one(".pa-validity.pa-good").text


def test_the_text_around_the_clause_can_be_read() -> None:
    around = [details.text for details in opened("0-3").select("details")]
    assert "第四条" in around[0]
    assert "第六条" in around[1]


def test_hostile_text_is_shown_as_text() -> None:
    chunk = replace(FIFTH, text="<script>alert(1)</script>&lt;")
    owner = instrument(title_zh="<b>x</b>", sources=())
    library = SmallLibrary(all_instruments=(owner,), all_chunks=(chunk,))
    page = opened("2-9", library)
    assert not page.select("script, b")
    assert page.select_one("blockquote").text == "<script>alert(1)</script>&lt;"
    assert page.select_one("h2").text == "<b>x</b>"


def test_a_link_that_is_not_http_is_never_offered() -> None:
    evil = replace(MEASURES, sources=(replace(MEASURES.sources[0], url="javascript:alert(1)"),))
    assert not opened("0-3", SmallLibrary(all_instruments=(evil,))).select("a")


def test_a_clause_that_is_no_longer_held_says_so() -> None:
    assistant = ScriptedAssistant(library=SmallLibrary(all_chunks=CHUNKS[2:]))
    assert open_source(assistant, FIFTH.id, ((0, 3),)) is None  # type: ignore[arg-type]
    assert "文件已更新" in gone_html("zh")
    assert "no longer" in gone_html("en")


@pytest.mark.parametrize(
    ("written", "read"),
    [("12-40.60-72", ((12, 40), (60, 72))), ("", ()), ("a-b.3-x.-.5-9", ((5, 9),)), ("-1-4", ())],
)
def test_spans_are_read_and_nonsense_is_left_out(written: str, read: object) -> None:
    assert read_spans(written) == read


def test_overlapping_spans_are_joined_and_empty_ones_dropped() -> None:
    assert merged([(5, 9), (0, 3), (8, 12), (4, 4)]) == ((0, 3), (5, 12))


def test_a_span_beyond_the_clause_marks_no_more_than_the_clause() -> None:
    assert [mark.text for mark in opened("0-9999").select("mark")] == [CLAUSE]


def test_the_page_on_its_own_is_whole_and_asks_no_other_host() -> None:
    page = source_page(gone_html("en"), "en")
    assert page.startswith("<!doctype html>")
    assert "http" not in page
