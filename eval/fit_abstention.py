"""Fits the weights of `assistant.index.answerability`: a logistic regression over several kinds of question.

Kinds weigh the same, whatever their size, and so do both sides of one. Each has its own bias while the
weights are sought, because shelves differ in how likely an answer is; only what orders the questions of one
shelf counts. A ridge keeps the weights from leaning on one kind: at .1 they transferred best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.index.answerability import Signs

_RIDGE = 0.1
_STEPS = 50
_NAMES = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions that can be answered and questions that cannot; None where nothing was found."""

    good: Sequence[Signs | None]
    bad: Sequence[Signs | None]


def auroc(good: Sequence[float], bad: Sequence[float]) -> float:
    """How often a good one is above a bad one; ties count half."""
    above = np.subtract.outer(np.asarray(good), np.asarray(bad))
    return float((above > 0).mean() + (above == 0).mean() / 2)


def fitted(kinds: Sequence[Kind]) -> Mapping[str, float]:
    """The weights by name of sign, found by Newton's method."""
    rows, answered, shares, biases = [], [], [], []
    for at, kind in enumerate(kinds):
        for side, value in ((kind.good, 1.0), (kind.bad, 0.0)):
            rows.append(_matrix(side))
            answered += [value] * len(side)
            shares += [0.5 / len(side) / len(kinds)] * len(side)
            biases.append(np.eye(len(kinds))[[at] * len(side)])
    signs = np.vstack(rows)
    spread = signs.std(axis=0) + 1e-9
    table = np.hstack([signs / spread, np.vstack(biases)])
    y, share = np.asarray(answered), np.asarray(shares)
    ridge = np.array([2 * _RIDGE] * len(_NAMES) + [1e-9] * len(kinds))
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (likely - y)) + ridge * weights
        bend = (table.T * (share * likely * (1 - likely))) @ table + np.diag(ridge)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(_NAMES, (weights[: len(_NAMES)] / spread).tolist(), strict=True))


def scored(side: Sequence[Signs | None], weights: Mapping[str, float]) -> list[float]:
    """The weighted sums of the signs."""
    return [float(score) for score in _matrix(side) @ np.array([weights[name] for name in _NAMES])]


def _matrix(side: Sequence[Signs | None]) -> NDArray[np.float64]:
    nothing = (0.0,) * len(_NAMES)
    return np.array([astuple(signs) if signs else nothing for signs in side], float)
