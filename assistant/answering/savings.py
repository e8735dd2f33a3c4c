"""What is saved: one amount under two rates, the lower of which a clause grants.

The two rates are told, or the lower is the one that fits the question and the other is the general rate that
a clause of the same tax names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure
from assistant.answering.fitting import Scored
from assistant.answering.rates import multiply, tax_rate
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import DIFFERENCE, SAVED
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_SAVES = sign("sum.saves")
_STANDARD, _TAX = sign("rate.standard"), sign("rate.of_tax")


def saved(
    amounts: Sequence[Figure],
    told: str,
    fitting: Sequence[Scored],
    known: Sequence[Scored],
    language: Language,
) -> Worked | None:
    """The difference that two rates make to the one amount told; None where the two are not plain.

    What is granted is granted by a clause that is ``fitting``; the general rate is any clause's.
    """
    if len(amounts) != 1:
        return None
    base = amounts[0]
    units = [scored.unit for scored in known]
    rates = [q for q in quantities(told) if q.kind == "percent"]
    pair = (
        _told(rates, units) if len(rates) > 1 else _granted(rates, units, [scored.unit for scored in fitting])
    )
    if len(pair) != 2:
        return None
    pair.sort(key=lambda found: -found[0].value)
    products = [base.quantity.value * rate.value / 100 for rate, _ in pair]
    high, low = (
        multiply(base, rate, worth, language) for (rate, _), worth in zip(pair, products, strict=True)
    )
    gap = money(products[0] - products[1], base.quantity.unit, language)
    formula = f"{high.result} − {low.result} = {gap}"
    operands = (Operand(high.result, "computed"), Operand(low.result, "computed"))
    text = (SAVED if _SAVES.search(told) else DIFFERENCE).say(
        language, first=high.formula, second=low.formula, difference=formula
    )
    used = tuple(dict.fromkeys(unit for _, unit in pair))
    return clauses_and(text, used, (high, low, Computation(formula, operands, gap)), language)


def _told(rates: Sequence[Quantity], units: Iterable[Unit]) -> list[tuple[Quantity, Unit]]:
    """Each rate told with the best unit that has it."""
    found = ((rate, _with(units, rate)) for rate in rates)
    return [(rate, unit) for rate, unit in found if unit is not None]


def _granted(
    rates: Sequence[Quantity], units: Sequence[Unit], fitting: Sequence[Unit]
) -> list[tuple[Quantity, Unit]]:
    """The rate that is granted and the general one; one that was told has to be one of the two."""
    general = next(((q, unit) for unit in units if (q := _general(unit)) is not None), None)
    if general is None:
        return []
    own = {m.group() for m in _TAX.finditer(general[1].text)}
    special = next(
        (
            (rate, unit)
            for unit in fitting
            if (rate := tax_rate(unit)) is not None
            and rate.value < general[0].value
            and own & {m.group() for m in _TAX.finditer(unit.text)}
        ),
        None,
    )
    if special is None or any(not (q.agrees(general[0]) or q.agrees(special[0])) for q in rates):
        return []
    return [general, special]


def _general(unit: Unit) -> Quantity | None:
    """The rate where no other is granted: 一般税率为25%."""
    held = [q for q in quantities(unit.text) if q.kind == "percent" and q.high is None]
    return held[0] if len(held) == 1 and _STANDARD.search(unit.text) else None


def _with(units: Iterable[Unit], quantity: Quantity) -> Unit | None:
    return next((u for u in units if any(q.agrees(quantity) for q in quantities(u.text))), None)
