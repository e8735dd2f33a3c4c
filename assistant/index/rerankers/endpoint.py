"""Scores from any ``/rerank`` endpoint.

Two shapes are in use. Cohere, Jina, vLLM and most others take ``model``, ``query``, ``documents``, ``top_n``
and return ``results`` of ``index`` and ``relevance_score``. Hugging Face's text-embeddings-inference (TEI)
serves one model, so it takes ``query`` and ``texts`` and returns a bare list of ``index`` and ``score``.
With a model name the first is sent, without one the second; either reply is understood.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from assistant.errors import ModelError, ModelUnavailable
from assistant.llm.failures import failure_of
from assistant.settings import RerankerSettings

if TYPE_CHECKING:
    from openai import OpenAI

_PAUSE = 0.5  # seconds before the one further attempt: a reader is waiting


class _Passing(Exception):
    """A failure after which it is worth trying again, ``pause`` seconds later."""

    def __init__(self, error: ModelError, pause: float) -> None:
        super().__init__(str(error))
        self.error, self.pause = error, pause


class EndpointReranker:
    """Asks the address in the settings; every failure is a `ModelError`."""

    def __init__(self, settings: RerankerSettings, sleep: Callable[[float], None] = time.sleep) -> None:
        self._settings, self._sleep = settings, sleep
        self._client: OpenAI | None = None

    @property
    def name(self) -> str:
        """The model, or the address where the server has only one."""
        return self._settings.model or self._settings.url or ""

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """See `Reranker`; tried once more where that may help and the time allows it."""
        deadline = time.monotonic() + self._settings.timeout
        try:
            return self._attempt(question, texts, deadline)
        except _Passing as passing:
            if time.monotonic() + passing.pause >= deadline:
                raise passing.error from passing
            self._sleep(passing.pause)
        try:
            return self._attempt(question, texts, deadline)
        except _Passing as passing:
            raise passing.error from passing

    def _attempt(self, question: str, texts: Sequence[str], deadline: float) -> list[float]:
        """One request. Raises `ModelError`, or `_Passing` where another attempt may help."""
        import openai

        try:
            reply = self._ask(question, texts, max(deadline - time.monotonic(), 0.01))
        except (
            openai.OpenAIError,
            ValueError,
            RecursionError,
        ) as error:  # e.g. no JSON
            failure = failure_of(error, model=self.name, key=self._settings.api_key)
            if failure.retry:
                pause = failure.after if failure.after is not None else _PAUSE
                raise _Passing(_in_our_words(failure.error), pause) from error
            raise _in_our_words(failure.error) from error
        return _scores(reply, len(texts))

    def _ask(self, question: str, texts: Sequence[str], left: float) -> object:
        wanted: dict[str, Any] = {"query": question, "texts": list(texts), "truncate": True}
        if self._settings.model:
            wanted = {"query": question, "documents": list(texts), "top_n": len(texts)}
            wanted["model"] = self._settings.model
        url = self._settings.url or ""
        return self._connected().post(url, cast_to=object, body=wanted, options={"timeout": left})

    def _connected(self) -> OpenAI:
        if self._client is None:
            from openai import OpenAI

            key = self._settings.api_key or "none"  # local servers want none, the client wants something
            self._client = OpenAI(api_key=key, base_url=self._settings.url, max_retries=0)
        return self._client


def _scores(reply: object, count: int) -> list[float]:
    """The scores in the order of the texts, each given exactly once. Raises `ModelUnavailable`."""
    rows = reply.get("results") if isinstance(reply, dict) else reply
    if not isinstance(rows, list):
        raise _not_the_protocol("no list of results")
    found: dict[int, float] = {}
    for row in rows:
        at, score = _read(row)
        if not 0 <= at < count or at in found:
            raise _not_the_protocol(f"index {at}, twice or out of range")
        found[at] = score
    if len(found) != count:
        raise _not_the_protocol(f"{len(found)} scores for {count} texts")
    return [found[at] for at in range(count)]


def _read(row: object) -> tuple[int, float]:
    values = row if isinstance(row, dict) else {}
    at, given = values.get("index"), values.get("relevance_score", values.get("score"))
    if type(at) is int and type(given) in (int, float):  # JSON's true is an int to Python
        score = float(str(given))  # an integer of any length, as infinity where it is too long
        if isfinite(score):
            return at, score
    raise _not_the_protocol("a result without index or score")


def _not_the_protocol(said: str) -> ModelError:
    return _in_our_words(
        ModelUnavailable(zh=f"返回的内容不是重排结果（{said}）。", en=f"The reply is not a ranking ({said}).")
    )


def _in_our_words(error: ModelError) -> ModelError:
    """The same failure, with the settings that matter here."""
    return type(error)(
        zh=f"重排服务：{error.zh}",
        en=f"Reranker: {error.en}",
        hint_zh="请检查 POLICY_ASSISTANT_RERANKER_URL（完整地址）、_MODEL（TEI 不设）和 _API_KEY。",
        hint_en="Check POLICY_ASSISTANT_RERANKER_URL (the full address), _MODEL (none for TEI) and _API_KEY.",
    )
