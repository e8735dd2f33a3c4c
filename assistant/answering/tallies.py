"""So many things at so much each, added up: 2 × 4000元 and 3 × 1500元.

The asker tells how many of what, clauses say how much for one. Where something was counted that no clause
prices, or two clauses price it alike, nothing is added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import IN_ALL, STEPS
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.fold import fold
from assistant.language.numerals import NUMERAL, parse
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms

_EACH = sign("tally.each")
_COUNTED = re.compile(
    rf"(?P<number>{NUMERAL})\s*(?:[件项个家篇台款]\s*(?P<zh>[\u4e00-\u9fff]{{2,8}})|(?P<en>(?:\s?[a-z][a-z-]+){{1,3}}))",
    re.IGNORECASE,
)
_ENDS = re.compile(r"和|与|及|以及|、|\b(?:and|or|at|in|on|for|were|was|are|is|have|has)\b.*$", re.IGNORECASE)
_OTHER_KINDS = ("money", "percent", "date", "duration", "doc_number", "article")
#: Prices are looked for among so many of the best units.
_LOOKED_AT = 6


@dataclass(frozen=True, slots=True)
class _Item:
    """``number`` is the count as the asker wrote it."""

    number: str
    count: Decimal
    price: Quantity
    unit: Unit


def tallied(told: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """What all that was counted comes to; None where not all of it has its one price."""
    counted = list(_counted(told))
    prices = _prices(units)
    items = [_item(number, noun, prices) for number, noun in counted]
    priced = [item for item in items if item is not None]
    if not priced or len(priced) < len(items):
        return None
    steps: list[Computation] = []
    for item in priced:
        shown = money(item.count * item.price.value, item.price.unit, language)
        operands = (Operand(item.number, "question"), Operand(item.price.text, "clause"))
        steps.append(Computation(f"{item.count:f} × {item.price.text} = {shown}", operands, shown))
    shown_steps = [step.formula for step in steps]
    if len(priced) > 1:
        total = sum((item.count * item.price.value for item in priced), Decimal(0))
        shown = money(total, priced[0].price.unit, language)
        formula = f"{' + '.join(step.result for step in steps)} = {shown}"
        added = tuple(Operand(step.result, "computed") for step in steps)
        steps.append(Computation(formula, added, shown))
        shown_steps.append(IN_ALL.say(language, formula=formula))
    text = STEPS.say(language, steps=("；" if language == "zh" else "; ").join(shown_steps))
    return clauses_and(text, tuple(dict.fromkeys(i.unit for i in priced)), tuple(steps), language)


def _counted(told: str) -> Iterator[tuple[str, str]]:
    """How many, as the asker wrote it, and of what."""
    others = [q for q in quantities(told) if q.kind in _OTHER_KINDS]
    for match in _COUNTED.finditer(told):
        if any(q.start < match.end("number") and match.start("number") < q.end for q in others):
            continue
        noun = _ENDS.split(match["zh"] or match["en"])[0]
        if noun.strip():
            yield match["number"], noun


def _prices(units: Sequence[Unit]) -> list[tuple[Unit, Quantity]]:
    """The units of one instrument that say how much there is for each of something."""
    found: list[tuple[Unit, Quantity]] = []
    for unit in units[:_LOOKED_AT]:
        amounts = [q for q in quantities(unit.text) if q.kind == "money" and q.high is None]
        home = not found or unit.instrument_id == found[0][0].instrument_id
        if len(amounts) == 1 and home and _EACH.search(unit.text):
            found.append((unit, amounts[0]))
    return found


def _item(number: str, noun: str, prices: Sequence[tuple[Unit, Quantity]]) -> _Item | None:
    count = parse(fold(number).lower())
    words = {term for term in terms(noun) if len(term) > 1 and "_" not in term}
    met = [(len(words & set(terms(unit.text))), unit, price) for unit, price in prices]
    best = max((share for share, _, _ in met), default=0)
    fitting = [(unit, price) for share, unit, price in met if share == best]
    if not count or not best or len(fitting) != 1:
        return None
    unit, price = fitting[0]
    return _Item(number, count, price, unit)
