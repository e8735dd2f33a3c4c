"""A case: one question (or conversation) with what a good answer must and must not say.

Knows nothing of the assistant's answers. A case file is a YAML list or JSONL; `suites` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Language, Status
from assistant.eligibility.model import Verdict


@dataclass(frozen=True, slots=True)
class Gold:
    """A clause that holds the answer: an instrument, and where in it (``Art. 11(5)``) if known."""

    instrument: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """One statement that a good answer makes; ``wordings`` are alternatives, any one will do.

    ``turn`` is the turn whose answer must make it; None: any answer of the conversation.
    """

    wordings: tuple[str, ...]
    turn: int | None = None

    @property
    def text(self) -> str:
        """The first wording, for reports."""
        return self.wordings[0]


@dataclass(frozen=True, slots=True)
class Case:
    """One question or conversation with its expectations.

    ``status`` overrides which statuses are accepted for the last turn; empty: derived from ``answerable``,
    ``type`` and the expected statements. ``as_of`` is the day the question is asked, ``verdict`` are the
    accepted verdicts of the last turn on whether the conditions are met; ``without`` names instruments
    hidden from the assistant, ``only_languages`` the languages of the texts it may use.
    """

    id: str
    language: Language
    type: str
    turns: tuple[str, ...]
    expected: tuple[Expected, ...] = ()
    must_not: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()
    answerable: bool = True
    status: tuple[Status, ...] = ()
    verdict: tuple[Verdict, ...] = ()
    notes: str | None = None
    as_of: str | None = None
    without: tuple[str, ...] = ()
    only_languages: tuple[Language, ...] = ()

    @property
    def question(self) -> str:
        """The last turn, which is the one a report shows."""
        return self.turns[-1]
