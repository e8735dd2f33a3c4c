"""Two runs side by side: the figures on the cases both answered, and the cases that changed.

Pairing matters: two runs over different cases differ for reasons that say nothing of the assistant. Whether
a difference is more than chance is for the evaluation's own paired test to say (`stored_runs.significance`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.web.stored_runs import CaseResult, StoredRun

#: Judged case by case, in this order: the first in which two answers differ tells which is better.
DECIDING = ("success", "key_fact_recall")
#: Sums over the cases; everything else that a case carries is averaged.
SUMMED = frozenset({"must_not_violations", "unsupported_numbers", "prompt_tokens", "completion_tokens"})
#: Where less is better; elsewhere more is.
LESS_IS_BETTER = SUMMED | {"over_refusal", "latency", "latency_p50", "latency_p95", "cost", "errors"}

Pair = tuple[CaseResult, CaseResult]


@dataclass(frozen=True, slots=True)
class Row:
    """One metric in both runs; ``n`` counts the cases that have it in both, None for a figure of the run."""

    metric: str
    a: float
    b: float
    n: int | None

    @property
    def difference(self) -> float:
        """B minus A."""
        return self.b - self.a

    @property
    def better(self) -> bool | None:
        """Is B better? None where both are the same."""
        if abs(self.difference) < 1e-9:
            return None
        return (self.difference > 0) != (self.metric in LESS_IS_BETTER)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from run ``a`` to run ``b``."""

    a: StoredRun
    b: StoredRun
    shared: int
    rows: tuple[Row, ...]
    better: tuple[Pair, ...]
    worse: tuple[Pair, ...]

    @property
    def same_cases(self) -> bool:
        """Did both runs ask exactly the same cases?"""
        return self.shared == len(self.a.cases) == len(self.b.cases)


def compare(a: StoredRun, b: StoredRun) -> Comparison:
    """``b`` against ``a``."""
    before = {(case.id, case.repeat): case for case in a.cases}
    pairs = [(before[key], case) for case in b.cases if (key := (case.id, case.repeat)) in before]
    metrics = dict.fromkeys(name for first, _ in pairs for name in first.scores)
    rows = [row for name in metrics if (row := _paired(name, pairs)) is not None]
    if len(pairs) == len(a.cases) == len(b.cases):
        rows += _of_the_runs(a, b, without=metrics)
    return Comparison(
        a=a,
        b=b,
        shared=len(pairs),
        rows=tuple(rows),
        better=tuple(pair for pair in pairs if _change(pair) > 0),
        worse=tuple(pair for pair in pairs if _change(pair) < 0),
    )


def _paired(metric: str, pairs: Iterable[Pair]) -> Row | None:
    values = [
        (a.scores[metric], b.scores[metric]) for a, b in pairs if metric in a.scores and metric in b.scores
    ]
    if not values:
        return None
    count = 1 if metric in SUMMED else len(values)
    return Row(metric, sum(a for a, _ in values) / count, sum(b for _, b in values) / count, len(values))


def _of_the_runs(a: StoredRun, b: StoredRun, *, without: Mapping[str, object]) -> list[Row]:
    """Figures that no single case has, such as percentiles of the time taken."""
    return [
        Row(name, figure.value, b.figures[name].value, None)
        for name, figure in a.figures.items()
        if name in b.figures and name not in without
    ]


def _change(pair: Pair) -> int:
    """1 where B answered the case better, -1 where worse, 0 where no deciding metric differs."""
    for metric in DECIDING:
        first, second = pair[0].scores.get(metric), pair[1].scores.get(metric)
        if first is not None and second is not None and first != second:
            return 1 if second > first else -1
    return 0
