"""Values are shown as people say them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.phrases import shown

YEARS = Attribute(
    "years_running", AttributeKind.NUMBER, "years", "运行年数", "Years running", "几年？", "How long?"
)


@pytest.mark.parametrize(
    ("months", "language", "said"),
    [
        (8, "zh", "8个月"),
        (18, "zh", "1.5年"),
        (24, "zh", "2年"),
        (8, "en", "8 months"),
        (1, "en", "1 month"),
        (36, "en", "3 years"),
    ],
)
def test_less_than_a_year_is_said_in_months(months: int, language: Language, said: str) -> None:
    years = Fraction(months, 12)
    value = Decimal(years.numerator) / Decimal(years.denominator)
    assert shown(value, YEARS, language) == said


def test_a_share_of_a_year_that_is_no_month_keeps_its_figure() -> None:
    assert shown(Decimal("2.3"), YEARS, "zh") == "2.3年"
