"""What an enterprise says about itself: facts, and what follows from them.

Every derived fact shows its arithmetic, so a reader can check 600 / 9,000 = 6.67 % by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute, PointsTable
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that somebody gave, in their own words and as of when.

    ``about``: only roughly so. ``parts``: the amounts that were told in its place and added up.
    """

    attribute: str
    value: Value
    said: str = ""
    as_of: str | None = None
    about: bool = False
    parts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A value with how it came about: ``formula`` and ``inputs`` are empty for a given fact.

    ``limited``: nobody told the value; it is only bounded by a larger one (see `Attribute.part_of`).
    """

    attribute: str
    value: Value
    formula: str = ""
    inputs: tuple[Known, ...] = ()
    limited: bool = False

    @property
    def computation(self) -> str:
        """The formula with its values put in, e.g. ``6000000 / 90000000 * 100``."""
        shown = self.formula
        for known in sorted(self.inputs, key=lambda k: len(k.attribute), reverse=True):
            shown = shown.replace(known.attribute, plain(known.value))
        return shown

    def given(self) -> Iterator[Known]:
        """The given facts it rests on; itself, where it was given."""
        if not self.inputs:
            yield self
        for known in self.inputs:
            yield from known.given()


@dataclass(frozen=True)
class Profile:
    """The facts about one enterprise on one day, with everything that follows from them."""

    attributes: Mapping[str, Attribute]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    on: date = date.max

    @cached_property
    def _given(self) -> dict[str, Value]:
        return {name: fact.value for name, fact in self.facts.items()} | {formula.ON: self.on}

    @cached_property
    def _found(self) -> dict[str, Known | None]:
        return {}

    def with_fact(self, fact: Fact) -> Profile:
        """This profile with one fact added or corrected."""
        return Profile(self.attributes, {**self.facts, fact.attribute: fact}, self.on)

    def without(self, name: str) -> Profile:
        """This profile without one fact."""
        return Profile(self.attributes, {n: f for n, f in self.facts.items() if n != name}, self.on)

    def dated(self, on: date) -> Profile:
        """The same facts on another day."""
        return Profile(self.attributes, self.facts, on)

    def value(self, name: str) -> Value | None:
        """The value of an attribute, given or derived, or None."""
        known = self.known(name)
        return known.value if known else None

    def known(self, name: str) -> Known | None:
        """The value with its computation. A given fact wins over a derived one."""
        if name not in self._found:
            self._found[name] = self._find(name, frozenset())
        return self._found[name]

    def _find(self, name: str, asking: frozenset[str]) -> Known | None:
        if name in self._given:
            return Known(name, self._given[name])
        attribute = self.attributes.get(name)
        if attribute is None or name in asking:
            return None
        asking = asking | {name}
        return (
            self._computed(attribute, asking)
            or self._scored(attribute, asking)
            or self._implied(attribute, asking)
            or self._limited(attribute, asking)
        )

    def _computed(self, attribute: Attribute, asking: frozenset[str]) -> Known | None:
        for text in attribute.formulas:
            operands = {name: self._find(name, asking) for name in formula.names(text)}
            known = {name: found for name, found in operands.items() if found}
            if len(known) < len(operands):
                continue
            result = formula.evaluate(text, {n: k.value for n, k in known.items()})
            if result is not None:
                limited = any(k.limited for k in known.values())
                return Known(attribute.name, result, text, tuple(known.values()), limited)
        return None

    def _scored(self, attribute: Attribute, asking: frozenset[str]) -> Known | None:
        """The best table counts; one that cannot be read yet may still give more."""
        if not attribute.points:
            return None
        read: list[tuple[Decimal, PointsTable, Known]] = []
        possible = Decimal(0)
        for table in attribute.points:
            known = self._find(table.by, asking)
            if known is not None and isinstance(known.value, Decimal):
                read.append((table.points(known.value), table, known))
            else:
                possible = max(possible, table.points(Decimal("Infinity")))
        if not read:
            return Known(attribute.name, Interval(Decimal(0), possible), limited=True)
        points, table, known = max(read, key=lambda r: r[0])
        if points >= possible:
            return Known(attribute.name, points, f"{table.by} → {plain(points)}", (known,))
        span = Interval(points, possible)
        return Known(attribute.name, span, f"{table.by} → {plain(points)}", (known,), limited=True)

    def _implied(self, attribute: Attribute, asking: frozenset[str]) -> Known | None:
        """Yes as soon as one of several is yes; no only when all are no."""
        found = [known for name in attribute.any_of if (known := self._find(name, asking))]
        for known in found:
            if known.value is True:
                return Known(attribute.name, True, known.attribute, (known,))
        if found and len(found) == len(attribute.any_of) and all(k.value is False for k in found):
            return Known(attribute.name, False, " or ".join(attribute.any_of), tuple(found))
        return None

    def _limited(self, attribute: Attribute, asking: frozenset[str]) -> Known | None:
        """Never more than the whole it is a part of."""
        known = self._find(attribute.part_of, asking) if attribute.part_of else None
        if known is None or isinstance(known.value, bool | str):
            return None
        high = known.value.high if isinstance(known.value, Interval) else known.value
        inclusive = known.value.high_inclusive if isinstance(known.value, Interval) else True
        if not isinstance(high, Decimal):
            return None
        limit = Interval(Decimal(0), high, high_inclusive=inclusive)
        return Known(attribute.name, limit, known.attribute, (known,), limited=True)

    def rough(self, name: str) -> Iterator[str]:
        """The facts behind ``name`` that were told only roughly."""
        known = self.known(name)
        for given in known.given() if known else ():
            if given.attribute in self.facts and self.facts[given.attribute].about:
                yield given.attribute

    def missing_inputs(self, name: str, _asking: frozenset[str] = frozenset()) -> Iterator[str]:
        """What one would have to ask to know ``name``: itself, or the inputs of its first formula."""
        attribute = self.attributes.get(name)
        known = self.known(name)
        if (known is not None and not known.limited) or name in _asking:
            return
        wanted = list(self._wanted(attribute)) if attribute else []
        below = [need for part in wanted for need in self.missing_inputs(part, _asking | {name})]
        yield from dict.fromkeys(below or [name])

    def _wanted(self, attribute: Attribute) -> Iterator[str]:
        """The attributes to ask for in place of ``attribute``."""
        if attribute.asked:
            return
        if attribute.formulas:
            yield from (part for part in formula.names(attribute.formulas[0]) if part != formula.ON)
        elif attribute.points:
            unread = [table.by for table in attribute.points if self.known(table.by) is None]
            yield from unread if len(unread) < len(attribute.points) else unread[:1]


def plain(value: Value) -> str:
    """A value as people write it: no exponent, no trailing zeros, at most four decimals."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        rounded = round(value, 4)
        return f"{rounded.normalize():f}" if rounded else "0"
    if isinstance(value, Interval):
        left, right = ("[" if value.low_inclusive else "("), ("]" if value.high_inclusive else ")")
        ends = [plain(end) if end is not None else "" for end in (value.low, value.high)]
        return f"{left}{ends[0]}..{ends[1]}{right}"
    return value.isoformat() if isinstance(value, date) else value
