"""How well does a unit fit a question? Words in common, the rare ones counting most.

A word's weight comes from the evidence itself: what every clause that was found says tells nothing, what
few say decides. A word may also be met by another name for the same thing (the glossary), and, at a
discount, by the headings and the title above a unit.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answering.units import Unit
from assistant.language.glossary import Glossary, Term
from assistant.language.quantities import quantities
from assistant.language.tokens import terms, without_boilerplate

#: A single Chinese character says less than a pair.
_SINGLE = 0.25
#: Pairs that hold one of these are two halves of different words more often than a word.
_FUNCTION = frozenset(
    "的了吗呢吧啊是在有和与或及把被给对从向而也都很就还再又没已各我你它他她这那哪什么怎多少几到能不可以会该让将其之所并且若如何要做为个家项请问想得着过谁由关于时候"
)
#: Ways of asking that the tokenizer's list does not hold.
_ASKING = re.compile(
    r"按照?(?:现行|有关)?(?:条例|规定|办法|政策|通知|法律|标准)(?=[，,能可要怎是算给]|利|有|最)|怎么理解|听谁的?|说法|是不是|没戏|行不行|分别|各要|具体|原文|打算|需要|想知道|今年|现在|目前|当前|如今|几号|有的说|什么好处|金额|数额|数量|人数|日期|时间|期限|关于|怎么说|怎么算|总共|给我|\b(?:about|regarding|combined|aiming|right|correct)\b",
    re.IGNORECASE,
)
#: A province, city or district among the terms of the glossary.
_PLACE = re.compile(r"§[\u4e00-\u9fff]{2,4}[省市区县]$")
_NUMBER = re.compile(r"#|\d+$")
#: Smaller numbers stand everywhere.
_TELLING = 10
_CROSSING = 0.15
#: Among fewer units than these, how many hold a word says little about how rare it is.
_FEWEST = 40
#: A word met by a heading, and by the title alone.
_HEADING, _TITLE = 0.6, 0.45


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a unit by where they stand."""

    own: frozenset[str]
    heading: frozenset[str]
    title: frozenset[str]

    def share(self, term: str) -> float:
        """How far ``term`` is met."""
        if term in self.own:
            return 1.0
        if term in self.heading:
            return _HEADING
        return _TITLE if term in self.title else 0.0


