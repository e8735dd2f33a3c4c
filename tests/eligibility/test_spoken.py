"""Spoken dates: relative years are counted from the day of asking, and the day of applying is the asker's."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.eligibility.spoken import applying_day, plainly

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("去年3月20号注册", "2025年3月20日注册"),
        ("前年12月成立", "2024年12月成立"),
        ("今年1月拿到", "2026年1月拿到"),
        ("去年营收3000万", "去年营收3000万"),
    ],
)
def test_a_month_of_last_year_is_a_date(said: str, read_as: str) -> None:
    assert plainly(said, TODAY) == read_as


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("到今年3月10号想交申请材料", date(2026, 3, 10)),
        ("2025年6月30日申报", date(2025, 6, 30)),
        ("2025年6月30日申请过", None),
        ("2026年2月30日申请", None),
        ("2021年5月1日成立", None),
    ],
)
def test_the_day_of_applying_is_the_one_the_asker_names(said: str, day: date | None) -> None:
    assert applying_day(plainly(said, TODAY)) == day
