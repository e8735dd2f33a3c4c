"""The day a question is about: "in 2023", "now", "the old standard".

A year in a question is more often part of a title or a target ("2027年目标") than a point of view, so only
words that place the asker in time move the day; a future year never does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.validity import last_day

_NOW = re.compile(
    r"现在|目前|当前|现行|如今|今年|\bnow\b|\btoday\b|\bcurrent(?:ly)?\b|\bthis year\b", re.IGNORECASE
)
_PAST = re.compile(
    r"(?<![仍依破])旧|老(?:标准|办法|规定|政策|版)|以前|之前的|原来的?|过去|废止|被?替代|取代|新旧|失效"
    r"|\bold\b|\bformer(?:ly)?\b|\bprevious(?:ly)?\b"
    r"|\bearlier\b|\boutdated\b|\bsupersed\w+|\brepealed\b|\bused to\b",
    re.IGNORECASE,
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_THEN = re.compile(
    rf"(?:按照?|依照?|在)\s*{_YEAR.format('a')}\s*年(?:(?P<am>\d{{1,2}})月)?"
    rf"|{_YEAR.format('b')}\s*年(?:(?P<bm>\d{{1,2}})月)?(?:的?时候?|当时|那时|以前|期间)"
    rf"|{_YEAR.format('c')}\s*年(?:(?P<cm>\d{{1,2}})月)?(?:申请|申报|报名|认定|入职|办理)(?!通知|办法|的?条件)"
    r"|\b(?i:in|back in|during|as of|since)\s+(?:\d{1,2}\s+)?"
    rf"(?P<month>[A-Z][a-z]+\s+)?{_YEAR.format('d')}\b"
    r"(?!\s+(?i:announcement|notice|call|plan|measures|regulations|law|rules|circular|order)\b)",
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}


_BARE_YEAR = re.compile(
    r"(?<![\d〔\[(（第])((?:19|20)\d\d)\s*年度?(?![前底末初第]|以[来后]|公告)|\b((?:19|20)\d\d)\b(?!\s*[/\]〕)年])"
)


@dataclass(frozen=True, slots=True)
class TimeScope:
    """The day to answer for, and whether older versions belong to the answer. ``moved``: not today."""

    as_of: str
    include_superseded: bool
    moved: bool = False


def time_scope(question: str, today: date) -> TimeScope:
    """What the question's words say about time; today where they say nothing."""
    past = bool(_PAST.search(question))
    match = _THEN.search(question)
    if match is None or _NOW.search(question):
        return TimeScope(today.isoformat(), past or match is not None)
    found = match.groupdict()
    year = next(found[name] for name in ("a", "b", "c", "d") if found[name])
    month = next((int(found[name]) for name in ("am", "bm", "cm") if found[name]), None)
    month = month or _MONTHS.get((found["month"] or "").strip().lower())
    day = last_day(f"{year}-{month:02d}" if month and 1 <= month <= 12 else year)
    if day >= today:
        return TimeScope(today.isoformat(), past)
    return TimeScope(day.isoformat(), True, moved=True)


def year_named(question: str, today: date) -> date | None:
    """The last day of the one past year that ``question`` names without saying what happened in it.

    Such a year may be part of a title; it says which version is meant only where there was an earlier one.
    """
    years = {int(next(filter(None, found))) for found in _BARE_YEAR.findall(question)}
    if len(years) != 1 or _NOW.search(question) or max(years) >= today.year:
        return None
    return date(years.pop(), 12, 31)
