"""Spoilt answers move the metrics that they should move, and no others."""

from __future__ import annotations

from eval.selftest import measure, surprises
from eval.suites import DEFAULT_SUITE, load_suite


def test_every_metric_moves_when_answers_are_spoilt_and_no_other_does() -> None:
    table = measure(load_suite(DEFAULT_SUITE)[::2])
    recall = table["ideal"]["key_fact_recall"].value

    assert surprises(table) == []
    assert recall is not None
    assert recall > 0.95  # what says every fact in its own words is found to say it
