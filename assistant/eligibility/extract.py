"""Facts from what somebody says, without a model: "去年营收8000万，研发投入500万" in Chinese or English.

A figure is a fact only where the words around it name what it measures and the unit fits; figures of rules,
of plans and of other enterprises are kept apart. When in doubt it is left out: a wrong value is worse than
a question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.eligibility.mentions import Lexicon
from assistant.eligibility.needs import needed
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.sentence_reader import SentenceReader
from assistant.eligibility.spoken import folded, plainly
from assistant.eligibility.told import Claim, Extraction, Phrase, Told
from assistant.eligibility.vocabulary import Vocabulary
from assistant.language.quantity import Quantity

_SENTENCE = re.compile(r"[^。；;！!？?\n]+?(?:[。；;！!？?\n]|(?<=[a-z\d%])\.(?=\s|$)|$)")


def extractor_for(rulebook: Rulebook) -> Extractor:
    """An extractor with the words of ``rulebook``."""
    catalogue, schemes = rulebook.catalogue, rulebook.schemes.values()
    ignored = (*catalogue.ignored_zh, *catalogue.ignored_en)
    common = Counter(name for scheme in schemes for name in needed(scheme, rulebook))
    lexicon = Lexicon(rulebook.attributes, schemes, ignored)
    return Extractor(Vocabulary(rulebook.attributes, lexicon, series=catalogue.series, common=common))


class FactReader(Protocol):
    """Reads facts from a text."""

    def extract(self, text: str, prefer: Sequence[str] = (), on: date | None = None) -> Extraction:
        """The facts in ``text``; ``prefer`` are the attributes that the scheme needs, best first."""
        ...


class Extractor:
    """Extracts facts with the words of one catalogue."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def extract(self, text: str, prefer: Sequence[str] = (), on: date | None = None) -> Extraction:
        """The facts in ``text``; ``prefer`` are the attributes that the scheme needs, best first."""
        plain = plainly(text, on)
        read_as = folded(plain)
        facts: list[Told] = []
        claims: list[Claim] = []
        homeless: list[Quantity] = []
        phrases: list[Phrase] = []
        for match in _SENTENCE.finditer(plain):
            start, end = match.span()
            found = SentenceReader(self._vocabulary, plain[start:end], read_as[start:end], prefer, on).read()
            facts += found.facts
            claims += found.claims
            homeless += found.homeless
            phrases += [Phrase(p.start + start, p.end + start, p.attribute) for p in found.phrases]
        return Extraction(tuple(facts), tuple(claims), tuple(homeless), tuple(phrases))
