"""A clause about the right subject that lacks the very thing asked for is no answer."""

from __future__ import annotations

import pytest

from assistant.domain import Instrument, Status
from tests.answering.small_library import answering, ask, library

CENTER = Instrument("center", "企业研发中心备案办法", "Enterprise R&D Center Measures")
GAZELLE = Instrument("gazelle", "瞪羚企业认定通知", "Gazelle Notice")
HELD = library(
    (
        CENTER,
        "zh",
        {
            "条件": [
                "企业研发中心申请备案的，研发设备原值不低于200万元。",
                "企业研发中心申请建设补助的，近两年对外服务收入不少于500万元。",
            ],
            "办理": ["企业研发中心备案网上申报，常年受理。", "到2027年企业研发中心超过1200家。"],
        },
    ),
    (
        GAZELLE,
        "zh",
        {
            "条件": ["瞪羚企业上年度总收入不低于1000万元。", "瞪羚企业首批认定分3批公布。"],
            "奖励": ["瞪羚企业每家奖励20万元。"],
        },
    ),
)


@pytest.mark.parametrize(
    "question",
    [
        "企业研发中心备案的咨询电话是多少？",
        "企业研发中心备案的材料发到哪个邮箱？",
        "企业研发中心备案办法是谁起草的？",
        "企业研发中心备案要交多少评审费？",
        "企业研发中心建设补助多少钱？",  # 500万元 is a condition and not what is given
        "截至2025年，企业研发中心已经有多少家？",  # 1200 is an aim
        "瞪羚企业首批认定了多少家？",  # batches are no firms
    ],
)
def test_a_detail_that_no_clause_has_is_not_answered(question: str) -> None:
    assert ask(answering(HELD), question).status is Status.NO_EVIDENCE


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("瞪羚企业奖励多少钱？", "20万元"),
        ("企业研发中心设备原值要多少万元？", "200万元"),
        ("到2027年企业研发中心要有多少家？", "1200家"),
    ],
)
def test_a_figure_of_the_sort_asked_for_is_quoted(question: str, figure: str) -> None:
    assert figure in ask(answering(HELD), question).text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("财税〔2031〕88号规定瞪羚企业奖励多少钱？", Status.NO_EVIDENCE),
        ("财税〔2018〕76号规定瞪羚企业奖励多少钱？", Status.ANSWERED),
    ],
)
def test_a_document_number_that_nothing_has_is_not_answered_with_another_text(
    question: str, status: Status
) -> None:
    held = library((GAZELLE, "zh", {"奖励": ["按财税〔2018〕76号，瞪羚企业每家奖励20万元。"]}))
    assert ask(answering(held), question).status is status
