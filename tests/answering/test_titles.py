"""Titles as people remember them."""

from __future__ import annotations

import pytest

from assistant.answering.titles import Titles
from assistant.domain import Instrument

TITLES = Titles(
    (
        Instrument(
            "plan",
            title_zh="某市建设国际港口中心城市三年行动方案（2025—2027年）",
            title_en="Action Plan for Building an International Port City (2025-2027)",
        ),
        Instrument(
            "pay",
            title_zh="保障小微商户款项支付条例",
            title_en="Regulations on Securing Payments to Small Shops",
        ),
        Instrument("old", title_zh="优质商户梯度培育管理办法"),
        Instrument("new", title_zh="优质商户梯度培育管理暂行办法（旧）"),
    )
)


@pytest.mark.parametrize(
    ("question", "name", "span"),
    [
        ("某市国际港口中心城市三年行动计划要达到哪些目标", "plan", "某市国际港口中心城市三年行动计划"),
        ("请问小微商户款项支付那个条例什么时候施行", "pay", "小微商户款项支付那个条例"),
        (
            "What does the international port city action plan aim at?",
            "plan",
            "international port city action plan",
        ),
    ],
)
def test_a_title_is_known_by_what_tells_it_apart(question: str, name: str, span: str) -> None:
    (told,) = TITLES.recognised(question)
    assert told.instrument_id == name
    assert question[told.start : told.end] == span


@pytest.mark.parametrize(
    "question",
    [
        "国际港口中心城市要多少人",  # the subject, not the text
        "国际港口中心城市2027年计划发展到多少家",  # 计划 is no document here
        "优质商户梯度培育办法的要求",  # two titles fit alike
        "今年的行动方案",  # too little said
    ],
)
def test_a_subject_an_edition_or_a_word_is_no_title(question: str) -> None:
    assert not list(TITLES.recognised(question))
