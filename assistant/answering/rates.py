"""Amounts that a clause lets one work out: a rate applied to the asker's amount, a cap, a multiple, a total.

Each computation is shown with its operands and stands on the clause that gives the rate. Where it is not
plain which rate or which amount is meant, nothing is computed and the clause alone answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, alike, as_money, comparable, figures, is_claim, things
from assistant.answering.judging import percent
from assistant.answering.reading import Part, Want
from assistant.answering.selection import Scored
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Comparator, Quantity
from assistant.language.tokens import terms

_ASKS_AMOUNT = re.compile(
    r"多少|几何|how much|minimum|maximum|what (?:is|(?:total )?amount)|how large", re.IGNORECASE
)
_LESS = re.compile(
    r"少(?:交|缴|多少)|节(?:省|约|税)|差(?:多少|额)|\bless\b|\bsave[sd]?\b|\bdifference\b", re.IGNORECASE
)
_TIMES = re.compile(r"(?:多少|几)倍|\bhow many times\b", re.IGNORECASE)
_SHARE_ASKED = re.compile(
    r"几成|百分之几|占比多少|占多少|\bwhat (?:share|percentage|proportion)\b", re.IGNORECASE
)
_TOTAL = re.compile(
    r"总共|合计|一共|加起来|总规模|\bcombined\b|\bin total\b|\baltogether\b|\btotal scale\b", re.IGNORECASE
)
_EACH = re.compile(r"每(?:个|家|项)|各|\beach\b|-yuan\b", re.IGNORECASE)
_REDUCES = re.compile(
    r"减征|减半|部分|加收|\breduced by\b|\bhalf\b|\bhalved\b|\bpart (?:above|over)\b", re.IGNORECASE
)
_DAILY = re.compile(r"日利率|按日|每日|\bper day\b|\ba day\b|\bdaily\b", re.IGNORECASE)
_YEARLY = re.compile(r"年利率|\bper annum\b|\bannual interest\b", re.IGNORECASE)
_ONCE = Quantity("number", Decimal(1), "", 0, 0, "1")
_MAGNITUDES = frozenset("百千万亿")  # of 多少亿
_EACH_ONE = re.compile(r"每(?:个|家|项)|\beach\b", re.IGNORECASE)
_EFFECTIVE = re.compile(r"实际(?:税负|税率|比例)|\beffective\b", re.IGNORECASE)
_CAP = re.compile(r"不(?:得)?超过|为限|capped|not exceed|at most|up to", re.IGNORECASE)
_PRODUCT = Wording("按条款计算：{formula}。", "Worked out from the clause: {formula}.")
_CAPPED = Wording(
    "按条款计算：{product}；上限{cap}；取较小者，即{least}。",
    "Worked out from the clause: {product}; cap {cap}; the smaller counts, that is {least}.",
)
_DIFFERENCE = Wording(
    "计算：{first}；{second}；相差{difference}。",
    "Worked out: {first}; {second}; the difference is {difference}.",
)
_MULTIPLE = Wording("计算：{formula}。", "Worked out: {formula}.")
_LOOKED_AT = 4


def worked_out(part: Part, told: str, ranked: Sequence[Scored], language: Language) -> Worked | None:
    """What can be computed for ``part`` from the figures told and the best clauses, or None."""
    known = [s for s in ranked if not is_gap(s.unit)]
    current = [s.unit for s in known if not is_outdated(s.unit)] or [s.unit for s in known]
    given = [figure for figure in figures(told) if not figure.claimed]
    if _TIMES.search(part.text):
        return _multiple(current, language)
    if _TOTAL.search(part.text):
        return _total(part.text, current, language)
    if _SHARE_ASKED.search(part.text):
        return _share(part, told, current, language)
    amounts = [figure for figure in given if figure.quantity.kind == "money"]
    if not amounts or Want.VALUE not in part.wants or not _ASKS_AMOUNT.search(part.text):
        return None
    if _LESS.search(part.text):
        return _difference(amounts, given, told, current, language)
    return _product(part, told, amounts, current, known, language)


def _share(part: Part, told: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """What share one count is of another: 31家 of which 21家."""
    for unit in units[:_LOOKED_AT]:
        held = [q for q in quantities(unit.text) if q.kind == "count" and q.high is None]
        asked = [q for q in quantities(told) if q.kind == "count"]
        pair = [q for q in held if any(q.agrees(a) for a in asked)] if len(asked) > 1 else held
        if len(pair) != 2 or any(q.kind == "percent" for q in quantities(unit.text)):
            continue
        low, high = sorted(pair, key=lambda q: q.value)
        if not high.value or low.unit != high.unit:
            continue
        shown = percent(low.value / high.value * 100)
        formula = f"{low.text} ÷ {high.text} ≈ {shown}"
        operands = (Operand(low.text, "clause"), Operand(high.text, "clause"))
        text = _MULTIPLE.say(language, formula=formula)
        return _shown(text, (unit,), (Computation(formula, operands, shown),), language)
    return None


def _product(
    part: Part,
    told: str,
    amounts: Sequence[Figure],
    units: Sequence[Unit],
    known: Sequence[Scored],
    language: Language,
) -> Worked | None:
    scores = {s.unit: s.score for s in known}
    best = known[0].score if known else 0.0
    for unit in units[:_LOOKED_AT]:
        held = quantities(unit.text)
        rates = [q for q in held if q.kind == "percent" and q.high is None]
        # a rate for a part above some amount, or a reduction, gives no plain product
        plain = not any(q.kind == "money" for q in held) and not _REDUCES.search(unit.text)
        if not rates or not plain or scores[unit] < 0.6 * best:
            continue
        rate, cap = _rate(part, unit, rates), _cap(unit, rates)
        if rate is None:
            continue
        base = _base(part, unit, amounts)
        days = _days(unit, told)
        if days is None:
            continue
        product = base.quantity.value * rate.value / 100 * (days.value if days is not _ONCE else 1)
        shown = money(product, base.quantity.unit, language)
        first = _times(base.text, rate.text, shown, days if days is not _ONCE else None)
        if cap is None:
            text = _PRODUCT.say(language, formula=first.formula)
            return _shown(text, (unit,), (first,), language)
        ceiling = _ceiling(unit, cap, base, amounts)
        if ceiling is None:
            continue
        limit = ceiling.quantity.value * cap.value / 100
        second = _times(ceiling.text, cap.text, money(limit, base.quantity.unit, language))
        least = money(min(product, limit), base.quantity.unit, language)
        text = _CAPPED.say(language, product=first.formula, cap=second.formula, least=least)
        return _shown(text, (unit,), (first, second), language)
    return None


def _rate(part: Part, unit: Unit, rates: Sequence[Quantity]) -> Quantity | None:
    """The rate asked about: the only one, the effective one, or the one whose words the question shares."""
    free = [rate for rate in rates if not _is_cap(unit, rate)] or list(rates)
    if len({rate.value for rate in free}) == 1:
        return free[0]
    effective = [rate for rate in free if _EFFECTIVE.search(unit.text[max(0, rate.start - 20) : rate.start])]
    if len(effective) == 1:
        return effective[0]
    asked = set(terms(part.text))
    shares = []
    for index, rate in enumerate(free):
        start = free[index - 1].end if index else 0
        shares.append((len(asked & set(terms(unit.text[start : rate.start]))), -index, rate))
    shares.sort(key=lambda item: item[:2], reverse=True)
    return shares[0][2] if shares[0][0] > shares[1][0] else None


def _is_cap(unit: Unit, rate: Quantity) -> bool:
    before = re.split(r"[，；;。]|, (?:and|but)|\band\b", unit.text[: rate.start])[-1]
    return bool(_CAP.search(before)) or rate.comparator in (Comparator.LTE, Comparator.LT)


def _cap(unit: Unit, rates: Sequence[Quantity]) -> Quantity | None:
    caps = [rate for rate in rates if _is_cap(unit, rate)]
    return caps[0] if caps and len(caps) < len(rates) else None


def _base(part: Part, unit: Unit, amounts: Sequence[Figure]) -> Figure:
    words = f"{part.text} {unit.text.split('，')[0]}"
    wanted = things(words)
    return max(amounts, key=lambda f: alike(f.about, f.things & wanted, words, f.things & wanted))


def _ceiling(unit: Unit, cap: Quantity, base: Figure, amounts: Sequence[Figure]) -> Figure | None:
    """The amount that a cap is a share of: "不超过境内研发费用的三分之二"."""
    start = max((m.end() for m in _CAP.finditer(unit.text, 0, cap.start)), default=0)
    words = f"{unit.text[start : cap.start]} {unit.text[cap.end : cap.end + 40]}"
    wanted = things(words)
    others = [f for f in amounts if f is not base]
    scored = [(alike(f.about, f.things, words, wanted), f) for f in others]
    score, figure = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return figure if score > 0 else None


def _difference(
    amounts: Sequence[Figure],
    given: Sequence[Figure],
    told: str,
    units: Sequence[Unit],
    language: Language,
) -> Worked | None:
    """One amount under two rates that the question names: 15% instead of 25%."""
    rates = [q for q in quantities(told) if q.kind == "percent"]
    if len(rates) != 2 or len(amounts) != 1:
        return None
    sources = [_with(units, rate) for rate in rates]
    if not all(sources):
        return None
    base = amounts[0]
    products = [base.quantity.value * rate.value / 100 for rate in rates]
    unit = base.quantity.unit
    computed = [
        _times(base.text, rate.text, money(product, unit, language))
        for rate, product in zip(rates, products, strict=True)
    ]
    gap = money(abs(products[0] - products[1]), unit, language)
    low, high = sorted(computed, key=lambda c: products[computed.index(c)])
    formula = f"{high.result} − {low.result} = {gap}"
    operands = (Operand(high.result, "computed"), Operand(low.result, "computed"))
    text = _DIFFERENCE.say(language, first=high.formula, second=low.formula, difference=formula)
    used = tuple(dict.fromkeys(source for source in sources if source is not None))
    return _shown(text, used, (high, low, Computation(formula, operands, gap)), language)


def _with(units: Iterable[Unit], quantity: Quantity) -> Unit | None:
    return next((u for u in units if any(q.agrees(quantity) for q in quantities(u.text))), None)


def _multiple(units: Sequence[Unit], language: Language) -> Worked | None:
    """The best figure of one instrument over that of another."""
    if not units:
        return None
    first = units[0]
    words = set(terms(first.text))
    others = [u for u in units[1:] if u.instrument_id != first.instrument_id and _pair_of(first, u)]
    other = max(others, key=lambda u: len(words & set(terms(u.text))), default=None)
    pair = _pair_of(first, other) if other is not None else None
    if other is None or pair is None:
        return None
    high, low = sorted(pair, key=lambda q: -q.value)
    times = (high.value / low.value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    shown = f"{times.normalize():f}" + ("倍" if language == "zh" else " times")
    formula = f"{high.text} ÷ {low.text} ≈ {shown}"
    computation = Computation(formula, (Operand(high.text, "clause"), Operand(low.text, "clause")), shown)
    return _shown(_MULTIPLE.say(language, formula=formula), (first, other), (computation,), language)


def _pair_of(one: Unit, other: Unit) -> tuple[Quantity, Quantity] | None:
    first, second = _measured(one), _measured(other)
    if first is None or second is None or not second.value or not comparable(first, second):
        return None
    return first, second


def _measured(unit: Unit) -> Quantity | None:
    """The figure that a unit states: its last amount, share or count that is no date and no base like 每万人口."""
    found = [
        q
        for q in quantities(unit.text)
        if q.kind in ("money", "percent", "count", "number")
        and not re.search(r"每$|\bper $", unit.text[: q.start])
    ]
    return found[-1] if found else None


def _total(told: str, units: Sequence[Unit], language: Language) -> Worked | None:
    """So many of them at so much each."""
    for text, origin, unit in [
        (told, "question", None),
        *((u.text, "clause", u) for u in units[:_LOOKED_AT]),
    ]:
        found = [as_money(q) for q in quantities(text) if q.text not in _MAGNITUDES]
        counts = [q for q in found if q.kind in ("count", "number") and q.value < 1000 and q.high is None]
        amounts = [q for q in found if q.kind == "money" or (q.kind == "count" and q.unit == "级")]
        source = unit or (units[0] if units else None)
        each = _EACH if unit is None else _EACH_ONE
        if not counts or not amounts or not each.search(text) or source is None:
            continue
        count, amount = counts[0], amounts[-1]
        total = money(count.value * amount.value, "CNY", language)
        operands = (Operand(count.text, origin), Operand(amount.text, origin))
        computation = Computation(f"{count.text} × {amount.text} = {total}", operands, total)
        return _shown(
            _PRODUCT.say(language, formula=computation.formula), (source,), (computation,), language
        )
    return None


def _times(base: str, rate: str, result: str, days: Quantity | None = None) -> Computation:
    operands = [Operand(base, "question"), Operand(rate, "clause")]
    if days is None:
        return Computation(f"{base} × {rate} = {result}", tuple(operands), result)
    operands.append(Operand(days.text, "question"))
    return Computation(f"{base} × {rate} × {days.value:f} = {result}", tuple(operands), result)


def _days(unit: Unit, told: str) -> Quantity | None:
    """For how many days a daily rate runs; once for any other rate, None where it cannot be told."""
    if _YEARLY.search(unit.text):
        return None
    if not _DAILY.search(unit.text):
        return _ONCE
    return next((q for q in quantities(told) if q.kind == "duration" and q.unit == "day"), None)


def _shown(text: str, units: Sequence[Unit], computed: tuple[Computation, ...], language: Language) -> Worked:
    """The clauses first, then what follows from them."""
    drafts = (*(quote(unit, language) for unit in units), resting_on(text, units, computed))
    return Worked(drafts, tuple(units))


def money(value: Decimal, unit: str, language: Language) -> str:
    """An amount as the language writes it: 600万元, 600,000 yuan."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    name = {"CNY": ("元", " yuan"), "USD": ("美元", " US dollars")}.get(unit, (unit, f" {unit}"))
    if language == "en":
        return f"{_plain(rounded, ',')}{name[1]}"
    for size, word in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if rounded >= size:
            return f"{_plain(rounded / size)}{word}{name[0]}"
    return f"{_plain(rounded)}{name[0]}"


def _plain(value: Decimal, separator: str = "") -> str:
    text = f"{value.normalize():{separator}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
