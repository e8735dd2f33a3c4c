"""Finds passages: words and vectors together, then what the law and the structure of texts say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.domain import Chunk, Instrument, Passage, Query, Retrieval
from assistant.index import records
from assistant.index.expansion import weighted_terms
from assistant.index.index import Index
from assistant.index.scope import Scope
from assistant.language.detect import detect
from assistant.language.glossary import Glossary

_DEPTH = 200  # candidates taken from each side before they are fused and sifted
_OTHER_LANGUAGE = 0.6
_NOT_IN_FORCE = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A live chunk with its normalised scores (0..1), before the law has had its say."""

    row: int
    chunk: Chunk
    instrument: Instrument
    words: float
    vectors: float


class HybridRetriever:
    """`ports.Retriever` over an open index."""

    def __init__(
        self, index: Index, glossary: Glossary | None = None, *, today: Callable[[], str] | None = None
    ) -> None:
        self._index, self._glossary = index, glossary
        self._today = today or (lambda: date.today().isoformat())  # noqa: DTZ011 - validity is a local day

    def retrieve(self, query: Query) -> Retrieval:
        """The passages that fit ``query``, best first, at most ``query.limit``."""
        scope = Scope(query.filters, query.filters.as_of or self._today())
        language = detect(query.text)
        passages = []
        for candidate in self._candidates(query, scope):
            validity = scope.validity(candidate.instrument)
            if not scope.keeps(validity):
                continue
            score = candidate.words + self._weight * candidate.vectors
            if candidate.chunk.language != language:
                score *= _OTHER_LANGUAGE
            if validity.in_force is False and not query.filters.include_superseded:
                score *= _NOT_IN_FORCE
            if candidate.instrument.id in query.focus:
                score *= 1.2
            score *= 1 + (candidate.instrument.authority - 40) / 400
            found_by = {"words": candidate.words, "vectors": candidate.vectors}
            passages.append(
                Passage(
                    candidate.chunk,
                    candidate.instrument,
                    validity,
                    score,
                    {name: given for name, given in found_by.items() if given},
                )
            )
        passages.sort(key=lambda passage: (-passage.score, passage.chunk.id))
        return Retrieval(query, tuple(passages[: query.limit]))

    @property
    def _weight(self) -> float:
        dense = self._index.dense()
        return dense.embedder.weight if dense else 0.0

    def _candidates(self, query: Query, scope: Scope) -> Iterable[Candidate]:
        self._index.follow()
        only = scope.instruments(self._index.catalogue) if scope.restricts else ()
        if scope.restricts and not only:
            return
        hits = self._index.words.search(
            weighted_terms(query, self._glossary),
            _DEPTH,
            instruments=only,
            languages=scope.filters.languages,
        )
        top = max((hit.score for hit in hits), default=1.0)
        by_row = {hit.row: hit.score / top for hit in hits}
        dense = self._index.dense()
        near = dense.search(query.text, _DEPTH) if dense else {}
        nearest = max(near.values(), default=1.0)
        by_id = {chunk_id: max(cosine, 0.0) / max(nearest, 1e-9) for chunk_id, cosine in near.items()}
        for row, chunk, instrument in self._live(by_row, by_id):
            allowed = not scope.filters.languages or chunk.language in scope.filters.languages
            if allowed and scope.lets(instrument):
                yield Candidate(row, chunk, instrument, by_row.get(row, 0.0), by_id.get(chunk.id, 0.0))

    def _live(
        self, rows: Mapping[int, float], ids: Mapping[str, float]
    ) -> Iterable[tuple[int, Chunk, Instrument]]:
        """Chunks as the catalogue has them now; what it no longer has is not found."""
        catalogue = self._index.catalogue
        columns = ", ".join(f"c.{name.strip()}" for name in records.CHUNK_COLUMNS.split(","))
        select = (
            f"SELECT {columns}, c.row, i.record FROM chunks c "  # noqa: S608
            "LEFT JOIN instruments i ON i.id = c.instrument_id WHERE c.{} IN ({{}})"
        )
        seen: set[int] = set()
        for column, values in (("row", rows), ("id", ids)):
            for row in catalogue.query_in(select.format(column), values):
                if row[11] not in seen:
                    seen.add(row[11])
                    chunk = records.chunk_of(row)
                    record = row[12]
                    yield (
                        row[11],
                        chunk,
                        records.instrument_of(record) if record else Instrument(chunk.instrument_id),
                    )
