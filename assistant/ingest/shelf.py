"""What `sync` needs of the index, in the words of the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from assistant.domain import Chunk, Document, Instrument, Section
from assistant.ports import Library


class Known(Protocol):
    """What the index remembers of a text's file."""

    @property
    def instrument_id(self) -> str:
        """Whose text it is."""
        ...

    @property
    def path(self) -> str:
        """Where the file lay."""
        ...

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes."""
        ...

    @property
    def fingerprint(self) -> str:
        """What had read and cut it."""
        ...


class Changes(Protocol):
    """Chunks that a text gained, lost and kept."""

    @property
    def added(self) -> int:
        """New chunks."""
        ...

    @property
    def removed(self) -> int:
        """Chunks that are gone."""
        ...

    @property
    def kept(self) -> int:
        """Chunks that are as they were."""
        ...


class Shelf(Protocol):
    """Where documents are put; `assistant.index.index.Index` is one."""

    @property
    def library(self) -> Library:
        """What is there already."""
        ...

    def known_documents(self) -> Mapping[str, Known]:
        """Every live text by id."""
        ...

    def put_instruments(self, instruments: Sequence[Instrument]) -> None:
        """Write records."""
        ...

    def remove_instruments(self, ids: Iterable[str]) -> None:
        """Forget instruments and their texts."""
        ...

    def replace(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk], fingerprint: str
    ) -> Changes:
        """Put a text in place of what was known under its id."""
        ...

    def remove(self, document_id: str) -> None:
        """Forget one text."""
        ...

    def batch(self) -> AbstractContextManager[None]:
        """Many changes in one transaction."""
        ...

    def refresh(self, progress: Callable[[int, int], None] | None = None) -> object:
        """Bring words and vectors in line with the texts."""
        ...
