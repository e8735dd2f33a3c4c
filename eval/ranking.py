"""Ranking metrics over one ranked list; formulas as in Järvelin & Kekäläinen (2002) and TREC's MRR.

``relevant[i]`` tells whether rank i + 1 is relevant; ``total`` is how many relevant things there are. A
thing found twice counts at its first rank only: callers mark later finds as not relevant.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from math import log2


def first_finds(ranked: Sequence[Hashable], wanted: frozenset[Hashable]) -> list[bool]:
    """Which ranks hold something wanted for the first time."""
    seen: set[Hashable] = set()
    marks = []
    for item in ranked:
        marks.append(item in wanted and item not in seen)
        seen.add(item)
    return marks


def hit(relevant: Sequence[bool], k: int) -> float:
    """1 when any of the first ``k`` is relevant, else 0."""
    return float(any(relevant[:k]))


def recall(relevant: Sequence[bool], k: int, total: int) -> float:
    """Share of the ``total`` relevant things that are among the first ``k``."""
    return sum(relevant[:k]) / total


def reciprocal_rank(relevant: Sequence[bool]) -> float:
    """1 / rank of the first relevant one, 0 when there is none."""
    return next((1 / rank for rank, good in enumerate(relevant, 1) if good), 0.0)


def ndcg(relevant: Sequence[bool], k: int, total: int) -> float:
    """Discounted gain of the first ``k`` over that of the best possible order."""
    gain = sum(1 / log2(rank + 1) for rank, good in enumerate(relevant[:k], 1) if good)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(k, total) + 1))
    return gain / best
