"""Sums in steps: growth and its tier, amounts above an allowance, what comes on top of a sum."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, Instrument, ValidityStatus
from tests.answering.small_library import answering, ask, library

TIERS = (
    "企业研发投入增幅低于10%的，按增量的4%奖励，最高30万元。",
    "企业研发投入增幅在10%以上、20%以下（不含20%）的，按增量的7%奖励，最高50万元。",
    "企业研发投入增幅在20%以上（含20%）的，按增量的10%奖励，最高100万元。",
)
POINTS = ("示范企业收入增长率在35%以上的，得9至10分。", "示范企业收入增长率在25%以上的，得7至8分。")
AVERAGED = "示范企业收入增长率按3年计算，取两年增长率的平均。"
ALLOWANCE = (
    "企业的技术转让所得，500万元以内（含500万元）的部分免缴所得税。",
    "企业的技术转让所得，高出500万元的部分减半缴纳所得税，即减征50%。",
)
CASES = (
    "示范企业形成无形资产的研发费用，按成本的220%在税前摊销。",
    "示范企业费用化的研发费用，在据实扣除的基础上再按120%加计扣除。",
)


def told(question: str, *lines: str) -> Answer:
    rule = Instrument("rule", "示范企业研发投入奖励办法", "Model Rule", status=ValidityStatus.IN_FORCE)
    return ask(answering(library((rule, "zh", {"奖励": lines}))), question)


@pytest.mark.parametrize(
    ("last", "now", "worked"),
    [
        ("1000万", "1050万", "50万元 × 4% = 2万元"),
        ("1000万", "1100万", "100万元 × 7% = 7万元"),  # exactly on the bound that is included
        ("1000万", "1200万", "200万元 × 10% = 20万元"),
        ("1000万", "3000万", "2000万元 × 10% = 200万元，但最高100万元"),
    ],
)
def test_growth_picks_its_tier_and_pays_a_share_of_the_increase(last: str, now: str, worked: str) -> None:
    answer = told(f"我们去年研发投入{last}、今年研发投入{now}，增幅奖励多少？", *TIERS)
    assert worked in answer.text


def test_this_year_may_be_told_first() -> None:
    answer = told("今年研发投入1100万、去年研发投入1000万，增幅奖励多少？", *TIERS)
    assert "100万元 ÷ 1000万 = 10%" in answer.text


def test_three_years_are_averaged_where_a_clause_says_so() -> None:
    question = "示范企业三年收入分别为1000万、1300万、1560万，收入增长率多少？得几分？"
    answer = told(question, *POINTS, AVERAGED)
    assert "50% ÷ 2 = 25%" in answer.text
    assert "7至8分" in answer.text
    assert "50% ÷ 2" not in told(question, *POINTS).text


@pytest.mark.parametrize(
    ("question", "worked"),
    [
        (
            "企业技术转让所得1300万，税率25%，所得税交多少？",
            "800万元 × 50% = 400万元；400万元 × 25% = 100万元",
        ),
        ("企业技术转让所得1300万，要交税的所得是多少？", "800万元 × 50% = 400万元。"),
        ("企业技术转让所得500万，所得税交多少？", "500万 ≤ 500万元，没有超过免征额度"),
    ],
)
def test_what_is_above_an_allowance_is_charged_in_part(question: str, worked: str) -> None:
    assert worked in told(question, *ALLOWANCE).text


def test_the_case_that_was_told_gives_the_rate_and_the_base_is_added_to_the_whole() -> None:
    answer = told("示范企业费用化的研发费用500万，一共能扣多少？", *CASES)
    assert "500万 × 120% = 600万元；合计：500万 + 600万元 = 1100万元" in answer.text
    assert "× 220%" not in answer.text
