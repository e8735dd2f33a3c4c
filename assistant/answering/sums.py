"""What can be worked out from figures: a product, a difference of two rates, a multiple, a share, a total.

The question's own words say which is asked for; figures come from the clauses and from what the asker told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.answering.allowances import above_allowance
from assistant.answering.amounts import money, percent, times
from assistant.answering.computation import Computation, Operand, Origin
from assistant.answering.figures import Figure, as_money, comparable, figures, is_claim
from assistant.answering.fitting import Scored
from assistant.answering.growth import by_growth
from assistant.answering.rates import multiply, product
from assistant.answering.reading import Part, Want
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.units import Unit
from assistant.answering.wording import DIFFERENCE, PRODUCT, SUM
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms

_AMOUNT, _LESS, _TIMES = sign("sum.amount"), sign("sum.less"), sign("sum.times")
_SHARE, _TOTAL = sign("sum.share"), sign("sum.total")
_EACH, _EACH_ASKED = sign("sum.each"), sign("sum.each_asked")
_BASE = re.compile(r"每$|\bper $")
_MAGNITUDES = frozenset("百千万亿")  # of 多少亿
#: More of them than this are no things to be counted out.
_MANY = 1000
_LOOKED_AT = 4
#: The other figure of a multiple speaks of this much of what the first does not.
_OTHER_HALF = 0.34


def worked_out(
    part: Part, told: str, ranked: Sequence[Scored], language: Language, fits: Callable[[Unit], bool]
) -> Worked | None:
    """What can be computed for ``part`` from the figures told and the best clauses, or None.

    A rate is applied only where its clause ``fits``: it speaks of all that the question names.
    """
    known = [s for s in ranked if not is_gap(s.unit)]
    known = [s for s in known if not is_outdated(s.unit)] or known
    units = [scored.unit for scored in known]
    if _TIMES.search(part.text):
        return _multiple(part.text, units, language)
    total = _total(part.text, units, language) if _TOTAL.search(part.text) else None
    if total is not None:
        return total
    if _SHARE.search(part.text):
        return _share(told, units, language)
    amounts = [f for f in figures(told) if not f.claimed and f.quantity.kind == "money"]
    if not amounts or Want.VALUE not in part.wants or not _AMOUNT.search(part.text):
        return None
    if _LESS.search(part.text):
        return _difference(amounts, told, units, language)
    rates = [q for q in quantities(told) if q.kind == "percent"]
    fitting = [s for s in known if fits(s.unit)]
    tiered = by_growth(amounts, known, language)
    if tiered is not None:
        return tiered
    return above_allowance(amounts, rates, fitting, language) or product(
        part, told, amounts, fitting, language
    )


def _difference(
    amounts: Sequence[Figure], told: str, units: Sequence[Unit], language: Language
) -> Worked | None:
    """One amount under two rates that the question names: 15% instead of 25%."""
    rates = sorted((q for q in quantities(told) if q.kind == "percent"), key=lambda q: -q.value)
    sources = [source for rate in rates if (source := _with(units, rate))]
    if len(rates) != 2 or len(sources) != 2 or len(amounts) != 1:
        return None
    base = amounts[0]
    products = [base.quantity.value * rate.value / 100 for rate in rates]
    high, low = (multiply(base, rate, p, language) for rate, p in zip(rates, products, strict=True))
    gap = money(products[0] - products[1], base.quantity.unit, language)
    formula = f"{high.result} − {low.result} = {gap}"
    operands = (Operand(high.result, "computed"), Operand(low.result, "computed"))
    text = DIFFERENCE.say(language, first=high.formula, second=low.formula, difference=formula)
    used = tuple(dict.fromkeys(sources))
    return clauses_and(text, used, (high, low, Computation(formula, operands, gap)), language)


def _with(units: Iterable[Unit], quantity: Quantity) -> Unit | None:
    return next((u for u in units if any(q.agrees(quantity) for q in quantities(u.text))), None)


def _multiple(asked_of: str, units: Sequence[Unit], language: Language) -> Worked | None:
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


def _share(told: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """What share one count of a unit is of another: 21家 of 31家."""
    asked = [q for q in quantities(told) if q.kind == "count"]
    for unit in units[:_LOOKED_AT]:
        held = [q for q in quantities(unit.text) if q.kind == "count" and q.high is None]
        pair = [q for q in held if any(q.agrees(a) for a in asked)] if len(asked) > 1 else held
        if len(pair) == 2 and pair[0].unit == pair[1].unit and all(q.value for q in pair):
            low, high = sorted(pair, key=lambda q: q.value)
            return _divided(low, high, percent(low.value / high.value * 100), (unit,), language)
    return None


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


def _total(asked: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """So many of them at so much each, as the question supposes or a clause says."""
    if not units:
        return None
    supposed: list[tuple[str, Origin, Unit]] = [] if is_claim(asked) else [(asked, "question", units[0])]
    said: list[tuple[str, Origin, Unit]] = [(unit.text, "clause", unit) for unit in units[:_LOOKED_AT]]
    for text, origin, unit in (*supposed, *said):
        held = [as_money(q) for q in quantities(text) if q.text not in _MAGNITUDES]
        counts = [q for q in held if q.kind in ("count", "number") and q.value < _MANY and q.high is None]
        amounts = [q for q in held if q.kind == "money" or (q.kind == "count" and q.unit == "级")]
        each = _EACH_ASKED if origin == "question" else _EACH
        if not counts or not amounts or not each.search(text):
            continue
        count, amount = counts[0], amounts[-1]
        shown = money(count.value * amount.value, "CNY", language)
        operands = (Operand(count.text, origin), Operand(amount.text, origin))
        computation = Computation(f"{count.text} × {amount.text} = {shown}", operands, shown)
        text = PRODUCT.say(language, formula=computation.formula)
        return clauses_and(text, (unit,), (computation,), language)
    return None
