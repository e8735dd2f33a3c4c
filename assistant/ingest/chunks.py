"""Cuts a document into chunks: one clause each, long clauses between their paragraphs and items.

A chunk's text is exactly a span of the document. What an item needs to be understood, the words that
introduce its list, travels in the path when it does not fit beside it. Knows nothing of files or indexes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from assistant.domain import Chunk, Document
from assistant.ingest.atoms import atoms, pack
from assistant.ingest.lines import Line
from assistant.ingest.outline import Outline
from assistant.ingest.parts import Part
from assistant.ingest.tokens import count

#: About 330 Chinese characters or 300 English words: all but 2 % of the articles of 326 statutes fit whole.
BUDGET = 400
_MARKS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class _Span:
    path: tuple[str, ...]
    start: int
    end: int
    tokens: int


def bare(text: str) -> str:
    """The letters and figures of a text, which its formats have in common."""
    return _MARKS.sub("", text)


def cut(document: Document, found: Outline, budget: int = BUDGET) -> tuple[Chunk, ...]:
    """The chunks of ``document`` in order."""
    chunks: list[Chunk] = []
    seen: dict[str, int] = {}
    for span in _spans(document.text, found, bare(document.title), budget):
        text = document.text[span.start : span.end]
        key = "\x1f".join((document.instrument_id, document.language, *span.path, text))
        occurrence = seen[key] = seen.get(key, -1) + 1
        page = bisect_right(document.page_starts, span.start)
        chunks.append(
            Chunk(
                id=sha256(f"{key}\x1e{occurrence}".encode()).hexdigest()[:24],
                document_id=document.id,
                instrument_id=document.instrument_id,
                language=document.language,
                ordinal=len(chunks),
                path=span.path,
                start=span.start,
                end=span.end,
                text=text,
                tokens=span.tokens,
                page=page or None,
            )
        )
    return tuple(chunks)


def _spans(text: str, found: Outline, title: str, budget: int) -> Iterator[_Span]:
    """The chunks to be; the title alone is none, it stands beside every chunk."""
    depths = {part.line: part.depth for part in found.parts if part.role == "item"}
    for path, lines, body in _clauses(found):
        first, last = lines[0][1], lines[-1][1]
        start, end = max(first.start, body), last.start + len(last.text)
        if not _WORDS.search(text, start, end) or (not path and bare(text[start:end]) == title):
            continue
        tokens = count(text[start:end])
        if tokens <= budget:
            yield _Span(path, start, end, tokens)
            continue
        with_depths = [(line, depths.get(i)) for i, line in lines]
        for group in pack(list(atoms(text, with_depths, body, budget)), budget):
            start, end = group[0].start, group[-1].end
            stems = tuple(stem for at, stem in group[0].stems if not start <= at < end)
            yield _Span((*path, *stems), start, end, count(text[start:end]))


def _clauses(found: Outline) -> Iterator[tuple[tuple[str, ...], list[tuple[int, Line]], int]]:
    """The lines of each clause, up to the next heading or clause.

    Tables of contents and the marked title are no clauses: what they say travels beside every chunk.
    """
    owners = {part.line: part for part in found.parts if part.role != "item"}
    path: tuple[str, ...] = ()
    body = 0
    owner: Part | None = None
    lines: list[tuple[int, Line]] = []
    for i, line in enumerate(found.lines):
        part = owners.get(i)
        beside = line.is_contents or (line.heading is not None and line.heading.level == 0)
        ended = part is None and owner is not None and line.start >= owner.end
        if (part or beside or ended) and lines:
            yield path, lines, body
            lines = []
        if ended:
            owner = _around(found.parts, owner, line.start)
            path, body = owner.path if owner else (), 0
        if part:
            owner = part
            alone = part.body >= part.end  # a heading with nothing below: its words are all there is
            path, body = part.path, part.start if alone else part.body
        if not beside and line.start + len(line.text) > body:
            lines.append((i, line))
    if lines:
        yield path, lines, body


def _around(parts: Sequence[Part], part: Part | None, position: int) -> Part | None:
    """The innermost part around ``part`` that reaches ``position``."""
    while part is not None and part.end <= position:
        part = parts[part.parent] if part.parent >= 0 else None
    return part
