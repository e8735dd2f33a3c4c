"""From a composer's draft to a sentence the reader may see: labels resolved, figures checked.

A draft is released only when every label it needs was really given as evidence and the grounding check
finds no conflict. Whatever wrote the draft, the citation is made here and points at characters of a clause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.composer import Draft, Span
from assistant.answering.computation import Computation
from assistant.answering.grounding import check
from assistant.domain import Citation, Conflict, Evidence, Grounding, Language, Sentence, Support
from assistant.language.fold import fold
from assistant.language.quantities import quantities
from assistant.language.sentences import sentences
from assistant.language.tokens import terms


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks drafts of one answer against its evidence.

    ``question`` is all that the asker has told. ``digest`` gives the digest of a document's bytes, so that a
    citation says which version it quotes.
    """

    question: str
    language: Language
    evidence: Mapping[int, Evidence]
    digest: Callable[[str], str]

    def check(self, draft: Draft) -> Sentence:
        """The draft as a sentence with its citations; its grounding says whether it may be shown."""
        spans = {span.label: span for span in reversed(draft.spans)}
        labels = list(dict.fromkeys([*draft.labels, *spans]))
        cited = [self.evidence[label] for label in labels if label in self.evidence]
        citations = tuple(self._cite(e, draft, spans.get(e.label)) for e in cited)
        formulas = tuple(dict.fromkeys(c.formula for c in draft.computed if "=" in c.formula))
        return Sentence(draft.text, citations, self._ground(draft, cited), formulas)

    def _ground(self, draft: Draft, cited: Sequence[Evidence]) -> Grounding:
        if not cited:
            return Grounding(
                Support.UNSUPPORTED,
                (Conflict("citation", ", ".join(str(label) for label in draft.labels)),),
                reason_zh="没有引用本次给出的条款",
                reason_en="cites none of the clauses that were given",
            )
        titles = [part for e in cited for part in _names(e)]
        quotes = [e.passage.chunk.text for e in cited]
        if draft.computed:
            return _check_computed(draft, [*quotes, *titles], self.question)
        return check(draft.text, quotes, language=self.language, question=self.question, titles=titles)

    def _cite(self, evidence: Evidence, draft: Draft, span: Span | None) -> Citation:
        chunk = evidence.passage.chunk
        start, end = (span.start, span.end) if span else _closest(draft.text, chunk.text)
        return Citation(
            label=evidence.label,
            chunk_id=chunk.id,
            instrument_id=chunk.instrument_id,
            document_id=chunk.document_id,
            document_digest=self.digest(chunk.document_id),
            path=chunk.path,
            start=chunk.start + start,
            end=chunk.start + end,
            quote=chunk.text[start:end],
        )


def released(sentence: Sentence) -> bool:
    """May the reader see it?"""
    return sentence.grounding.support is not Support.UNSUPPORTED


def _names(evidence: Evidence) -> list[str]:
    instrument = evidence.passage.instrument
    known = (instrument.title_zh, instrument.title_en, instrument.doc_number, instrument.issuer_zh)
    return [n for n in (*known, instrument.issuer_en, *instrument.aliases, *evidence.passage.chunk.path) if n]


def _closest(text: str, clause: str) -> tuple[int, int]:
    """The sentence of the clause that shares most words with ``text``: what a writer without spans quotes."""
    wanted = set(terms(text))
    best, score = (0, len(clause)), 0.0
    for sentence in sentences(clause):
        words = set(terms(sentence.text))
        overlap = len(words & wanted) / (len(words) ** 0.5 or 1.0)
        if overlap > score:
            best, score = (sentence.start, sentence.end), overlap
    return best


def _check_computed(draft: Draft, quotes: Sequence[str], question: str) -> Grounding:
    """Every operand stands where it says it does, and every figure shown is an operand or a result."""
    results: set[object] = set()
    for computation in draft.computed:
        for operand in computation.operands:
            if not _stands(operand.text, operand.origin, quotes, question, results):
                return Grounding(
                    Support.UNSUPPORTED,
                    (Conflict("number", operand.text),),
                    reason_zh=f"计算所用的“{operand.text}”在问题和条款中都没有",
                    reason_en=f"“{operand.text}” used in the computation is in neither question nor clause",
                )
        results |= _figures(computation.result)
    known = results | _figures(question) | {f for quote in quotes for f in _figures(quote)}
    formulas = {f for c in draft.computed for f in _figures(c.formula)}
    strange = _figures(draft.text) - known - formulas
    if strange:
        return Grounding(
            Support.UNSUPPORTED,
            (Conflict("number", ", ".join(sorted(str(s) for s in strange))),),
            reason_zh="有数值既不在条款中也不是计算结果",
            reason_en="a figure is neither in the clause nor a result of the computation",
        )
    return Grounding(
        Support.SUPPORTED,
        score=1.0,
        reason_zh="由程序用问题和条款中的数值计算",
        reason_en="worked out by code from figures of the question and the clause",
    )


def _stands(text: str, origin: str, quotes: Sequence[str], question: str, results: set[object]) -> bool:
    figures = _figures(text)
    places = {"question": [question], "clause": list(quotes)}.get(origin)
    if places is None:
        return figures <= results
    return any(fold(text) in fold(place) or (figures and figures <= _figures(place)) for place in places)


def _figures(text: str) -> set[object]:
    return {(q.kind, q.value) for q in quantities(text)}


__all__ = ["Checker", "Computation", "released"]
