"""Facts that a model proposes, believed only where the asker's own words bear them out.

Rules read first and win. A model may find what their words do not know ("八十号弟兄"), but every value comes
from the quoted words through the same parser as everywhere: a quote that was not said, an attribute that is
not in the catalogue, a figure that belongs to a rule, a plan or another fact, or one that does not fit the
attribute is thrown away. The reply of a model is hostile until then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from assistant.domain import Language
from assistant.eligibility import signs
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.extract import Extractor
from assistant.eligibility.model import Value
from assistant.eligibility.reading import read
from assistant.eligibility.spoken import folded, is_applying, plainly
from assistant.eligibility.told import Extraction, Told
from assistant.language.detect import detect
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

#: More than this nobody tells in one go; longer quotes say more than one thing.
_MOST, _LONGEST = 30, 80
_BREAK = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
_CLAUSE = re.compile(r"[，、,](?!\d{3})")


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model says was told: an attribute, the words for it; for yes/no and choices the value."""

    attribute: str
    quote: str
    value: bool | str | None = None


class Proposer(Protocol):
    """Asks a model what a text tells of its writer."""

    def propose(self, text: str, attributes: Sequence[Attribute], language: Language) -> Sequence[Proposed]:
        """What it finds; nothing where it fails. Nothing of it has been checked."""
        ...


class AssistedExtractor:
    """Reads by rules, then takes from a model what the text bears out. One call for each text."""

    def __init__(self, extractor: Extractor, proposer: Proposer, attributes: Mapping[str, Attribute]) -> None:
        self._extractor = extractor
        self._attributes = attributes
        asked = tuple(attributes.values())

        @lru_cache(maxsize=256)
        def proposed(text: str) -> tuple[Proposed, ...]:
            return tuple(proposer.propose(text, asked, detect(text)))[:_MOST]

        self._proposed = proposed

    def extract(self, text: str, prefer: Sequence[str] = (), on: date | None = None) -> Extraction:
        """The facts in ``text`` for a scheme that needs ``prefer``; without a scheme the rules read alone."""
        found = self._extractor.extract(text, prefer, on)
        if not prefer:
            return found
        for proposed in self._proposed(text):
            fact = self._borne_out(proposed, text, found, on) if proposed.attribute in prefer else None
            if fact is not None:
                homeless = tuple(q for q in found.homeless if q.text not in fact.said)
                found = replace(found, facts=(*found.facts, fact), homeless=homeless)
        return found

    def _borne_out(self, proposed: Proposed, text: str, found: Extraction, on: date | None) -> Told | None:
        plain, quote = plainly(text, on), plainly(proposed.quote.strip(), on)
        start = folded(plain).find(folded(quote))
        attribute = self._attributes.get(proposed.attribute)
        if attribute is None or start < 0 or not quote or len(quote) > _LONGEST or _BREAK.search(quote):
            return None
        if any(fact.attribute == attribute.name for fact in found.facts):
            return None
        sentence = _Sentence.around(plain, start, start + len(quote))
        value, about = _value(attribute, proposed), False
        if attribute.kind not in (AttributeKind.YES_NO, AttributeKind.CHOICE):
            figure = _only(attribute, quote)
            if figure is None or _belongs_elsewhere(figure, sentence, quote, attribute, found):
                return None
            told = read(attribute, figure, quote[: figure.start], quote[figure.end :])
            value, about = (told.value, told.about) if told else (None, False)
        elif signs.is_asked(sentence.before, quote, sentence.after) or signs.is_rule(
            sentence.before, sentence.after
        ):
            return None
        if value is None:
            return None
        hypothetical = bool(signs.HYPOTHETICAL.search(sentence.text))
        return Told(attribute.name, value, quote, about, hypothetical)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The sentence of a quote, and the words of its clause before and after it."""

    text: str
    before: str
    after: str

    @classmethod
    def around(cls, plain: str, start: int, end: int) -> _Sentence:
        begins = max((m.end() for m in _BREAK.finditer(plain, 0, start)), default=0)
        stop = _BREAK.search(plain, end)
        text = folded(plain[begins : stop.start() if stop else len(plain)])
        return cls(text, text[: start - begins], text[end - begins :])


def _value(attribute: Attribute, proposed: Proposed) -> Value | None:
    """The answer to a yes/no or a choice; anything else that a model says is not asked for."""
    if attribute.kind is AttributeKind.YES_NO:
        return proposed.value if isinstance(proposed.value, bool) else None
    if attribute.kind is AttributeKind.CHOICE:
        ids = [choice.id for choice in attribute.choices]
        return proposed.value if isinstance(proposed.value, str) and proposed.value in ids else None
    return None


def _only(attribute: Attribute, quote: str) -> Quantity | None:
    """The one figure of the quote that the attribute can have; None where there are two, or none."""
    fitting = [
        q for q in quantities(quote) if read(attribute, q, quote[: q.start], quote[q.end :]) is not None
    ]
    return fitting[0] if len(fitting) == 1 else None


def _belongs_elsewhere(
    figure: Quantity, sentence: _Sentence, quote: str, attribute: Attribute, found: Extraction
) -> bool:
    """Is the figure a rule's, a plan, a difference, denied, the day of applying, or of something else?"""
    before = _CLAUSE.split(sentence.before + folded(quote[: figure.start]))[-1]
    after = folded(quote[figure.end :]) + sentence.after
    ruled = signs.is_rule(before, after) or signs.is_negated(before)
    planned = signs.is_no_value(before, before + folded(quote))
    taken = any(figure.text in fact.said for fact in found.facts)
    claimed = any(claim.value == figure.value for claim in found.claims)
    applying = attribute.kind is AttributeKind.DATE and is_applying(quote + sentence.after, figure)
    return ruled or planned or taken or claimed or applying
