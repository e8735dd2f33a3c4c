"""Find the sentence of the corpus that states a criterion, so that every verdict cites its clause.

The rule names its clause (``Art. 11(5)``) in no language; the texts are in two. Among the sentences of the
instrument the one is cited that shares most of the criterion's rarer words; a sentence under the named
article is preferred, and one that does not hold the threshold, with its unit, is out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from assistant.domain import Chunk, Citation, Document, Language
from assistant.eligibility.model import Value
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.sentences import SentenceSpan, sentences
from assistant.language.tokens import terms
from assistant.ports import Library

#: A sentence must share at least this much of the statement's weighted words to be cited.
ENOUGH = 0.3
_NAMED_PLACE, _HEADING = 0.25, 0.25

_REFERENCE = re.compile(r"(?:Art|cond)\.\s*(\d+)")
_KINDS = {
    "percent": ("percent",),
    "CNY": ("money",),
    "USD": ("money",),
    "CNY_per_month": ("money",),
    "years": ("duration",),
    "days": ("duration",),
    "date": ("date",),
}
_COUNTS = ("count", "number")


class Stated(Protocol):
    """What a sentence of the corpus states: a criterion, a benefit, a step."""

    @property
    def clause(self) -> str | None:
        """The clause, as the rule names it."""
        ...

    def text(self, language: Language) -> str:
        """The statement."""
        ...


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    chunk: Chunk
    sentence: SentenceSpan
    terms: frozenset[str]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    clause: str | None
    terms: frozenset[str]
    threshold: Value | None
    unit: str
    under: frozenset[str]


class Clauses:
    """Looks statements up in a library; each text is read once per version of its bytes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[tuple[str, str], list[_Candidate]] = {}
        self._found: dict[tuple[str, str, str | None, str, str], Citation | None] = {}

    def cite(
        self,
        instrument_id: str,
        stated: Stated,
        language: Language,
        *,
        threshold: Value | None = None,
        unit: str = "",
        under: str = "",
    ) -> Citation | None:
        """The citation for ``stated``, in ``language`` where that text exists; None if nothing fits.

        ``under`` names what the section should be about, where one text holds the rules of two schemes.
        """
        documents = self._library.documents(instrument_id)
        preferred = [d for d in documents if d.language == language] or list(documents)
        for document in preferred:
            best = self._cached(document, stated, threshold, unit, under)
            if best is not None:
                return best
        return None

    def resolves(self, document: Document, clause: str) -> bool:
        """Does the text have the article or the item that a rule names? Names without a number always do."""
        named = _REFERENCE.search(clause)
        if named is None:
            return True
        return any(_stands_at(int(named[1]), candidate) for candidate in self._candidates(document))

    def _cached(
        self, document: Document, stated: Stated, threshold: Value | None, unit: str, under: str
    ) -> Citation | None:
        text = stated.text(document.language)
        key = (document.id, document.digest, stated.clause, text, f"{threshold} {under}")
        if key not in self._found:
            wanted = _Wanted(stated.clause, frozenset(terms(text)), threshold, unit, frozenset(terms(under)))
            best = _best(self._candidates(document), wanted)
            self._found[key] = _citation(best) if best else None
        return self._found[key]

    def _candidates(self, document: Document) -> list[_Candidate]:
        key = (document.id, document.digest)
        if key not in self._read:
            self._read[key] = [
                _Candidate(
                    document,
                    chunk,
                    sentence,
                    frozenset(terms(sentence.text)),
                    tuple(quantities(sentence.text)),
                )
                for chunk in self._library.chunks(document.id)
                for sentence in sentences(chunk.text)
            ]
        return self._read[key]


def _citation(found: _Candidate) -> Citation:
    start = found.chunk.start + found.sentence.start
    return Citation(
        label=0,
        chunk_id=found.chunk.id,
        instrument_id=found.chunk.instrument_id,
        document_id=found.document.id,
        document_digest=found.document.digest,
        path=found.chunk.path,
        start=start,
        end=start + len(found.sentence.text),
        quote=found.sentence.text,
    )


def _best(candidates: list[_Candidate], wanted: _Wanted) -> _Candidate | None:
    frequency = Counter(term for c in candidates for term in c.terms)

    def weight(term: str) -> float:
        return math.log(1 + len(candidates) / (1 + frequency[term]))

    total = sum(weight(term) for term in wanted.terms) or 1.0
    best, best_score = None, ENOUGH
    for candidate in candidates:
        if not _holds(wanted.threshold, wanted.unit, candidate.quantities):
            continue
        score = sum(weight(term) for term in wanted.terms & candidate.terms) / total
        score += _place(wanted, candidate)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _place(wanted: _Wanted, candidate: _Candidate) -> float:
    """How well the place fits: the named article or item, a heading about the scheme."""
    score = 0.0
    named = _REFERENCE.search(wanted.clause or "")
    if named and _stands_at(int(named[1]), candidate):
        score += _NAMED_PLACE
    if wanted.under:
        headings = {term for heading in candidate.chunk.path for term in terms(heading)}
        score += _HEADING * len(wanted.under & headings) / len(wanted.under)
    return score


def _holds(threshold: Value | None, unit: str, found: tuple[Quantity, ...]) -> bool:
    """Yes/no criteria have no figure; any other figure must stand in the sentence, in its unit."""
    if isinstance(threshold, date):
        return any(q.kind == "date" and threshold.isoformat().startswith(q.key) for q in found)
    if isinstance(threshold, bool) or not isinstance(threshold, Decimal) or threshold == 0:
        return True
    kinds = _KINDS.get(unit, _COUNTS)
    return any(_same(q, threshold, unit) for q in found if q.kind in kinds)


def _same(quantity: Quantity, threshold: Decimal, unit: str) -> bool:
    if quantity.kind != "duration":
        return threshold in (quantity.value, quantity.high)
    months = {"year": 12, "month": 1}.get(quantity.unit)
    if unit == "years":
        return months is not None and quantity.value * months == threshold * 12
    return quantity.unit == "day" and quantity.value == threshold


def _stands_at(number: int, candidate: _Candidate) -> bool:
    return _under(number, candidate.chunk.path) or bool(re.match(rf"{number}[.、]", candidate.sentence.text))


def _under(number: int, path: tuple[str, ...]) -> bool:
    """Is one of the headings the article or condition with this number?"""
    for heading in path:
        found = [q for q in quantities(heading) if q.kind == "article"]
        if any(q.value == number for q in found) or re.match(rf"\(?{number}[.、)）]", heading):
            return True
    return False
