"""What is saved: one amount under two rates, the lower of which a clause grants.

Or the tax on what is deducted on top of an amount: the deduction that a clause grants, at the rate told.

The two rates are told, or the lower is the one that fits the question and the other is the general rate that
a clause of the same tax names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure
from assistant.answering.fitting import Scored
from assistant.answering.rates import multiply, product, tax_rate
from assistant.answering.reading import Part
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import DIFFERENCE, SAVED, STEPS
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_SAVES = sign("sum.saves")
_DEDUCTION, _ON_TOP, _ORDINARY = sign("asks.deduction"), sign("rate.on_top"), sign("asker.ordinary")
_TAX_AT, _TAX_RATE = sign("rate.tax_before"), sign("rate.tax_after")
_STANDARD, _TAX = sign("rate.standard"), sign("rate.of_tax")


def saved(
    part: Part,
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
    taxed = [q for q in rates if _TAX_AT.search(told[: q.start]) or _TAX_RATE.match(told[q.end :])]
    if taxed and _DEDUCTION.search(part.text):
        # which clause grants the deduction depends on who asks, unless its rate is told
        plain = len(rates) == 2 or (len(rates) == 1 and _ORDINARY.search(told))
        if len(taxed) > 1 or not plain:
            return None
        return _by_deduction(part, told, taxed[0], amounts, fitting, known, language)
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


def _by_deduction(
    part: Part,
    told: str,
    rate: Quantity,
    amounts: Sequence[Figure],
    fitting: Sequence[Scored],
    known: Sequence[Scored],
    language: Language,
) -> Worked | None:
    """What is deducted on top of the amount, times the tax rate told: 300万元 × 100%, and that × 25%."""
    granting = [scored for scored in fitting if _ON_TOP.search(scored.unit.text)]
    without = f"{told[: rate.start]} {told[rate.end :]}"  # the rate told is no rate of the deduction
    deducted = product(part, without, amounts, granting, known, language)
    steps = deducted.drafts[-1].computed if deducted is not None else ()
    named = [q for q in quantities(without) if q.kind == "percent"]
    applied = [q for step in steps for o in step.operands for q in quantities(o.text) if q.kind == "percent"]
    if not all(any(q.agrees(a) for a in applied) for q in named):
        return None  # another rate than the one told
    worth = [q for step in steps[-1:] for q in quantities(step.result) if q.kind == "money"]
    if deducted is None or len(worth) != 1:
        return None
    shown = money(worth[0].value * rate.value / 100, worth[0].unit, language)
    operands = (Operand(steps[-1].result, "computed"), Operand(rate.text, "question"))
    tax = Computation(f"{steps[-1].result} × {rate.text} = {shown}", operands, shown)
    separator = "；" if language == "zh" else "; "
    text = STEPS.say(language, steps=separator.join(step.formula for step in (*steps, tax)))
    return clauses_and(text, deducted.quoted, (*steps, tax), language)


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
