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
from assistant.language.quantities import Comparator, Quantity, quantities

_REACHES = re.compile(r"(?:达到?|实现|完成|力争|reach(?:es|ed|ing)?|to|of)\s*$", re.IGNORECASE)
_SHOWN = 3  # candidates named in a conflict


@dataclass(frozen=True, slots=True)
class Findings:
    """``locks`` are contradictions; ``marks`` are deviations that may be harmless; ``agreed`` counts matches."""

    locks: tuple[Conflict, ...]
    marks: tuple[Conflict, ...]
    agreed: int


@lru_cache(maxsize=2048)
def read(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text; evidence is read once for all sentences that cite it."""
    return tuple(quantities(text))


def compare(claim: str, quotes: Sequence[str], titles: Sequence[str], question: str) -> Findings:
    """The quantities of ``claim`` against those of its evidence."""
    evidence = [(q, quote) for quote in quotes for q in read(quote)]
    named = [q for title in titles for q in read(title)]
    asked = read(question)
    locks: list[Conflict] = []
    marks: list[Conflict] = []
    agreed = 0
    for quantity in read(claim):
        same = [(q, quote) for q, quote in evidence if quantity.agrees(q)]
        if same:
            agreed += 1
            lock, mark = _bound_conflict(quantity, claim, same)
            locks += lock
            marks += mark
        elif any(quantity.agrees(q) for q in named):
            agreed += 1
        elif any(quantity.agrees(q) for q in asked):
            marks.append(Conflict("question_only", quantity.text))
        elif not _counts_own_items(quantity, claim, evidence):
            locks.append(_missing(quantity, [q for q, _ in evidence]))
    return Findings(tuple(locks), tuple(marks), agreed)


def _missing(quantity: Quantity, evidence: Sequence[Quantity]) -> Conflict:
    """What kind of conflict a figure is that stands nowhere, with the figures that might be meant."""
    other_unit = [
        q for q in evidence if q.value == quantity.value and q.kind != "article" and not q.same_unit(quantity)
    ]
    comparable = [q for q in evidence if quantity.same_unit(q)]
    if other_unit and quantity.kind not in ("date", "article", "doc_number"):
        return Conflict("unit", quantity.text, _texts(other_unit))
    kind = "year" if quantity.kind == "date" and len(quantity.key) == len("2023") else quantity.kind
    return Conflict("number" if kind == "count" else kind, quantity.text, _texts(comparable))


def _texts(found: Sequence[Quantity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(q.text for q in found))[:_SHOWN]


def _bound_conflict(
    quantity: Quantity, claim: str, same: Sequence[tuple[Quantity, str]]
) -> tuple[list[Conflict], list[Conflict]]:
    """Locks and marks for a bound that no equal figure of the evidence has."""
    severities = [_severity(quantity, claim, found, quote) for found, quote in same]
    if 0 in severities:
        return [], []
    conflict = Conflict(
        "comparator", _with_bound(quantity, claim), tuple(_with_bound(q, t) for q, t in same[:_SHOWN])
    )
    return ([], [conflict]) if 1 in severities else ([conflict], [])


def _severity(claimed: Quantity, claim: str, found: Quantity, quote: str) -> int:
    """0: the bounds agree; 1: one is missing or only stricter; 2: they contradict each other."""
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
        return 0 if ours is Comparator.GTE and _REACHES.search(quote[: found.start]) else 2
    return 1  # strict against not strict


def _with_bound(quantity: Quantity, text: str) -> str:
    """The figure with the words around it that make its bound."""
    return (
        text[max(0, quantity.start - 6) : quantity.end + 4].strip()
        if quantity.comparator is not Comparator.EQ
        else quantity.text
    )


def _counts_own_items(quantity: Quantity, claim: str, evidence: Sequence[tuple[Quantity, str]]) -> bool:
    """Is it only a count of what follows, as in 以下三个条件, where the evidence counts nothing alike?"""
    if (
        quantity.kind not in ("count", "number")
        or quantity.value > 20
        or quantity.unit not in ("", "个", "项", "类", "种", "条")
    ):
        return False
    around = claim[max(0, quantity.start - 8) : quantity.end + 12]
    if not re.search(
        r"以下|下列|上述|如下|分为|包括|条件|方面|要求|情形|步骤|措施|following|conditions?|requirements?|steps?|ways|types?|categories",
        around,
    ):
        return False
    return not any(q.kind == "count" and q.unit == quantity.unit for q, _ in evidence)
