"""One quantity found in a text, normalised so that two ways of writing it compare as equal.

5,000万元, 五千万元 and 50 million yuan are one amount; 3年 and 36 months one duration; a date that gives no
day agrees with every day of its month. Knows nothing of how quantities are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Kind = Literal["number", "percent", "money", "date", "duration", "count", "doc_number", "article"]


class Comparator(StrEnum):
    """How a quantity bounds what is said: 不低于, 以上 and "at least" are ``gte``."""

    EQ = "eq"
    GTE = "gte"
    GT = "gt"
    LTE = "lte"
    LT = "lt"
    APPROX = "approx"

    @property
    def direction(self) -> int:
        """1 for a lower bound, -1 for an upper bound, 0 for none."""
        return {"gte": 1, "gt": 1, "lte": -1, "lt": -1}.get(self.value, 0)


# Durations count in their smallest sensible unit; a working day is not a day.
_IN_DAYS = {"day": Decimal(1), "week": Decimal(7), "hour": Decimal(1) / 24, "minute": Decimal(1) / 1440}
_IN_MONTHS = {"month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning; ``text`` is exactly the source's ``[start:end]``.

    ``value`` is in whole units (5,000万元 is 50000000 of ``CNY``), ``high`` the upper end of a range. Dates,
    document numbers and articles compare by ``key`` (``2023-03``, ``2016-32``, ``a11.i5``) and keep the
    issuer's short name in ``unit``.
    """

    kind: Kind
    value: Decimal
    unit: str
    start: int
    end: int
    text: str
    high: Decimal | None = None
    comparator: Comparator = Comparator.EQ
    key: str = ""

    def agrees(self, other: Quantity) -> bool:
        """Do both say the same, whatever the writing? Comparators are not compared here."""
        if self.kind != other.kind:
            return self._agrees_across_kinds(other)
        if self.kind == "date":
            return dates_agree(self.key, other.key)
        if self.kind == "doc_number":
            return _document_numbers_agree(self, other)
        if self.kind == "article":
            return _articles_agree(self.key, other.key)
        if self.kind == "duration":
            return _durations_agree(self, other)
        if self.kind in ("money", "percent") and self.unit != other.unit:
            return False
        return self.same_values(other)

    def same_unit(self, other: Quantity) -> bool:
        """May the two be compared as amounts of one thing?"""
        if self.kind in ("count", "number"):
            return other.kind in ("count", "number")
        if self.kind == "duration":
            return other.kind == "duration"
        return self.kind == other.kind and (
            self.unit == other.unit or self.kind in ("doc_number", "article", "date")
        )

    def same_values(self, other: Quantity) -> bool:
        """Are the plain values equal, a bound being equal to that end of a range?"""
        if (self.high is None) == (other.high is None):
            return self.value == other.value and self.high == other.high
        ranged, single = (self, other) if self.high is not None else (other, self)
        # "not less than 5%" says the lower half of "5%-8%"
        if single.comparator.direction > 0:
            return single.value == ranged.value
        return single.comparator.direction < 0 and single.value == ranged.high

    def _agrees_across_kinds(self, other: Quantity) -> bool:
        kinds = {self.kind, other.kind}
        if kinds <= {"count", "number"}:
            return self.same_values(other)
        if "date" in kinds and kinds & {"count", "number"}:  # a bare 2000 may be a year or an amount
            date, amount = (self, other) if self.kind == "date" else (other, self)
            return date.key == f"{amount.value.normalize():f}"
        if kinds == {"date", "duration"}:  # 17日 after 3月17日 has been named
            date, days = (self, other) if self.kind == "date" else (other, self)
            return (
                days.unit == "day"
                and days.text.endswith("日")
                and date.key.endswith(f"-{int(days.value):02d}")
            )
        if "number" not in kinds:
            return False
        # the unit may stand in a table's head, "Article" before the first of several numbers
        bare = self if self.kind == "number" else other
        return bare.unit == "" and self.same_values(other)


def dates_agree(one: str, other: str) -> bool:
    """Do two partial dates fit together? ``2023-03`` fits ``2023-03-01``, ``--03-01`` fits any year's."""
    first, second = _date_parts(one), _date_parts(other)
    shared = [(a, b) for a, b in zip(first, second, strict=True) if a and b]
    return bool(shared) and all(a == b for a, b in shared)


def _date_parts(key: str) -> tuple[str, str, str]:
    year, _, rest = key.removeprefix("--").partition("-") if not key.startswith("--") else ("", "", key[2:])
    month, _, day = rest.partition("-")
    return year, month, day


def _document_numbers_agree(one: Quantity, other: Quantity) -> bool:
    first_year, first = one.key.rpartition("-")[::2]
    second_year, second = other.key.rpartition("-")[::2]
    if first != second or (first_year and second_year and first_year != second_year):
        return False
    if not (one.unit and other.unit):
        return True
    return one.unit in other.unit or other.unit in one.unit


def _articles_agree(one: str, other: str) -> bool:
    first, second = (dict(_article_part(part) for part in key.split(".")) for key in (one, other))
    shared = first.keys() & second.keys()
    if shared:
        return all(first[level] == second[level] for level in shared)
    return next(iter(first.values())) == next(iter(second.values()))


def _article_part(part: str) -> tuple[str, str]:
    return part[0], part[1:]


def _durations_agree(one: Quantity, other: Quantity) -> bool:
    if one.unit == other.unit:
        return one.same_values(other)
    if {one.high, other.high} != {None}:
        return False
    for scale in (_IN_MONTHS, _IN_DAYS):
        if one.unit in scale and other.unit in scale:
            return one.value * scale[one.unit] == other.value * scale[other.unit]
    if one.unit in _IN_MONTHS and other.unit == "day":
        return _months_in_days(one, other)
    if other.unit in _IN_MONTHS and one.unit == "day":
        return _months_in_days(other, one)
    return False


def _months_in_days(months: Quantity, days: Quantity) -> bool:
    count = months.value * _IN_MONTHS[months.unit]
    return days.value in (count * 30, count / 12 * 365, count / 12 * 360)
