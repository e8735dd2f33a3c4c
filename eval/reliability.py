"""Does a score mean what it says? Of the answers scored .8, about 8 in 10 should be supported.

Scores go into bins of equal numbers, so that no dot rests on a handful. The expected calibration error is
the mean distance between score and share of the bins, weighted by their numbers (Naeini et al., 2015; Guo et
al., 2017); the Brier score is the mean squared distance between score and label (Brier, 1950).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Bin:
    """Some labelled scores that lie together: their mean, the share supported, how many."""

    score: float
    share: float
    n: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins in order of score; ``ece`` and ``brier`` are 0 for a perfect score."""

    bins: tuple[Bin, ...]
    ece: float
    brier: float

    @property
    def n(self) -> int:
        """How many labelled scores there are."""
        return sum(part.n for part in self.bins)


def reliability(scores: Sequence[float], supported: Sequence[bool], bins: int = 10) -> Reliability | None:
    """Bins of (almost) equal numbers; None where nothing is labelled. Scores are 0..1."""
    pairs = sorted(zip(scores, supported, strict=True))
    if not pairs:
        return None
    count = min(bins, len(pairs))
    edges = [len(pairs) * number // count for number in range(count + 1)]
    parts = [pairs[low:high] for low, high in pairwise(edges)]
    found = tuple(
        Bin(fmean(s for s, _ in part), fmean(mark for _, mark in part), len(part)) for part in parts
    )
    return Reliability(
        found,
        ece=sum(part.n * abs(part.score - part.share) for part in found) / len(pairs),
        brier=fmean((score - mark) ** 2 for score, mark in pairs),
    )
