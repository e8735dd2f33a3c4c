"""A day counted from a day that was told: paid within 60 days of 1 June, valid for 3 years from its issue.

Days are counted from the day after, months and years keep the day of the month (the last one where a month
is shorter). Working days are left alone: which days are holidays stands in no clause.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.answering.computation import Computation, Operand
from assistant.answering.fitting import Scored
from assistant.answering.reading import Part, Want
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.answering.wording import PRODUCT
from assistant.answering.workings import Worked, clauses_and
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms

_ASKED, _RUNS = sign("due.asked"), sign("due.runs")
_KEY = re.compile(r"(?P<year>\d{4}|-)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?$")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7}
#: So many of the best units are looked at, if they are this near to the best.
_LOOKED_AT, _NEAR = 4, 0.6
#: Years that stand in where none was told: a common one and a leap year, which have to agree.
_ANY_YEARS = (2025, 2028)


def due(part: Part, told: str, ranked: Sequence[Scored], language: Language) -> Worked | None:
    """The day that a clause's period ends on, counted from the one day told; None where it is not plain."""
    if Want.WHEN not in part.wants or not _ASKED.search(part.text):
        return None
    days = [q for q in quantities(told) if q.kind == "date" and q.high is None]
    if len(days) != 1:
        return None
    near = [s.unit for s in ranked[:_LOOKED_AT] if s.score >= _NEAR * ranked[0].score]
    unit = next((u for u in near if any(q.kind == "duration" for q in quantities(u.text))), None)
    period = _period(unit, told) if unit is not None else None  # the next best is about something else
    shown = _counted(days[0], period, language) if period is not None else ""
    if unit is None or period is None or not shown:
        return None
    formula = f"{days[0].text} + {period.text} = {shown}"
    operands = (Operand(days[0].text, "question"), Operand(period.text, "clause"))
    text = PRODUCT.say(language, formula=formula)
    return clauses_and(text, (unit,), (Computation(formula, operands, shown),), language)


def _period(unit: Unit, told: str) -> Quantity | None:
    """The period that runs from an event in ``unit``, which names no day; of several the one asked about."""
    held = quantities(unit.text)
    periods = [q for q in held if q.kind == "duration" and q.high is None]
    if not periods or any(q.kind == "date" for q in held) or not _RUNS.search(unit.text):
        return None
    words = {term for term in terms(told) if len(term) > 1}
    starts = [0, *(q.end for q in periods)]
    met = [
        (len(words & set(terms(unit.text[start : q.start]))), q)
        for start, q in zip(starts, periods, strict=False)
    ]
    best = max(share for share, _ in met)
    meant = [q for share, q in met if share == best]
    counts = len(meant) == 1 and not meant[0].value % 1 and meant[0].unit in (*_DAYS, *_MONTHS)
    return meant[0] if counts and (best or len(met) == 1) else None


def _counted(start: Quantity, period: Quantity, language: Language) -> str:
    key = _KEY.match(start.key)
    if key is None or not key["month"]:
        return ""
    if period.unit in _DAYS and not key["day"]:
        return ""
    years = (int(key["year"]),) if key["year"] != "-" else _ANY_YEARS
    shown = {
        _written(_later(date(year, int(key["month"]), int(key["day"] or 1)), period), key, language)
        for year in years
    }
    return shown.pop() if len(shown) == 1 else ""


def _later(day: date, period: Quantity) -> date:
    count = int(period.value)
    if period.unit in _DAYS:
        return day + timedelta(days=count * _DAYS[period.unit])
    months = day.month - 1 + count * _MONTHS[period.unit]
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _written(day: date, key: re.Match[str], language: Language) -> str:
    """The day with as much as was told of the first: its year, its day."""
    with_year, with_day = key["year"] != "-", bool(key["day"])
    if language == "zh":
        year = f"{day.year}年" if with_year else ""
        return f"{year}{day.month}月{f'{day.day}日' if with_day else ''}"
    words = [str(day.day)] if with_day else []
    words += [calendar.month_name[day.month]] + ([str(day.year)] if with_year else [])
    return " ".join(words)
