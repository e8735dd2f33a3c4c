"""How values and demands read in a sentence, in Chinese and in English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.check import Finding
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Band, Criterion, Value, Verdict
from assistant.eligibility.profile import plain
from assistant.eligibility.statement import OUTCOMES

_UNITS = {
    "years": ("年", "years"),
    "days": ("天", "days"),
    "persons": ("人", "people"),
    "points": ("分", "points"),
    "m2": ("平方米", "m²"),
    "times": ("倍", "times"),
    "count": ("", ""),
    "per_year": ("", ""),
}
#: How far a count of months may be off for having been told as a share of a year.
_MONTH_OFF = Decimal("0.02")
#: Units of which one has more or fewer, not higher or lower.
COUNTED = ("persons", "count", "m2", "years", "days", "per_year")


def shown(value: Value, attribute: Attribute | None, language: Language) -> str:
    """A value with its unit as people write it: 5000万元, 6.67%, 不到500人, 是."""
    zh = language == "zh"
    if isinstance(value, bool):
        return ("是" if value else "否") if zh else ("yes" if value else "no")
    if isinstance(value, Interval):
        return _span(value, attribute, language)
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日" if zh else f"{value.day} {value:%B %Y}"
    if not isinstance(value, Decimal):
        choice = next((c for c in attribute.choices if c.id == value), None) if attribute else None
        return choice.label(language) if choice else value
    unit = attribute.unit if attribute else ""
    if unit in ("CNY", "USD", "CNY_per_month"):
        return money(value, unit, language)
    months = _in_months(value, language) if unit == "years" else ""
    if months:
        return months
    number = plain_number(value)
    if unit == "percent":
        return f"{number}%"
    if unit == "rank":
        return f"第{number}" if zh else f"no. {number}"
    words = _UNITS.get(unit, ("", ""))
    counter = attribute.counter_zh if attribute else ""
    return number + (words[0] or counter) if zh else f"{number} {words[1]}".strip()


def _in_months(years: Decimal, language: Language) -> str:
    """Less than a year that is whole months, as one says it: 8个月, 8 months; else nothing."""
    months = round(years * 12)
    if not 0 < months < 12 or abs(years * 12 - months) > _MONTH_OFF:
        return ""
    return f"{months}个月" if language == "zh" else f"{months} month{'s' if months > 1 else ''}"


def plain_number(value: Decimal) -> str:
    """At most two decimals, with thousands apart."""
    rounded = round(value, 2)
    return f"{rounded.normalize():,f}" if rounded else "0"


def money(value: Decimal, unit: str, language: Language) -> str:
    """An amount of ``unit`` (CNY, USD, CNY_per_month): 5000万元, 50 million yuan."""
    usd, monthly = unit == "USD", unit == "CNY_per_month"
    if language == "en":
        big = value >= 1_000_000 and not monthly
        amount = f"{round(value / 1_000_000 if big else value, 4).normalize():,f}"
        words = f"{amount} million" if big else amount
        return (f"USD {words}" if usd else f"{words} yuan") + (" a month" if monthly else "")
    name = "美元" if usd else "元"
    for size, prefix in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        if value >= size and not monthly:
            return f"{round(value / size, 4).normalize():f}{prefix}{name}"
    return f"{round(value, 2).normalize():f}{name}" + ("/月" if monthly else "")


def _span(value: Interval, attribute: Attribute | None, language: Language) -> str:
    zh = language == "zh"
    low, high = value.low, value.high
    if isinstance(low, date) and isinstance(high, date):
        if (low.month, low.day, high.month, high.day) == (1, 1, 12, 31) and low.year == high.year:
            return f"{low.year}年" if zh else f"{low.year}"
        if (low.year, low.month) == (high.year, high.month):
            return f"{low.year}年{low.month}月" if zh else f"{low:%B %Y}"
    ends = [shown(end, attribute, language) if end is not None else "" for end in (low, high)]
    if high is None:
        words = ("不少于", "at least ") if value.low_inclusive else ("超过", "more than ")
        return words[0 if zh else 1] + ends[0]
    if low is None or low == 0:
        words = ("不超过", "at most ") if value.high_inclusive else ("不到", "less than ")
        return words[0 if zh else 1] + ends[1]
    return f"{ends[0]}至{ends[1]}" if zh else f"{ends[0]} to {ends[1]}"


def demand(criterion: Criterion, attribute: Attribute | None, language: Language) -> str:
    """What a criterion demands of its value: 不低于5%, at least 5%."""
    zh = language == "zh"
    threshold = criterion.threshold
    if isinstance(threshold, tuple):
        words = [shown(value, attribute, language) for value in threshold]
        return f"属于{'、'.join(words)}之一" if zh else f"one of {', '.join(words)}"
    counted = attribute is not None and attribute.unit in COUNTED
    words_zh, words_en = {
        "gte": ("不少于" if counted else "不低于", "at least"),
        "gt": ("超过", "more than"),
        "lte": ("不超过", "at most"),
        "lt": ("低于", "less than"),
        "after": ("晚于", "after"),
        "before": ("早于", "before"),
    }.get(criterion.comparator, ("", ""))
    if attribute is not None and attribute.unit == "rank":
        top = plain(threshold)
        return f"排名前{top}" if zh else f"within the top {top}"
    value = shown(threshold, attribute, language)
    if criterion.comparator == "gt" and threshold == 0:  # what is counted is never below
        return f"不得为{value}" if zh else f"not {value}"
    return f"{words_zh}{value}" if zh else f"{words_en} {value}".strip()


def compared(criterion: Criterion, finding: Finding, attribute: Attribute | None, language: Language) -> str:
    """How a value stands to what is required: 低于要求的5%，不达标; below the required 5%: not met."""
    zh = language == "zh"
    known, threshold = finding.known, criterion.threshold
    if known is None or not isinstance(threshold, Decimal | date) or isinstance(known.value, Interval):
        needs = demand(criterion, attribute, language)
        outcome = OUTCOMES[language][finding.verdict]
        return f"要求{needs}，{outcome}" if zh else f"{needs} required: {outcome}"
    if finding.verdict is Verdict.UNKNOWN:  # told only roughly, and near
        needs = demand(criterion, attribute, language)
        if zh:
            return f"要求{needs}，约数离得太近，请给出准确的数，还不能确定"
        return f"{needs} required, too near for a rough figure; please tell the exact one: cannot tell yet"
    bound, needs = shown(threshold, attribute, language), demand(criterion, attribute, language)
    met, equal = finding.verdict is Verdict.MET, known.value == threshold
    floor = criterion.comparator in ("gte", "gt", "after")
    if zh:
        if equal and met:
            kept = f"达到要求的{bound}" if floor else f"没有超过要求的{bound}上限"
            return f"正好是{bound}，{kept}，符合要求"
        if equal:
            return f"正好是{bound}，而要求{needs}，不达标"
        if floor:
            reached = "达到" if criterion.comparator == "gte" else "超过"
            fewer = "少于" if attribute is not None and attribute.unit in COUNTED else "低于"
            return f"{reached}要求的{bound}" if met else f"{fewer}要求的{bound}，不达标"
        return f"没有超过要求的{bound}上限，符合要求" if met else f"超过要求的{bound}上限，不达标"
    if equal:
        return f"exactly what is required ({needs}): met" if met else f"but required: {needs}; not met"
    if floor:
        reached = "reaching" if criterion.comparator == "gte" else "above"
        return f"{reached} the required {bound}: met" if met else f"below the required {bound}: not met"
    return f"within the limit of {bound}: met" if met else f"over the limit ({needs}): not met"


def band_words(band: Band, attribute: Attribute | None, language: Language) -> str:
    """The bounds of a band: 超过5000万元、不超过2亿元."""
    low = shown(band.low, attribute, language) if band.low is not None else None
    high = shown(band.high, attribute, language) if band.high is not None else None
    if language == "zh":
        parts = [f"{low}以上（含）" if band.low_inclusive else f"超过{low}"] if low else []
        parts += [f"{high}以下（含）" if band.high_inclusive else f"不到{high}"] if high else []
        return "、".join(parts)
    parts = [f"{low} or more" if band.low_inclusive else f"above {low}"] if low else []
    parts += [f"up to and including {high}" if band.high_inclusive else f"below {high}"] if high else []
    return " and ".join(parts)
