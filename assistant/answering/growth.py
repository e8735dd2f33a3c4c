"""A rule with tiers by growth, applied to the figures of two or three years that the asker tells.

"增幅10%以上、20%以下的，按增量的7%奖励": growth is worked out from the years, picks its tier, and where the
tier pays a share of the increase, that is worked out too. Years are averaged only where a clause says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.answering.amounts import money, percent
from assistant.answering.bounds import Bound
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, as_money, things
from assistant.answering.fitting import Scored
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import AT_MOST, GROWTH, INCREASE, REWARD, STEPS
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_TIER, _OF_INCREASE, _AVERAGE = sign("growth.tier"), sign("growth.increase"), sign("growth.average")
_FROM_TO = sign("growth.from_to")
_THIS, _LAST = sign("growth.this_year"), sign("growth.last_year")
_TO = re.compile(r"\s*(?:\bto\b|至|到|[-—~～])\s*")
#: Where a tier ends and what it gives begins.
_GIVES = re.compile(r"的[，,]|的(?:企业|该项)|,? (?:receives?|gives?|scores?|gets?)\b", re.IGNORECASE)
#: Tiers are looked for among so many of the best units.
_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class _Tier:
    unit: Unit
    bounds: tuple[Bound, ...]
    gives: str

    def holds(self, growth: Decimal) -> bool:
        """Does a growth of so many percent fall into it?"""
        return all(bound.met_by(growth) for bound in self.bounds)

    @property
    def floor(self) -> Decimal:
        """Where it begins: of two tiers that hold, the higher is meant."""
        lower = (b.quantity.value for b in self.bounds if b.quantity.comparator.direction > 0)
        return max(lower, default=Decimal(0))


def by_growth(amounts: Sequence[Figure], ranked: Sequence[Scored], language: Language) -> Worked | None:
    """Growth, its tier and what it gives; None where no tiers were found or the years are not plain."""
    tiers = _tiers(ranked)
    years = _years(amounts)
    if not tiers or not years:
        return None
    average = next((s.unit for s in ranked if _averages(s.unit, tiers[0])), None)
    if len(years) > 2 and average is None:
        return None
    steps, growth = _growth(years, language)
    fitting = [tier for tier in tiers if tier.holds(growth)]
    if not fitting:
        return None
    tier = max(fitting, key=lambda t: t.floor)
    used = [tier.unit, *([average] if average is not None and len(years) > 2 else [])]
    note = ""
    if len(years) == 2:
        reward, note = _reward(tier, steps[0], years[1].value - years[0].value, years[0].unit, language)
        steps += reward
    separator = "；" if language == "zh" else "; "
    shown = [step.formula for step in steps]
    if len(years) == 2:
        names = (INCREASE, GROWTH, REWARD)
        shown = [name.say(language, formula=formula) for name, formula in zip(names, shown, strict=False)]
    text = STEPS.say(language, steps=separator.join(shown) + note)
    return Worked((*(quote(u, language) for u in used), resting_on(text, used, tuple(steps))), tuple(used))


def _tiers(ranked: Sequence[Scored]) -> list[_Tier]:
    """The tiers under the heading that fits best; at least two, or it is no scale."""
    best = next((s.unit for s in ranked[:_LOOKED_AT] if _tier(s.unit)), None)
    if best is None:
        return []
    found = [tier for s in ranked if s.unit.group == best.group and (tier := _tier(s.unit))]
    return found if len(found) > 1 else []


def _tier(unit: Unit) -> _Tier | None:
    first = next((q.end for q in quantities(unit.text) if q.kind == "percent"), len(unit.text))
    cut = _GIVES.search(unit.text, first)
    if cut is None or not _TIER.search(unit.text[: cut.start()]):
        return None
    case = unit.text[: cut.start()]
    bounds = tuple(
        Bound(q, case, things(case))
        for q in quantities(case)
        if q.kind == "percent" and (q.comparator.direction or q.high is not None)
    )
    return _Tier(unit, bounds, unit.text[cut.end() :]) if bounds else None


def _averages(unit: Unit, tier: _Tier) -> bool:
    """Does the unit say that growth is averaged over the years, in the same text as the tiers?"""
    same = unit.instrument_id == tier.unit.instrument_id
    return same and bool(_TIER.search(unit.text) and _AVERAGE.search(unit.text))


def _years(amounts: Sequence[Figure]) -> list[Quantity]:
    """The amounts of two or three years, the earliest first; empty where it is not plain which they are."""
    if len(amounts) == 1:
        span = amounts[0].quantity
        return _split(span) if span.high is not None and _FROM_TO.search(amounts[0].about) else []
    if len(amounts) not in (2, 3) or len({f.things for f in amounts}) > 1:
        return []
    values = [f.quantity for f in amounts]
    if any(q.high is not None or not q.value or q.unit != values[0].unit for q in values):
        return []
    if len(values) == 2 and _THIS.search(amounts[0].about) and _LAST.search(amounts[1].about):
        values.reverse()
    return values


def _split(span: Quantity) -> list[Quantity]:
    """ "From 10 million to 12.5 million yuan" is two amounts."""
    texts = _TO.split(span.text)
    if len(texts) != 2 or span.high is None:
        return []
    values = (span.value, span.high)
    return [
        replace(span, text=text.strip(), value=value, high=None)
        for text, value in zip(texts, values, strict=True)
    ]


def _growth(years: Sequence[Quantity], language: Language) -> tuple[list[Computation], Decimal]:
    steps: list[Computation] = []
    rates: list[Decimal] = []
    for before, after in pairwise(years):
        more = money(after.value - before.value, after.unit, language)
        operands = (Operand(after.text, "question"), Operand(before.text, "question"))
        rate = (after.value - before.value) / before.value * 100
        steps.append(Computation(f"{after.text} − {before.text} = {more}", operands, more))
        shown = percent(rate)
        operands = (Operand(more, "computed"), Operand(before.text, "question"))
        steps.append(Computation(f"{more} ÷ {before.text} = {shown}", operands, shown))
        rates.append(rate)
    if len(rates) == 1:
        return steps, rates[0]
    mean = sum(rates, Decimal(0)) / len(rates)
    total = percent(sum(rates, Decimal(0)))
    each = [percent(rate) for rate in rates]
    added = Computation(f"{' + '.join(each)} = {total}", tuple(Operand(r, "computed") for r in each), total)
    shared = f"{total} ÷ {len(rates)} = {percent(mean)}"
    steps += [added, Computation(shared, (Operand(total, "computed"),), percent(mean))]
    return steps, mean


def _reward(
    tier: _Tier, increase: Computation, more: Decimal, unit: str, language: Language
) -> tuple[list[Computation], str]:
    """What a share of the increase comes to, with the most that the tier pays."""
    rates = [q for q in quantities(tier.gives) if q.kind == "percent"]
    if len(rates) != 1 or not _OF_INCREASE.search(tier.gives):
        return [], ""
    value = more * rates[0].value / 100
    shown = money(value, unit, language)
    operands = (Operand(increase.result, "computed"), Operand(rates[0].text, "clause"))
    step = Computation(f"{increase.result} × {rates[0].text} = {shown}", operands, shown)
    caps = [q for q in map(as_money, quantities(tier.gives)) if q.kind == "money" and q.value < value]
    return [step], AT_MOST.say(language, cap=caps[0].text) if caps else ""
