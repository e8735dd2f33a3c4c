"""The address of a quoted clause, and the clause opened from it.

The address names the chunk, whose id comes from its content, and character spans inside it. So a link
opened later shows exactly the words that were quoted, or says that they are gone; it can never show others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from assistant.domain import Citation, Language
from assistant.ports import Library

if TYPE_CHECKING:
    from assistant.app import Assistant, CitedClause


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A clause with the spans quoted from it and the text around it."""

    clause: CitedClause
    spans: tuple[tuple[int, int], ...]  # in clause.section_text, in order, not overlapping
    before: str
    after: str


def address(citations: Sequence[Citation], library: Library, language: Language) -> str | None:
    """Where the clause of ``citations`` (all of one chunk) can be opened, or None if it is gone."""
    chunk = library.chunk(citations[0].chunk_id)
    if chunk is None:
        return None
    spans = [f"{max(c.start, chunk.start) - chunk.start}-{c.end - chunk.start}" for c in citations]
    query = urlencode({"span": ".".join(dict.fromkeys(spans)), "lang": language})
    return f"/source/{quote(chunk.id)}?{query}"


def read_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans written as ``12-40.60-72``; what cannot be read is left out."""
    spans = []
    for part in text.split("."):
        start, _, end = part.partition("-")
        if start.isdecimal() and end.isdecimal() and len(part) < 20:
            spans.append((int(start), int(end)))
    return tuple(spans)


def open_source(assistant: Assistant, chunk_id: str, spans: Sequence[tuple[int, int]]) -> OpenedSource | None:
    """The clause at an address, or None when its text is no longer held."""
    library = assistant.library
    chunk = library.chunk(chunk_id)
    document = library.document(chunk.document_id) if chunk else None
    if chunk is None or document is None:
        return None
    clause = assistant.cited(
        Citation(
            label=0,
            chunk_id=chunk.id,
            instrument_id=chunk.instrument_id,
            document_id=document.id,
            document_digest=document.digest,
            path=chunk.path,
            start=chunk.start,
            end=chunk.end,
            quote=chunk.text,
        )
    )
    if clause is None or clause.quote_start is None:
        return None
    offset = clause.quote_start
    marked = merged((start + offset, min(end, len(chunk.text)) + offset) for start, end in spans)
    around = sorted(library.chunks(document.id), key=lambda other: other.ordinal)
    place = next((i for i, other in enumerate(around) if other.id == chunk.id), None)
    before = around[place - 1].text if place else ""
    after = around[place + 1].text if place is not None and place + 1 < len(around) else ""
    return OpenedSource(clause, marked, before, after)


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, overlapping ones joined, empty ones left out."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
