"""What was told: facts, figures that somebody says a rule demands, and what found no home."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.model import Value
from assistant.language.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as it was told; ``parts`` are the amounts that were told in its place, to be added up."""

    attribute: str
    value: Value
    said: str
    about: bool = False
    hypothetical: bool = False
    parts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that somebody says a rule demands; ``attributes`` are what it may measure."""

    attributes: tuple[str, ...]
    value: Decimal
    said: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Where a yes/no fact was told; the names in it name nothing that is asked about."""

    start: int
    end: int
    attribute: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a text told: facts, claims about rules, and figures that found no home."""

    facts: tuple[Told, ...] = ()
    claims: tuple[Claim, ...] = ()
    homeless: tuple[Quantity, ...] = ()
    phrases: tuple[Phrase, ...] = ()
