"""Propose rules from the text of an instrument, for a person to review.

List items under a heading about conditions become criteria; a bound with a unit becomes a threshold, and the
attribute is guessed from the catalogue's words, or, where these leave it open, by a model from those that the
bound fits. Nothing proposed here is ever loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.domain import Chunk, Document, Language
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.mentions import Lexicon
from assistant.eligibility.reading import read
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.spoken import folded, plainly
from assistant.language.quantities import quantities
from assistant.language.quantity import Comparator, Quantity
from assistant.language.sentences import sentences
from assistant.ports import Library

_CONDITIONS = re.compile(
    r"条件|标准|要求|资格|适用|\bcondition|\brequirement|\bcriteri|\beligib|\bqualif", re.IGNORECASE
)
_ITEM = re.compile(
    r"^\s*(?:[（(]?(?P<zh>[一二三四五六七八九十]{1,3})[）)、]|[（(]?(?P<n>\d{1,2})[）).、])\s*"
)
_REMARK = re.compile(r"^（单一来源|^\(single source", re.IGNORECASE)
_ARTICLE = re.compile(r"第([一二三四五六七八九十百]+)条|\bArticle (\d+)", re.IGNORECASE)
_UNKNOWN = "TODO"


class Chooser(Protocol):
    """Tells which attribute a condition is about."""

    def choose(self, condition: str, attributes: Sequence[Attribute], language: Language) -> str | None:
        """The name of one of ``attributes``, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """One criterion as it was read; ``doubts`` say what a person must settle."""

    id: str
    text_zh: str
    text_en: str
    attribute: str
    comparator: str
    threshold: str
    unit: str
    clause: str | None
    single_source: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A rule file in the making."""

    instrument: str
    name_zh: str
    name_en: str
    valid_from: str | None
    valid_until: str | None
    criteria: tuple[Proposal, ...]

    def to_yaml(self) -> str:
        """The file as YAML, with ``# review`` wherever something was guessed."""
        lines = [
            "# A draft made from the text by patterns. Review every line marked '# review' before use.",
            f"scheme: {self.instrument}  # review: a short id",
            f"name_zh: {self.name_zh}",
            f"name_en: {self.name_en}",
            "subject: enterprise  # review",
            "versions:",
            f"  - instrument: {self.instrument}",
            f"    valid_from: {_quoted(self.valid_from)}",
            f"    valid_until: {_quoted(self.valid_until)}",
            "    confidence: low  # review",
            "    requires:",
            f"      all: [{', '.join(p.id for p in self.criteria)}]  # review: alternatives, bands",
            "    criteria:",
        ]
        for proposal in self.criteria:
            lines += [
                f"      - id: {proposal.id}",
                f"        text_zh: {_plain(proposal.text_zh)}",
                f"        text_en: {_plain(proposal.text_en)}",
                f"        attribute: {proposal.attribute}",
                f"        comparator: {proposal.comparator}",
                f"        threshold: {proposal.threshold}",
                f"        unit: {proposal.unit}",
            ]
            lines += [f"        clause: {proposal.clause}"] if proposal.clause else []
            lines += ["        single_source: true"] if proposal.single_source else []
            lines += [f"        # review: {doubt}" for doubt in proposal.doubts]
        return "\n".join(lines)


def draft(library: Library, instrument_id: str, rulebook: Rulebook, chooser: Chooser | None = None) -> Draft:
    """Criteria proposed from the instrument's texts, in the order of the Chinese one where there is one."""
    instrument = library.instrument(instrument_id)
    documents = {document.language: document for document in library.documents(instrument_id)}
    first = documents.get("zh") or next(iter(documents.values()))
    other = documents.get("en") if first.language == "zh" else None
    catalogue = rulebook.catalogue
    lexicon = Lexicon(
        rulebook.attributes, rulebook.schemes.values(), (*catalogue.ignored_zh, *catalogue.ignored_en)
    )
    guess = _Guess(lexicon, rulebook.attributes, chooser, first.language)
    conditions = list(_conditions(library, first))
    twins = [text for _, text, _ in _conditions(library, other)] if other else []
    proposals = [
        proposal
        for index, (chunk, text, single) in enumerate(conditions)
        for proposal in _proposals(index, chunk, text, _twin(twins, index, len(conditions)), single, guess)
    ]
    return Draft(
        instrument=instrument_id,
        name_zh=(instrument.title_zh if instrument else None) or instrument_id,
        name_en=(instrument.title_en if instrument else None) or instrument_id,
        valid_from=instrument.effective or instrument.issued if instrument else None,
        valid_until=instrument.expires if instrument else None,
        criteria=tuple(proposals),
    )


