"""What was worked out for a part of a question, ready to be shown: the shape that all figuring returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.composer import Draft, Span
from assistant.answering.computation import Computation
from assistant.answering.units import Unit


@dataclass(frozen=True, slots=True)
class Worked:
    """``drafts`` in reading order; ``quoted`` are the units they already show, ``open`` what nobody told."""

    drafts: tuple[Draft, ...]
    quoted: tuple[Unit, ...]
    open: tuple[str, ...] = ()


def quote(unit: Unit) -> Draft:
    """A unit as a draft that quotes it."""
    return resting_on(unit.text, (unit,))


def resting_on(text: str, units: Sequence[Unit], computed: tuple[Computation, ...] = ()) -> Draft:
    """A draft that rests on ``units``, with the figures that were computed for it."""
    labels = tuple(dict.fromkeys(unit.label for unit in units))
    return Draft(text, labels, tuple(Span(u.label, u.start, u.end) for u in units), computed)
