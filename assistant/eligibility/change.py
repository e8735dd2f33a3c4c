"""What would have to change: the smallest sets of failed criteria whose repair makes a scheme possible.

Amounts are computed back through the formulas, so "R&D ratio 5 %" becomes "R&D expense at least 4.5
million yuan" where the sales are known, and a time that has not run yet becomes the day on which it has.
Unknown criteria are left unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations, product

from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute, AttributeKind
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
    """One criterion to repair; ``input`` with ``needed`` is the given fact that would do it.

    ``input`` is `formula.ON` where only time must pass: then ``needed`` is the first day that will do.
    ``formula`` is how ``needed`` was worked back; empty where it is the threshold itself.
    """

    finding: Finding
    input: str | None = None
    needed: Value | None = None
    formula: str = ""


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
    direct = Change(finding, criterion.attribute, threshold)
    known = finding.known
    if known is None or not known.formula or not isinstance(threshold, Decimal):
        return direct
    if known.formula not in profile.attributes[criterion.attribute].formulas:
        return direct
    if known.formula.startswith("days("):
        return _waited(finding, known.formula, threshold, profile) or direct
    for name in formula.names(known.formula):
        back = formula.inverted(known.formula, name)
        needed = _worked_back(back, threshold, profile) if back else None
        if back and needed is not None:
            whole = _whole(needed, profile.attributes[name], profile.value(name), criterion)
            return Change(finding, name, whole, back)
    return direct


def _worked_back(back: str, target: Decimal, profile: Profile) -> Decimal | None:
    values = {n: v for n in formula.names(back) if (v := profile.value(n)) is not None}
    result = formula.evaluate(back, {**values, formula.TARGET: target})
    return result if isinstance(result, Decimal) else None


def _whole(needed: Decimal, attribute: Attribute, given: Value | None, criterion: Criterion) -> Decimal:
    """``needed`` as something that can be had, rounded to the side that meets the condition.

    12.3 people are 13; where the condition is "more than", a whole number itself is not enough.
    """
    more = not (isinstance(given, Decimal) and needed < given)
    step = Decimal(1) if attribute.kind in (AttributeKind.COUNT, AttributeKind.MONEY) else Decimal("0.01")
    rounded = needed.quantize(step, ROUND_CEILING if more else ROUND_FLOOR)
    if rounded == needed and criterion.comparator in ("gt", "lt") and attribute.kind is AttributeKind.COUNT:
        return rounded + (1 if more else -1)
    return rounded


def _waited(finding: Finding, text: str, days: Decimal, profile: Profile) -> Change | None:
    """The first day on which enough days have passed since a day that was told."""
    start = profile.value(formula.names(text)[0])
    if not isinstance(start, date) or finding.criterion.comparator not in ("gte", "gt"):
        return None
    more = finding.criterion.comparator == "gt"
    return Change(finding, formula.ON, start + timedelta(days=int(days) + more), text)
