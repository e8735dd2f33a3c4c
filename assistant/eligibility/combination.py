"""Which of the schemes that are open to an enterprise can be taken together, and which choice brings most.

Only exclusions that the rules name are known. Benefits are compared where they are worked out in the same
measure (an extra deduction with an extra deduction); where nothing can be compared, every choice is listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility import formula
from assistant.eligibility.model import Benefit, Scheme, Verdict
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.profile import Profile

#: More choices than this are not told.
_MOST = 8


@dataclass(frozen=True, slots=True)
class Amount:
    """What a benefit comes to, in yuan; with ``base``, which was not told, what one yuan of it brings."""

    benefit: Benefit
    value: Decimal
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Combination:
    """Schemes that can be taken together. ``best``: it brings more than every other choice."""

    schemes: tuple[Scheme, ...]
    best: bool


def conflicts(schemes: Sequence[Scheme]) -> tuple[tuple[Scheme, Scheme], ...]:
    """The pairs that the rules do not allow together; it is enough that one of the two says so."""
    return tuple(
        (one, other)
        for number, one in enumerate(schemes)
        for other in schemes[number + 1 :]
        if other.id in one.excludes or one.id in other.excludes
    )


def combinations(outcomes: Sequence[Outcome]) -> tuple[Combination, ...]:
    """The largest choices of eligible schemes that can be taken together, the best first.

    One choice where nothing excludes anything; none where nothing is open.
    """
    eligible = {o.check.scheme.id: o for o in outcomes if o.check.verdict is Verdict.MET and o.in_force}
    schemes = [o.check.scheme for o in eligible.values()]
    if not schemes:
        return ()
    pairs = {frozenset((a.id, b.id)) for a, b in conflicts(schemes)}
    choices = _largest([s.id for s in schemes], pairs)[:_MOST]
    totals = {choice: _totals([eligible[s] for s in choice]) for choice in choices}
    best = [c for c in choices if all(_beats(totals[c], totals[o]) for o in choices if o is not c)]
    ordered = sorted(choices, key=lambda c: (c not in best, -len(c)))
    return tuple(Combination(tuple(eligible[s].check.scheme for s in c), c in best) for c in ordered)


def amounts(outcome: Outcome) -> tuple[Amount, ...]:
    """What the benefits of a scheme come to for the enterprise, where a formula and its facts tell."""
    found = (amount_of(benefit, outcome.profile) for benefit in outcome.check.version.benefits)
    return tuple(amount for amount in found if amount)


def amount_of(benefit: Benefit, profile: Profile) -> Amount | None:
    """What one benefit comes to; None where it comes to nothing, or nothing tells.

    Of a base that was not told, what one yuan of it brings, unless that depends on how much it is.
    """
    if benefit.formula is None:
        return None
    names = formula.names(benefit.formula)
    values = {name: value for name in names if (value := profile.value(name)) is not None}
    known = len(values) == len(names)
    if not known and (len(names) > 1 or formula.has_limits(benefit.formula)):
        return None
    result = formula.evaluate(benefit.formula, values if known else {names[0]: Decimal(1)})
    if not isinstance(result, Decimal) or not result:
        return None
    return Amount(benefit, result, None if known else names[0])


def _largest(ids: Sequence[str], excluded: set[frozenset[str]]) -> list[tuple[str, ...]]:
    """Every set without an excluded pair to which nothing can be added, in the given order."""
    choices: list[tuple[str, ...]] = [()]
    for scheme in ids:
        grown: list[tuple[str, ...]] = []
        for choice in choices:
            kept = tuple(s for s in choice if frozenset((s, scheme)) not in excluded)
            grown.append((*kept, scheme))
            if len(kept) < len(choice):
                grown.append(choice)
        choices = [c for c in dict.fromkeys(grown) if not any(set(c) < set(o) for o in grown)]
    return choices


_Totals = Mapping[tuple[str, str], Decimal]


def _totals(outcomes: Sequence[Outcome]) -> _Totals:
    """What a choice brings, by measure; what is told only of one yuan of a base counts for that base."""
    totals: dict[tuple[str, str], Decimal] = {}
    for outcome in outcomes:
        for amount in amounts(outcome):
            key = (amount.benefit.measure_en or "", amount.base or "")
            totals[key] = totals.get(key, Decimal(0)) + amount.value
    return totals


def _beats(one: _Totals, other: _Totals) -> bool:
    """At least as much in every measure, and more in one."""
    gains = [one.get(key, Decimal(0)) - other.get(key, Decimal(0)) for key in {*one, *other}]
    return min(gains, default=Decimal(0)) >= 0 and max(gains, default=Decimal(0)) > 0
