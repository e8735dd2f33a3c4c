"""What must hold of every profile: silence is never a no, order is nothing, better is never worse."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.eligibility.check import Check, applicable, check
from assistant.eligibility.logic import choosers
from assistant.eligibility.model import Criterion, Scheme, Verdict
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import load_rulebook
from assistant.eligibility.values import read_value

HERE = Path(__file__).parent
RULES = load_rulebook(HERE.parents[1] / "corpus" / "rules")
RANK = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1, Verdict.MET: 2}
UPWARD, DOWNWARD = {"gte", "gt"}, {"lte", "lt"}


def told() -> list[tuple[Scheme, dict[str, Fact], date]]:
    """The facts of every situation that has rules on its day."""
    found = []
    for path in sorted((HERE / "situations").glob("*.yaml")):
        book: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for situation in book["situations"]:
            if situation.get("no_version"):
                continue
            written = {**book["base"], **situation.get("but", {})}
            facts = {
                name: Fact(name, read_value(RULES.attributes[name], raw))
                for name, raw in written.items()
                if name not in situation.get("without", [])
            }
            found.append((RULES.schemes[book["scheme"]], facts, situation.get("day", date(2026, 11, 23))))
    return found


CASES = st.sampled_from(told())


def checked(scheme: Scheme, facts: dict[str, Fact], on: date) -> Check:
    found = applicable(scheme, on)
    assert found is not None
    return check(scheme, found.version, Profile(RULES.attributes, facts, on))


@settings(deadline=None)
@given(st.sampled_from(sorted(RULES.schemes)))
def test_nobody_is_refused_for_saying_nothing(name: str) -> None:
    done = checked(RULES.schemes[name], {}, date(2026, 11, 23))
    assert done.verdict is not Verdict.NOT_MET
    assert not done.failed


@settings(deadline=None)
@given(CASES, st.data())
def test_leaving_a_fact_out_never_turns_yes_or_open_into_no(
    case: tuple[Scheme, dict[str, Fact], date], data: st.DataObject
) -> None:
    scheme, facts, on = case
    whole = checked(scheme, facts, on)
    kept = data.draw(st.sets(st.sampled_from(sorted(facts)))) if facts else set()
    less = checked(scheme, {n: f for n, f in facts.items() if n in kept}, on)
    if less.verdict is Verdict.NOT_MET:
        assert whole.verdict is Verdict.NOT_MET


@settings(deadline=None)
@given(CASES, st.data())
def test_the_order_of_facts_does_not_matter(
    case: tuple[Scheme, dict[str, Fact], date], data: st.DataObject
) -> None:
    scheme, facts, on = case
    shuffled = dict(data.draw(st.permutations(list(facts.items()))))
    first, second = checked(scheme, facts, on), checked(scheme, shuffled, on)
    assert (first.verdict, first.missing) == (second.verdict, second.missing)
    assert [f.verdict for f in first.findings] == [f.verdict for f in second.findings]


def improvable(done: Check) -> list[Criterion]:
    """Thresholds whose figure no other condition looks at from the other side, and no band is chosen by."""
    taken = set(choosers(done.version.requires))
    ways: dict[str, set[str]] = {}
    for criterion in done.version.criteria:
        ways.setdefault(criterion.attribute, set()).add(criterion.comparator)
    return [
        criterion
        for criterion in done.version.criteria
        if isinstance(criterion.threshold, Decimal)
        and criterion.attribute not in taken
        and (ways[criterion.attribute] <= UPWARD or ways[criterion.attribute] <= DOWNWARD)
    ]


@settings(deadline=None)
@given(CASES, st.data(), st.decimals(0, 10, places=2), st.decimals(0, 10, places=2))
def test_a_better_figure_never_makes_the_verdict_worse(
    case: tuple[Scheme, dict[str, Fact], date], data: st.DataObject, one: Decimal, two: Decimal
) -> None:
    scheme, facts, on = case
    open_to = improvable(checked(scheme, facts, on))
    if not open_to:
        return
    criterion = data.draw(st.sampled_from(open_to))
    assert isinstance(criterion.threshold, Decimal)
    low, high = sorted((criterion.threshold * one / 5, criterion.threshold * two / 5))
    worse, better = (low, high) if criterion.comparator in UPWARD else (high, low)
    name = criterion.attribute
    before = checked(scheme, {**facts, name: Fact(name, worse)}, on)
    after = checked(scheme, {**facts, name: Fact(name, better)}, on)
    assert RANK[after.verdict] >= RANK[before.verdict]
