"""An amount of which a first part is exempt and the rest is charged in part: 500万元以内免征，超过部分减半.

The clauses give the limit and the reduction, the asker the amount and perhaps the rate; every step is shown.
Where limit and reduction do not belong together, nothing is worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, as_money
from assistant.answering.fitting import Scored
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import STEPS, WITHIN_ALLOWANCE
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_EXEMPT, _REST, _HALF = sign("allowance.exempt"), sign("allowance.rest"), sign("allowance.half")
#: So many of the best units are looked at.
_LOOKED_AT = 4
_HALVED = Decimal("0.5")


def above_allowance(
    amounts: Sequence[Figure], rates: Sequence[Quantity], ranked: Sequence[Scored], language: Language
) -> Worked | None:
    """What of the asker's one amount is charged, and at which tax where one rate was told; or None."""
    units = [scored.unit for scored in ranked[:_LOOKED_AT]]
    pair = _rule(units)
    if pair is None or len(amounts) != 1 or len(rates) > 1:
        return None
    limit, free, rest = pair
    base = amounts[0]
    used = (free,) if free is rest else (free, rest)
    if base.quantity.unit != limit.unit:
        return None
    if base.quantity.value <= limit.value:
        within = Computation(
            f"{base.text} ≤ {limit.text}",
            (Operand(base.text, "question"), Operand(limit.text, "clause")),
            base.text,
        )
        text = WITHIN_ALLOWANCE.say(language, formula=within.formula)
        return clauses_and(text, used, (within,), language)
    steps = _steps(base, limit, _reduction(rest), rates, language)
    separator = "；" if language == "zh" else "; "
    text = STEPS.say(language, steps=separator.join(step.formula for step in steps))
    return clauses_and(text, used, steps, language)


def _rule(units: Sequence[Unit]) -> tuple[Quantity, Unit, Unit] | None:
    """The limit with the unit that exempts up to it and the unit that halves what is above it."""
    for free in units:
        limits = [q for q in map(as_money, quantities(free.text)) if q.kind == "money"]
        if not limits or not _EXEMPT.search(free.text):
            continue
        for rest in (free, *units):
            same = [
                q
                for q in map(as_money, quantities(rest.text))
                if q.kind == "money" and q.value == limits[0].value
            ]
            if same and rest.instrument_id == free.instrument_id and _halves(rest):
                return limits[0], free, rest
    return None


def _halves(unit: Unit) -> bool:
    return bool(_REST.search(unit.text) and _HALF.search(unit.text))


def _reduction(unit: Unit) -> str:
    """The half as the clause writes it, where it writes a figure: 50%."""
    half = (q for q in quantities(unit.text) if q.kind == "percent" and q.value == 100 * _HALVED)
    return next((q.text for q in half), "")


def _steps(
    base: Figure, limit: Quantity, half: str, rates: Sequence[Quantity], language: Language
) -> tuple[Computation, ...]:
    unit = base.quantity.unit
    above = base.quantity.value - limit.value
    rest = money(above, unit, language)
    first = Computation(
        f"{base.text} − {limit.text} = {rest}",
        (Operand(base.text, "question"), Operand(limit.text, "clause")),
        rest,
    )
    charged = money(above * _HALVED, unit, language)
    by_half = f"× {half}" if half else "÷ 2"
    share = (Operand(half, "clause"),) if half else ()
    second = Computation(f"{rest} {by_half} = {charged}", (Operand(rest, "computed"), *share), charged)
    if not rates:
        return first, second
    tax = money(above * _HALVED * rates[0].value / 100, unit, language)
    third = Computation(
        f"{charged} × {rates[0].text} = {tax}",
        (Operand(charged, "computed"), Operand(rates[0].text, "question")),
        tax,
    )
    return first, second, third
