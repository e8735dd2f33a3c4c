"""Find the quantities of a text: what is said in numbers, normalised, with the bound put on it.

Readings are tried from the most specific to the least (a document number before a year, an amount before
a number); a character belongs to one quantity only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.language import dates, measures, references
from assistant.language.comparators import comparator
from assistant.language.fold import aligned
from assistant.language.quantity import Comparator, Kind, Quantity

__all__ = ["Comparator", "Kind", "Quantity", "quantities"]

_Reading = Callable[[str, str], Iterator[Quantity]]
_REFERENCES: tuple[_Reading, ...] = (references.document_numbers, references.articles)
_VALUES: tuple[_Reading, ...] = (
    dates.dates,
    measures.percents,
    measures.money,
    measures.durations,
    measures.counts,
    dates.bare_years,
    measures.numbers,
)
_ITEM_ZH, _ITEM = r"[(]?[一二三四五六七八九十]{1,3}[)、]", r"[(]?\d{1,2}(?:\.\d{1,2}){0,3}[.)、](?=\D)"
_SECTION = (
    r"\d{1,2}(?:\.\d{1,2}){2,3}\.? +|\d{1,2}\.\d{1,2} +(?=[\u4e00-\u9fff])(?![个万亿千百元倍年月日吨米])"
)
# marks of list items and labels of citations are no quantities
_MARKS = re.compile(rf"^ *(?:[-*#>]+ *)?(?:{_ITEM}|{_ITEM_ZH}|{_SECTION})|\[\d{{1,3}}\]", re.MULTILINE)
_INNER_MARKS = re.compile(r"(?<![a-z\d])\(\d{1,2}\)")
# no quantity reaches over these; most pieces between them hold none and need no closer look
_BREAK = re.compile(r"[\n。]|(?<=[a-z]{5})\. ")
_HAS_NUMERAL = re.compile(
    r"[\d一二两三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|[mb]illion|half|third|quarter|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)


def quantities(text: str) -> list[Quantity]:
    """The quantities of ``text`` in reading order; their spans never overlap and never cut a number."""
    folded = aligned(text)
    found: list[Quantity] = []
    start = 0
    for end in (*(match.end() for match in _BREAK.finditer(folded)), len(folded)):
        if _HAS_NUMERAL.search(folded, start, end):
            for quantity in _read(folded[start:end], text[start:end]):
                begin, stop = quantity.start + start, quantity.end + start
                bound = comparator(quantity.kind, folded, begin, stop)
                found.append(replace(quantity, start=begin, end=stop, comparator=bound))
        start = end
    return found


def _read(folded: str, text: str) -> list[Quantity]:
    taken = bytearray(len(folded))

    def take(start: int, end: int) -> bool:
        free = not any(taken[start:end])
        if free:
            taken[start:end] = b"\1" * (end - start)
        return free

    def read(readings: tuple[_Reading, ...]) -> list[Quantity]:
        return [q for reading in readings for q in reading(folded, text) if take(q.start, q.end)]

    for mark in _MARKS.finditer(folded):
        take(*mark.span())
    found = read(_REFERENCES)
    for mark in _INNER_MARKS.finditer(folded):  # only now: Article 11(5) has a bracket of its own
        take(*mark.span())
    return sorted((*found, *read(_VALUES)), key=lambda quantity: quantity.start)
