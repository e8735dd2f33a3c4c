"""The clauses an advice rests on, labelled in the order they are cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.domain import (
    Citation,
    Evidence,
    Grounding,
    Language,
    Passage,
    Sentence,
    Support,
)
from assistant.eligibility.attribute import PointsTable
from assistant.eligibility.clauses import Clauses, Stated
from assistant.eligibility.model import Criterion, Scheme, Version
from assistant.ports import Library
from assistant.validity import validity_on

_CHECKED = Grounding(
    Support.SUPPORTED,
    score=1.0,
    reason_zh="由程序按注明日期的规则判断，数值来自提问和所引条款",
    reason_en="decided by code from dated rules; the figures are from the question and the cited clause",
)


class Sources:
    """Collects evidence while an advice is written; one label per chunk."""

    def __init__(self, library: Library, clauses: Clauses, language: Language, on: str) -> None:
        self._library = library
        self._clauses = clauses
        self._language = language
        self._on = on
        self._labels: dict[str, int] = {}
        self._evidence: list[Evidence] = []

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Everything cited so far, by label."""
        return tuple(self._evidence)

    def criterion(self, scheme: Scheme, version: Version, criterion: Criterion) -> Citation | None:
        """The citation for a criterion."""
        threshold = None if isinstance(criterion.threshold, tuple) else criterion.threshold
        name = scheme.name(self._language)
        return self.stated(
            version.instrument, criterion, threshold=threshold, unit=criterion.unit, under=name
        )

    def table(self, version: Version, table: PointsTable) -> Citation | None:
        """The citation for a points table."""
        return self.stated(version.instrument, table)

    def stated(self, instrument: str, stated: Stated, **figure: object) -> Citation | None:
        """The citation for any statement of an instrument; None where its text is not in the library."""
        found = self._clauses.cite(instrument, stated, self._language, **figure)  # type: ignore[arg-type]
        if found is None:
            return None
        label = self._label(found)
        return replace(found, label=label) if label else None

    def _label(self, citation: Citation) -> int | None:
        if citation.chunk_id not in self._labels:
            chunk = self._library.chunk(citation.chunk_id)
            instrument = self._library.instrument(citation.instrument_id)
            if chunk is None or instrument is None:
                return None
            label = len(self._labels) + 1
            self._labels[citation.chunk_id] = label
            passage = Passage(chunk, instrument, validity_on(instrument, self._on), 1.0, {"rules": 1.0})
            self._evidence.append(Evidence(label, passage))
        return self._labels[citation.chunk_id]


def sentence(text: str, citations: Iterable[Citation | None], sums: Iterable[str] = ()) -> Sentence:
    """A sentence with its citations and what was worked out for it; without a citation it claims nothing."""
    kept: dict[tuple[int, int], Citation] = {}
    for citation in citations:
        if citation is not None:
            kept.setdefault((citation.label, citation.start), citation)
    if not kept:
        return Sentence(text, computed=tuple(sums))
    return Sentence(text, tuple(kept.values()), _CHECKED, tuple(sums))
