"""Finds passages: words and vectors together, then what the structure of texts and the law say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from assistant.domain import Instrument, Passage, Query, Retrieval
from assistant.index import records
from assistant.index.answerability import Signs, answerability, signs, telling_terms
from assistant.index.candidates import Candidate, gather
from assistant.index.expansion import sought
from assistant.index.index import Index
from assistant.index.languages import Languages
from assistant.index.ranking import Standing, fuse, rank
from assistant.index.references import References
from assistant.index.rerankers import Reranker
from assistant.index.reranking import DEPTH, Reranking, reordered
from assistant.index.scope import Reach, Scope
from assistant.index.weights import Weights
from assistant.language.detect import detect
from assistant.language.glossary import Glossary
from assistant.language.lay_terms import LayTerms


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known of the catalogue at one revision."""

    revision: str
    languages: Languages
    references: References
    reach: Reach


@dataclass(frozen=True, slots=True)
class _Found:
    """What words and vectors brought, in the order of `rank`, and ``order`` to rank by other scores."""

    passages: tuple[Passage, ...]
    signs: Signs | None
    candidates: Sequence[Candidate]
    order: Callable[[Sequence[Candidate], Mapping[str, float]], list[tuple[Candidate, float]]]


class HybridRetriever:
    """`ports.Retriever` over an open index; may be shared by threads."""

    def __init__(
        self,
        index: Index,
        glossary: Glossary | None = None,
        *,
        lay_terms: LayTerms = LayTerms(),
        weights: Weights = Weights(),
        reranker: Reranker | None = None,
        today: Callable[[], str] | None = None,
    ) -> None:
        self._index, self._glossary, self._weights = index, glossary, weights
        self._reranking = Reranking(reranker) if reranker else None
        self._lay_terms = lay_terms
        self._today = today or (lambda: date.today().isoformat())  # noqa: DTZ011 - validity is a local day
        self._seen: _Seen | None = None

    def retrieve(self, query: Query) -> Retrieval:
        """The passages that fit ``query``, best first, at most ``query.limit``."""
        found = self._find(query)
        passages, answerable = found.passages, answerability(found.signs)
        if self._reranking is None or len(passages) < 2:
            return Retrieval(query, passages, answerable)
        reranked = self._reranking.rerank(query, passages[:DEPTH])
        if reranked.scores is None:
            return Retrieval(query, passages[: query.limit], answerable, reranked.note_zh, reranked.note_en)
        scores = {p.chunk.id: score for p, score in zip(passages, reranked.scores, strict=False)}
        again = found.order([c for c in found.candidates if c.chunk_id in scores], scores)
        passages = reordered(passages, {c.chunk_id: score for c, score in again}, scores)
        return Retrieval(query, passages[: query.limit], answerable)

    def signs(self, query: Query) -> Signs | None:
        """What `Retrieval.answerability` is made of, for those who fit its weights."""
        return self._find(query).signs

    def _find(self, query: Query) -> _Found:
        seen = self._look()
        scope = Scope(query.filters, query.filters.as_of or self._today())
        language = detect(query.text)
        pointers = seen.references.read(query.text)
        focus = frozenset((*query.focus, *pointers.instruments))
        pointed = frozenset(seen.references.chunks(focus, pointers.articles))
        wanted = sought(query, self._glossary, self._lay_terms, self._weights)
        gathered = gather(self._index, wanted, scope, seen.reach, focus, pointed)
        standings = self._standings(gathered.candidates, scope)
        kept = [
            candidate
            for candidate in gathered.candidates
            if scope.keeps(standings[candidate.instrument_id].validity) or candidate.instrument_id in focus
        ]
        if not scope.filters.languages:
            kept = seen.languages.settle(kept, language)
        dense = self._index.dense()
        voice = self._weights.vectors * dense.embedder.weight if dense else 0.0
        order = partial(
            rank,
            standings=standings,
            weights=self._weights,
            language=language,
            focus=focus,
            pointed=pointed,
            any_time=query.filters.include_superseded,
        )
        ranked = order(kept, fuse(kept, voice, self._weights))
        read = max(query.limit, DEPTH) if self._reranking else query.limit
        passages = self._passages(ranked[:read], standings)
        mentions = self._glossary.mentions(query.text) if self._glossary else ()
        named = len({mention.term for mention in mentions}) or len(focus)
        rarity = self._index.words.rarity
        told = [
            signs(text, passages, rarity(telling_terms(text)), gathered.best_cosine, named=named)
            for text in (query.text, *(text for text, weight in query.context if weight >= 1))
        ]
        return _Found(passages, max(told, key=answerability), [candidate for candidate, _ in ranked], order)

    def _look(self) -> _Seen:
        revision = self._index.follow()
        if self._seen is None or self._seen.revision != revision:
            catalogue = self._index.catalogue
            self._seen = _Seen(revision, Languages(catalogue), References(catalogue), Reach(catalogue))
        return self._seen

    def _standings(self, candidates: Iterable[Candidate], scope: Scope) -> Mapping[str, Standing]:
        ids = dict.fromkeys(candidate.instrument_id for candidate in candidates)
        known = {
            instrument_id: records.instrument_of(record)
            for instrument_id, record in self._index.catalogue.query_in(
                "SELECT id, record FROM instruments WHERE id IN ({})", ids
            )
        }
        instruments = (known.get(instrument_id, Instrument(instrument_id)) for instrument_id in ids)
        return {i.id: Standing(i, scope.validity(i)) for i in instruments}

    def _passages(
        self, ranked: Sequence[tuple[Candidate, float]], standings: Mapping[str, Standing]
    ) -> tuple[Passage, ...]:
        """The texts of the chosen, as the catalogue has them now."""
        rows = self._index.catalogue.query_in(
            f"SELECT {records.CHUNK_COLUMNS} FROM chunks WHERE id IN ({{}})",  # noqa: S608
            [candidate.chunk_id for candidate, _ in ranked],
        )
        chunks = {chunk.id: chunk for chunk in map(records.chunk_of, rows)}
        return tuple(
            Passage(
                chunks[c.chunk_id],
                standings[c.instrument_id].instrument,
                standings[c.instrument_id].validity,
                score,
                {name: share for name, share in (("words", c.words), ("vectors", c.vectors)) if share > 0},
            )
            for c, score in ranked
            if c.chunk_id in chunks
        )
