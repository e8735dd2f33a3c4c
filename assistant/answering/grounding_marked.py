"""A text as the grounding check compares it: content words in order, and what stands between them.

Quantities count as words by their value and actors by what they stand for, so that other ways of writing
them make no difference; small words that change a rule are taken out and kept with their place. Words of
comparison beside a number are left out: they belong to the number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.answering.grounding_quantities import read
from assistant.language.comparators import AROUND_NUMBERS
from assistant.language.cues import Cue, cues
from assistant.language.fold import aligned
from assistant.language.names import Name, names
from assistant.language.quantities import Quantity
from assistant.language.tokens import CJK, stem

_WORD = re.compile(rf"[{CJK}]|[a-z]+|\d+|[。；;,!?！？\n]|\.(?=\s|$)")
_LIGHT = frozenset("的了地之其与和及或者等并而且也在于以将把被对为由从向是有该此")
_LIGHT_EN = re.compile(
    "an?|the|of|to|in|on|at|for|by|with|and|or|be|is|are|was|were|it|its|this|that|these|those|as|their|they|"
    "you|your|do|does|has|have"
)
_STOP = "."  # stands at the end of each sentence, so that what is last in it stays in it
_REACH = 6  # words on either side that make a place known
_SLIP = 1  # how many words a small word may have moved
_Span = Quantity | Cue | Name


@dataclass(frozen=True)
class Marked:
    """Words, with the cues between them: cue i stands before word ``gaps[i]``."""

    words: tuple[str, ...]
    breaks: frozenset[int]  # a sentence begins at these words
    cases: frozenset[int]  # a case after a semicolon
    commas: frozenset[int]  # a part after a comma or semicolon
    figures: dict[int, Quantity]  # the words that are quantities
    cues: tuple[Cue, ...]
    gaps: tuple[int, ...]
    places: dict[str, tuple[int, ...]]

    def around(
        self, gap: int, within: frozenset[int] = frozenset()
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before and after a gap, nearest first, not beyond the sentence or ``within``."""
        edges = self.breaks | within
        first = max((edge for edge in edges if edge <= gap), default=0)
        last = min((edge for edge in edges if edge > gap), default=len(self.words))
        right = self.words[gap : min(last, gap + _REACH)]
        return self.words[max(first, gap - _REACH) : gap][::-1], tuple(
            word for word in right if word != _STOP
        )

    def around_word(self, index: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words before and after a word, within its case."""
        ends = index + 1 in self.breaks | self.cases
        return self.around(index, self.cases)[0], () if ends else self.around(index + 1, self.cases)[1]

    def case_of(self, index: int) -> frozenset[str]:
        """All words of the case that a word stands in."""
        edges = self.breaks | self.cases
        first = max((edge for edge in edges if edge <= index), default=0)
        last = min((edge for edge in edges if edge > index), default=len(self.words))
        return frozenset(self.words[first:index] + self.words[index + 1 : last])

    def cues_at(self, gap: int, slip: int = _SLIP) -> list[Cue]:
        """The cues within reach of a gap, in the same part of the sentence."""
        return [
            cue
            for cue, place in zip(self.cues, self.gaps, strict=True)
            if abs(place - gap) <= slip and not self._parted(place, gap)
        ]

    def _parted(self, one: int, other: int) -> bool:
        between = range(min(one, other) + 1, max(one, other) + 1)
        return any(place in self.commas or place in self.breaks for place in between)


@lru_cache(maxsize=2048)
def marked(text: str) -> Marked:
    """Read a text; evidence is read once for all sentences that cite it."""
    folded = aligned(text)
    owners = _owners(text)
    bounds = {place for match in AROUND_NUMBERS.finditer(folded) for place in range(*match.span())}
    reader = _Reader()
    position = 0
    for match in _WORD.finditer(folded):
        if match.start() < position or match.start() in bounds:
            continue
        span = owners.get(match.start())
        if span is None:
            reader.word(match.group())
        else:
            reader.span(span)
            position = span.end
    return reader.result()


def _owners(text: str) -> dict[int, _Span]:
    """Which quantity, cue or actor each character belongs to; quantities win."""
    spans: list[_Span] = [name for name in names(text) if name.kind in ("actor", "level")]
    spans += [*cues(text), *read(text)]
    return {place: span for span in spans for place in range(span.start, span.end)}


@dataclass
class _Reader:
    """Collects a `Marked` from left to right."""

    words: list[str] = field(default_factory=list)
    breaks: set[int] = field(default_factory=lambda: {0})
    cases: set[int] = field(default_factory=set)
    commas: set[int] = field(default_factory=set)
    figures: dict[int, Quantity] = field(default_factory=dict)
    small: list[tuple[Cue, int]] = field(default_factory=list)

    def span(self, span: _Span) -> None:
        here = len(self.words)
        if isinstance(span, Quantity):
            self.figures[here] = span
            self.words.append(f"#{span.kind}:{span.key or span.value.normalize()}")
        elif isinstance(span, Name):
            self.words.append(f"@{span.key}")
        else:
            self.small.append((span, here))

    def word(self, word: str) -> None:
        here = len(self.words)
        if word in ",;；":
            self.commas.add(here)
            if word != ",":
                self.cases.add(here)
        elif not word[0].isalnum():
            self.words.append(_STOP)
            self.breaks.add(here + 1)
        elif word not in _LIGHT and not _LIGHT_EN.fullmatch(word):
            self.words.append(stem(word) if word[0].isascii() else word)

    def result(self) -> Marked:
        places: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            places[word].append(index)
        return Marked(
            words=tuple(self.words),
            breaks=frozenset(self.breaks),
            cases=frozenset(self.cases),
            commas=frozenset(self.commas),
            figures=self.figures,
            cues=tuple(cue for cue, _ in self.small),
            gaps=tuple(gap for _, gap in self.small),
            places={word: tuple(where) for word, where in places.items()},
        )
