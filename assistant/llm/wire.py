"""What arrives on the wire: text, usage and the end of a reply, and whether the endpoint is still alive.

Endpoints under load send comment lines to keep the connection open, for minutes. They reset the socket's
timeout and the client swallows them, so time is measured where bytes arrive and where events do.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Usage
from assistant.llm import words
from assistant.llm.failures import Failure, by_status

if TYPE_CHECKING:
    from openai import Stream
    from openai.types.chat import ChatCompletionChunk

_GOING_ON = (None, "", "null")  # some endpoints send these with every event
_HEAD = 4000  # bytes kept to say what came instead of a stream


class Failed(Exception):
    """An attempt has failed; `OpenAIChat` decides whether there is another."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure.error))
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a stream in our words; ``finish`` is the endpoint's reason for ending."""

    text: str = ""
    finish: str | None = None
    usage: Usage | None = None


def pieces(
    stream: Stream[ChatCompletionChunk], *, model: str, first: float, gap: float, total: float
) -> Iterator[Piece]:
    """The events of ``stream``, in order, the last one with a ``finish``.

    ``first``, ``gap`` and ``total`` are seconds: to the first event, between two, for all of them. Raises
    `Failed` when time is up or the stream ends unfinished, and whatever the client raises.
    """
    head = bytearray()
    begun = time.monotonic()
    deadline = begun + first
    arriving = stream.response.iter_bytes

    def watched(chunk_size: int | None = None) -> Iterator[bytes]:
        for data in arriving(chunk_size):
            if time.monotonic() > deadline:
                raise Failed(Failure(words.too_slow(), retry=True))
            head.extend(data[: _HEAD - len(head)])
            yield data

    stream.response.iter_bytes = watched  # type: ignore[method-assign]
    seen = finished = False
    for chunk in stream:
        seen = True
        deadline = min(time.monotonic() + gap, begun + total)
        piece = _piece(chunk)
        finished = finished or piece.finish is not None
        yield piece
    if not finished:
        raise Failed(Failure(words.broken_off(), retry=True) if seen else _no_stream(bytes(head), model))


def _piece(chunk: ChatCompletionChunk) -> Piece:
    """Read leniently: the client checks no shapes, and compatible endpoints leave things out."""
    reported = getattr(chunk, "usage", None)
    usage = Usage(reported.prompt_tokens or 0, reported.completion_tokens or 0) if reported else None
    choices = getattr(chunk, "choices", None)
    if not choices:
        return Piece(usage=usage)
    content = getattr(getattr(choices[0], "delta", None), "content", None)
    finish = choices[0].finish_reason
    return Piece(
        content if isinstance(content, str) else "", finish if finish not in _GOING_ON else None, usage
    )


def _no_stream(head: bytes, model: str) -> Failure:
    """No event came at all: an error sent with status 200, or something that is no endpoint."""
    text = head.decode("utf-8", "replace").strip()
    try:
        error = json.loads(text)["error"]
        said = str(error.get("message", error)) if isinstance(error, dict) else str(error)
    except (ValueError, KeyError, TypeError):
        said = "HTML" if text.startswith("<") else text[:80]
        return Failure(words.not_the_protocol(said))
    return by_status(400, said[:200], model)
