from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from assistant.domain import Sentence, Status
from assistant.web.answer_html import exchange_html, question_html
from assistant.web.exchange import Exchange, Problem
from tests.web.world import EVIDENCE, SENTENCES, SmallLibrary, answer

HOSTILE = """<img src=x onerror=alert(1)> **b** `c` $$d$$ [x](javascript:1)\n\n# h"""


def soup(exchange: Exchange, language: str = "zh", library: object = None) -> BeautifulSoup:
    return BeautifulSoup(exchange_html(exchange, library or SmallLibrary(), language), "lxml")  # type: ignore[arg-type]


def test_every_sentence_carries_a_chip_that_opens_its_clause() -> None:
    page = soup(Exchange("问", answer=answer("问")))
    rows = page.select(".pa-sentence")
    assert len(rows) == 3
    assert [row.select_one("a.pa-cite")["href"] for row in rows] == [
        "/source/workshop0001?span=16-32&lang=zh",
        "/source/workshop0001?span=33-43&lang=zh",
        "/source/report0000?span=4-16&lang=zh",
    ]
    assert rows[0].select_one("a.pa-cite")["aria-label"] == "来源 1：云溪市工坊登记办法 › 第五条 登记条件"


def test_two_quotes_from_one_clause_are_one_chip_that_marks_both() -> None:
    both = Sentence("甲。", SENTENCES[0].citations + SENTENCES[1].citations)
    page = soup(Exchange("问", answer=answer("问", sentences=(both,))))
    chips = page.select(".pa-sentence a.pa-cite")
    assert [chip["href"] for chip in chips] == ["/source/workshop0001?span=16-32.33-43&lang=zh"]


def test_the_list_of_sources_gives_number_title_clause_and_validity() -> None:
    rows = soup(Exchange("问", answer=answer("问"))).select(".pa-sources li")
    assert [row["value"] for row in rows] == ["1", "2"]
    assert rows[0].select_one("b").text == "云溪市工坊登记办法"
    assert rows[0].select_one(".pa-clause").text == "第五条 登记条件"
    assert "2029-05-31" in rows[0].select_one(".pa-good").text
    assert "参考资料" in rows[1].select_one(".pa-unsure").text


def test_nothing_from_outside_becomes_markup_or_a_new_line_of_markdown() -> None:
    sentence = Sentence(HOSTILE, SENTENCES[0].citations)
    hostile = answer(
        HOSTILE, sentences=(sentence,), notices=(HOSTILE,), missing_facts=(HOSTILE,), searched=HOSTILE
    )
    for html in (
        question_html(HOSTILE),
        exchange_html(Exchange(HOSTILE, answer=hostile), SmallLibrary(), "zh"),
        exchange_html(Exchange(HOSTILE, problem=Problem(HOSTILE, HOSTILE)), SmallLibrary(), "zh"),
        exchange_html(Exchange(HOSTILE, sentences=(sentence,), stage=HOSTILE), SmallLibrary(), "en"),
    ):
        page = BeautifulSoup(html, "lxml")
        assert not page.select("img, script, [onerror], [href^=javascript]")
        assert "\n" not in html
        assert "<img src=x onerror=alert(1)>" in page.text


def test_what_was_held_back_is_explained_but_not_quoted() -> None:
    text = soup(Exchange("问", answer=answer("问"))).text
    assert "句中20，条款为12" in text
    assert "人员不少于20人" not in text


def test_conflicts_notices_and_missing_facts_are_shown() -> None:
    page = soup(Exchange("问", answer=answer("问", status=Status.PARTIAL, missing_facts=("成立日期",))))
    assert page.select_one(".pa-badge").text == "部分回答"
    assert "以办法为准" in page.select_one(".pa-conflict").text
    assert "云溪日报：门槛将提高：5%" in page.select_one(".pa-conflict").text
    assert "成立日期" in page.select_one(".pa-missing").text
    assert "其中一个来源是新闻报道" in page.text


def test_a_refusal_says_what_was_searched_and_shows_no_source() -> None:
    refusal = answer(
        "问", status=Status.NO_EVIDENCE, sentences=(Sentence("没有找到。"),), conflicts=(), held_back=()
    )
    page = soup(Exchange("问", answer=refusal))
    assert "2份文件" in page.text
    assert not page.select("a")
    assert refusal.evidence == EVIDENCE


def test_a_chip_whose_clause_is_gone_is_shown_but_opens_nothing() -> None:
    page = soup(Exchange("问", answer=answer("问")), library=SmallLibrary(all_chunks=()))
    assert not page.select("a.pa-cite")
    assert len(page.select("span.pa-cite")) == 3


@pytest.mark.parametrize(("language", "word"), [("zh", "已停止"), ("en", "Stopped")])
def test_a_stopped_answer_keeps_its_sentences(language: str, word: str) -> None:
    page = soup(Exchange("问", sentences=SENTENCES[:2], stopped=True), language)
    assert len(page.select(".pa-sentence")) == 2
    assert word in page.text


def test_a_stop_before_the_first_sentence_does_not_point_to_any() -> None:
    assert "以上" not in soup(Exchange("问", stopped=True)).select_one(".pa-note").text


def test_an_answer_that_leaves_facts_open_is_not_called_answered() -> None:
    asking = Exchange("问", answer=answer("问", missing_facts=("有多少职工？",)))
    assert soup(asking).select_one(".pa-badge").text == "需要补充情况"
