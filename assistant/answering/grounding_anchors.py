"""Find the place in the evidence that speaks of the same thing as a place in the claim.

A place is known by the words around it, not by its position, so reordered and shortened sentences are
compared as well as verbatim ones. Where the words around are not found again there is no anchor and no
verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding_marked import Marked

_FEWEST = 3  # fewer words around must be found exactly


@dataclass(frozen=True, slots=True)
class Anchor:
    """Gaps of a text that speak of the same thing, and how surely (0..1)."""

    gaps: tuple[int, ...]
    strength: float


def anchor(text: Marked, gap: int, other: Marked) -> Anchor:
    """The gaps of ``other`` whose surroundings are most like those of ``gap``."""
    around = text.around(gap)
    if len(around[0]) + len(around[1]) < _FEWEST:
        same = [place for place in _candidates(*around, other) if other.around(place) == around]
        return Anchor(tuple(same), 1.0 if same else 0.0)
    scores = {place: _likeness(around, other.around(place)) for place in _candidates(*around, other)}
    best = max(scores.values(), default=0.0)
    return Anchor(tuple(place for place, score in scores.items() if score >= best - 1e-9), best)


def same_place(text: Marked, index: int, other: Marked, candidate: int) -> float:
    """How surely two words, say figures, stand in the same place (0..1), by the words around them."""
    around = text.around_word(index)
    if len(around[0]) + len(around[1]) < _FEWEST - 1:
        return 0.0
    return _likeness(around, other.around_word(candidate))


def same_case(text: Marked, index: int, other: Marked, candidate: int) -> float:
    """How much of the case around one word stands around the other; it tells the lines of a table apart."""
    ours, theirs = text.case_of(index), other.case_of(candidate)
    total = sum(_case_weight(word) for word in ours)
    return sum(_case_weight(word) for word in ours & theirs) / total if total else 0.0


def _case_weight(word: str) -> int:
    return 3 if word[0] in "#@" else 1  # figures and actors make the case


def _candidates(left: Sequence[str], right: Sequence[str], other: Marked) -> Iterator[int]:
    """Gaps before or behind a word that also stands near."""
    seen: set[int] = set()
    for offset, word in enumerate(right[:3]):
        seen.update(max(0, place - offset) for place in other.places.get(word, ()))
    for offset, word in enumerate(left[:3]):
        seen.update(min(len(other.words), place + 1 + offset) for place in other.places.get(word, ()))
    yield from seen


def _likeness(ours: Iterable[Sequence[str]], theirs: Iterable[Sequence[str]]) -> float:
    """Share of our words that stand on the same side of theirs, nearer words counting more."""
    total = hit = 0.0
    for side, known in zip(ours, map(set, theirs), strict=True):
        for distance, word in enumerate(side):
            value = 1 / (2 + distance)
            total += value
            hit += value * (word in known)
    return hit / total if total else 0.0
