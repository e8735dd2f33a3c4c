"""A figure that code worked out, with the figures it was worked out from.

A computed figure stands in no clause, so the grounding check could not accept it; a quoted figure must
stand in one. Keeping the two apart is what this type is for: the pipeline accepts a computed figure only
with a `Computation` whose operands are all found, in the question or in a cited clause.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["question", "clause", "computed"]


@dataclass(frozen=True, slots=True)
class Operand:
    """One figure that went in, written as its origin writes it.

    ``computed`` is the result of an earlier computation of the same answer.
    """

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Computation:
    """``formula`` is shown to the reader, e.g. ``600万元 ÷ 9000万元 = 6.67%``; ``result`` is its outcome."""

    formula: str
    operands: tuple[Operand, ...]
    result: str
