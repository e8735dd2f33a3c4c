"""The rules against situations worked out by hand; see situations/README.md."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.eligibility.model import Criterion
from assistant.eligibility.rulebook import load_rulebook
from assistant.validity import first_day, last_day
from eval.situations import Situation, read_situations, work_out

RULES = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules")
SITUATIONS = list(read_situations(Path(__file__).parent / "situations"))


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.name)
def test_the_rules_decide_as_worked_out_by_hand(situation: Situation) -> None:
    worked = work_out(situation, RULES)
    assert (worked.wrong, worked.wrong_criteria) == ((), ())


def test_every_scheme_has_at_least_five_situations() -> None:
    counts = {scheme: sum(s.scheme == scheme for s in SITUATIONS) for scheme in RULES.schemes}
    assert min(counts.values()) >= 5


def test_every_day_on_which_rules_change_is_tried_on_both_sides() -> None:
    tried = defaultdict(set)
    for situation in SITUATIONS:
        tried[situation.scheme].add(situation.day)
    for scheme in RULES.schemes.values():
        for version in scheme.versions:
            for edge in _changes(version.valid_from, version.valid_until):
                assert edge in tried[scheme.id], f"{scheme.id}: no situation on {edge}"


def _changes(begins: str | None, ends: str | None) -> list[date]:
    """The first day and the one before it, the last and the one after it, where they are known to the day."""
    days = []
    if begins is not None and len(begins) == 10:
        days += [first_day(begins), first_day(begins) - timedelta(days=1)]
    if ends is not None and len(ends) == 10:
        days += [last_day(ends), last_day(ends) + timedelta(days=1)]
    return days


def test_every_figure_is_tried_exactly_on_it_and_on_the_failing_side() -> None:
    for scheme in RULES.schemes.values():
        of_scheme = [s for s in SITUATIONS if s.scheme == scheme.id]
        for version in scheme.versions:
            for criterion in version.criteria:
                if isinstance(criterion.threshold, Decimal):
                    values = _values(criterion, of_scheme)
                    label = f"{scheme.id}.{criterion.id} at {criterion.threshold}"
                    assert criterion.threshold in values, f"{label}: not tried exactly"
                    assert any(_fails(criterion, value) for value in values), f"{label}: no failing value"


def _values(criterion: Criterion, situations: list[Situation]) -> set[Decimal]:
    known = (s.profile(RULES).value(criterion.attribute) for s in situations)
    return {value for value in known if isinstance(value, Decimal)}


def _fails(criterion: Criterion, value: Decimal) -> bool:
    threshold = criterion.threshold
    assert isinstance(threshold, Decimal)
    on_it = value == threshold and criterion.comparator in ("gt", "lt")
    below = value < threshold and criterion.comparator in ("gte", "gt")
    return on_it or below or (value > threshold and criterion.comparator in ("lte", "lt"))
