"""Find the place in the evidence that speaks of the same thing as a place in the claim.

Each small word that changes a rule (must, not, only ...) is compared with what stands at the same place: the
place is known by the words around it, not by its position, so reordered and shortened sentences are compared
as well as verbatim ones. Where the words around are not found again there is no anchor and no verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding_quantities import read
from assistant.language.cues import Cue, cues
from assistant.language.fold import aligned
from assistant.language.tokens import CJK, stem

_WORD = re.compile(rf"[{CJK}]|[a-z]+|[。；;!?！？\n]|\.(?=\s|$)")
_LIGHT = frozenset("的了地之其与和及或者等并而且也在于以将把被对为由从向是有该此")
_LIGHT_EN = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "and",
        "or",
        "be",
        "is",
        "are",
        "was",
        "were",
    ]
    + [
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "as",
        "their",
        "they",
        "you",
        "your",
        "do",
        "does",
        "has",
        "have",
    ]
)
_REACH = 6  # words on either side that make a place known
_SLIP = 2  # how far a small word may have moved from it


@dataclass(frozen=True)
class Marked:
    """A text as content words, with its cues between them: cue i stands before word ``gaps[i]``."""

    words: tuple[str, ...]
    breaks: frozenset[int]  # a sentence begins at these words
    cues: tuple[Cue, ...]
    gaps: tuple[int, ...]
    places: dict[str, tuple[int, ...]]

    def around(self, gap: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before and after a gap, not beyond the sentence; nearest first."""
        left: list[str] = []
        for index in range(gap - 1, max(-1, gap - _REACH - 1), -1):
            left.append(self.words[index])
            if index in self.breaks:
                break
        right: list[str] = []
        for index in range(gap, min(len(self.words), gap + _REACH)):
            if index in self.breaks and index > gap:
                break
            right.append(self.words[index])
        if gap in self.breaks:
            left = []
        return tuple(left), tuple(right)

    def cues_at(self, gap: int) -> list[Cue]:
        """The cues that stand within reach of a gap, in the same sentence."""
        return [
            cue
            for cue, place in zip(self.cues, self.gaps, strict=True)
            if abs(place - gap) <= _SLIP
            and not any(min(place, gap) < b <= max(place, gap) for b in self.breaks)
        ]


@lru_cache(maxsize=2048)
def marked(text: str) -> Marked:
    """Read a text once; quantities count as words by their kind, cues are taken out."""
    folded = aligned(text)
    spans = {q.start: (q.end, f"#{q.kind}") for q in read(text)}
    found = {cue.start: cue for cue in cues(text)}
    words: list[str] = []
    breaks: set[int] = {0}
    kept: list[Cue] = []
    gaps: list[int] = []
    position = 0
    for match in _WORD.finditer(folded):
        if match.start() < position:
            continue
        start, word = match.start(), match.group()
        quantity = next(((end, kind) for s, (end, kind) in spans.items() if s <= start < end), None)
        cue = next((c for c in found.values() if c.start <= start < c.end), None)
        if cue is not None:
            kept.append(cue)
            gaps.append(len(words))
            position = cue.end
        elif quantity is not None:
            words.append(quantity[1])
            position = quantity[0]
        elif not word[0].isalnum():
            breaks.add(len(words))
        elif word not in _LIGHT and word not in _LIGHT_EN:
            words.append(stem(word) if word[0].isascii() else word)
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    return Marked(
        tuple(words),
        frozenset(breaks),
        tuple(kept),
        tuple(gaps),
        {word: tuple(p) for word, p in places.items()},
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """Places of ``other`` that speak of the same thing, and how surely (0..1)."""

    gaps: tuple[int, ...]
    strength: float


def anchor(text: Marked, gap: int, other: Marked) -> Anchor:
    """The gaps of ``other`` whose surroundings are most like those of ``gap``."""
    left, right = text.around(gap)
    if len(left) + len(right) < 3:
        return Anchor((), 0.0)
    scores = {
        candidate: _likeness(left, right, candidate, other) for candidate in _candidates(left, right, other)
    }
    if not scores:
        return Anchor((), 0.0)
    best = max(scores.values())
    return Anchor(tuple(gap for gap, score in scores.items() if score >= best - 1e-9), best)


def _candidates(left: Sequence[str], right: Sequence[str], other: Marked) -> Iterator[int]:
    seen: set[int] = set()
    for offset, word in enumerate(right[:3]):
        seen.update(max(0, place - offset) for place in other.places.get(word, ()))
    for offset, word in enumerate(left[:3]):
        seen.update(min(len(other.words), place + 1 + offset) for place in other.places.get(word, ()))
    yield from seen


def _likeness(left: Sequence[str], right: Sequence[str], gap: int, other: Marked) -> float:
    """Share of the words around that stand on the same side, nearer words counting more."""
    their_left, their_right = other.around(gap)
    total = hit = 0.0
    for ours, theirs in ((left, set(their_left)), (right, set(their_right))):
        for distance, word in enumerate(ours):
            value = 1 / (2 + distance)
            total += value
            hit += value * (word in theirs)
    return hit / total
