"""LlamaIndex's embedding interface, both ways.

Any LlamaIndex ``BaseEmbedding`` can serve the index (`FromLlamaIndex`), and any embedder of ours can serve a
LlamaIndex pipeline (`AsLlamaIndex`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from assistant.index.embeddings.embedder import Embedder, Vectors

_STRONG = 0.8  # measured with MiniLM (docs/benchmarks-retrieval.md): 0.3 to 1.5 all help


class FromLlamaIndex:
    """An `Embedder` that asks a LlamaIndex embedding model; recent questions are not asked again."""

    costly = True

    def __init__(self, model: BaseEmbedding, fingerprint: str, weight: float = _STRONG) -> None:
        self.model, self.fingerprint, self.weight = model, fingerprint, weight
        self.name = str(model.model_name)
        self.query = lru_cache(maxsize=1024)(self._query)

    def texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        return _unit(np.asarray(self.model.get_text_embedding_batch(list(texts)), np.float32))

    def _query(self, text: str) -> Vectors:
        return np.asarray(_unit(np.asarray([self.model.get_query_embedding(text)], np.float32))[0])


class AsLlamaIndex(BaseEmbedding):  # type: ignore[misc]  # llama_index is not typed here
    """A LlamaIndex embedding model that asks an `Embedder` of ours."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **options: Any) -> None:
        super().__init__(model_name=embedder.name, **options)
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._embedder.query(query)))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return list(map(float, self._embedder.texts([text])[0]))

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, vector)) for vector in self._embedder.texts(texts)]


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
