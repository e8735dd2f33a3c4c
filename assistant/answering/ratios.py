"""One figure over another: how many times as much, or what share of it.

The question's own words say which two are meant; where more than two could be, nothing is divided.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.amounts import money, percent, times
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import comparable
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import EACH_YEAR, SUM
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms, without_boilerplate

_EACH_YEAR = sign("sum.by_year")
_COUNTS = ("count", "number")
_BASE = re.compile(r"每$|\bper $")
_CLAUSE = re.compile(r"[，；;。、]|,(?!\d)|\band\b")
#: So many of the best units are looked at.
_LOOKED_AT = 4
#: The other figure of a multiple speaks of this much of what the first does not.
_OTHER_HALF = 0.34


def multiple(asked_of: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """The figure of the best unit over that of the unit of another instrument that says the most alike."""
    if not units:
        return None
    first = units[0]
    words = set(terms(first.text))
    held = set().union(*(terms(u.text) for u in units))
    unmet = {term for term in terms(asked_of) if len(term) > 1 and term in held} - words
    gains = {u: len(unmet & set(terms(u.text))) for u in units[1:] if _pair(first, u)}
    # the other half of the question; or, where the first says all of it, the same of another place
    others = [
        u for u, gain in gains.items() if gain >= _OTHER_HALF * len(unmet) and (gain or _apart(u, first))
    ]
    other = max(others, key=lambda u: (gains[u], len(words & set(terms(u.text)))), default=None)
    pair = _pair(first, other) if other is not None else None
    if other is None or pair is None:
        return None
    high, low = sorted(pair, key=lambda q: -q.value)
    shown = times(high.value / low.value, language)
    return _divided(high, low, shown, (first, other), language)


def _apart(one: Unit, other: Unit) -> bool:
    return one.instrument_id != other.instrument_id


def share(told: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """What share one count of a unit is of another: 21家 of 31家.

    The largest count of a unit is the whole; the part is the one whose words the question shares.
    """
    asked = [q for q in quantities(told) if q.kind == "count"]
    words = {term for term in terms(without_boilerplate(told)) if len(term) > 1}
    found: list[tuple[int, int, Quantity, Quantity, Unit]] = []
    for place, unit in enumerate(units[:_LOOKED_AT]):
        held = [q for q in quantities(unit.text) if q.kind in _COUNTS and q.high is None and q.value]
        if len(asked) > 1:
            held = [q for q in held if any(q.agrees(a) for a in asked)]
        if len(held) < 2:
            continue
        whole = max(held, key=lambda q: q.value)
        parts = [(len(words & set(terms(_clause(unit.text, q)))), q) for q in held if q is not whole]
        best = max(met for met, _ in parts)
        named = [q for met, q in parts if met == best]
        if best and len(named) == 1 and comparable(named[0], whole):
            found.append((best, -place, named[0], whole, unit))
    if not found:
        return None
    _, _, part, whole, unit = max(found, key=lambda f: f[:2])
    return _divided(part, whole, percent(part.value / whole.value * 100), (unit,), language)


def _clause(text: str, quantity: Quantity) -> str:
    """The words between commas that a figure stands among."""
    starts = [m.end() for m in _CLAUSE.finditer(text, 0, quantity.start)]
    end = next((m.start() for m in _CLAUSE.finditer(text, quantity.end)), len(text))
    return text[starts[-1] if starts else 0 : end]


def by_year(part_text: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """What a sum for several years comes to in one: 3年支持600万元."""
    if not _EACH_YEAR.search(part_text) or not units:
        return None
    unit = units[0]
    held = quantities(unit.text)
    sums = [q for q in held if q.kind == "money" and q.high is None]
    spans = [q for q in held if q.kind == "duration" and q.unit == "year" and q.value > 1]
    if len(sums) != 1 or len(spans) != 1:
        return None
    shown = money(sums[0].value / spans[0].value, sums[0].unit, language)
    formula = f"{sums[0].text} ÷ {spans[0].value:f} = {shown}"
    operands = (Operand(sums[0].text, "clause"), Operand(spans[0].text, "clause"))
    text = SUM.say(language, formula=EACH_YEAR.say(language, formula=formula))
    return clauses_and(text, (unit,), (Computation(formula, operands, shown),), language)


def _divided(
    one: Quantity, other: Quantity, shown: str, units: tuple[Unit, ...], language: Language
) -> Worked:
    formula = f"{one.text} ÷ {other.text} ≈ {shown}"
    computation = Computation(formula, (Operand(one.text, "clause"), Operand(other.text, "clause")), shown)
    return clauses_and(SUM.say(language, formula=formula), units, (computation,), language)


def _pair(one: Unit, other: Unit) -> tuple[Quantity, Quantity] | None:
    first, second = _measured(one), _measured(other)
    if first is None or second is None or not second.value or not comparable(first, second):
        return None
    alike = first.unit == second.unit or not (first.unit and second.unit)
    return (first, second) if alike and first.value != second.value else None


def _measured(unit: Unit) -> Quantity | None:
    """The figure that a unit states: its last one that is no date and no base like 每万人口."""
    found = [
        q
        for q in quantities(unit.text)
        if q.kind in ("money", "percent", "count", "number") and not _BASE.search(unit.text[: q.start])
    ]
    return found[-1] if found else None
