"""Facts that contradict each other are asked about: never swallowed, never judged by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.eligibility.doubts import doubts
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import load_rulebook
from assistant.eligibility.values import read_value

ATTRIBUTES = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules").attributes
TODAY = date(2026, 11, 23)


def profile(**facts: str) -> Profile:
    told = {name: Fact(name, read_value(ATTRIBUTES[name], text), text) for name, text in facts.items()}
    return Profile(ATTRIBUTES, told, TODAY)


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"tech_staff": "300人", "employees": "100人"}, {"tech_staff", "employees"}),
        ({"registration_date": "2030年1月1日"}, {"registration_date"}),
        ({"main_business_revenue_prior_year": "9000万", "revenue_prior_year": "8000万"},
         {"main_business_revenue_prior_year", "revenue_prior_year"}),
    ],
)  # fmt: skip
def test_what_cannot_all_be_true_is_named(facts: dict[str, str], named: set[str]) -> None:
    found = {name for doubt in doubts(profile(**facts)) for name in doubt.attributes}
    assert found == named


def test_a_start_up_may_spend_more_on_rd_than_it_earns_and_equal_is_no_contradiction() -> None:
    assert not list(doubts(profile(rd_expense_prior_year="900万", revenue_prior_year="800万")))
    equal = profile(tech_staff="100人", employees="100人", registration_date="2026年11月23日")
    assert not list(doubts(equal))


def test_founded_this_year_is_believed() -> None:
    assert not list(doubts(profile(registration_date="2026年")))
