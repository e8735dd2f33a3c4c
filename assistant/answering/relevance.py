"""How well does a unit fit a question? Words in common, the rare ones counting most.

A word's weight comes from the evidence itself: what every clause that was found says tells nothing, what
few say decides. A word may also be met by another name for the same thing (the glossary), and, at a
discount, by the headings and the title above a unit.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.units import Unit
from assistant.language.glossary import Glossary
from assistant.language.tokens import terms, without_boilerplate

#: A single Chinese character says less than a pair.
_SINGLE = 0.25
#: A word met by a heading or a stem, and by the title alone.
_HEADING, _TITLE = 0.6, 0.45


@dataclass(frozen=True)
class Relevance:
    """Scores units for questions; made once for the evidence of an answer."""

    own: Mapping[int, frozenset[str]]
    heading: Mapping[int, frozenset[str]]
    title: Mapping[int, frozenset[str]]
    rarity: Mapping[str, float]
    unseen: float
    glossary: Glossary

    @classmethod
    def of(cls, units: Sequence[Unit], glossary: Glossary) -> Relevance:
        """Ready to score ``units``."""
        own, heading, title = {}, {}, {}
        titles: dict[str, frozenset[str]] = {}
        counts: Counter[str] = Counter()
        for unit in units:
            instrument = unit.evidence.passage.instrument
            if instrument.id not in titles:
                names = (instrument.title_zh, instrument.title_en, *instrument.aliases, instrument.doc_number)
                titles[instrument.id] = _bag(" \n ".join(name for name in names if name), glossary)
            own[id(unit)] = _bag(unit.text, glossary)
            heading[id(unit)] = _bag(" ".join((*unit.path, unit.stem)), glossary)
            title[id(unit)] = titles[instrument.id]
            counts.update(own[id(unit)])
        total = len(units)
        rarity = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
        return cls(own, heading, title, rarity, math.log(1 + (total + 0.5) / 0.5), glossary)

    def weights(self, text: str) -> dict[str, float]:
        """The words of a question with what each is worth."""
        asked = terms(without_boilerplate(text)) + _concepts(text, self.glossary)
        return {term: self._worth(term) for term in dict.fromkeys(asked)}

    def _worth(self, term: str) -> float:
        rarity = self.rarity.get(term, self.unseen)
        return rarity * (_SINGLE if len(term) == 1 and not term.isascii() else 1.0)

    def score(self, unit: Unit, weights: Mapping[str, float]) -> float:
        """The share of the question's weight that ``unit`` meets, 0 to 1."""
        total = sum(weights.values())
        if not total:
            return 0.0
        own, heading, title = self.own[id(unit)], self.heading[id(unit)], self.title[id(unit)]
        met = 0.0
        for term, weight in weights.items():
            if term in own:
                met += weight
            elif term in heading:
                met += weight * _HEADING
            elif term in title:
                met += weight * _TITLE
        return met / total

    def overlap(self, unit: Unit, weights: Mapping[str, float]) -> float:
        """The share of the question's weight that the unit's own words meet."""
        total = sum(weights.values())
        return sum(w for term, w in weights.items() if term in self.own[id(unit)]) / total if total else 0.0


def _bag(text: str, glossary: Glossary) -> frozenset[str]:
    return frozenset((*terms(text), *_concepts(text, glossary)))


def _concepts(text: str, glossary: Glossary) -> list[str]:
    """Marks for the glossary's terms in a text, equal whatever name or language was used."""
    return [f"§{mention.term.zh or mention.term.en}" for mention in glossary.mentions(text)]
