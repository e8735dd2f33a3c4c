"""Does each figure of a sentence stand where the clause has it, under the same bound?

A figure may be true of another line of the same table: the clause's figure is looked for at the same place,
known by the words around it. Where no place is sure, any equal figure will do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding_anchors import same_case, same_place
from assistant.answering.grounding_marked import Marked, marked
from assistant.answering.grounding_quantities import Findings, missing
from assistant.domain import Conflict
from assistant.language.quantities import Comparator, Quantity

_SURE = 0.75
_REACHES = re.compile(r"(?:达到?|实现|完成|力争|reach(?:es|ed|ing)?|to|of)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure of the evidence with its text and how surely it stands where the claim's figure does."""

    figure: Quantity
    text: str
    sureness: float
    case: float  # ... and in how much the same case


def compare(claim: str, quotes: Sequence[str]) -> Findings:
    """Figures of ``claim`` that contradict what the quotes have in their place."""
    ours = marked(claim)
    texts = [(marked(quote), quote) for quote in quotes]
    locks: list[Conflict] = []
    marks: list[Conflict] = []
    for index, figure in ours.figures.items():
        same = [place for place in _places(ours, index, texts) if figure.agrees(place.figure)]
        if not same:
            continue  # nowhere at all: `grounding_quantities` says so
        there = _best(_places(ours, index, texts, figure))
        agreeing = [place for place in there if figure.agrees(place.figure)] if there else same
        if not agreeing:
            locks.append(missing(figure, [place.figure for place in there]))
            continue
        severity = min(_severity(figure, claim, place) for place in agreeing)
        if severity:
            found = dict.fromkeys(with_bound(place.figure, place.text) for place in agreeing)
            (locks if severity == 2 else marks).append(
                Conflict("comparator", with_bound(figure, claim), tuple(found)[:3])
            )
    return Findings(tuple(locks), tuple(marks), 0)


def _places(
    ours: Marked, index: int, texts: Sequence[tuple[Marked, str]], like: Quantity | None = None
) -> list[_Place]:
    return [
        _Place(
            figure,
            text,
            same_place(ours, index, other, candidate) if like else 0.0,
            same_case(ours, index, other, candidate) if like else 0.0,
        )
        for other, text in texts
        for candidate, figure in other.figures.items()
        if like is None or like.same_unit(figure)
    ]


def _best(places: Sequence[_Place]) -> list[_Place]:
    """The places that are surest, if they are sure; where several are, those in the most similar case."""
    sure = [place for place in places if place.sureness >= _SURE]
    best = max((place.sureness + place.case for place in sure), default=0.0)
    return [place for place in sure if place.sureness + place.case >= best - 1e-9]


def _severity(claimed: Quantity, claim: str, place: _Place) -> int:
    """0: the bounds agree; 1: one is missing or only stricter; 2: they contradict each other."""
    found = place.figure
    ours, theirs = claimed.comparator, found.comparator
    if ours == theirs or claimed.kind in ("article", "doc_number") or Comparator.APPROX in (ours, theirs):
        return 0
    if ours.direction * theirs.direction < 0:
        return 2
    if claimed.kind == "date" or (claimed.high is None) != (found.high is None):
        return 0
    if ours is Comparator.EQ:
        return 0 if _REACHES.search(claim[: claimed.start]) and theirs.direction > 0 else 1
    if theirs is Comparator.EQ:
        return 0 if ours is Comparator.GTE and _REACHES.search(place.text[: found.start]) else 2
    return 1  # strict against not strict


def with_bound(quantity: Quantity, text: str) -> str:
    """The figure with the words around it that make its bound."""
    if quantity.comparator is Comparator.EQ:
        return quantity.text
    return text[max(0, quantity.start - 6) : quantity.end + 4].strip()
