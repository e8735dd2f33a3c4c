"""`OpenAIChat`: a chat model behind an OpenAI-compatible endpoint, as `ports.ChatModel`.

Everything is streamed, also what is asked for as a whole, so that one set of time limits holds: the first
event comes within the timeout (all attempts together), no later gap is longer than it, and no reply takes
longer than five times it. A request that fails before its first word is tried again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from assistant.domain import Usage
from assistant.llm import words
from assistant.llm.failures import Failure, failure_of
from assistant.llm.options import Options
from assistant.llm.thinking import WithoutThinking
from assistant.llm.wire import Failed, pieces
from assistant.ports import Delta, Message
from assistant.settings import ChatSettings

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types.chat import ChatCompletionChunk

_OPENAI = "https://api.openai.com/v1"
_CONNECT = 10.0  # seconds to reach the endpoint
_FIRST_PAUSE = 0.5  # seconds before the second attempt; doubles
_LONGEST = 5  # a whole reply, in timeouts


class OpenAIChat:
    """Streams replies; every failure is a `ModelError`.

    ``retries`` counts the further attempts after one that failed before its first word.
    """

    def __init__(
        self, settings: ChatSettings, *, retries: int = 2, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._settings = settings
        self._retries = retries
        self._sleep = sleep
        self._options = Options()
        self._client: OpenAI | None = None

    @property
    def name(self) -> str:
        """The model's name as the endpoint knows it."""
        return self._settings.model

    def complete(
        self, messages: Sequence[Message], *, max_tokens: int | None = None, json: bool = False
    ) -> tuple[str, Usage | None]:
        """The whole reply. Raises `ModelError`, also for an empty reply and for one that was cut."""
        text, usage = "", None
        for delta in self._reply(messages, max_tokens, json):
            text += delta.text
            if delta.truncated:
                raise words.cut_short()
            usage = delta.usage or usage
        if not text.strip():
            raise words.empty()
        return text, usage

    def stream(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Iterator[Delta]:
        """The reply in pieces, without the model's thinking. Raises `ModelError`."""
        return self._reply(messages, max_tokens, json=False)

    def _reply(self, messages: Sequence[Message], max_tokens: int | None, json: bool) -> Iterator[Delta]:
        deadline = time.monotonic() + self._settings.timeout  # for the first event
        for attempt in range(self._retries + 1):
            begun = False
            try:
                for delta in self._attempt(messages, max_tokens, json, deadline - time.monotonic()):
                    begun = True
                    yield delta
                return
            except Failed as failed:
                failure = failed.failure
            pause = failure.after if failure.after is not None else _pause(attempt)
            out_of_time = time.monotonic() + pause >= deadline
            if begun or not failure.retry or attempt == self._retries or out_of_time:
                raise failure.error
            self._sleep(pause)

    def _attempt(
        self, messages: Sequence[Message], max_tokens: int | None, json: bool, left: float
    ) -> Iterator[Delta]:
        """One request with ``left`` seconds to its first event. Raises `Failed`."""
        import openai

        visible, usage, finish = WithoutThinking(), None, None
        timeout = self._settings.timeout
        try:
            with self._open(messages, max_tokens, json, left) as stream:
                limits = {"first": left, "gap": timeout, "total": timeout * _LONGEST}
                for piece in pieces(stream, model=self.name, **limits):
                    usage, finish = piece.usage or usage, piece.finish or finish
                    if shown := visible.feed(piece.text):
                        yield Delta(shown)
        except (Failed, openai.OpenAIError, ValueError) as error:
            if finish is None:  # what breaks after the end takes nothing from the reply
                raise self._failed(error) from error
        if finish == "content_filter":
            raise Failed(Failure(words.filtered()))
        priced = usage.priced(self._settings.prices) if usage else None
        yield Delta(visible.end(), finished=True, usage=priced, truncated=finish == "length")

    def _open(
        self, messages: Sequence[Message], max_tokens: int | None, json: bool, left: float
    ) -> Stream[ChatCompletionChunk]:
        """Send the request, leaving out the options that the endpoint turns down."""
        import openai

        wait = openai.Timeout(max(left, 0.01), connect=max(min(left, _CONNECT), 0.01))
        while True:
            options = self._options.build(max_tokens=max_tokens, json_object=json)
            try:
                return cast(
                    "Stream[ChatCompletionChunk]",
                    self._connected().chat.completions.create(
                        model=self._settings.model,
                        messages=[{"role": m.role, "content": m.content} for m in messages],  # type: ignore[misc]
                        stream=True,
                        timeout=wait,
                        **options,
                    ),
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._options.learn(options, error.body, error.message):
                    raise

    def _failed(self, error: Exception) -> Failed:
        if isinstance(error, Failed):
            return error
        return Failed(failure_of(error, model=self.name, key=self._settings.api_key))

    def _connected(self) -> OpenAI:
        if self._client is None:
            from openai import OpenAI

            self._client = OpenAI(
                api_key=self._settings.api_key or "none",  # local servers want none, the client wants one
                base_url=self._settings.base_url or _OPENAI,
                max_retries=0,  # tried again here, within the time the reader can wait
            )
        return self._client


def _pause(attempt: int) -> float:
    """Doubling, with jitter so that many clients do not come back at the same moment."""
    return float(_FIRST_PAUSE * 2**attempt * random.uniform(0.75, 1.0))  # noqa: S311 - no secret
