"""Intervals and tests of significance against scipy and worked examples."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from eval.statistics import difference, holm, interval

VALUES = [1.0] * 70 + [0.0] * 30


def test_the_interval_is_the_percentile_bootstrap_of_scipy() -> None:
    ours = interval(VALUES)
    theirs = stats.bootstrap((np.array(VALUES),), np.mean, n_resamples=9999, method="percentile", rng=1)

    assert ours is not None
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.015)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.015)


def test_cases_of_one_instrument_count_as_one() -> None:
    alone = interval(VALUES)
    together = interval(VALUES, [number // 10 for number in range(100)])

    assert alone is not None
    assert together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_one_cluster_has_no_interval() -> None:
    assert interval([1.0, 0.0], ["a", "a"]) is None
    assert difference([1.0], [0.0]) is None


def test_the_sign_flip_p_value_is_that_of_scipy() -> None:
    rng = np.random.default_rng(3)
    a = rng.normal(0.5, 0.2, 40)
    b = a + rng.normal(0.06, 0.2, 40)
    ours = difference(list(a), list(b))
    theirs = stats.permutation_test(
        (b, a), lambda x, y: np.mean(x - y), permutation_type="samples", n_resamples=9999, rng=1
    )

    assert ours is not None
    assert ours.value == pytest.approx(float(np.mean(b - a)))
    assert ours.p == pytest.approx(theirs.pvalue, abs=0.02)


def test_the_p_value_is_exact_for_few_cases() -> None:
    found = difference([0, 0, 0, 0], [1, 1, 1, 1])

    assert found is not None
    assert found.p == pytest.approx(2 / 16)  # all plus or all minus, of 16 patterns


def test_equal_runs_do_not_differ() -> None:
    found = difference(VALUES, VALUES)

    assert found is not None
    assert (found.value, found.p) == (0, 1)


def test_holm_worked_by_hand() -> None:
    corrected = holm({"a": 0.01, "b": 0.04, "c": 0.03})

    assert corrected == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
