"""Figures are compared and worked out by code, shown with the clause, left alone where they do not fit."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, Instrument, ValidityStatus
from tests.answering.small_library import answering, ask, library


def rule(title: str, *, expires: str | None = None) -> Instrument:
    status = ValidityStatus.EXPIRED if expires else ValidityStatus.IN_FORCE
    return Instrument("rule", title, f"{title} in English", status=status, expires=expires)


def told(question: str, *lines: str, title: str = "示范企业管理办法", expires: str | None = None) -> Answer:
    """The answer to ``question`` where these lines are all there is."""
    held = library((rule(title, expires=expires), "zh", {"条件": lines}))
    return ask(answering(held), question)


STAFF = "示范企业的科技人员占职工总数的比例不低于10%。"
AGE = "示范企业须注册成立满1年。"
SALES = "示范企业上年度销售收入不超过2亿元。"
BANDS = (
    "最近一年销售收入在5000万元以下的企业，近3年研发费用占销售收入的比例不低于5%。",
    "最近一年销售收入超过2亿元的企业，近3年研发费用占销售收入的比例不低于3%。",
)


@pytest.mark.parametrize(
    ("question", "line", "verdict"),
    [
        ("我公司上年度销售收入2.1亿元，能评示范企业吗？", SALES, "不满足≤2亿元"),
        ("我公司上年度销售收入1.9亿元，能评示范企业吗？", SALES, "，满足≤2亿元"),
        ("我们公司成立10个月，能评示范企业吗？", AGE, "不满足≥1年"),
        ("我们公司成立2年，能评示范企业吗？", AGE, "，满足≥1年"),
    ],
)
def test_a_figure_told_is_set_against_the_bound_of_the_clause(question: str, line: str, verdict: str) -> None:
    answer = told(question, line)
    assert verdict in answer.text
    assert all(sentence.citations for sentence in answer.sentences)


def test_a_ratio_is_worked_out_from_two_amounts_and_shown() -> None:
    answer = told("我们职工100人，其中科技人员9人，符合示范企业条件吗？", STAFF)
    assert "9人 ÷ 100人 = 9%" in answer.text
    assert "不满足≥10%" in answer.text
    assert any("9人 ÷ 100人 = 9%" in sentence.computed for sentence in answer.sentences)


def test_only_the_band_that_applies_is_judged() -> None:
    answer = told("我们最近一年销售收入3亿元，近三年研发费用占比4%，研发占比够吗？", *BANDS)
    assert "满足≥3%" in answer.text
    assert "≥5%" not in answer.text


def test_a_yearly_salary_is_not_set_against_a_monthly_line() -> None:
    answer = told(
        "我的年薪60万元，够高端人才的工资条件吗？", "高端人才的月工资不低于55068元。", title="高端人才办法"
    )
    assert "满足" not in answer.text
    assert "55068元" in answer.text


def test_nobody_is_judged_by_a_rule_that_is_no_more() -> None:
    answer = told("我公司上年度销售收入2.1亿元，能评示范企业吗？", SALES, expires="2025-06-30")
    assert "满足" not in answer.text


def test_an_aim_of_a_plan_is_no_condition() -> None:
    answer = told("我们有研发平台30家，够了吗？", "到2027年，全市研发平台超过1500家。")
    assert "满足" not in answer.text


def test_two_figures_to_choose_from_are_nobodys_own() -> None:
    answer = told("示范企业销售收入上限是2亿元还是3亿元？", SALES)
    assert "满足" not in answer.text
    assert "2亿元" in answer.text


def test_a_wrong_figure_in_the_question_is_corrected() -> None:
    answer = told("既然示范企业的科技人员占比不低于30%，小公司怎么办？", STAFF)
    assert answer.sentences[0].text.count("10%") == 1
    assert "30%" in answer.sentences[0].text


DEDUCTION = "企业的研发费用按实际发生额的120%加计扣除。"


@pytest.mark.parametrize(
    ("question", "line", "formula"),
    [
        ("研发费用500万元，可以加计扣除多少？", DEDUCTION, "500万元 × 120% = 600万元"),
        (
            "拖欠款项100万元100天，利息多少？",
            "拖欠款项的，按日利率万分之五支付利息。",
            "100万元 × 万分之五 × 100 = 5万元",
        ),
    ],
)
def test_a_rate_is_applied_to_the_amount_told(question: str, line: str, formula: str) -> None:
    answer = told(question, line)
    assert formula in answer.text
    assert any(formula in sentence.computed for sentence in answer.sentences)


@pytest.mark.parametrize(
    "line",
    [
        "技术转让所得超过500万元的部分，减半征收企业所得税，税率25%。",
        "研发费用增量部分按10%奖励。",
        "研发费用贷款按年利率4%贴息。",
    ],
)
def test_nothing_is_multiplied_where_the_rate_is_for_a_part_only(line: str) -> None:
    assert "×" not in told("研发费用和技术转让所得1200万元，要交或者能奖多少？", line).text


def test_points_are_read_from_a_table_and_added_up() -> None:
    answer = told(
        "科技人员占比35%，研发费用占比5.5%，得多少分？",
        "科技人员占比30%以上的得20分，20%至30%的得16分，10%至20%的得12分。",
        "研发费用占比6%以上的得50分，5%至6%的得40分，4%至5%的得30分。",
    )
    assert "20分" in answer.text
    assert "40分" in answer.text
    assert "20 + 40 = 60" in answer.text


def test_one_figure_is_never_divided_by_itself() -> None:
    answer = told("技术经理人目标是概念验证中心目标的多少倍？", "到2027年，全市技术经理人超过5000人。")
    assert "÷" not in answer.text


def test_the_sides_of_a_comparison_are_both_answered() -> None:
    small = Instrument("small", "小型企业办法", "Small Firms", status=ValidityStatus.IN_FORCE)
    large = Instrument("large", "大型企业办法", "Large Firms", status=ValidityStatus.IN_FORCE)
    held = library(
        (small, "zh", {"条件": ["小型企业的研发费用占比不低于5%。"]}),
        (large, "zh", {"条件": ["大型企业的研发费用占比不低于3%。"]}),
    )
    answer = ask(answering(held), "小型企业办法和大型企业办法的研发费用占比有什么区别？")
    assert "5%" in answer.text
    assert "3%" in answer.text


def test_nothing_is_multiplied_by_a_share_that_a_condition_names() -> None:
    answer = told(
        "我们的转让所得800万，示范企业要交多少税？",
        "示范企业的转让所得不是来自直接或者间接持股合计达到100%的关联方。",
        "示范企业的转让所得须单独核算。",
    )
    assert "×" not in answer.text
