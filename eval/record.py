"""What a target said, stored so that it can be scored again without asking again.

Plain data with no reference to the assistant's live objects: a record read back from JSONL scores exactly
as the one that was written. A target that cannot tell something leaves it None or empty.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that the retriever returned."""

    instrument: str
    path: tuple[str, ...]
    chunk: str
    score: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class GivenEvidence:
    """A passage that was given to the composer, with its text, so that support can be checked."""

    label: int
    instrument: str
    title: str
    path: tuple[str, ...]
    chunk: str
    text: str
    language: str
    in_force: bool | None = None


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """A citation as shown. ``problem`` says why it does not resolve; None: it does; ``?``: cannot be told."""

    label: int
    instrument: str
    path: tuple[str, ...]
    chunk: str
    quote: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """One sentence of the answer with its citations."""

    text: str
    citations: tuple[StoredCitation, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One question and everything the reader saw in reply.

    ``beside`` are shown texts that are not sentences of the answer: notices, facts asked for, conflicts.
    ``status`` is None for a target that gives none; scoring then reads it from the words.
    """

    question: str
    seconds: float
    status: str | None = None
    sentences: tuple[StoredSentence, ...] = ()
    beside: tuple[str, ...] = ()
    evidence: tuple[GivenEvidence, ...] = ()
    found: tuple[FoundPassage, ...] | None = None
    held_back: tuple[str, ...] = ()
    standalone: str = ""
    composer: str = ""
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    @property
    def text(self) -> str:
        """The sentences of the answer, an empty line between them, so that none runs on into the next."""
        return "\n\n".join(sentence.text for sentence in self.sentences)

    @property
    def places(self) -> str:
        """The headings of the clauses cited, one a line."""
        return "\n".join(dict.fromkeys(" ".join(c.path) for s in self.sentences for c in s.citations))

    @property
    def shown(self) -> str:
        """Everything the reader saw: the answer and what stood beside it."""
        return "\n\n".join([self.text, *self.beside])


@dataclass(frozen=True, slots=True)
class Record:
    """One case asked once. ``error`` is set when the target failed; it is asked again on resume."""

    case: str
    turns: tuple[TurnRecord, ...] = ()
    error: str | None = None
    repeat: int = 0
    key: str = ""


def to_json(value: Any) -> dict[str, Any]:
    """Any record as JSON-ready data."""
    return dataclasses.asdict(value)


def from_json(kind: type[T], data: Any) -> T:
    """The inverse of `to_json`; unknown keys are an error, missing ones take their default."""
    return typing.cast(T, _build(kind, data))


def _build(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    if isinstance(kind, types.UnionType):
        return _build(next(k for k in typing.get_args(kind) if k is not types.NoneType), data)
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_build(item, element) for element in data)
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        return typing.cast(Any, kind)(**{name: _build(hints[name], value) for name, value in data.items()})
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
