"""Find the place in the evidence that speaks of the same thing as a place in the claim.

Each figure and each small word that changes a rule (must, not, only ...) is compared with what stands at the
same place: the place is known by the words around it, not by its position, so reordered and shortened
sentences are compared as well as verbatim ones. Where the words around are not found again there is no anchor
and no verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.grounding_quantities import read
from assistant.language.cues import Cue, cues
from assistant.language.fold import aligned
from assistant.language.quantities import Quantity
from assistant.language.tokens import CJK, stem

_WORD = re.compile(rf"[{CJK}]|[a-z]+|\d+|[$¥€£]|[。；;,!?！？\n]|\.(?=\s|$)")
_LIGHT = frozenset("的了地之其与和及或者等并而且也在于以将把被对为由从向是有该此")
_LIGHT_EN = re.compile(
    "an?|the|of|to|in|on|at|for|by|with|and|or|be|is|are|was|were|it|its|this|that|these|those|as|their|they|"
    "you|your|do|does|has|have"
)
_REACH = 6  # words on either side that make a place known
_SLIP = 2  # how many words a small word may have moved


@dataclass(frozen=True)
class Marked:
    """A text as content words, with its cues between them: cue i stands before word ``gaps[i]``."""

    words: tuple[str, ...]
    breaks: frozenset[int]  # a sentence begins at these words
    commas: frozenset[int]  # a part of one begins here
    figures: dict[int, Quantity]  # the words that are quantities
    cues: tuple[Cue, ...]
    gaps: tuple[int, ...]
    places: dict[str, tuple[int, ...]]

    def around(self, gap: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before and after a gap, not beyond the sentence; nearest first."""
        first = max((b for b in self.breaks if b <= gap), default=0)
        last = min((b for b in self.breaks if b > gap), default=len(self.words))
        return self.words[max(first, gap - _REACH) : gap][::-1], self.words[gap : min(last, gap + _REACH)]

    def cues_at(self, gap: int) -> list[Cue]:
        """The cues within reach of a gap, in the same part of the sentence."""
        return [
            cue
            for cue, place in zip(self.cues, self.gaps, strict=True)
            if abs(place - gap) <= _SLIP and not self._parted(place, gap)
        ]

    def _parted(self, one: int, other: int) -> bool:
        between = range(min(one, other) + 1, max(one, other) + 1)
        return any(place in self.commas or place in self.breaks for place in between)


@lru_cache(maxsize=2048)
def marked(text: str) -> Marked:
    """Read a text once; quantities count as words by their value, cues are taken out."""
    folded = aligned(text)
    owner: dict[int, Quantity | Cue] = {}
    spans: list[Quantity | Cue] = [*cues(text), *read(text)]
    for each in spans:
        owner.update(dict.fromkeys(range(each.start, each.end), each))
    words: list[str] = []
    breaks, commas = {0}, set()
    found: dict[int, Quantity] = {}
    small: list[tuple[Cue, int]] = []
    position = 0
    for match in _WORD.finditer(folded):
        word, span = match.group(), owner.get(match.start())
        if match.start() < position:
            continue
        if isinstance(span, Quantity):
            found[len(words)] = span
            words.append(f"#{span.kind}:{span.key or span.value.normalize()}")
            position = span.end
        elif span is not None:
            small.append((span, len(words)))
            position = span.end
        elif word == ",":
            commas.add(len(words))
        elif word in "$¥€£":
            continue
        elif not word[0].isalnum():
            breaks.add(len(words))
        elif word not in _LIGHT and not _LIGHT_EN.fullmatch(word):
            words.append(stem(word) if word[0].isascii() else word)
    places: dict[str, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        places[word].append(index)
    return Marked(
        words=tuple(words),
        breaks=frozenset(breaks),
        commas=frozenset(commas),
        figures=found,
        cues=tuple(cue for cue, _ in small),
        gaps=tuple(gap for _, gap in small),
        places={word: tuple(where) for word, where in places.items()},
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """Gaps of a text that speak of the same thing, and how surely (0..1)."""

    gaps: tuple[int, ...]
    strength: float


def anchor(text: Marked, gap: int, other: Marked) -> Anchor:
    """The gaps of ``other`` whose surroundings are most like those of ``gap``."""
    around = text.around(gap)
    if len(around[0]) + len(around[1]) < 3:
        return Anchor((), 0.0)
    scores = {place: _likeness(around, other.around(place)) for place in _candidates(*around, other)}
    best = max(scores.values(), default=0.0)
    return Anchor(tuple(place for place, score in scores.items() if score >= best - 1e-9), best)


def same_figure_place(text: Marked, index: int, other: Marked, candidate: int) -> float:
    """How surely two figures stand in the same place (0..1), by the words around them."""
    around = _around_figure(text, index)
    return (
        _likeness(around, _around_figure(other, candidate)) if len(around[0]) + len(around[1]) >= 2 else 0.0
    )


def _around_figure(text: Marked, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    right = () if index + 1 in text.breaks else text.around(index + 1)[1]
    return text.around(index)[0], right


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
