"""Vectors that lean towards the clauses beside them: a law spreads one matter over adjoining articles.

Measured with the built-in embedder on four sets (docs/decisions/0046): it helps where there was enough to
learn from, and tells nothing in a corpus of a few hundred clauses. Not used with other embedders.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from assistant.index.catalogue import Catalogue
from assistant.index.embeddings.embedder import Embedder, Vectors
from assistant.index.lessons import embedded_texts

_SHARE = 0.3
_LEAST = 0.3  # weight of the embedder, reached at about 2,400 chunks


def leaning(catalogue: Catalogue, texts: Mapping[str, str], embedder: Embedder) -> Vectors:
    """A vector of length 1 for each of ``texts`` (by chunk id), with a share of each neighbour's in it."""
    if embedder.weight < _LEAST:
        return embedder.texts(list(texts.values()))
    pairs = _pairs(catalogue, texts)
    known = {**texts, **embedded_texts(catalogue, [other for _, other in pairs if other not in texts])}
    vectors = embedder.texts(list(known.values()))
    row = {chunk_id: i for i, chunk_id in enumerate(known)}
    sums = vectors[: len(texts)].copy()
    if pairs:
        np.add.at(sums, [row[one] for one, _ in pairs], _SHARE * vectors[[row[other] for _, other in pairs]])
    return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), np.float32)


def with_neighbours(catalogue: Catalogue, chunk_ids: Sequence[str]) -> list[str]:
    """``chunk_ids`` and the chunks beside them, whose vectors change with theirs."""
    return list(dict.fromkeys((*chunk_ids, *(other for _, other in _pairs(catalogue, chunk_ids)))))


def _pairs(catalogue: Catalogue, chunk_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Each chunk with each one beside it in the same text."""
    rows = catalogue.query_in(
        "SELECT c.id, n.id FROM chunks c JOIN chunks n "
        "ON n.document_id = c.document_id AND n.ordinal IN (c.ordinal - 1, c.ordinal + 1) "
        "WHERE c.id IN ({})",
        chunk_ids,
    )
    return [(one, other) for one, other in rows]
