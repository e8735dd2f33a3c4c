"""A day and a period make a later day: ``6月1日 + 60日 = 7月31日``, ``May 2024 + 3 years = May 2027``.

A day without a year is counted in a common and in a leap year, and holds only where both agree.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from assistant.language.quantities import Quantity

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_COMMON, _LEAP = "2025", "2028"


def later(day: Quantity, period: Quantity) -> str | None:
    """The key of the date that ``period`` after ``day`` is; None where neither kind nor unit allows it."""
    if day.kind != "date" or period.kind != "duration" or period.value % 1:
        return None
    year, *rest = day.key.replace("--", "0000-", 1).split("-")
    if not rest or (period.unit in _DAYS and len(rest) < 2):
        return None
    years = (_COMMON, _LEAP) if year == "0000" else (year,)
    ends = {_written(_add(_first(y, rest), period), len(rest), year == "0000") for y in years}
    return ends.pop() if len(ends) == 1 else None


def _first(year: str, rest: list[str]) -> date:
    return date(int(year), int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)


def _add(day: date, period: Quantity) -> date | None:
    count = int(period.value)
    if period.unit in _DAYS:
        return day + timedelta(days=count * _DAYS[period.unit])
    if period.unit not in _MONTHS:
        return None
    years, month = divmod(day.month - 1 + count * _MONTHS[period.unit], 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _written(day: date | None, parts: int, yearless: bool) -> str | None:
    if day is None:
        return None
    key = day.isoformat() if parts > 1 else day.isoformat()[:7]
    return f"-{key[4:]}" if yearless else key
