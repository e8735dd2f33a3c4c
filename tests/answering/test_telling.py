"""What was told over several turns: a later figure of a fact takes the earlier one's place."""

from __future__ import annotations

import pytest

from assistant.answering.figures import figures
from assistant.answering.telling import told
from assistant.domain import Instrument, ValidityStatus
from tests.answering.small_library import answering, ask, library


@pytest.mark.parametrize(
    ("turns", "left"),
    [
        (("去年总收入3000万的，要增多少？", "8000万的呢", "3个亿的呢"), ["3个亿"]),
        (("我们研发投入500万，行吗", "研发投入改成600万呢"), ["600万"]),
        (("职工80人，研发人员9人", "职工100人呢"), ["9人", "100人"]),
        (("总收入5000万，研发投入300万", "400万呢？"), []),  # which of the two it is was not said
        (("去年收入1000万", "今年收入1250万"), ["1000万", "1250万"]),  # two facts
        (("总收入5000万，够吗", "研发投入300万"), ["5000万", "300万"]),
    ],
)
def test_two_values_of_one_fact_never_stand_beside_each_other(
    turns: tuple[str, ...], left: list[str]
) -> None:
    assert [figure.text for figure in figures(told(turns, "zh"))] == left


def test_a_bare_figure_in_english_takes_the_place_of_the_one_before() -> None:
    turns = ("Last year's revenue was 30 million yuan.", "And with 80 million yuan?")
    assert [figure.text for figure in figures(told(turns, "en"))] == ["80 million yuan"]


def test_an_amount_is_no_share_of_another_value_of_itself() -> None:
    rule = Instrument("rule", "示范企业认定办法", "Model Rule", status=ValidityStatus.IN_FORCE)
    lines = ("示范企业的收入增长率不低于20%。", "示范企业的总收入不低于1000万元。")
    answer = ask(
        answering(library((rule, "zh", {"条件": lines}))),
        "去年收入3000万，今年收入8000万，符合示范企业的收入增长条件吗？",
    )
    assert "÷" not in "".join(sentence.text for sentence in answer.sentences)
