"""Which clause answers: a figure asked for is in the clause that states it, however it words the ratio."""

from __future__ import annotations

import pytest

from assistant.answering.relevance import Relevance
from assistant.answering.units import units
from assistant.domain import Evidence, Instrument, Passage
from assistant.language.glossary import Glossary, Term
from assistant.validity import validity_on
from tests.answering.small_library import answering, ask, library

GLOSSARY = Glossary((Term("研发费用占比", "R&D ratio", ("研发费用占同期销售收入的比例",), ()),))
RULES = Instrument("rules", "创新企业认定办法", "Rules on Innovative Firms")
LAW = Instrument("law", "创新税收条例", "Innovation Tax Regulation")


def test_the_clause_with_the_figure_goes_before_one_that_points_to_it() -> None:
    held = library(
        (
            LAW,
            "zh",
            {"第九条": ["创新企业享受15%税率的，研发费用占比须达到要求，具体数值见《创新企业认定办法》。"]},
        ),
        (RULES, "zh", {"第三条": ["创新企业近3年研发费用占同期销售收入的比例不低于7%。"]}),
    )
    answer = ask(answering(held, GLOSSARY), "创新企业的研发费用占比要求是多少？")
    assert "7%" in answer.sentences[0].text


def test_words_inside_a_term_are_met_with_the_term() -> None:
    held = library((RULES, "zh", {"第三条": ["近3年研发费用占同期销售收入的比例不低于7%。"]}))
    (chunk,) = held.chunks("rules-zh")
    found = units(Evidence(1, Passage(chunk, RULES, validity_on(RULES, "2026-11-23"), 1.0)))
    relevance = Relevance.of(found, GLOSSARY)
    assert relevance.score(found[0], relevance.weights("研发费用占比")) == pytest.approx(
        1.0
    )  # it has no 占比


def test_a_time_of_every_year_answers_when() -> None:
    held = library(
        (
            RULES,
            "en",
            {
                "Article 5": ["An innovative firm must file its annual report by the end of May each year."],
                "Article 6": ["An innovative firm that files no annual report for 2 years loses its status."],
            },
        ),
    )
    answer = ask(answering(held), "When must an innovative firm file its annual report?")
    assert "end of May" in answer.sentences[0].text
