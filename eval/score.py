"""A score is a value with a reason, or absent with a reason; never NaN, never a stand-in zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is None where no score can be given; ``reason`` then says why.

    ``weight`` is how many items the value is a mean of (facts, claims, citations), for pooled figures.
    """

    value: float | None
    reason: str = ""
    weight: int = 1

    @classmethod
    def share(cls, good: int, of: int, reason: str = "", *, empty: str = "nothing to score") -> Score:
        """``good / of``, or absent because there was nothing to divide."""
        return cls(good / of, reason, of) if of else cls(None, empty, 0)

    @classmethod
    def absent(cls, reason: str) -> Score:
        """No score, because of ``reason``."""
        return cls(None, reason, 0)


Scores = Mapping[str, Score]
