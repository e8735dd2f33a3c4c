"""Which passages an answer may rest on: packed under a token budget and labelled 1..n.

The same clause often comes in two languages; the asker's is kept, because one clause is one piece of
evidence. The other language stays where it is the only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.domain import Evidence, Language, Passage

#: Enough for about twelve clauses; a chat model reads it in a second and stays within small contexts.
BUDGET_TOKENS = 3200
#: A clause of the asker's language counts this much more than the same score in the other language.
OWN_LANGUAGE = 1.25


def pack(
    passages: Sequence[Passage], language: Language, *, budget: int = BUDGET_TOKENS
) -> tuple[Evidence, ...]:
    """The best passages that fit ``budget``, best first."""
    ranked = sorted(
        passages, key=lambda p: -p.score * (OWN_LANGUAGE if p.chunk.language == language else 1.0)
    )
    covered = {p.instrument.id for p in passages if p.chunk.language == language}
    packed: list[Passage] = []
    spent = 0
    for passage in _distinct(ranked):
        if passage.chunk.language != language and passage.instrument.id in covered:
            continue
        if packed and spent + passage.chunk.tokens > budget:
            continue
        packed.append(passage)
        spent += passage.chunk.tokens
    return tuple(Evidence(label, passage) for label, passage in enumerate(packed, start=1))


def _distinct(passages: Iterable[Passage]) -> Iterable[Passage]:
    seen: set[str] = set()
    for passage in passages:
        if passage.chunk.id not in seen:
            seen.add(passage.chunk.id)
            yield passage
