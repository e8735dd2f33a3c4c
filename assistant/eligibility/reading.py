"""Read one quantity as the value of an attribute, strictly: what does not clearly fit is left out.

"不到500人" becomes a bound, "约8000万元" a value said to be rough, "2021年成立" a span of days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.language.quantity import Comparator, Quantity
from assistant.validity import first_day, last_day

_PERSONS = frozenset(("人", "名", "位", "人次", ""))
_NOT_THINGS = frozenset((*_PERSONS, "分", "倍", "平方米", "岁", "级", "度", "#", "强", "期", "届")) - {""}
_EVENTS = frozenset(("场", "次", "个", "项", ""))
_CARRIES = re.compile(r"[万亿]|\b(?:million|billion|thousand)\b", re.IGNORECASE)
_NEARLY = re.compile(r"(?:将?近|接近|快到?|nearly|almost|close to)\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:差不多|约摸|大致)(?:有|是|占)?\s*$")
_REACHED = re.compile(r"(?:已|超|刚)?满了?\s*$")
_MORE = re.compile(r"[余多]")
_MONTHS = {"year": 12, "month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Read:
    """A value as it was told; ``about``: said to be rough."""

    value: Value
    about: bool = False


def read(attribute: Attribute, quantity: Quantity, before: str = "", after: str = "") -> Read | None:
    """``quantity`` as a value of ``attribute``; ``before`` and ``after`` are the words around it."""
    number = _number(attribute, quantity)
    if number is None:
        return None
    if isinstance(number, Interval | date):
        return Read(number)
    if quantity.high is not None:
        return Read(Interval(number, number / quantity.value * quantity.high)) if quantity.value else None
    if attribute.unit == "rank" and re.search(
        r"(?:前|top[\s-]*)\d*\s*$", before + quantity.text, re.IGNORECASE
    ):
        return Read(Interval(Decimal(1), number))
    bounded = _bounded(number, quantity, before, after)
    if bounded is not None:
        return Read(bounded)
    rough = quantity.comparator is Comparator.APPROX or bool(_ABOUT.search(before))
    return Read(number, about=rough)


def _bounded(number: Decimal, quantity: Quantity, before: str, after: str) -> Interval | None:
    if _NEARLY.search(before):
        return Interval(Decimal(0), number, high_inclusive=False)
    if _MORE.search(quantity.text) or _MORE.match(after):
        return Interval(number, None, low_inclusive=False)
    match quantity.comparator:
        case Comparator.GTE:
            return Interval(number, None)
        case Comparator.GT:
            return Interval(number, None, low_inclusive=False)
        case Comparator.LTE:
            return Interval(Decimal(0), number)
        case Comparator.LT:
            return Interval(Decimal(0), number, high_inclusive=False)
    return Interval(number, None) if quantity.kind == "duration" and _REACHED.search(before) else None


def _number(attribute: Attribute, quantity: Quantity) -> Decimal | Interval | date | None:
    match attribute.kind:
        case AttributeKind.MONEY:
            return quantity.value if _is_yuan(attribute, quantity) else None
        case AttributeKind.MONEY_USD:
            return quantity.value if (quantity.kind, quantity.unit) == ("money", "USD") else None
        case AttributeKind.PERCENT:
            return quantity.value if (quantity.kind, quantity.unit) == ("percent", "%") else None
        case AttributeKind.DATE:
            return _day(quantity)
        case AttributeKind.COUNT | AttributeKind.NUMBER:
            return _counted(attribute, quantity)
    return None


def _is_yuan(attribute: Attribute, quantity: Quantity) -> bool:
    if quantity.kind == "money":
        return quantity.unit == "CNY"
    if quantity.kind != "number":
        return False
    # a bare 8000 may be yuan or 万元; a bare monthly wage of 50,000 is plain
    return bool(_CARRIES.search(quantity.text)) or (
        attribute.unit == "CNY_per_month" and quantity.value >= 1000
    )


def _counted(attribute: Attribute, quantity: Quantity) -> Decimal | None:
    kind, unit, value = quantity.kind, quantity.unit, quantity.value
    counts = kind in ("count", "number")
    match attribute.unit:
        case "persons":
            fits = counts and unit in (*_PERSONS, "个") and value == value.to_integral_value()
        case "count":
            fits = counts and unit not in _NOT_THINGS and not _CARRIES.search(quantity.text)
        case "per_year":
            fits = counts and unit in _EVENTS and not _CARRIES.search(quantity.text)
        case "rank":
            fits = counts and unit in ("#", "", "名", "位") and value < 1000
        case "points":
            fits = (counts and unit in ("分", "")) and value <= 1000
        case "m2":
            fits = counts and unit in ("平方米", "")
        case "times":
            fits = counts and unit in ("倍", "times")
        case "days":
            fits = kind == "duration" and unit == "day"
        case "years":
            months = _MONTHS.get(unit)
            return value * months / 12 if kind == "duration" and months else None
        case _:
            fits = False
    return value if fits else None


def _day(quantity: Quantity) -> date | Interval | None:
    """A full date, or the span of days that a month or year leaves open."""
    if quantity.kind != "date" or quantity.key.startswith("-"):
        return None
    try:
        first, last = first_day(quantity.key), last_day(quantity.key)
    except ValueError:
        return None
    return first if first == last else Interval(first, last)
