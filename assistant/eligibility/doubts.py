"""Facts that cannot all be true: more tech staff than staff, founded after the day of asking.

Each may look right by itself; what follows from them does not. They are asked about and never judged by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.eligibility.attribute import Attribute
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.eligibility.profile import Profile
from assistant.eligibility.values import plausible


@dataclass(frozen=True, slots=True)
class Doubt:
    """The attributes of facts that contradict each other, or the day of asking."""

    attributes: tuple[str, ...]


def doubts(profile: Profile) -> Iterator[Doubt]:
    """What contradicts itself: a part above its whole, or a figure worked out beyond its bounds."""
    for attribute in profile.attributes.values():
        told = profile.facts.get(attribute.name)
        whole = profile.facts.get(attribute.part_of) if attribute.part_of else None
        if told and whole and isinstance(told.value, Decimal) and isinstance(whole.value, Decimal):
            if told.value > whole.value:
                yield Doubt((attribute.name, whole.attribute))
        elif told is None and attribute.formulas:
            known = profile.known(attribute.name)
            if known is not None and _impossible(attribute, known.value):
                yield Doubt(tuple(k.attribute for k in known.inputs if k.attribute in profile.facts))


def _impossible(attribute: Attribute, value: Value) -> bool:
    """Is nothing of ``value`` plausible? "Founded in 2026", said in 2026, may still be in the past."""
    if isinstance(value, Interval):
        ends = [end for end in (value.low, value.high) if isinstance(end, Decimal)]
        return len(ends) == 2 and not any(plausible(attribute, end) for end in ends)
    return not plausible(attribute, value)
