"""Embeddings from any OpenAI-compatible endpoint, as a LlamaIndex embedding model.

The openai client is used directly: LlamaIndex's own OpenAI package does not accept openai 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from openai import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    OpenAI,
    PermissionDeniedError,
    RateLimitError,
)
from pydantic import PrivateAttr

from assistant.errors import ModelAuthError, ModelBadRequest, ModelError, ModelUnavailable
from assistant.index.embeddings.llama import FromLlamaIndex
from assistant.settings import EmbeddingSettings

_BATCH = 64
_TIMEOUT = 60.0
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)


def open_endpoint(settings: EmbeddingSettings) -> FromLlamaIndex:
    """The embedder behind ``settings``; nothing is sent yet."""
    model = EndpointEmbedding(settings)
    size = settings.dimensions or "full"
    return FromLlamaIndex(model, fingerprint=f"openai-{settings.model}-{size}")


class EndpointEmbedding(BaseEmbedding):  # type: ignore[misc]  # llama_index is not typed here
    """Asks ``/embeddings`` in batches and waits out rate limits."""

    _client: OpenAI = PrivateAttr()
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
        self._options = {"dimensions": settings.dimensions} if settings.dimensions else {}
        self._sleep = sleep

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        for wait in (*_WAITS, None):
            try:
                reply = self._client.embeddings.create(
                    model=self.model_name, input=texts, encoding_format="float", **self._options
                )
            except (APIConnectionError, APIStatusError) as error:
                if wait is None or not _passing(error):
                    raise _in_our_words(error, str(self._client.base_url), self.model_name) from error
                self._sleep(_asked_wait(error) or wait)
                continue
            ordered = sorted(reply.data, key=lambda item: item.index)
            if len(ordered) != len(texts):
                raise _unavailable(str(self._client.base_url), "the reply lacks vectors")
            return [item.embedding for item in ordered]
        raise AssertionError("unreachable")

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _passing(error: APIConnectionError | APIStatusError) -> bool:
    """May the same request succeed in a moment?"""
    if isinstance(error, APIStatusError):
        return error.status_code in (408, 409, 429) or error.status_code >= 500
    return True


def _asked_wait(error: APIConnectionError | APIStatusError) -> float | None:
    """The seconds a rate-limited endpoint asks us to wait, at most a minute."""
    if not isinstance(error, RateLimitError):
        return None
    try:
        return min(float(error.response.headers.get("retry-after", "")), 60.0)
    except ValueError:
        return None


def _in_our_words(error: Exception, address: str, model: str) -> ModelError:
    if isinstance(error, AuthenticationError | PermissionDeniedError):
        return ModelAuthError(
            zh=f"向量服务 {address} 拒绝了密钥。",
            en=f"The embedding endpoint {address} refused the key.",
            hint_zh="请检查 OPENAI_API_KEY。",
            hint_en="Check OPENAI_API_KEY.",
        )
    if isinstance(error, APIStatusError) and not _passing(error):
        return ModelBadRequest(
            zh=f"向量服务 {address} 不接受对模型 {model} 的请求：{error.message}。",
            en=f"The embedding endpoint {address} refused the request for {model}: {error.message}.",
            hint_zh="请检查 POLICY_ASSISTANT_EMBEDDING_MODEL 和 POLICY_ASSISTANT_EMBEDDING_DIMENSIONS。",
            hint_en="Check POLICY_ASSISTANT_EMBEDDING_MODEL and POLICY_ASSISTANT_EMBEDDING_DIMENSIONS.",
        )
    return _unavailable(address, "too slow" if isinstance(error, APITimeoutError) else str(error))


def _unavailable(address: str, why: str) -> ModelUnavailable:
    return ModelUnavailable(
        zh=f"向量服务 {address} 暂时不可用（{why}）。",
        en=f"The embedding endpoint {address} is unavailable ({why}).",
        hint_zh="已得到的向量都已保存；请稍后再次运行同一命令。",
        hint_en="The vectors received so far are kept; run the same command again later.",
    )
