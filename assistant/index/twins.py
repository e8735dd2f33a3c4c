"""The same clause in the other language: which chunks of two texts of one instrument answer to each other.

Two texts of one instrument usually share their structure; then sections answer to each other by position.
Where they do not, the numbers of the headings are laid side by side (第十一条 and Article 11).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.domain import Chunk, Section
from assistant.language.numerals import CHINESE, parse

_NUMBER = re.compile(
    rf"^\W*(?:第|article|section|chapter|part|item)?\s*[(（]?(\d+|{CHINESE})(?![\d%])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Text:
    """The parts of one text, in document order."""

    sections: Sequence[Section]
    chunks: Sequence[Chunk]


def twins(one: Text, other: Text) -> Mapping[str, str]:
    """Ids of chunks of ``one`` with the ids of their twins in ``other``."""
    answering = _answering(one.sections, other.sections)
    inside = _by_section(other)
    found: dict[str, str] = {}
    for ordinal, chunks in _by_section(one).items():
        place = answering.get(ordinal)
        if place is not None and (theirs := inside.get(place) or _covering(other, place)):
            for rank, chunk in enumerate(chunks):
                found[chunk.id] = theirs[rank * len(theirs) // len(chunks)].id
    return found


def _covering(text: Text, ordinal: int) -> list[Chunk]:
    """The chunk in which a section begins that no chunk begins in."""
    start = next(section.start for section in text.sections if section.ordinal == ordinal)
    return [chunk for chunk in text.chunks if chunk.start <= start < chunk.end]


def _answering(one: Sequence[Section], other: Sequence[Section]) -> dict[int, int]:
    """Ordinals of sections of ``one`` with those of ``other`` that answer to them."""
    if len(one) == len(other):
        return {a.ordinal: b.ordinal for a, b in zip(one, other, strict=True)}
    mine, theirs = ([_number(section.path[-1]) for section in part] for part in (one, other))
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return {
        one[block.a + i].ordinal: other[block.b + i].ordinal for block in blocks for i in range(block.size)
    }


def _number(heading: str) -> str:
    match = _NUMBER.match(heading)
    return str(parse(match[1])) if match else ""


def _by_section(text: Text) -> dict[int, list[Chunk]]:
    """Chunks under the ordinal of the innermost section they begin in."""
    starts = [section.start for section in text.sections]
    grouped: dict[int, list[Chunk]] = {}
    for chunk in text.chunks:
        place = bisect_right(starts, chunk.start) - 1
        grouped.setdefault(text.sections[place].ordinal if place >= 0 else -1, []).append(chunk)
    return grouped
