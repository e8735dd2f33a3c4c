"""The lexical index: tantivy over terms that we make ourselves.

A chunk is indexed with the title and the path it stands under. tantivy's commits are atomic, survive a
killed process and may be read by other processes, so the folder needs no care beyond `replace`, which is
idempotent. It knows numbers of rows, not texts: what a row says is read from the catalogue.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import tantivy

from assistant.domain import Language

#: Raise when the schema or the making of terms changes: the words are then built anew.
VERSION = "3"
_HEAP = 128_000_000
#: Tokens that stand in every text and are never sought. tantivy fixes BM25's b at .75; with n more tokens in
#: each text it acts as b = .75 * m / (m + n) for a mean length of m terms, so short texts are favoured less.
_PADDING = ("·",) * 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A chunk as it is indexed."""

    row: int
    chunk_id: str
    instrument_id: str
    language: Language
    terms: Sequence[str]


class Words:
    """The lexical index in one folder."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(self._schema, path=str(folder))

    @staticmethod
    def erase(folder: Path) -> None:
        """Remove the folder; everything has to be indexed again."""
        shutil.rmtree(folder, ignore_errors=True)

    def reload(self) -> None:
        """See what has been committed since."""
        self._index.reload()

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def replace(self, chunk_ids: Iterable[str], entries: Iterable[Entry]) -> None:
        """Drop ``chunk_ids`` and index ``entries``, in one commit."""
        writer = self._index.writer(_HEAP, 1)
        for chunk_id in chunk_ids if len(self) else ():
            writer.delete_documents_by_term("chunk", chunk_id)
        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned("row", entry.row)
            document.add_text("chunk", entry.chunk_id)
            document.add_text("instrument", entry.instrument_id)
            document.add_text("language", entry.language)
            document.add_text("terms", " ".join((*entry.terms, *_PADDING)))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(
        self,
        terms: Mapping[str, float],
        limit: int,
        *,
        instruments: Collection[str] = (),
        languages: Collection[str] = (),
    ) -> dict[int, float]:
        """The best rows by BM25 for weighted ``terms``; empty restrictions mean none."""
        query = self._matching(terms)
        for field, values in (("instrument", instruments), ("language", languages)):
            if values:
                query = query.and_must_match(self._among(field, values))
        return self._run(query, limit)

    def score(self, terms: Mapping[str, float], chunk_ids: Collection[str]) -> dict[int, float]:
        """The scores of given chunks, by row; those that match nothing are left out."""
        if not chunk_ids:
            return {}
        query = self._matching(terms).and_must_match(self._among("chunk", chunk_ids))
        return self._run(query, len(chunk_ids))

    def rarity(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each term tells: its inverse document frequency as BM25 counts it."""
        searcher = self._index.searcher()
        total = searcher.num_docs
        held = {term: searcher.doc_freq("terms", term) for term in terms}
        return {term: log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in held.items()}

    def _run(self, query: tantivy.Query, limit: int) -> dict[int, float]:
        searcher = self._index.searcher()
        hits = searcher.search(query, limit, count=False).hits
        rows = searcher.fast_field_values("row", [address for _, address in hits])
        return {int(row): score for row, (score, _) in zip(rows, hits, strict=True) if score > 0}

    def _matching(self, terms: Mapping[str, float]) -> tantivy.Query:
        weighted = [
            (tantivy.Occur.Should, self._weighted(term, weight))
            for term, weight in terms.items()
            if weight > 0
        ]
        return tantivy.Query.boolean_query(weighted) if weighted else tantivy.Query.empty_query()

    def _weighted(self, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, "terms", term, "freq")
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _among(self, field: str, values: Collection[str]) -> tantivy.Query:
        among = tantivy.Query.term_set_query(self._schema, field, list(values))
        return tantivy.Query.const_score_query(among, 0.0)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", fast=True)
    for name in ("chunk", "instrument", "language"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
