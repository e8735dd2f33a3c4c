"""Does every figure of a sentence stand in what it cites, with the same unit and the same bound?

The first of the grounding instruments: it compares normalised quantities, so it works across languages, and
what it finds locks a sentence. Knows nothing of wording.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Conflict
from assistant.language.quantities import Quantity, quantities

_OWN_ITEMS = re.compile(
    r"以下|下列|上述|如下|分为|包括|条件|方面|要求|情形|步骤|措施|"
    r"following|conditions?|requirements?|steps?|ways|types?|categories"
)
_NEXT_WORD = re.compile(r" ?[A-Za-z]+|[\u4e00-\u9fff]{2}")
_SHOWN = 3  # candidates named in a conflict


@dataclass(frozen=True, slots=True)
class Findings:
    """``locks`` are contradictions, ``marks`` may be harmless; ``agreed`` counts figures that were found."""

    locks: tuple[Conflict, ...]
    marks: tuple[Conflict, ...]
    agreed: int


@lru_cache(maxsize=2048)
def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text; evidence is read once for all sentences that cite it."""
    return tuple(quantities(text))


def compare(claim: str, quotes: Sequence[str], titles: Sequence[str], question: str) -> Findings:
    """The quantities of ``claim`` against those of its evidence."""
    evidence = [q for quote in quotes for q in read(quote)]
    named = [q for title in titles for q in read(title)]
    asked = read(question)
    locks: list[Conflict] = []
    marks: list[Conflict] = []
    agreed = 0
    for quantity in read(claim):
        if any(quantity.agrees(q) for q in (*evidence, *named)):
            agreed += 1
        elif any(quantity.agrees(q) for q in asked):
            marks.append(Conflict("question_only", quantity.text))
        elif not _counts_own_items(quantity, claim, quotes):
            locks.append(missing(quantity, evidence))
    return Findings(tuple(locks), tuple(marks), agreed)


def missing(quantity: Quantity, evidence: Sequence[Quantity]) -> Conflict:
    """What kind of conflict a figure is that stands nowhere, with the figures that might be meant."""
    other_unit = [
        q
        for q in evidence
        if q.value == quantity.value
        and (q.kind, q.unit) != (quantity.kind, quantity.unit)
        and q.kind != "article"
    ]
    comparable = [q for q in evidence if quantity.same_unit(q)]
    if other_unit and quantity.kind in ("money", "percent", "duration"):
        return Conflict("unit", quantity.text, _texts(other_unit))
    kind = "year" if quantity.kind == "date" and len(quantity.key) == len("2023") else quantity.kind
    return Conflict("number" if kind == "count" else kind, quantity.text, _texts(comparable))


def _texts(found: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(q.text for q in found))[:_SHOWN]


def _counts_own_items(quantity: Quantity, claim: str, quotes: Sequence[str]) -> bool:
    """Is it only a count of what follows, as in 以下三个条件, where the quotes count nothing alike?"""
    small = quantity.kind in ("count", "number") and quantity.value <= 20
    if not small or not _OWN_ITEMS.search(claim[max(0, quantity.start - 8) : quantity.end + 12]):
        return False
    thing = _NEXT_WORD.match(claim, quantity.end)
    return not any(
        q.unit == quantity.unit and (thing is None or _same_word(thing, _NEXT_WORD.match(quote, q.end)))
        for quote in quotes
        for q in read(quote)
        if q.kind in ("count", "number")
    )


def _same_word(one: re.Match[str], other: re.Match[str] | None) -> bool:
    return other is not None and one.group().strip().lower() == other.group().strip().lower()
