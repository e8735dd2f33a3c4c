"""How sure is a figure, and is one run better than another? Resampling only, no assumed distribution.

Intervals: percentile bootstrap over clusters (cases of one gold instrument stand or fall together), 2,000
resamples. Difference of two runs on the same cases: paired bootstrap interval, and a p-value by flipping
the signs of the differences of whole clusters; Holm's correction where several metrics are compared.
Sources: Efron & Tibshirani (1993); Dror et al. (2018), The Hitchhiker's Guide to Testing Statistical
Significance in NLP; Holm (1979).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20261123
_EXACT = 12  # clusters up to which every pattern of signs is tried


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95% interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """B minus A on the cases that both scored."""

    value: float
    interval: Interval
    p: float
    n: int


def interval(values: Sequence[float], clusters: Sequence[Hashable] | None = None) -> Interval | None:
    """The 95% interval of the mean; None for fewer than two clusters."""
    sums, sizes = _by_cluster(values, clusters)
    if len(sums) < 2:
        return None
    return _bootstrapped(sums, sizes)


def difference(
    a: Sequence[float], b: Sequence[float], clusters: Sequence[Hashable] | None = None
) -> Difference | None:
    """How much better ``b`` is than ``a``, case by case; None for fewer than two clusters."""
    gaps = [theirs - ours for ours, theirs in zip(a, b, strict=True)]
    sums, sizes = _by_cluster(gaps, clusters)
    if len(sums) < 2:
        return None
    mean = float(sums.sum() / sizes.sum())
    return Difference(mean, _bootstrapped(sums, sizes), _sign_flip(sums), len(gaps))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """p-values corrected for comparing several metrics (Holm's step-down)."""
    corrected: dict[str, float] = {}
    largest = 0.0
    ordered = sorted(p_values, key=lambda name: p_values[name])
    for rank, name in enumerate(ordered):
        largest = max(largest, min(1.0, (len(ordered) - rank) * p_values[name]))
        corrected[name] = largest
    return corrected


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa; None where one side never varies, so that chance agreement is all there is."""
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    ours, theirs = (sum(p[side] for p in pairs) / len(pairs) for side in (0, 1))
    chance = ours * theirs + (1 - ours) * (1 - theirs)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def _by_cluster(
    values: Sequence[float], clusters: Sequence[Hashable] | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sum and size of each cluster."""
    groups: dict[Hashable, list[float]] = {}
    for number, value in enumerate(values):
        groups.setdefault(clusters[number] if clusters else number, []).append(value)
    sums = np.array([sum(group) for group in groups.values()], dtype=float)
    return sums, np.array([len(group) for group in groups.values()], dtype=float)


def _bootstrapped(sums: NDArray[np.float64], sizes: NDArray[np.float64]) -> Interval:
    """The middle 95% of the means of clusters drawn anew."""
    picks = np.random.default_rng(SEED).integers(0, len(sums), size=(RESAMPLES, len(sums)))
    means = sums[picks].sum(axis=1) / sizes[picks].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Interval(float(low), float(high))


def _sign_flip(sums: NDArray[np.float64]) -> float:
    """Two-sided p: how often random signs give a total as far from zero. Exact for few clusters."""
    observed = abs(sums.sum())
    if len(sums) <= _EXACT:
        patterns = np.arange(2 ** len(sums))[:, None] >> np.arange(len(sums)) & 1
        signs = 1 - 2 * patterns
        return float(np.mean(np.abs(signs @ sums) >= observed - 1e-12))
    signs = np.random.default_rng(SEED).choice([-1, 1], size=(RESAMPLES * 5, len(sums)))
    extreme = int(np.sum(np.abs(signs @ sums) >= observed - 1e-12))
    return (extreme + 1) / (len(signs) + 1)
