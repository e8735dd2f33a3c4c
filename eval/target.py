"""What is asked: anything that turns a question and the conversation so far into a `TurnRecord`."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from eval.cases import Case
from eval.record import TurnRecord
from eval.retrieval import Structure


class Talk(Protocol):
    """One conversation with a target."""

    def ask(self, question: str) -> TurnRecord:
        """The reply to the next turn. May raise anything; the run records it as an error."""
        ...


class Target(Protocol):
    """An assistant under test."""

    @property
    def key(self) -> str:
        """Everything about the target that can change an answer, as one text."""
        ...

    def structure(self) -> Structure:
        """The corpus's headings, where the target has them."""
        ...

    def talk(self, case: Case) -> Talk:
        """A new conversation, under the conditions of ``case`` (day, hidden instruments)."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
