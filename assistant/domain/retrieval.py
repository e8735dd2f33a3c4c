"""Retrieval: what is asked of the index and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain.law import Chunk, Instrument, Kind, Language, Level, Validity


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be searched. Empty tuples mean no restriction."""

    as_of: str | None = None  # ISO date; None: today
    languages: tuple[Language, ...] = ()
    levels: tuple[Level, ...] = ()
    kinds: tuple[Kind, ...] = ()
    issuers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    include_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question for the retrievers.

    ``context`` carries words of earlier turns with their weights (the question itself weighs 1, and so does
    the same question in other words or another language);
    ``focus`` names instruments that the conversation is about.
    """

    text: str
    filters: Filters = Filters()
    context: tuple[tuple[str, float], ...] = ()
    focus: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question, with where it stands in law.

    ``found_by`` maps a retriever's name to the normalised score it gave.
    """

    chunk: Chunk
    instrument: Instrument
    validity: Validity
    score: float
    found_by: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages found, best first, and how likely they are to hold the answer (0..1 or unknown).

    The notes tell the reader what the search had to do without; mostly they are empty.
    """

    query: Query
    passages: tuple[Passage, ...]
    answerability: float | None = None
    note_zh: str = ""
    note_en: str = ""
