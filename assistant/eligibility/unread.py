"""What somebody said and nothing understood: figures without a home, and clauses that deny something.

A denial that was not read may be the very condition that fails, so nobody is told that all is met beside it.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.eligibility.spoken import folded, plainly
from assistant.eligibility.told import Extraction
from assistant.language.quantities import quantities

_CLAUSE = re.compile(r"[^，。；;！!？?\n,、：:]+[？?]?")
_DENIES = re.compile(
    r"没有|没(?=[和跟在进上有做办拿过签建])|未|并非|不(?:是|在|属于|具备|打算|准备|愿|想|会|包括|含|开)|\bnot\b|\bno\b|\bwithout\b|n't\b|\bnever\b"
)
_ASKS = re.compile(
    r"[？?]|[吗么呢不没]\W*$|是不是|有没有|能不能|行不行|要不要|可不可以|算不算|知不知|不能|什么|哪|多少|几"
    r"|\b(?:can|do|does|is|are|may|would|will|if|whether|why|which|what|how)\b"
)
#: A figure that may matter, and not the "one" of 一部分 or 第一次.
_FIGURE = re.compile(r"[\d十百千万亿]")


def unread(text: str, found: Extraction, on: date) -> tuple[str, ...]:
    """The figures and the denials of ``text`` that ``found`` has no fact for, in their own words."""
    plain = plainly(text, on)
    read_as = folded(plain)
    figures = [quantity.text.strip() for quantity in found.homeless if _FIGURE.search(quantity.text)]
    denials = [
        plain[start:end].strip()
        for start, end in (match.span() for match in _CLAUSE.finditer(read_as))
        if _DENIES.search(read_as, start, end)
        and not _ASKS.search(read_as[start:end])
        and not quantities(plain[start:end])
        and not any(phrase.start < end and start < phrase.end for phrase in found.phrases)
    ]
    return tuple(dict.fromkeys([*figures, *denials]))
