"""Measures of agreement by hand, and a fit that can only punish what it should."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.answering.faithfulness_features import Features
from eval.calibration import auroc, balanced_accuracy, f1, ranks, spearman
from eval.calibration_data import Labelled, mtrag, ocnli, ragtruth, uhgeval
from eval.errors import DataMissing
from eval.train_faithfulness import Fitted, best_threshold, fit, measured, out_of_fold


def test_auroc_by_hand() -> None:
    labels = np.array([True, False, True, False])
    assert auroc(labels, np.array([0.9, 0.1, 0.8, 0.2])) == 1.0
    assert auroc(labels, np.array([0.9, 0.1, 0.15, 0.2])) == 0.75  # 3 of 4 pairs in order
    assert auroc(labels, np.array([0.5, 0.5, 0.5, 0.5])) == 0.5


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=20))
def test_auroc_is_the_share_of_pairs_in_order(pairs: list[tuple[bool, int]]) -> None:
    labels, scores = np.array([p[0] for p in pairs]), np.array([float(p[1]) for p in pairs])
    positives, negatives = scores[labels], scores[~labels]
    if not len(positives) or not len(negatives):
        return
    order = [(a > b) + (a == b) / 2 for a in positives for b in negatives]
    assert auroc(labels, scores) == pytest.approx(sum(order) / len(order))


def test_spearman_by_hand() -> None:
    assert list(ranks(np.array([10.0, 20.0, 20.0, 5.0]))) == [2.0, 3.5, 3.5, 1.0]
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 100.0, 1000.0])) == pytest.approx(1.0)
    # 1 - 6 * (1 + 1 + 0) / (3 * 8)
    assert spearman(np.array([1.0, 2.0, 3.0]), np.array([2.0, 1.0, 3.0])) == pytest.approx(0.5)


def test_f1_and_balanced_accuracy_by_hand() -> None:
    labels = np.array([True, True, False, False])
    flagged = np.array([True, False, True, False])
    assert f1(labels, flagged) == 0.5
    assert balanced_accuracy(labels, flagged) == 0.5


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=15))
@example([(0.0, False), (5e-324, True)])  # neighbours: no number lies between
def test_the_best_threshold_is_best(pairs: list[tuple[float, bool]]) -> None:
    scores, labels = [p[0] for p in pairs], [p[1] for p in pairs]
    if not any(labels):
        return

    def quality(threshold: float) -> float:
        return f1(np.array(labels), np.array(scores) >= threshold)

    best = max(quality(threshold) for threshold in scores)
    assert quality(best_threshold(scores, labels)) == pytest.approx(best)


def rows_for(number: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    rows = random.random((number, len(Features._fields)))
    novel, loose = Features._fields.index("novel"), Features._fields.index("loose")
    return rows, (rows[:, novel] - 0.5 * rows[:, loose] + 0.1 * random.random(number) > 0.3).astype(float)


def test_a_fit_finds_the_feature_that_matters_and_no_negative_weight() -> None:
    rows, marked = rows_for(400)
    fitted = fit(rows, marked, without=(), penalty=1.0)
    weights = dict(zip(Features._fields, fitted.weights, strict=True))
    assert max(weights, key=lambda name: weights[name]) == "novel"
    assert weights["loose"] == 0  # it would lower the risk, which it may not
    assert min(fitted.weights) >= 0


def test_what_is_left_out_gets_no_weight() -> None:
    rows, marked = rows_for(200)
    assert "novel" not in fit(rows, marked, without=("novel",)).as_dict()


def item(text: str, cluster: str, *, unsupported: bool) -> Labelled:
    return Labelled(text, ("The grant covers wages.",), "", unsupported, cluster, "made")


def test_out_of_fold_models_never_saw_the_cluster() -> None:
    items = measured([item("The grant covers wages.", str(n % 6), unsupported=n % 2 == 0) for n in range(12)])
    seen: list[set[str]] = []

    def train(part: list) -> Fitted:
        seen.append({m.item.cluster for m in part})
        return Fitted(float(len(seen)), np.zeros(len(Features._fields)))

    risks = out_of_fold(items, train, seeds=1, folds=3)
    for row, risk in zip(items, risks, strict=True):
        model = round(float(np.log(risk[0] / (1 - risk[0]))))
        assert row.item.cluster not in seen[model - 1]


def write(path: Path, *records: dict) -> None:
    path.parent.mkdir(parents=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)


def test_the_sets_are_read_into_one_shape(tmp_path: Path) -> None:
    answer = {
        "response": "A b.",
        "context": "passage 1:x\n\npassage 2:y",
        "task": "QA",
        "origin": "qcnli_test",
        "query": "q",
    }
    answer |= {
        "hallucinated": True,
        "group": "g",
        "spans": [{"start": 0, "end": 1, "type": "Evident Conflict"}],
    }
    write(tmp_path / "ragtruth" / "responses.dev.jsonl.gz", answer)
    rated = {
        "response": "r",
        "contexts": [{"text": "c"}],
        "query": "q",
        "conversation_id": "1",
        "collection": "govt",
    }
    write(tmp_path / "mtrag" / "human_eval.dev.jsonl.gz", rated | {"human": {"faithfulness": [1, 2, 4]}})
    words = {"id": "u", "beginning": "a", "remainder": "b", "keywords": [{"keyword": "7家", "ok": False}]}
    write(tmp_path / "uhgeval" / "items.dev.jsonl.gz", words)
    pair = {"premise": "p", "hypothesis": "h", "label": "neutral", "genre": "gov", "prem_id": "1"}
    write(tmp_path / "ocnli" / "pairs.dev.jsonl.gz", pair)
    assert ragtruth(tmp_path, "dev")[0].contexts == ("x\n\n", "y")
    assert ragtruth(tmp_path, "dev")[0].kind == "qa"
    assert mtrag(tmp_path, "dev")[0].unsupported  # the median is 2
    assert uhgeval(tmp_path, "dev")[0].kind == "digits"
    assert ocnli(tmp_path, "dev")[0].unsupported


def test_a_missing_set_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="ocnli"):
        ocnli(tmp_path, "heldout")
