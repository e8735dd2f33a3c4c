"""Chunks that may answer, each with a score from the words and one from the vectors.

Both sides name their best; what only one side named is then scored by the other as well, so that a
candidate is never low just because one list was cut off. Only chunks that the catalogue has live, in
instruments that the scope lets through, come out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from assistant.index.expansion import Sought
from assistant.index.index import Index
from assistant.index.scope import Reach, Scope

_DEPTH = 200
_FOCUS_DEPTH = 50  # from the instruments in focus, which must not be drowned out
_FEW = 1000  # chunks within reach, up to which all are scored; also the most vectors fetched to be sifted
_WIDE = 0.2  # share of the chunks within reach, from which on it is cheaper to sift than to restrict


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live chunk with its scores as shares of the best one's (0..1)."""

    row: int
    chunk_id: str
    instrument_id: str
    language: str
    words: float
    vectors: float


@dataclass(frozen=True, slots=True)
class Gathered:
    """The candidates, and the best scores before they were made shares of the best."""

    candidates: tuple[Candidate, ...]
    best_words: float
    best_cosine: float


def gather(
    index: Index, wanted: Sought, scope: Scope, reach: Reach, focus: Collection[str], pointed: Collection[str]
) -> Gathered:
    """Candidates from both sides, and the chunks ``pointed`` at."""
    reached = reach.of(replace(scope.filters, as_of=None)) if scope.restricts else None
    if reached is not None and not reached.chunks:
        return Gathered((), 0.0, 0.0)
    only = reached.instruments if reached else frozenset()
    share = reached.share if reached else 1.0
    languages = scope.filters.languages
    by_row = index.words.search(
        wanted.terms,
        _DEPTH if share < _WIDE else int(_DEPTH / share),
        instruments=only if share < _WIDE else (),
        languages=languages,
    )
    if near := only & set(focus) if only else focus:
        by_row |= index.words.search(wanted.terms, _FOCUS_DEPTH, instruments=near, languages=languages)
    dense = index.dense()
    cosines: dict[str, float] = {}
    if reached is not None and reached.chunks <= _FEW:
        pointed = {*pointed, *_within(index, only)}
    elif dense:
        sifted = share / 2 if languages else share
        cosines = dense.search(wanted.texts, min(int(_DEPTH / sifted), _FEW))
    live = [
        line
        for line in {*_live(index, "row", by_row), *_live(index, "id", {*cosines, *pointed})}
        if (not only or line[2] in only) and (not languages or line[3] in languages)
    ]
    by_row |= index.words.score(wanted.terms, [line[1] for line in live if line[0] not in by_row])
    if dense:
        cosines |= dense.score(wanted.texts, [line[1] for line in live if line[1] not in cosines])
    best_words = max((by_row.get(line[0], 0.0) for line in live), default=0.0)
    best_cosine = max((cosines.get(line[1], 0.0) for line in live), default=0.0)
    return Gathered(
        tuple(
            Candidate(
                *line,
                words=by_row.get(line[0], 0.0) / max(best_words, 1e-9),
                vectors=max(cosines.get(line[1], 0.0), 0.0) / max(best_cosine, 1e-9),
            )
            for line in live
        ),
        best_words,
        best_cosine,
    )


def _live(index: Index, column: str, values: Iterable[object]) -> Iterable[tuple[int, str, str, str]]:
    return index.catalogue.query_in(
        f"SELECT row, id, instrument_id, language FROM chunks WHERE {column} IN ({{}})",  # noqa: S608
        values,
    )


def _within(index: Index, instruments: Iterable[str]) -> Iterable[str]:
    rows = index.catalogue.query_in("SELECT id FROM chunks WHERE instrument_id IN ({})", instruments)
    return (row[0] for row in rows)
