"""Embeddings from any OpenAI-compatible endpoint, as a LlamaIndex embedding model.

The openai client is used directly: LlamaIndex's own OpenAI package does not accept openai 3. Texts go in
batches; rate limits are waited out. What was received is kept by the index, so a run that fails half-way
pays for nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from openai import OpenAI, OpenAIError
from pydantic import PrivateAttr

from assistant.index.embeddings.llama import FromLlamaIndex
from assistant.llm import words
from assistant.llm.failures import failure_of
from assistant.settings import EmbeddingSettings

_BATCH = 64
_TIMEOUT = 60.0
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
_LONGEST_WAIT = 60.0


def open_endpoint(settings: EmbeddingSettings, sleep: Callable[[float], None] = time.sleep) -> FromLlamaIndex:
    """The embedder behind ``settings``; nothing is sent yet."""
    size = settings.dimensions or "full"
    return FromLlamaIndex(EndpointEmbedding(settings, sleep), f"openai-{settings.model}-{size}")


class EndpointEmbedding(BaseEmbedding):  # type: ignore[misc]  # llama_index is not typed here
    """Asks ``/embeddings``. Raises `ModelError` when vectors cannot be had."""

    _client: OpenAI = PrivateAttr()
    _key: str | None = PrivateAttr()
    _options: dict[str, Any] = PrivateAttr()
    _sleep: Callable[[float], None] = PrivateAttr()

    def __init__(self, settings: EmbeddingSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__(model_name=settings.model or "", embed_batch_size=_BATCH)
        self._client = OpenAI(
            api_key=settings.api_key or "none",  # local servers want none, the client wants something
            base_url=settings.base_url,
            timeout=_TIMEOUT,
            max_retries=0,
        )
        self._key = settings.api_key
        self._options = {"dimensions": settings.dimensions} if settings.dimensions else {}
        self._sleep = sleep

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        waits = iter(_WAITS)
        while True:
            try:
                reply = self._client.embeddings.create(
                    model=self.model_name, input=texts, encoding_format="float", **self._options
                )
            except (OpenAIError, ValueError) as error:
                failure = failure_of(error, model=self.model_name, key=self._key)
                wait = next(waits, None) if failure.retry else None
                if wait is None:
                    raise failure.error from error
                self._sleep(min(failure.after or wait, _LONGEST_WAIT))
                continue
            if len(reply.data) != len(texts):
                raise words.not_the_protocol(f"{len(reply.data)} vectors for {len(texts)} texts")
            return [item.embedding for item in sorted(reply.data, key=lambda item: item.index)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)
