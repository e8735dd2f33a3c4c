"""A rate of a clause applied to the asker's amount: 500万元 × 120%, with its cap where the clause sets one.

Where it is not plain which rate or which amount is meant, or the clause is about a part of the amount only,
nothing is computed and the clause alone answers: a wrong sum would look as sure as a right one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.amounts import money
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, alike, things
from assistant.answering.fitting import Scored
from assistant.answering.reading import Part
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import CAPPED, EACH_YEAR, IN_ALL, PRODUCT, STEPS
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Comparator, Quantity
from assistant.language.tokens import terms

_REDUCES, _DAILY, _YEARLY = sign("rate.reduces"), sign("rate.daily"), sign("rate.yearly")
_TOTAL, _ON_TOP = sign("sum.total"), sign("rate.on_top")
_EFFECTIVE, _CAP, _SHARE = sign("rate.effective"), sign("rate.cap"), sign("rate.share")
_YEARLY_ASKED, _AMORTIZES = sign("rate.each_year"), sign("rate.amortizes")
_CAP_ASKED, _LEAST_ASKED = sign("rate.cap_asked"), sign("rate.least_asked")
_INTO_BASE, _ASKS_BASE = sign("rate.into_base"), sign("rate.asks_base")
_CLAUSE = re.compile(r"[，；;。]|, (?:and|but)|\band\b")
#: So many of the best units are looked at, if they are this near to the best.
_LOOKED_AT, _NEAR = 4, 0.6
#: A unit of another instrument than the best one must be this near.
_AS_GOOD = 0.9


@dataclass(frozen=True, slots=True)
class _Rule:
    """A unit read as a rate; ``days`` is set where it runs by the day."""

    unit: Unit
    rate: Quantity
    cap: Quantity | None
    days: Quantity | None


def product(
    part: Part,
    told: str,
    amounts: Sequence[Figure],
    fitting: Sequence[Scored],
    known: Sequence[Scored],
    language: Language,
) -> Worked | None:
    """The amount that the best plain rate gives; None where there is none.

    Rates are of clauses that are ``fitting``; what ``known`` ones count into a base comes first.
    """
    for rule in _named_rate(part, told, fitting) or _rules(part, told, fitting):
        if "overseas" in things(told) - things(rule.unit.text):
            continue
        if _is_cap(rule.unit, rule.rate) and not _CAP_ASKED.search(part.text):
            continue  # what may at most be so much need not be
        base = _base(part, rule.unit, amounts)
        if rule.rate.comparator.direction > 0 and not _demands(part, rule, base):
            continue  # what must at least be so much is no rate that gives anything
        if rule.days is None and rule.cap is None:
            chained = _through_base(part, told, rule, base, known, language)
            if chained is not None:
                return chained
            if _INTO_BASE.search(rule.unit.text) and not _ASKS_BASE.search(part.text):
                continue  # a case that nobody told of
        whole = base.quantity.value * rule.rate.value / 100 * (rule.days.value if rule.days else 1)
        first = multiply(base, rule.rate, whole, language, rule.days)
        if rule.cap is None and _TOTAL.search(part.text) and _ON_TOP.search(rule.unit.text):
            return _with_base(base, rule.unit, first, whole, language)
        years = _spread(part, told, rule.unit)
        if rule.cap is None and years is not None:
            return _by_year(base, rule.unit, first, whole / years.value, years, language)
        if rule.cap is None:
            return clauses_and(PRODUCT.say(language, formula=first.formula), (rule.unit,), (first,), language)
        ceiling = _ceiling(rule, base, amounts)
        if ceiling is not None:
            return _capped(rule, rule.cap, first, whole, ceiling, language)
    return _multiplied(part, fitting, amounts, language)


def _multiplied(
    part: Part, ranked: Sequence[Scored], amounts: Sequence[Figure], language: Language
) -> Worked | None:
    """So many times the one amount told: 月平均工资的6倍."""
    if len(amounts) != 1 or not ranked:
        return None
    asked = frozenset(terms(part.text))
    for scored in ranked[:_LOOKED_AT]:
        held = [q for q in quantities(scored.unit.text) if q.unit == "倍" and q.high is None]
        factor = _rate(asked, scored.unit, held) if held and scored.score >= _NEAR * ranked[0].score else None
        if factor is not None:
            base = amounts[0]
            shown = money(base.quantity.value * factor.value, base.quantity.unit, language)
            operands = (Operand(base.text, "question"), Operand(factor.text, "clause"))
            step = Computation(f"{base.text} × {factor.text} = {shown}", operands, shown)
            return clauses_and(PRODUCT.say(language, formula=step.formula), (scored.unit,), (step,), language)
    return None


def tax_rate(unit: Unit) -> Quantity | None:
    """The one rate that ``unit`` grants on the whole of an amount: the only one, or the effective one."""
    rule = _rule(frozenset(), "", unit)
    return rule.rate if rule is not None and rule.cap is None else None


def _through_base(
    part: Part, told: str, rule: _Rule, base: Figure, known: Sequence[Scored], language: Language
) -> Worked | None:
    """One clause counts a share of the amount into the base, another gives the rate on the base.

    "80% of what is paid to a contractor counts; of what counts, 100% is deducted on top."
    """
    if _ASKS_BASE.search(part.text):
        return None  # only what counts is asked for
    asked = frozenset(terms(part.text))
    on_top = _ON_TOP.search(rule.unit.text) and not _INTO_BASE.search(rule.unit.text)
    top = rule if on_top else _on_base(asked, told, rule.unit, known)
    into = _counting(asked, told, top.unit, known) if top is not None else None
    if top is None or into is None:
        return None
    counted = base.quantity.value * into.rate.value / 100
    first = multiply(base, into.rate, counted, language)
    value = counted * top.rate.value / 100
    shown = money(value, base.quantity.unit, language)
    operands = (Operand(first.result, "computed"), Operand(top.rate.text, "clause"))
    second = Computation(f"{first.result} × {top.rate.text} = {shown}", operands, shown)
    text = STEPS.say(
        language, steps=("；" if language == "zh" else "; ").join((first.formula, second.formula))
    )
    return clauses_and(text, (into.unit, top.unit), (first, second), language)


def _on_base(asked: frozenset[str], told: str, into: Unit, known: Sequence[Scored]) -> _Rule | None:
    """The rate on what ``into`` counts: of the clauses that give one, the one that adds least of its own."""
    rules = (_rule(asked, told, s.unit) for s in known if _ON_TOP.search(s.unit.text))
    plain = [r for r in rules if r and not _is_cap(r.unit, r.rate) and not _INTO_BASE.search(r.unit.text)]
    words = set(terms(told)) | set(terms(into.text))
    return max(plain, key=lambda r: _known_share(r, words), default=None)


def _known_share(rule: _Rule, words: set[str]) -> float:
    own = set(terms(rule.unit.text[: rule.rate.start]))
    return len(own & words) / len(own) if own else 0.0


def _counting(asked: frozenset[str], told: str, top: Unit, known: Sequence[Scored]) -> _Rule | None:
    """The clause that counts a share into the base of ``top``: words of its own case were told."""
    own = {term for term in terms(told) if len(term) > 1} - set(terms(top.text))
    found: list[tuple[int, int, _Rule]] = []
    for place, scored in enumerate(known):
        rule = _rule(asked, told, scored.unit) if _INTO_BASE.search(scored.unit.text) else None
        case = scored.unit.text[: rule.rate.start] if rule else ""
        if rule and not things(case) & {"overseas"} - things(told):
            found.append((len(own & set(terms(case))), -place, rule))
    share, _, rule = max(found, key=lambda f: f[:2], default=(0, 0, None))
    return rule if share else None


def _with_base(base: Figure, unit: Unit, extra: Computation, value: Decimal, language: Language) -> Worked:
    """What is asked is the whole of it, and the clause gives what comes on top: 500万元 + 600万元."""
    shown = money(base.quantity.value + value, base.quantity.unit, language)
    formula = f"{base.text} + {extra.result} = {shown}"
    both = Computation(formula, (Operand(base.text, "question"), Operand(extra.result, "computed")), shown)
    separator = "；" if language == "zh" else "; "
    text = STEPS.say(language, steps=f"{extra.formula}{separator}{IN_ALL.say(language, formula=formula)}")
    return clauses_and(text, (unit,), (extra, both), language)


def _spread(part: Part, told: str, unit: Unit) -> Quantity | None:
    """Over how many years the sum is spread, where the clause amortizes and what is asked is one year."""
    if not (_YEARLY_ASKED.search(part.text) and _AMORTIZES.search(unit.text)):
        return None
    spans = [q for q in quantities(told) if q.kind == "duration" and q.unit == "year" and q.value > 1]
    return spans[0] if len(spans) == 1 else None


def _by_year(
    base: Figure, unit: Unit, whole: Computation, value: Decimal, years: Quantity, language: Language
) -> Worked:
    """The share of one year: 1200万元 ÷ 10."""
    shown = money(value, base.quantity.unit, language)
    formula = f"{whole.result} ÷ {years.value:f} = {shown}"
    one = Computation(formula, (Operand(whole.result, "computed"), Operand(years.text, "question")), shown)
    separator = "；" if language == "zh" else "; "
    text = STEPS.say(language, steps=f"{whole.formula}{separator}{EACH_YEAR.say(language, formula=formula)}")
    return clauses_and(text, (unit,), (whole, one), language)


def multiply(
    base: Figure, rate: Quantity, result: Decimal, language: Language, days: Quantity | None = None
) -> Computation:
    """``base`` times ``rate``, for so many days where the rate runs by the day."""
    shown = money(result, base.quantity.unit, language)
    operands = (Operand(base.text, "question"), Operand(rate.text, "clause"))
    if days is None:
        return Computation(f"{base.text} × {rate.text} = {shown}", operands, shown)
    formula = f"{base.text} × {rate.text} × {days.value:f} = {shown}"
    return Computation(formula, (*operands, Operand(days.text, "question")), shown)


def _rules(part: Part, told: str, ranked: Sequence[Scored]) -> Sequence[_Rule]:
    """The rates that may be meant, likeliest first.

    Under one heading there may be a rate for each case (expensed, capitalized): the case whose words were
    told goes first. A rate of another text looks as sure as the right one, so it must fit nearly as well.
    """
    asked = frozenset(terms(part.text))
    best = ranked[0] if ranked else None
    found: list[tuple[_Rule, bool]] = []
    for place, scored in enumerate(ranked):
        beside = best is not None and scored.unit.group == best.unit.group
        floor = _NEAR if best and scored.unit.instrument_id == best.unit.instrument_id else _AS_GOOD
        near = best is not None and place < _LOOKED_AT and scored.score >= floor * best.score
        rule = _rule(asked, told, scored.unit) if beside or near else None
        if rule is not None:
            found.append((rule, beside))
    # of cases beside each other the one whose own words were told: what several say tells none apart
    said = Counter(term for rule, beside in found if beside for term in set(terms(rule.unit.text)))
    own = {term for term in terms(told) if len(term) > 1 and said[term] == 1}
    met = [(rule, len(own & set(terms(rule.unit.text))) if beside else 0) for rule, beside in found]
    return [rule for rule, _ in sorted(met, key=lambda pair: -pair[1])]


def _named_rate(part: Part, told: str, ranked: Sequence[Scored]) -> Sequence[_Rule]:
    """The rules whose rate the asker names: "按120%加计" is no question about the one of 100%."""
    named = [q for q in quantities(told) if q.kind == "percent"]
    asked = frozenset(terms(part.text))
    rules = (_rule(asked, told, scored.unit) for scored in ranked)
    return [rule for rule in rules if rule and any(rule.rate.agrees(q) for q in named)]


def _capped(
    rule: _Rule, cap: Quantity, first: Computation, whole: Decimal, ceiling: Figure, language: Language
) -> Worked:
    limit = ceiling.quantity.value * cap.value / 100
    second = multiply(ceiling, cap, limit, language)
    least = first.result if whole <= limit else second.result
    text = CAPPED.say(language, product=first.formula, cap=second.formula, least=least)
    return clauses_and(text, (rule.unit,), (first, second), language)


def _rule(asked: frozenset[str], told: str, unit: Unit) -> _Rule | None:
    held = quantities(unit.text)
    percents = [q for q in held if q.kind == "percent" and q.high is None]
    # "held to 100% by a related party" is a condition, and nothing is multiplied by it
    rates = [q for q in percents if _is_cap(unit, q) or not _SHARE.search(unit.text[: q.start])]
    # a rate of a part above some amount, and a reduction, give no plain product
    if not rates or any(q.kind == "money" for q in held) or _REDUCES.search(unit.text):
        return None
    rate = _rate(asked, unit, rates)
    days = next((q for q in quantities(told) if q.kind == "duration" and q.unit == "day"), None)
    runs_daily = bool(_DAILY.search(unit.text))
    if rate is None or _YEARLY.search(unit.text) or (runs_daily and days is None):
        return None
    caps = [rate for rate in rates if _is_cap(unit, rate)]
    cap = caps[0] if caps and len(caps) < len(rates) else None
    return _Rule(unit, rate, cap, days if runs_daily else None)


def _rate(asked: frozenset[str], unit: Unit, rates: Sequence[Quantity]) -> Quantity | None:
    """The rate asked about: the only one, the effective one, or the one whose words the question shares."""
    free = [rate for rate in rates if not _is_cap(unit, rate)] or list(rates)
    if len({rate.value for rate in free}) == 1:
        return free[0]
    effective = [rate for rate in free if _EFFECTIVE.search(unit.text[max(0, rate.start - 20) : rate.start])]
    if len(effective) == 1:
        return effective[0]
    shares = []
    for index, rate in enumerate(free):
        start = free[index - 1].end if index else 0
        shares.append((len(asked & set(terms(unit.text[start : rate.start]))), -index, rate))
    shares.sort(key=lambda item: item[:2], reverse=True)
    return shares[0][2] if shares[0][0] > shares[1][0] else None


def _is_cap(unit: Unit, rate: Quantity) -> bool:
    before = _CLAUSE.split(unit.text[: rate.start])[-1]
    return bool(_CAP.search(before)) or rate.comparator in (Comparator.LTE, Comparator.LT)


def _demands(part: Part, rule: _Rule, base: Figure) -> bool:
    """Is the least asked for that a clause demands, and is the amount what its share is of?"""
    after = rule.unit.text[rule.rate.end :]
    about = rule.unit.text.partition("占")[2] or (after if after.startswith(" of ") else "")
    other = bool(base.things and things(about)) and base.things.isdisjoint(things(about))
    return bool(_LEAST_ASKED.search(part.text)) and not other


def _base(part: Part, unit: Unit, amounts: Sequence[Figure]) -> Figure:
    words = f"{part.text} {unit.text.split('，')[0]}"
    wanted = things(words)
    return max(amounts, key=lambda f: alike(f.about, f.things & wanted, words, f.things & wanted))


def _ceiling(rule: _Rule, base: Figure, amounts: Sequence[Figure]) -> Figure | None:
    """The amount that the cap is a share of: "不超过境内研发费用的三分之二"."""
    text, cap = rule.unit.text, rule.cap
    if cap is None:
        return None
    start = max((m.end() for m in _CAP.finditer(text, 0, cap.start)), default=0)
    words = f"{text[start : cap.start]} {text[cap.end : cap.end + 40]}"
    wanted = things(words)
    others = [(alike(f.about, f.things, words, wanted), f) for f in amounts if f is not base]
    score, figure = max(others, key=lambda pair: pair[0], default=(0.0, None))
    return figure if score > 0 else None