@dataclass(frozen=True)
class Relevance:
    """Scores units for questions; made once for the evidence of an answer."""

    words: Mapping[Unit, _Words]
    rarity: Mapping[str, float]
    unseen: float
    glossary: Glossary
    names: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    within: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Sequence[Unit], glossary: Glossary) -> Relevance:
        """Ready to score ``units``."""
        words: dict[Unit, _Words] = {}
        titles: dict[str, frozenset[str]] = {}
        counts: Counter[str] = Counter()
        for unit in units:
            instrument = unit.evidence.passage.instrument
            if instrument.id not in titles:
                names = (instrument.title_zh, instrument.title_en, *instrument.aliases, instrument.doc_number)
                titles[instrument.id] = _bag(" \n ".join(name for name in names if name), glossary)
            own = _bag(unit.text, glossary)
            heading = _bag(" ".join(unit.path), glossary)
            words[unit] = _Words(own, heading, titles[instrument.id])
            counts.update(own)
        total = max(len(units), _FEWEST)
        rarity = {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
        return cls(words, rarity, math.log(1 + (total + 0.5) / 0.5), glossary)

    def weights(self, text: str) -> dict[str, float]:
        """The words of a question with what each is worth."""
        text = _ASKING.sub(" ", text)
        for mention in self.glossary.mentions(text):
            concept = _concept(mention.term)
            self.names.setdefault(concept, _wordings(mention.term))
            for term in terms(text[mention.start : mention.end]):
                self.within.setdefault(term, set()).add(concept)
        asked = dict.fromkeys(
            [*terms(without_boilerplate(text)), *_concepts(text, self.glossary), *_figures(text)]
        )
        # a number that no clause has is the asker's own and says nothing about the topic
        return {term: self._worth(term) for term in asked if term in self.rarity or not _NUMBER.match(term)}

    def _worth(self, term: str) -> float:
        return self.rarity.get(term, self.unseen) * _substance(term)

    def score(self, unit: Unit, weights: Mapping[str, float]) -> float:
        """The share of the question's weight that ``unit`` meets, 0 to 1."""
        return self.coverage((unit,), weights)

    def coverage(self, units: Iterable[Unit], weights: Mapping[str, float]) -> float:
        """The share of the question's weight that ``units`` meet between them."""
        total = sum(weights.values())
        words = [self.words[unit] for unit in units]
        if not total or not words:
            return 0.0
        return sum(w * max(self._share(own, term) for own in words) for term, w in weights.items()) / total

    def _share(self, words: _Words, term: str) -> float:
        """How far ``term`` is met; a term of the glossary also by its words in another order.

        A word that is part of such a term is met with it: who asks for the 研发费用占比 is answered by
        "研发费用占销售收入的比例", which has no 占比.
        """
        share = words.share(term)
        if share < 1.0 and any(wording <= words.own for wording in self.names.get(term, ())):
            return 1.0
        return max((share, *(self._share(words, concept) for concept in self.within.get(term, ()))))

    def unmet(self, units: Iterable[Unit], weights: Mapping[str, float]) -> dict[str, float]:
        """What ``units`` leave of the question in their own words, as shares of its whole weight."""
        total = sum(weights.values()) or 1.0
        met = frozenset[str]().union(*(self.words[unit].own for unit in units))
        return {
            term: weight / total
            for term, weight in weights.items()
            if term not in met and not self.within.get(term, set()) & met
        }

    def gain(self, unit: Unit, unmet: Mapping[str, float]) -> float:
        """How much of what is ``unmet`` the unit's own words meet."""
        own = self.words[unit].own
        return sum(
            share for term, share in unmet.items() if term in own or self.within.get(term, set()) & own
        )

    def all_met(self, unit: Unit, words: Iterable[str]) -> bool:
        """Does ``unit`` speak of all ``words``?"""
        return all(self._share(self.words[unit], word) for word in words)

    def subjects(self, text: str) -> set[str]:
        """The subjects of rules (titles, programmes, platforms, instruments) that ``text`` names."""
        return {_concept(m.term) for m in self.glossary.mentions(text) if m.term.subject}

    def placeless(self, weights: Mapping[str, float]) -> Mapping[str, float]:
        """``weights`` without the names of places, where anything is left: any question may name one."""
        left = {
            term: weight
            for term, weight in weights.items()
            if not _PLACE.match(term) and not any(map(_PLACE.match, self.within.get(term, ())))
        }
        return left if any(left.values()) else weights

    def concepts_met(self, units: Iterable[Unit], weights: Mapping[str, float]) -> int:
        """How many of the question's glossary terms ``units`` speak of."""
        words = [self.words[unit] for unit in units]
        concepts = [term for term in weights if term.startswith("§")]
        return sum(any(self._share(w, term) for w in words) for term in concepts)


def _substance(term: str) -> float:
    """How much of a word a term is."""
    if term.isascii() or term.startswith(("§", "#")):
        return 0.4 if "_" in term else 1.0
    if len(term) == 1:
        return 0.0 if term in _FUNCTION else _SINGLE
    return _CROSSING if any(character in _FUNCTION for character in term) else 1.0


def _bag(text: str, glossary: Glossary) -> frozenset[str]:
    return frozenset((*terms(text), *_concepts(text, glossary), *_figures(text)))


def _figures(text: str) -> list[str]:
    """Marks for amounts, equal however they are written: 百亿 and 100亿."""
    return [
        f"#{q.value.normalize()}"
        for q in quantities(text)
        if q.kind in ("money", "percent", "count") and q.value >= _TELLING
    ]


def _concepts(text: str, glossary: Glossary) -> list[str]:
    """Marks for the glossary's terms in a text, equal whatever name or language was used."""
    return [_concept(mention.term) for mention in glossary.mentions(text)]


def _concept(term: Term) -> str:
    return f"§{term.zh or term.en}"


def _wordings(term: Term) -> list[frozenset[str]]:
    """The words of each English name of more than one word."""
    names = [frozenset(t for t in terms(name) if "_" not in t) for name in term.names("en")]
    return [name for name in names if len(name) > 1]
