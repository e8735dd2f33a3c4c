"""Figures of several clauses and of the question put together: counts, days, rates on a base, savings."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, Instrument, Language, ValidityStatus
from assistant.language.glossary import Glossary, Term
from tests.answering.small_library import answering, ask, library

RULE = Instrument("rule", "示范奖励办法", "Sample Reward Rules", status=ValidityStatus.IN_FORCE)
SUBJECTS = Glossary(
    (
        Term("示范企业", "model firm", (), (), subject=True),
        Term("微型企业", "micro firm", (), (), subject=True),
    )
)


def told(question: str, *lines: str, language: Language = "zh", glossary: Glossary | None = None) -> Answer:
    heading = "条件" if language == "zh" else "Conditions"
    held = library((RULE, language, {heading: lines}))
    return ask(answering(held, glossary or Glossary()), question)


PRICES = ("每件发明奖的奖金不少于4000元。", "每件外观奖或者实用奖的奖金不少于1500元。")
PRICES_EN = ("The bonus is 4,000 yuan for an invention prize.", "The bonus is 1,500 yuan for a model prize.")


def test_what_was_counted_is_priced_by_its_clause_and_added_up() -> None:
    answer = told("2件发明奖、3件外观奖，奖金一共多少？", *PRICES)
    assert "2 × 4000元 = 8000元；3 × 1500元 = 4500元；合计：8000元 + 4500元 = 1.25万元" in answer.text


def test_counts_may_be_written_in_words() -> None:
    question = "Three invention prizes and two model prizes: how much bonus?"
    assert "12,000 yuan + 3,000 yuan = 15,000 yuan" in told(question, *PRICES_EN, language="en").text


def test_nothing_is_added_up_where_no_clause_prices_what_was_counted() -> None:
    assert "×" not in told("2件发明奖、3件论文，奖金一共多少？", *PRICES).text


@pytest.mark.parametrize(
    ("question", "clause", "day"),
    [
        ("6月1日交货，最迟什么时候付款？", "采购方应当在交货后60日内付款。", "6月1日 + 60日 = 7月31日"),
        ("2024年11月30日发证，什么时候到期？", "证书自发证之日起有效期为3年。", "= 2027年11月30日"),
        (
            "2025年11月30日发证，到期是哪天？",
            "证书自发证之日起有效期3个月。",
            "2025年11月30日 + 3个月 = 2026年2月28日",
        ),
    ],
)
def test_a_day_is_counted_from_the_day_told(question: str, clause: str, day: str) -> None:
    assert day in told(question, clause).text


@pytest.mark.parametrize(
    "clause", ["采购方应当在交货后60个工作日内付款。", "机关在30日内付款，企业在60日内付款。"]
)
def test_no_day_is_counted_where_it_is_not_plain(clause: str) -> None:
    assert "+" not in told("6月1日交货，最迟什么时候付款？", clause).text


def test_of_several_periods_the_one_asked_about_is_counted() -> None:
    clause = "保护期自申请日起算：发明奖20年，外观奖15年。"
    assert "+ 20年 = 2040年3月5日" in told("发明奖2020年3月5日申请的，保护到什么时候？", clause).text


def test_a_day_without_a_year_is_not_counted_over_the_end_of_february() -> None:
    assert "+" not in told("2月1日交货，最迟什么时候付款？", "采购方应当在交货后60日内付款。").text


INTO_BASE = "委托研发的，研发费用按实际发生额的80%计入加计扣除基数。"
ON_TOP = "研发费用在据实扣除的基础上，再按100%加计扣除。"


def test_what_counts_into_a_base_is_taken_before_the_rate_on_it() -> None:
    answer = told("委托研发花了300万，能加计扣除多少研发费用？", INTO_BASE, ON_TOP)
    assert "300万 × 80% = 240万元；240万元 × 100% = 240万元" in answer.text


def test_without_such_a_case_the_rate_stands_alone() -> None:
    assert "300万 × 100% = 300万元" in told("研发费用300万，能加计扣除多少研发费用？", INTO_BASE, ON_TOP).text


def test_what_counts_of_work_abroad_is_not_what_counts_at_home() -> None:
    home = "委托境内单位研发的，研发费用按80%计入加计扣除基数。"
    assert "×" not in told("委托境外研发900万，境内研发费用600万，研发费用能计入多少？", home).text


def test_of_cases_beside_each_other_the_one_that_was_told_gives_the_rate() -> None:
    lines = (
        "自己实施的，每年从营业利润中提取不低于5%的比例奖励人员。",
        "作价投资的，从出资比例中拿出不低于50%的部分奖励人员。",
    )
    assert (
        "2000万元 × 50% = 1000万元" in told("作价投资得到2000万元股份，没约定时最少奖励多少？", *lines).text
    )


def test_the_general_rate_shows_what_a_granted_one_saves() -> None:
    lines = ("企业所得税的一般税率为25%。", "示范企业减按15%的税率缴纳企业所得税。")
    answer = told("应纳税所得额400万，评上示范企业一年能省多少企业所得税？", *lines, glossary=SUBJECTS)
    assert "省下100万元 − 60万元 = 40万元" in answer.text


DEDUCTIONS = (
    "企业费用化的研发费用，在据实扣除的基础上，再按100%加计扣除。",
    "芯片企业费用化的研发费用，在据实扣除的基础上再按120%加计扣除。",
)


def test_the_tax_that_a_deduction_saves_is_worked_out_in_steps() -> None:
    answer = told("一般企业税率25%，费用化研发费用400万元，加计扣除能省多少税？", *DEDUCTIONS)
    assert "400万元 × 100% = 400万元；400万元 × 25% = 100万元" in answer.text


def test_a_rate_of_deduction_that_is_told_is_the_one_applied() -> None:
    answer = told("芯片企业税率25%，费用化研发费用400万元，按120%加计扣除能省多少税？", *DEDUCTIONS)
    assert "400万元 × 120% = 480万元；480万元 × 25% = 120万元" in answer.text


def test_no_tax_is_worked_out_for_who_may_have_another_deduction() -> None:
    answer = told("软件公司税率25%，费用化研发费用400万元，加计扣除能省多少税？", *DEDUCTIONS)
    assert "×" not in answer.text


def test_no_rate_of_another_subject_is_applied() -> None:
    line = "示范企业按15%的税率缴纳企业所得税。"
    assert "×" not in told("微型企业应纳税所得额200万。企业所得税交多少？", line, glossary=SUBJECTS).text


def test_a_share_is_of_the_part_that_was_asked_for() -> None:
    question = "How many of the centers are run by enterprises, and what share is that?"
    line = "Of the 32 centers, 24 are in universities, and 8 are run by enterprises."
    assert "8 ÷ 32 ≈ 25%" in told(question, line, language="en").text


def test_a_sum_for_several_years_gives_the_sum_of_one() -> None:
    assert "600万元 ÷ 3 = 200万元" in told("示范奖励平均一年多少？", "示范奖励3年支持600万元。").text


def test_what_lies_beyond_what_is_held_is_no_gap_in_what_is_held() -> None:
    lines = ("示范社区认定须入驻企业不少于20家。", "示范社区认定条件以外的内容未查到。")
    assert "20家" in told("示范社区认定条件有哪些？", *lines).text
