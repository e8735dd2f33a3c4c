"""Which passages an answer may rest on: whole sections, packed under a token budget, labelled 1..n.

The same clause often comes in two languages; the asker's is kept, because one clause is one piece of
evidence. The other language stays where it is the only one. A clause found brings the rest of its section
along: half a list of conditions is no list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import Chunk, Evidence, Language, Passage

#: Enough for about forty clauses; a chat model reads it in a second and stays within small contexts.
BUDGET_TOKENS = 4000
#: A clause of the asker's language counts this much more than the same score in the other language.
OWN_LANGUAGE = 1.25
#: So many of the best sections are made whole; a clause brought along counts this much of the one found.
WIDENED, BROUGHT = 4, 0.9
#: No section may take more than this share of the budget.
_SHARE = 0.45
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*[.、)）]|[（(][\d一二三四五六七八九十a-z]{1,3}[）)]|[①-⑳])")

ChunksOf = Callable[[str], Sequence[Chunk]]


def section(path: tuple[str, ...]) -> tuple[str, ...]:
    """The heading that a clause stands under; a numbered item belongs to the heading above it."""
    return path[:-1] if len(path) > 1 and _NUMBERED.match(path[-1]) else path


def pack(
    passages: Sequence[Passage], language: Language, chunks_of: ChunksOf, *, budget: int = BUDGET_TOKENS
) -> tuple[Evidence, ...]:
    """The best passages that fit ``budget``, best first, the best sections whole."""
    own = {p.instrument.id for p in passages if p.chunk.language == language}
    usable = [p for p in passages if p.chunk.language == language or p.instrument.id not in own]
    ranked = sorted(usable, key=lambda p: -p.score * (OWN_LANGUAGE if p.chunk.language == language else 1.0))
    packed: dict[str, Passage] = {}
    whole: set[tuple[str, tuple[str, ...]]] = set()
    spent = 0
    for passage in ranked:
        key = (passage.chunk.document_id, section(passage.chunk.path))
        brought = _siblings(passage, chunks_of, budget) if len(whole) < WIDENED and key not in whole else []
        whole.add(key)
        for candidate in (passage, *brought):
            if candidate.chunk.id in packed or (packed and spent + candidate.chunk.tokens > budget):
                continue
            packed[candidate.chunk.id] = candidate
            spent += candidate.chunk.tokens
    return tuple(Evidence(label, passage) for label, passage in enumerate(packed.values(), start=1))


def _siblings(passage: Passage, chunks_of: ChunksOf, budget: int) -> list[Passage]:
    """The other clauses under the same heading, nearest first, within their share of the budget."""
    home = section(passage.chunk.path)
    same = [
        chunk
        for chunk in chunks_of(passage.chunk.document_id)
        if chunk.id != passage.chunk.id and home == section(chunk.path)[: len(home)]
    ]
    same.sort(key=lambda chunk: abs(chunk.ordinal - passage.chunk.ordinal))
    brought: list[Passage] = []
    left = budget * _SHARE
    for chunk in same:
        left -= chunk.tokens
        if left < 0:
            break
        brought.append(replace(passage, chunk=chunk, score=passage.score * BROUGHT, found_by={}))
    return sorted(brought, key=lambda p: p.chunk.ordinal)
