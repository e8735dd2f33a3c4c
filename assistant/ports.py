"""What the work needs from the engines, in the work's own words.

The work (answering, eligibility, briefing) depends on these protocols, never on an engine or a vendor
library. `app.py` is the one place where an engine is chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.domain import Chunk, Document, Instrument, Query, Retrieval, Section, Usage


class Retriever(Protocol):
    """Finds passages for a standalone question."""

    def retrieve(self, query: Query) -> Retrieval:
        """The passages that fit ``query``, best first, at most ``query.limit``."""
        ...


class Library(Protocol):
    """Reads what has been ingested: the catalogue as the work sees it. Only live texts are returned."""

    def instruments(self) -> Sequence[Instrument]:
        """Every instrument, in manifest order."""
        ...

    def instrument(self, instrument_id: str) -> Instrument | None:
        """One instrument, or None."""
        ...

    def documents(self, instrument_id: str) -> Sequence[Document]:
        """The live texts of an instrument."""
        ...

    def document(self, document_id: str) -> Document | None:
        """One live text, or None."""
        ...

    def sections(self, document_id: str) -> Sequence[Section]:
        """The structure of a text, in document order."""
        ...

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        """The chunks of a text, in document order."""
        ...

    def chunk(self, chunk_id: str) -> Chunk | None:
        """One live chunk, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of a streamed reply. The last one has ``finished`` set, and the usage if it was reported.

    ``truncated``: the reply ran into its length limit, so its last sentence is not whole.
    """

    text: str = ""
    finished: bool = False
    usage: Usage | None = None
    truncated: bool = False


class ChatModel(Protocol):
    """A chat model behind any OpenAI-compatible endpoint."""

    @property
    def name(self) -> str:
        """The model's name as the endpoint knows it."""
        ...

    def stream(self, messages: Sequence[Message], *, max_tokens: int | None = None) -> Iterator[Delta]:
        """The reply in pieces. Raises `ModelError` when it cannot be had or is cut off."""
        ...

    def complete(
        self, messages: Sequence[Message], *, max_tokens: int | None = None, json: bool = False
    ) -> tuple[str, Usage | None]:
        """The whole reply; with ``json`` the endpoint is asked for one JSON object. Raises `ModelError`."""
        ...
