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

_READINGS: tuple[Callable[[str, str], Iterator[Quantity]], ...] = (
    references.document_numbers,
    references.articles,
    dates.dates,
    measures.percents,
    measures.money,
    measures.durations,
    measures.counts,
    dates.bare_years,
    measures.numbers,
)
_ITEM_ZH, _ITEM = r"[(]?[一二三四五六七八九十]{1,3}[)、]", r"[(]?\d{1,2}(?:\.\d{1,2}){0,3}[.)、](?=\D)"
# marks of list items and labels of citations are no quantities
_MARKS = re.compile(rf"^ *(?:[-*#>]+ *)?(?:{_ITEM}|{_ITEM_ZH})|\[\d{{1,3}}\]", re.MULTILINE)


def quantities(text: str) -> list[Quantity]:
    """The quantities of ``text`` in reading order; their spans never overlap and never cut a number."""
    folded = aligned(text)
    taken = bytearray(len(folded))
    for mark in _MARKS.finditer(folded):
        taken[mark.start() : mark.end()] = b"\1" * (mark.end() - mark.start())
    found: list[Quantity] = []
    for reading in _READINGS:
        for quantity in reading(folded, text):
            span = slice(quantity.start, quantity.end)
            if not any(taken[span]):
                taken[span] = b"\1" * (quantity.end - quantity.start)
                found.append(quantity)
    found.sort(key=lambda quantity: quantity.start)
    return [replace(q, comparator=comparator(q.kind, folded, q.start, q.end)) for q in found]
