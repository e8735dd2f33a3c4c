"""What an enterprise says about itself: attributes, facts, and facts derived from other facts.

Every derived fact shows its arithmetic, so a reader can check 600 / 9,000 = 6.67 % by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from assistant.domain import Language
from assistant.eligibility import formula
from assistant.eligibility.model import Value


class AttributeKind(StrEnum):
    """How an attribute's value is written and asked for."""

    MONEY = "money"  # yuan
    MONEY_USD = "money_usd"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class PointsTable:
    """Points by the size of another fact: the first step whose ``at_least`` is reached counts."""

    by: str
    steps: tuple[tuple[Decimal, Decimal], ...]  # (at least, points), highest first

    def points(self, value: Decimal) -> Decimal:
        """The points for ``value``; 0 below the lowest step."""
        return next((points for low, points in self.steps if value >= low), Decimal(0))


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that can be known about an enterprise, and how to ask for it.

    ``formulas`` are ways to compute it from other attributes, tried in order when it was not given.
    ``low`` and ``high`` bound what is plausible; a value outside is asked about, not swallowed.
    """

    name: str
    kind: AttributeKind
    unit: str
    label_zh: str
    label_en: str
    question_zh: str
    question_en: str
    help_zh: str | None = None
    help_en: str | None = None
    formulas: tuple[str, ...] = ()
    points: tuple[PointsTable, ...] = ()  # the best of them counts
    choices: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    words_zh: tuple[str, ...] = ()  # how people name it in a sentence
    words_en: tuple[str, ...] = ()

    def label(self, language: Language) -> str:
        """Its name for a reader."""
        return self.label_zh if language == "zh" else self.label_en

    def question(self, language: Language) -> str:
        """How to ask for it."""
        return self.question_zh if language == "zh" else self.question_en

    @property
    def inputs(self) -> tuple[str, ...]:
        """The attributes it can be computed from."""
        found = [name for text in self.formulas for name in formula.names(text)]
        found += [table.by for table in self.points]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that somebody gave, in their own words and as of when."""

    attribute: str
    value: Value
    said: str = ""
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A value with how it came about: ``computation`` is empty for a given fact."""

    attribute: str
    value: Value
    computation: str = ""
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """The facts about one enterprise on one day, with everything that follows from them."""

    attributes: Mapping[str, Attribute]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    on: date = date.max

    @cached_property
    def _given(self) -> dict[str, Value]:
        return {name: fact.value for name, fact in self.facts.items()} | {"on": self.on}

    def with_fact(self, fact: Fact) -> Profile:
        """This profile with one fact added or corrected."""
        return Profile(self.attributes, {**self.facts, fact.attribute: fact}, self.on)

    def value(self, name: str) -> Value | None:
        """The value of an attribute, given or derived, or None."""
        known = self.known(name)
        return known.value if known else None

    def known(self, name: str, _asking: frozenset[str] = frozenset()) -> Known | None:
        """The value with its computation. A given fact wins over a derived one."""
        if name in self._given:
            return Known(name, self._given[name])
        attribute = self.attributes.get(name)
        if attribute is None or name in _asking:
            return None
        asking = _asking | {name}
        for text in attribute.formulas:
            operands = self._operands(formula.names(text), asking)
            result = formula.evaluate(text, {k: v.value for k, v in operands.items()}) if operands else None
            if result is not None:
                return Known(name, result, _written(text, operands), tuple(operands))
        return self._scored(attribute, asking)

    def _operands(self, names: tuple[str, ...], asking: frozenset[str]) -> dict[str, Known]:
        """All operands, or none of them when one is missing."""
        found = {name: self.known(name, asking) for name in names}
        return {name: known for name, known in found.items() if known} if all(found.values()) else {}

    def _scored(self, attribute: Attribute, asking: frozenset[str]) -> Known | None:
        best: Known | None = None
        for table in attribute.points:
            known = self.known(table.by, asking)
            if known is None or not isinstance(known.value, Decimal):
                continue
            points = table.points(known.value)
            if best is None or points > best.value:  # type: ignore[operator]
                words = f"{table.by} = {plain(known.value)} → {plain(points)}"
                best = Known(attribute.name, points, words, (table.by,))
        return best

    def missing_inputs(self, name: str) -> Iterator[str]:
        """What one would have to ask to know ``name``: itself, or the inputs of its first formula."""
        attribute = self.attributes.get(name)
        if self.known(name) is not None:
            return
        if attribute is None or not attribute.inputs:
            yield name
            return
        first = formula.names(attribute.formulas[0]) if attribute.formulas else attribute.inputs[:1]
        for needed in first:
            yield from self.missing_inputs(needed)


def _written(text: str, operands: Mapping[str, Known]) -> str:
    """The formula with its values put in, e.g. ``6000000 / 90000000 * 100``."""
    shown = text
    for name in sorted(operands, key=len, reverse=True):
        shown = shown.replace(name, plain(operands[name].value))
    return shown


def plain(value: Value) -> str:
    """A value as people write it: no exponent, no trailing zeros, at most four decimals."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        rounded = round(value, 4)
        return f"{rounded.normalize():f}" if rounded else "0"
    return value.isoformat() if isinstance(value, date) else value
