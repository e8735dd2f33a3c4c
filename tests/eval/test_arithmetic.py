"""Formulas in an answer: what follows from known figures, and what does not."""

from __future__ import annotations

import pytest

from eval.amounts import Amount, amounts
from eval.arithmetic import work_out


def known(*texts: str) -> list[Amount]:
    return [amount for text in texts for amount in amounts(text)]


@pytest.mark.parametrize(
    ("text", "sources", "result"),
    [
        ("300万元 × 80% = 240万元", ("300万元", "80%"), "240万元"),
        ("上限：300万元 × 2/3 = 200万元。", ("300万元", "三分之二"), "200万元"),
        ("100% − 45% = 55% < 60%，不满足", ("45%", "60%"), "55%"),
        ("Total: 12 + 40 + 30 = 82 (check: 82 > 60, met)", ("12", "40", "30", "60"), "82"),
        ("5 ÷ 12 = 41.67% < 50%", ("5", "12", "50%"), "41.67%"),
        ("50 ÷ 15.3 ≈ 3.3倍", ("50", "15.3"), "3.3倍"),
        ("职工510人，要求不超过500人（相差10人）", ("510人", "500人"), "10人"),
        ("占营收6.67%（200万元 ÷ 3000万元）", ("200万元", "3000万元"), "6.67%"),
        ("2026年3月10日 − 2025年3月20日 = 355天", ("2025年3月20日", "2026年3月10日"), "355天"),
        ("6月1日 + 60日 = 7月31日", ("6月1日", "60日"), "7月31日"),
        ("2024年11月30日 + 3年 = 2027年11月30日", ("2024年11月30日", "3年"), "2027年11月30日"),
        ("May 2024 + 3 years = May 2027", ("May 2024", "3 years"), "May 2027"),
        ("20 March 2025 + 365 days = 20 March 2026", ("20 March 2025", "365 days"), "20 March 2026"),
        ("2025 − 2019 = 6年", ("2025年首次取得资格，2019年的亏损",), "6年"),
    ],
)
def test_a_right_formula_over_known_figures_yields_its_result(
    text: str, sources: tuple[str, ...], result: str
) -> None:
    worked = work_out(text, known(*sources))

    assert result in [figure.text for figure in worked.figures]
    assert result not in [figure.text for figure in amounts(worked.rest)]


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("300万元 × 80% = 250万元", ("300万元", "80%")),  # wrong sum
        ("300万元 × 70% = 210万元", ("300万元", "80%")),  # a figure from nowhere
        ("65% < 60%，不满足", ("65%", "60%")),  # not so
        ("比例为55%", ("45%",)),  # no formula
        ("2026年3月10日 − 2025年3月20日 = 354天", ("2025年3月20日", "2026年3月10日")),  # a day off
        ("6月1日 + 60日 = 7月30日", ("6月1日", "60日")),  # a day off
        ("2月1日 + 60日 = 4月2日", ("2月1日", "60日")),  # not so in a leap year
        ("2026年3月 − 2025年3月 = 365天", ("2025年3月", "2026年3月")),  # months are no days
        ("职工510人，要求不超过500人（相差20人）", ("510人", "500人")),  # wrong gap
        ("占营收7.5%（200万元 ÷ 3000万元）", ("200万元", "3000万元")),  # wrong quotient before its formula
        ("2025 − 2019 = 7年", ("2025年首次取得资格，2019年的亏损",)),
    ],
)
def test_anything_else_excuses_nothing(text: str, sources: tuple[str, ...]) -> None:
    worked = work_out(text, known(*sources))

    assert worked.figures == ()
    assert worked.rest == text
