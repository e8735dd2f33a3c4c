"""What can be worked out from figures: a product, a difference of two rates, a multiple, a share, a total.

The question's own words say which is asked for; figures come from the clauses and from what the asker told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.allowances import above_allowance
from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand, Origin
from assistant.answering.deadlines import due
from assistant.answering.figures import as_money, figures, is_claim
from assistant.answering.fitting import Scored
from assistant.answering.growth import by_growth
from assistant.answering.rates import product
from assistant.answering.ratios import by_year, multiple, share
from assistant.answering.reading import Part, Want
from assistant.answering.savings import saved
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.tallies import tallied
from assistant.answering.units import Unit
from assistant.answering.wording import PRODUCT
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities

_AMOUNT, _LESS, _TIMES = sign("sum.amount"), sign("sum.less"), sign("sum.times")
_SHARE, _TOTAL = sign("sum.share"), sign("sum.total")
_EACH, _EACH_ASKED = sign("sum.each"), sign("sum.each_asked")
_MAGNITUDES = frozenset("百千万亿")  # of 多少亿
#: More of them than this are no things to be counted out.
_MANY = 1000
_LOOKED_AT = 4


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
        return multiple(part.text, units, language)
    total = _total(part.text, units, language) if _TOTAL.search(part.text) else None
    if total is not None:
        return total
    if _SHARE.search(part.text):
        return share(told, units, language)
    day = due(part, told, known, language)
    if day is not None or not (Want.VALUE in part.wants and _AMOUNT.search(part.text)):
        return day
    amounts = [f for f in figures(told) if not f.claimed and f.quantity.kind == "money"]
    if not amounts:
        return tallied(told, units, language) or by_year(part.text, units, language)
    fitting = [s for s in known if fits(s.unit)]
    if _LESS.search(part.text):
        return saved(part, amounts, told, fitting, known, language)
    rates = [q for q in quantities(told) if q.kind == "percent"]
    tiered = by_growth(amounts, known, language)
    if tiered is not None:
        return tiered
    return (
        above_allowance(amounts, rates, fitting, language)
        or product(part, told, amounts, fitting, known, language)
        or by_year(part.text, units, language)
    )


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