def _conditions(library: Library, document: Document) -> Iterator[tuple[Chunk, str, bool]]:
    """The list items that state conditions; True where the text marks them as single-source."""
    for chunk in library.chunks(document.id):
        if not any(_CONDITIONS.search(heading) for heading in chunk.path):
            continue
        found = [s.text for s in sentences(chunk.text)]
        for text, following in zip(found, [*found[1:], ""], strict=True):
            if _ITEM.match(text):
                yield chunk, text, bool(_REMARK.match(following))


def _twin(twins: list[str], index: int, count: int) -> str:
    """The same item in the other language, where both texts have as many."""
    return _ITEM.sub("", twins[index]).rstrip(".") if len(twins) == count else _UNKNOWN


def _proposals(
    index: int, chunk: Chunk, text: str, twin: str, single: bool, guess: _Guess
) -> Iterator[Proposal]:
    plain = plainly(_ITEM.sub("", text).rstrip("。."))
    bounds = [q for q in quantities(plain) if q.comparator.direction]
    clause = _clause(chunk, text)
    if not bounds:
        attribute, doubts = guess.attribute(plain, None)
        name = attribute.name if attribute else _UNKNOWN
        yield Proposal(
            f"c{index + 1}", plain, twin, name, "is", "true", "bool", clause, single, tuple(doubts)
        )
    for number, bound in enumerate(bounds):
        several = len(bounds) > 1
        attribute, doubts = guess.attribute(plain, bound)
        doubts += ["several bounds in one sentence: both, either, or a band?"] if several else []
        yield Proposal(
            f"c{index + 1}{chr(ord('a') + number) if several else ''}",
            plain,
            twin,
            attribute.name if attribute else _UNKNOWN,
            _COMPARATORS[bound.comparator],
            f"{bound.value.normalize():f}",
            attribute.unit if attribute else _UNKNOWN,
            clause,
            single,
            tuple(doubts),
        )


@dataclass(frozen=True, slots=True)
class _Guess:
    """Guesses attributes from the words of a condition, with a model where they leave it open."""

    lexicon: Lexicon
    attributes: Mapping[str, Attribute]
    chooser: Chooser | None
    language: Language

    def attribute(self, text: str, bound: Quantity | None) -> tuple[Attribute | None, list[str]]:
        """The likeliest attribute, and what a person must settle about it."""
        names = _named(self.lexicon, text, self.attributes, bound)
        if len(names) == 1:
            return self.attributes[names[0]], []
        doubt = f"attribute: {', '.join(names[:4]) or 'none of the words is known'}"
        fitting = [a for a in self.attributes.values() if _fits(a, bound)]
        chosen = self.chooser.choose(text, fitting, self.language) if self.chooser and fitting else None
        if chosen is not None:
            return self.attributes[chosen], [f"{doubt}; {chosen} was chosen by a model"]
        return (self.attributes[names[0]] if names else None), [doubt]


def _fits(attribute: Attribute, bound: Quantity | None) -> bool:
    return attribute.unit == "bool" if bound is None else read(attribute, bound) is not None


_COMPARATORS = {
    Comparator.GTE: "gte",
    Comparator.GT: "gt",
    Comparator.LTE: "lte",
    Comparator.LT: "lt",
}


def _named(
    lexicon: Lexicon, text: str, attributes: Mapping[str, Attribute], bound: Quantity | None
) -> list[str]:
    """The attributes that the sentence may be about, those nearest to the bound first."""
    found = [
        (abs((bound.start if bound else 0) - mention.end), name)
        for mention in lexicon.mentions(folded(text))
        for name in mention.attributes
        if _fits(attributes[name], bound)
    ]
    return list(dict.fromkeys(name for _, name in sorted(found)))


def _clause(chunk: Chunk, text: str) -> str | None:
    for heading in reversed(chunk.path):
        article = _ARTICLE.search(heading)
        if article:
            number = article[2] or next((q.key for q in quantities(heading) if q.kind == "article"), "")
            return f"Art. {re.sub(r'[^0-9].*$', '', number.removeprefix('a'))}"
    item = _ITEM.match(text)
    return f"cond. {item['n']}" if item and item["n"] else None


def _quoted(value: str | None) -> str:
    return "null" if value is None else f"'{value}'"


def _plain(text: str) -> str:
    return '"' + text.replace('"', "'") + '"' if re.search(r"[:#\[\]{}\"'%@&*!|>`]", text) else text
