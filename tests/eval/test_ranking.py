"""Ranking metrics against worked examples and against trec_eval itself."""

from __future__ import annotations

from math import log2

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval import ranking


def test_a_thing_found_twice_counts_at_its_first_rank() -> None:
    assert ranking.first_finds(["a", "b", "b", "c"], frozenset({"b", "c"})) == [False, True, False, True]


def test_worked_example_of_every_metric() -> None:
    relevant = [False, True, False, True, False]  # two of three found, at ranks 2 and 4

    assert ranking.hit(relevant, 1) == 0
    assert ranking.hit(relevant, 5) == 1
    assert ranking.reciprocal_rank(relevant) == 1 / 2
    assert ranking.recall(relevant, 5, 3) == pytest.approx(2 / 3)
    best = 1 + 1 / log2(3) + 1 / 2
    assert ranking.ndcg(relevant, 5, 3) == pytest.approx((1 / log2(3) + 1 / log2(5)) / best)


def test_nothing_found_is_zero_everywhere() -> None:
    assert ranking.reciprocal_rank([False, False]) == 0
    assert ranking.ndcg([False, False], 10, 1) == 0


@given(st.lists(st.booleans(), min_size=1, max_size=15), st.integers(min_value=0, max_value=4))
def test_the_metrics_are_those_of_trec_eval(relevant: list[bool], missed: int) -> None:
    total = sum(relevant) + missed
    if total == 0:
        return
    judged = {f"d{rank}": int(good) for rank, good in enumerate(relevant)}
    judged |= {f"m{number}": 1 for number in range(missed)}
    scores = {f"d{rank}": float(-rank) for rank in range(len(relevant))}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": judged}, {"recip_rank", "ndcg_cut", "recall", "success"})
    theirs = evaluator.evaluate({"q": scores})["q"]

    assert ranking.reciprocal_rank(relevant) == pytest.approx(theirs["recip_rank"])
    assert ranking.ndcg(relevant, 10, total) == pytest.approx(theirs["ndcg_cut_10"])
    assert ranking.recall(relevant, 10, total) == pytest.approx(theirs["recall_10"])
    assert ranking.hit(relevant, 5) == theirs["success_5"]
