"""The texts an answer may rest on, read once and asked many times.

Knows words, neighbours, figures and names of the contexts; does not know what is claimed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.answering.faithfulness_words import content, weight
from assistant.language.fold import aligned
from assistant.language.quantities import Quantity, quantities
from assistant.language.sentences import sentences

WINDOW = 3  # sentences that may support a claim together
_LATIN = re.compile(r"[a-z]+")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,6}\b")


@dataclass(frozen=True)
class Basis:
    """Contexts and the question, prepared for comparison."""

    sentences: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    passages: tuple[frozenset[str], ...]
    places: dict[str, tuple[int, ...]]
    asked: frozenset[str]
    beginnings: frozenset[str]
    neighbours: frozenset[tuple[str, str]]
    quantities: tuple[Quantity, ...]
    folded: str
    latin: frozenset[str]
    abbreviations: frozenset[str]

    def novelty(self, word: str) -> float:
        """1 for a word that stands nowhere, less for one that only the question has."""
        if word in self.places:
            return 0.0
        return 0.3 if word in self.asked else 1.0

    def strangeness(self, root: str) -> float:
        """Novelty of a character or stem, forgiving another form of a known word."""
        if root[0] > "\u2fff":
            return float(root not in self.beginnings)
        novelty = self.novelty(root)
        if novelty and len(root) >= 4:
            return novelty * (
                0.35 if root[:5] in self.beginnings else 0.7 if root[:4] in self.beginnings else 1.0
            )
        return novelty

    def best_window(self, words: Sequence[str]) -> tuple[float, int]:
        """Weight of the words that the best run of `WINDOW` sentences holds, and where it begins."""
        mass: dict[int, float] = defaultdict(float)
        for word in words:
            starts = {
                start for place in self.places.get(word, ()) for start in range(place - WINDOW + 1, place + 1)
            }
            for start in starts:
                mass[start] += weight(word)
        if not mass:
            return 0.0, 0
        best = max(mass, key=lambda start: (mass[start], -start))
        return mass[best], max(0, best)

    def window_text(self, start: int) -> str:
        """The sentences of the window that begins at ``start``."""
        return "\n".join(self.sentences[start : start + WINDOW])


@lru_cache(maxsize=64)
def basis(contexts: tuple[str, ...], question: str = "") -> Basis:
    """Read the contexts; the sentences of one answer share the result."""
    texts = [[sentence.text for sentence in sentences(context)] for context in contexts]
    flat = [text for passage in texts for text in passage]
    words = [content(text) for text in flat]
    places: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(words):
        for word in dict.fromkeys(found):
            places[word].append(index)
    run = [word for found in words for word in found]
    close = {*pairwise(run), *zip(run, run[2:], strict=False)}
    asked = frozenset(content(question))
    original = "\n".join((*contexts, question))
    folded = aligned(original)
    latin = frozenset(_LATIN.findall(folded))
    return Basis(
        sentences=tuple(flat),
        words=tuple(words),
        passages=tuple(frozenset(word for text in passage for word in content(text)) for passage in texts),
        places={word: tuple(found) for word, found in places.items()},
        asked=asked,
        beginnings=frozenset(part for word in places for part in _beginnings(word)),
        neighbours=frozenset(close | {(second, first) for first, second in close}),
        quantities=tuple(quantity for text in (*contexts, question) for quantity in quantities(text)),
        folded=folded,
        latin=latin,
        abbreviations=frozenset(_ABBREVIATION.findall(original)),
    )


def _beginnings(word: str) -> tuple[str, ...]:
    return tuple(word) if word[0] > "\u2fff" else (word[:4], word[:5])
