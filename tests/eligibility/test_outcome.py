"""One scheme or all of them: rules that have ended, and what can be taken together."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.eligibility.combination import amounts, combinations
from assistant.eligibility.combination_words import combination_words, conflict_words
from assistant.eligibility.model import Verdict
from assistant.eligibility.outcome import Outcome, decide, screen
from assistant.eligibility.profiles import read_facts
from assistant.eligibility.report import check_json, check_text, clause_words, screen_json
from assistant.eligibility.rulebook import load_rulebook

TODAY = date(2026, 11, 23)
RULES = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules")
IC = {
    "sound_accounting": "是",
    "rd_ledgers": "是",
    "excluded_industry_income_ratio": "0%",
    "encouraged_ic_firm": "是",
}
SMALL = {
    "annual_taxable_income": "200万元",
    "employees": "80",
    "total_assets": "3000万元",
    "not_prohibited_industry": "是",
    "hnte_status": "是",
    "owns_core_ip": "是",
    "in_supported_field": "是",
    "hnte_ratios_met": "是",
}


def screened(facts: dict[str, str], on: date = TODAY) -> tuple[Outcome, ...]:
    return screen(RULES.schemes.values(), read_facts(facts, RULES.attributes, on).believed())


def best(outcomes: tuple[Outcome, ...]) -> set[str]:
    chosen = [choice for choice in combinations(outcomes) if choice.best]
    assert len(chosen) == 1
    return {scheme.id for scheme in chosen[0].schemes}


def test_of_two_deductions_that_exclude_each_other_the_greater_is_chosen_with_its_sum() -> None:
    outcomes = screened(IC | {"rd_expense_prior_year": "500万元"})
    assert "rd-deduction-ic" in best(outcomes)
    assert "rd-deduction" not in best(outcomes)
    (told,) = combination_words(outcomes, "zh")
    assert "500万元 × 120% = 600万元" in told
    assert "500万元 × 100% = 500万元" in told


def test_rates_of_one_base_are_compared_even_where_the_base_is_not_known() -> None:
    outcomes = screened(IC)
    assert "rd-deduction-ic" in best(outcomes)
    assert "R&D expense of the prior year × 120%" in combination_words(outcomes, "en")[0]


def test_the_lower_tax_is_chosen() -> None:
    outcomes = screened(SMALL)
    assert {o.check.scheme.id for o in outcomes if o.check.verdict is Verdict.MET} >= {
        "small-profit",
        "cit-15",
    }
    assert "small-profit" in best(outcomes)
    assert "cit-15" not in best(outcomes)
    assert "200万元 × (25% − 5%) = 40万元" in combination_words(outcomes, "zh")[0]


def test_where_nothing_can_be_compared_every_legal_choice_is_listed() -> None:
    outcomes = []
    for outcome in screened(IC):
        version = outcome.check.version
        bare = replace(version, benefits=tuple(replace(b, formula=None) for b in version.benefits))
        outcomes.append(replace(outcome, check=replace(outcome.check, version=bare)))
    choices = combinations(outcomes)
    assert not any(choice.best for choice in choices)
    named = [{scheme.id for scheme in choice.schemes} for choice in choices]
    assert {"rd-deduction"} <= named[0] | named[1]
    assert not any({"rd-deduction", "rd-deduction-ic"} <= ids for ids in named)
    assert combination_words(outcomes, "zh")[0].startswith("可以选择的组合")


def test_without_an_exclusion_nothing_is_said_of_choices() -> None:
    outcomes = screened({"employees": "80"})
    assert conflict_words(outcomes, "zh") == combination_words(outcomes, "zh") == []
    assert all(entry["in_best"] is None for entry in screen_json(outcomes))


def test_what_a_benefit_comes_to_stands_in_the_check() -> None:
    profile = read_facts(
        IC | {"rd_expense_prior_year": "500万元"}, RULES.attributes, date(2026, 11, 23)
    ).profile
    outcome = decide(RULES.schemes["rd-deduction"], profile)
    assert outcome is not None
    assert [amount.value for amount in amounts(outcome) if amount.base is None] == [5_000_000]
    assert check_json(outcome)["benefits"][0]["amount"] == 5_000_000
    assert "500万元 × 100% = 500万元" in check_text(outcome, RULES, "zh")


def test_rules_that_have_ended_are_judged_by_and_say_so_with_their_successor() -> None:
    profile = read_facts({}, RULES.attributes, date(2026, 11, 23)).profile
    old = decide(RULES.schemes["srdi-hubei"], profile)
    assert old is not None
    assert check_json(old)["in_force"] is False
    assert (check_json(old)["ended"], check_json(old)["successor"]) == ("2026-03-31", "srdi")
    assert "已于2026年3月31日到期，此后适用“专精特新中小企业”（srdi）" in check_text(old, RULES, "zh")
    then = decide(RULES.schemes["srdi-hubei"], profile.dated(date(2026, 3, 31)))
    assert then is not None
    assert then.ended is None
    assert "到期" not in check_text(then, RULES, "zh").splitlines()[1]


def test_the_version_of_the_asked_day_decides_on_both_sides_of_a_change() -> None:
    facts = {"revenue_prior_year": "1200万元"}
    for on, instrument, verdict in (
        (date(2026, 3, 31), "2022", Verdict.MET),
        (date(2026, 4, 1), "2026", Verdict.UNKNOWN),
    ):
        outcome = decide(RULES.schemes["srdi"], read_facts(facts, RULES.attributes, on).profile)
        assert outcome is not None
        assert instrument in outcome.check.version.instrument
        found = [f for f in outcome.check.findings if f.criterion.attribute == "revenue_prior_year"]
        assert found[0].verdict is (Verdict.MET if verdict is Verdict.MET else Verdict.NOT_MET)


def test_the_command_line_says_that_rules_have_ended(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "gazelle", "--on", "2026-11-23", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["in_force"], body["ended"]) == (False, "2022-12-31")
    assert main(["screen", "--on", "2026-11-23", "--json"]) == 0
    listed = {entry["scheme"]: entry["in_force"] for entry in json.loads(capsys.readouterr().out)}
    assert listed.keys() == RULES.schemes.keys()
    assert not listed["gazelle"]


def test_a_clause_is_named_in_the_readers_language() -> None:
    assert clause_words("EIT Law Art. 28(2)", "zh") == "企业所得税法第28条(2)"
    assert clause_words("cond. 3", "zh") == "条件3"
    assert clause_words("Art. 11(5)", "en") == "Art. 11(5)"
