"""Spoilt answers move the metrics that they should move, and no others; and a blind metric is noticed."""

from __future__ import annotations

import pytest

from eval.selftest import measure, surprises
from eval.spoiling import MUTATIONS
from eval.suites import DEFAULT_SUITE, load_suite
from eval.summary import Figure

Table = dict[str, dict[str, Figure]]


@pytest.fixture(scope="module")
def table() -> Table:
    return {name: dict(row) for name, row in measure(load_suite(DEFAULT_SUITE)).items()}


def test_every_metric_moves_when_answers_are_spoilt_and_no_other_does(table: Table) -> None:
    recall = table["ideal"]["key_fact_recall"].value

    assert surprises(table) == []
    assert recall is not None
    assert recall > 0.95  # what says every fact in its own words is found to say it


def test_a_metric_that_does_not_notice_is_named(table: Table) -> None:
    blind = table["ideal"]["faithfulness"]
    spoilt = {**table, "flipped negation": {**table["flipped negation"], "faithfulness": blind}}

    assert [line.partition(" went")[0] for line in surprises(spoilt)] == ["flipped negation: faithfulness"]


@pytest.mark.parametrize(
    ("mutation", "metric"),
    [
        ("wrong figures", "key_fact_recall"),
        ("flipped negation", "verdict_accuracy"),
        ("turned bounds", "citation_recall"),
        ("beside the point", "answer_relevance"),
        ("refuses everything", "refusal_precision"),
        ("refuses nothing", "refusal_recall"),
        ("stale citations", "citation_validity"),
    ],
)
def test_each_corruption_lowers_the_metric_that_watches_for_it(
    table: Table, mutation: str, metric: str
) -> None:
    before, after = table["ideal"][metric].value, table[mutation][metric].value

    assert before is not None
    assert after is not None
    assert after < before - 0.05
    assert metric in next(m.moves for m in MUTATIONS if m.name == mutation)
