"""Which of several years a figure is of: 去年, 前年, 2024年, last year, in 2024."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.language.quantity import Quantity

#: 1 is the last full year, 2 the year before; 0 is the running year, for which nothing is kept.
YearsAgo = int

_WORDS: tuple[tuple[re.Pattern[str], YearsAgo], ...] = (
    (re.compile(r"大前年|\bthree years ago\b"), 3),
    (re.compile(r"(?<!大)前年|上上年|\btwo years ago\b|\bthe year before(?: that| last)?\b"), 2),
    (
        re.compile(
            r"去年|上年度?|上一年度?|最近一年|\blast year(?:'s)?\b|\bprior[- ]year\b|\bprevious year\b"
        ),
        1,
    ),
    (re.compile(r"今年|本年度?|\bthis year(?:'s)?\b"), 0),
)
_FOUNDED = re.compile(
    r"成立|注册|创立|设立|创办|申请|入职|\bfounded\b|\bregistered\b|\bestablished\b|\bset up\b|\bappl"
    r"|\bsince\b"
)
_SEPARATES = re.compile(r"[，,、；;](?!\d{3})|\band\b")


def years_ago(text: str, found: Sequence[Quantity], on: date | None) -> Mapping[int, YearsAgo]:
    """For each quantity (by index) how many years ago it is of, where its clause says so."""
    marks: list[tuple[int, int, YearsAgo]] = [
        (match.start(), match.end(), ago) for pattern, ago in _WORDS for match in pattern.finditer(text)
    ]
    if on is not None:
        marks += [
            (q.start, q.end, on.year - int(q.value))
            for q in found
            if q.kind == "date"
            and len(q.key) == 4
            and not _FOUNDED.search(text[max(0, q.start - 12) : q.end + 5])
        ]
    ages: dict[int, YearsAgo] = {}
    for index, quantity in enumerate(found):
        if quantity.kind in ("date", "article", "doc_number"):
            continue
        near = [(_distance(text, quantity, start, end), ago) for start, end, ago in marks]
        best = min((d for d in near if d[0] is not None), default=None, key=lambda d: d[0] or 0)
        if best is not None:
            ages[index] = best[1]
    return ages


def _distance(text: str, quantity: Quantity, start: int, end: int) -> int | None:
    """How far a mark of a year stands from a quantity of the same clause; None where it is of another."""
    if end <= quantity.start:
        between = text[end : quantity.start]
    elif quantity.end <= start:
        between = text[quantity.end : start]
        if re.search(r"[\u3400-\u9fff]", between):  # in Chinese the year comes first
            return None
    else:
        return None
    return None if _SEPARATES.search(between) else len(between)
