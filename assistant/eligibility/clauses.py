"""Find the sentence of the corpus that states a criterion, so that every verdict cites its clause.

The rule names its clause (``Art. 11(5)``) in no language; the texts are in two. Among the sentences of the
instrument the one is cited that shares most of the criterion's rarer words; a sentence under the named
article is preferred, and one that does not hold the threshold is out.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain import Chunk, Citation, Document, Language
from assistant.eligibility.model import Criterion
from assistant.language.quantities import quantities
from assistant.language.sentences import SentenceSpan, sentences
from assistant.language.tokens import terms
from assistant.ports import Library

#: A sentence must share at least this much of the criterion's weighted words to be cited.
ENOUGH = 0.3
_NAMED_ARTICLE = 0.25

_REFERENCE = re.compile(r"(?:Art|cond)\.\s*(\d+)")


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    chunk: Chunk
    sentence: SentenceSpan


def cite(
    library: Library, instrument_id: str, criterion: Criterion, language: Language, label: int
) -> Citation | None:
    """The citation for ``criterion``, in ``language`` where that text exists; None if nothing fits."""
    documents = library.documents(instrument_id)
    preferred = [d for d in documents if d.language == language] or list(documents)
    for document in preferred:
        best = _best(list(_candidates(library, document)), criterion, document.language)
        if best is not None:
            start = best.chunk.start + best.sentence.start
            return Citation(
                label=label,
                chunk_id=best.chunk.id,
                instrument_id=instrument_id,
                document_id=document.id,
                document_digest=document.digest,
                path=best.chunk.path,
                start=start,
                end=start + len(best.sentence.text),
                quote=best.sentence.text,
            )
    return None


def _candidates(library: Library, document: Document) -> Iterator[_Candidate]:
    for chunk in library.chunks(document.id):
        for sentence in sentences(chunk.text):
            yield _Candidate(document, chunk, sentence)


def _best(candidates: list[_Candidate], criterion: Criterion, language: Language) -> _Candidate | None:
    frequency = Counter(t for c in candidates for t in set(terms(c.sentence.text)))
    wanted = set(terms(criterion.text(language)))

    def weight(term: str) -> float:
        return math.log(1 + len(candidates) / (1 + frequency[term]))

    total = sum(weight(term) for term in wanted)
    named = _REFERENCE.search(criterion.clause or "")
    best, best_score = None, ENOUGH
    for candidate in candidates:
        if not _holds_threshold(criterion, candidate.sentence.text):
            continue
        shared = wanted & set(terms(candidate.sentence.text))
        score = sum(weight(term) for term in shared) / total if total else 0.0
        if named and _under(int(named.group(1)), candidate.chunk.path):
            score += _NAMED_ARTICLE
        if score > best_score:
            best, best_score = candidate, score
    return best


def _holds_threshold(criterion: Criterion, sentence: str) -> bool:
    """Yes/no criteria have no figure; any other figure must stand in the sentence."""
    if isinstance(criterion.threshold, bool) or not isinstance(criterion.threshold, Decimal):
        return True
    return any(q.value == criterion.threshold for q in quantities(sentence)) or criterion.threshold == 0


def _under(number: int, path: tuple[str, ...]) -> bool:
    """Is one of the headings the article or condition with this number?"""
    for heading in path:
        found = [q for q in quantities(heading) if q.kind == "article"]
        if any(q.value == number for q in found) or re.match(rf"\(?{number}[.、)）]", heading):
            return True
    return False
