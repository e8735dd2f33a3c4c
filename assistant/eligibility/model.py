"""The words of eligibility: schemes, their dated versions, criteria and how criteria combine.

Rules are data (`corpus/rules/*.yaml`, read by `rulebook.py`); this module knows only their shape. Comparators
are the fact sheet's: ``gte gt lte lt is in after before``. Amounts are yuan unless the unit says otherwise,
ratios are percent, so thresholds compare as plain numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from assistant.domain import Language
from assistant.eligibility.interval import Interval

Value = Decimal | bool | date | str | Interval
Comparator = Literal["gte", "gt", "lte", "lt", "is", "in", "after", "before"]
COMPARATORS: tuple[Comparator, ...] = ("gte", "gt", "lte", "lt", "is", "in", "after", "before")


class Verdict(StrEnum):
    """Kleene's three values: a missing fact is ``unknown``, never ``not_met``."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Former:
    """A threshold that used to apply and still goes round: named when somebody relies on it."""

    threshold: Decimal
    until: str | None
    text_zh: str
    text_en: str
    clause: str | None = None

    def text(self, language: Language) -> str:
        """What the old rule was, as a statement."""
        return self.text_zh if language == "zh" else self.text_en


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition: an attribute compared with a threshold, and the clause that says so."""

    id: str
    attribute: str
    comparator: Comparator
    threshold: Value | tuple[Value, ...]
    unit: str
    text_zh: str
    text_en: str
    clause: str | None = None
    single_source: bool = False
    note_zh: str | None = None
    note_en: str | None = None
    former: tuple[Former, ...] = ()

    def text(self, language: Language) -> str:
        """The condition as a statement."""
        return self.text_zh if language == "zh" else self.text_en

    def note(self, language: Language) -> str | None:
        """What else to know about it."""
        return self.note_zh if language == "zh" else self.note_en


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must be met."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part is enough."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """``count`` of the parts must be met."""

    count: int
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Applies while the choosing fact lies between the bounds; ``*_inclusive`` as the clause says."""

    part: Node
    low: Decimal | None = None
    low_inclusive: bool = False
    high: Decimal | None = None
    high_inclusive: bool = False

    def holds(self, value: Decimal) -> bool:
        """Does ``value`` fall in this band?"""
        above = self.low is None or value > self.low or (self.low_inclusive and value == self.low)
        below = self.high is None or value < self.high or (self.high_inclusive and value == self.high)
        return above and below

    def may_hold(self, value: Decimal | Interval) -> bool:
        """Can ``value`` fall in this band?"""
        if isinstance(value, Decimal):
            return self.holds(value)
        too_low = self.low is not None and value.reaches(self.low, strict=not self.low_inclusive) is False
        too_high = (
            self.high is not None and value.keeps_within(self.high, strict=not self.high_inclusive) is False
        )
        return not too_low and not too_high


@dataclass(frozen=True, slots=True)
class Bands:
    """Another fact chooses which part applies, e.g. sales choose the R&D ratio to reach."""

    by: str
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class When:
    """``part`` is required only where a yes/no or choice fact has one of ``values``; else it is met."""

    attribute: str
    values: tuple[Value, ...]
    part: Node


Node = Criterion | AllOf | AnyOf | AtLeast | Bands | When


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a scheme gives; ``value`` in ``unit`` where the source gives a figure.

    ``formula`` works out over attributes what it comes to in yuan, ``measure`` says of what kind these are
    (deducted, saved): only yuan of one measure can be compared.
    """

    id: str
    text_zh: str
    text_en: str
    value: Decimal | None = None
    unit: str | None = None
    condition_zh: str | None = None
    condition_en: str | None = None
    clause: str | None = None
    single_source: bool = False
    instrument: str | None = None  # where another one than the rules' gives it
    formula: str | None = None
    measure_zh: str | None = None
    measure_en: str | None = None

    def text(self, language: Language) -> str:
        """The benefit as a statement."""
        return self.text_zh if language == "zh" else self.text_en

    def measure(self, language: Language) -> str:
        """Of what kind the yuan are that ``formula`` works out."""
        return (self.measure_zh if language == "zh" else self.measure_en) or ""

    def condition(self, language: Language) -> str | None:
        """What it is tied to."""
        return self.condition_zh if language == "zh" else self.condition_en


@dataclass(frozen=True, slots=True)
class Step:
    """A step or date of the procedure."""

    text_zh: str
    text_en: str
    clause: str | None = None
    single_source: bool = False

    def text(self, language: Language) -> str:
        """The step as a statement."""
        return self.text_zh if language == "zh" else self.text_en


@dataclass(frozen=True, slots=True)
class Version:
    """A scheme's rules as one instrument sets them, for as long as they last.

    ``valid_from`` and ``valid_until`` are partial ISO dates, both inclusive; None is not known.
    """

    instrument: str
    requires: Node
    criteria: tuple[Criterion, ...]
    valid_from: str | None = None
    valid_until: str | None = None
    confidence: str | None = None
    benefits: tuple[Benefit, ...] = ()
    procedure: tuple[Step, ...] = ()
    caution_zh: str | None = None
    caution_en: str | None = None
    partial: bool = False  # some of its conditions were not found, so all that are known may be met in vain

    def caution(self, language: Language) -> str | None:
        """What a reader must know before relying on this version."""
        return self.caution_zh if language == "zh" else self.caution_en


@dataclass(frozen=True, slots=True)
class Scheme:
    """A programme one can qualify for, with every version of its rules that the corpus knows."""

    id: str
    name_zh: str
    name_en: str
    subject: str  # who is assessed: enterprise, person, community, ...
    versions: tuple[Version, ...]
    aliases: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()  # schemes that cannot be taken together with this one
    otherwise: tuple[
        str, ...
    ] = ()  # schemes to look at where this one fails: the next class, the general rate
    gives: str | None = None  # the yes/no attribute that is true of those who hold it
    successor: str | None = None  # the scheme that took its place, once its own rules have ended
    dated_by: str | None = None  # the fact whose day chooses the version, where it is not the day of asking

    def name(self, language: Language) -> str:
        """The scheme's name."""
        return self.name_zh if language == "zh" else self.name_en
