"""What would have to change: the smallest sets of failed criteria whose repair makes a scheme possible.

Amounts are computed back through the formulas, so "R&D ratio 5 %" becomes "R&D expense at least 4.5
million yuan" where the sales are known. Unknown criteria are left unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from assistant.eligibility import formula
from assistant.eligibility.check import Check, Finding
from assistant.eligibility.logic import candidates
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Bands,
    Criterion,
    Node,
    Value,
    Verdict,
    When,
)
from assistant.eligibility.profile import Profile

#: More alternatives than this help nobody.
MOST = 4


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion to repair; ``input`` with ``needed`` is the given fact that would do it."""

    finding: Finding
    input: str | None = None
    needed: Value | None = None


def changes(check: Check, profile: Profile) -> tuple[tuple[Change, ...], ...]:
    """Alternatives, the smallest first; empty when the scheme is not ruled out."""
    if check.verdict is not Verdict.NOT_MET:
        return ()
    by_id = {finding.criterion.id: finding for finding in check.findings}
    options = _repairs(check.version.requires, by_id, profile)
    ordered = sorted(dict.fromkeys(options), key=len)[:MOST]
    return tuple(
        tuple(_change(by_id[criterion_id], profile) for criterion_id in sorted(option, key=list(by_id).index))
        for option in ordered
    )


_Options = list[frozenset[str]]


def _repairs(node: Node, findings: Mapping[str, Finding], profile: Profile) -> _Options:
    match node:
        case Criterion():
            failed = findings[node.id].verdict is Verdict.NOT_MET if node.id in findings else False
            return [frozenset([node.id])] if failed else [frozenset()]
        case AllOf(parts):
            return _each([_repairs(part, findings, profile) for part in parts])
        case AnyOf(parts):
            return _smallest([option for part in parts for option in _repairs(part, findings, profile)])
        case AtLeast(count, parts):
            of_parts = [_repairs(part, findings, profile) for part in parts]
            return _smallest([o for chosen in combinations(of_parts, count) for o in _each(list(chosen))])
        case Bands():
            parts = candidates(node, profile.value)
            return _smallest([option for part in parts for option in _repairs(part, findings, profile)])
        case When(attribute, values, part):
            value = profile.value(attribute)
            applies = value is not None and value in values
            return _repairs(part, findings, profile) if applies else [frozenset()]


def _each(options_of_parts: list[_Options]) -> _Options:
    return _smallest([frozenset().union(*picked) for picked in product(*options_of_parts)])


def _smallest(options: _Options) -> _Options:
    """At most `MOST` options, without those that contain another one."""
    kept: _Options = []
    for option in sorted(set(options), key=lambda o: (len(o), sorted(o))):
        if not any(other <= option for other in kept):
            kept.append(option)
    return kept[:MOST]


def _change(finding: Finding, profile: Profile) -> Change:
    criterion = finding.criterion
    threshold = criterion.threshold
    if isinstance(threshold, tuple):
        return Change(finding)
    attribute = profile.attributes.get(criterion.attribute)
    given = criterion.attribute in profile.facts
    if given or attribute is None or not attribute.formulas or not isinstance(threshold, Decimal):
        return Change(finding, criterion.attribute, threshold)
    for text in attribute.formulas:
        for name in formula.names(text):
            needed = _solve(text, name, threshold, profile)
            if needed is not None:
                return Change(finding, name, needed)
    return Change(finding, criterion.attribute, threshold)


def _solve(text: str, name: str, target: Decimal, profile: Profile) -> Decimal | None:
    """The value of ``name`` at which the formula reaches ``target``, where it is linear in it."""
    values = {n: v for n in formula.names(text) if (v := profile.value(n)) is not None}

    def at(x: int) -> Decimal | None:
        result = formula.evaluate(text, {**values, name: Decimal(x)})
        return result if isinstance(result, Decimal) else None

    zero, one, two = at(0), at(1), at(2)
    if zero is None or one is None or two is None or one == zero or not _alike(two - one, one - zero):
        return None
    return (target - zero) / (one - zero)


def _alike(a: Decimal, b: Decimal) -> bool:
    """The same but for the rounding of a division."""
    return abs(a - b) <= abs(b) * Decimal("1e-9")
