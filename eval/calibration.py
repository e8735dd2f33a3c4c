"""``python -m eval calibrate``: how well the faithfulness score agrees with people, per set, with intervals.

On ``dev`` every figure comes from models that did not see the judged item's source (five divisions into
five folds, thresholds chosen on the same out-of-fold scores); MTRAG is never trained on. On ``heldout`` the
model that ships is used as it is, with its own thresholds. Intervals: cluster bootstrap by source document.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.faithfulness import Model, model, pooled, score
from assistant.answering.faithfulness_basis import basis
from assistant.answering.faithfulness_features import Features, features
from assistant.domain import Language
from eval.calibration_data import Labelled, mtrag, ocnli, ragtruth, uhgeval
from eval.reliability import Reliability, reliability
from eval.train_faithfulness import (
    LENGTH_RELIEF,
    Fitted,
    Measured,
    best_threshold,
    fit_chinese,
    fit_english,
    measured,
    out_of_fold,
)

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Calibration:
    """Agreement with people: figures by name (``<name>_low`` and ``<name>_high`` bound one with 95%), and
    how far the probabilities mean what they say, by set.
    """

    figures: Mapping[str, float]
    diagrams: Mapping[str, Reliability]

    def __or__(self, other: Calibration) -> Calibration:
        return Calibration({**self.figures, **other.figures}, {**self.diagrams, **other.diagrams})


def measure(data: Path, split: str = "dev") -> Calibration:
    """Every set, in the order of the table of docs/faithfulness.md."""
    answers = ragtruth(data, split)
    qa = [item for item in answers if item.kind == "qa"]
    found = _ragtruth(qa, split)
    found |= _mtrag(mtrag(data, split))
    found |= _chinese(ocnli(data, split), uhgeval(data, split), split)
    for kind in ("summary", "data2txt"):
        found |= _other_task(kind, [item for item in answers if item.kind == f"other_{kind}"])
    return found | Calibration(_speed(qa), {})


def _diagram(name: str, scores: Sequence[float], supported: Flags) -> Calibration:
    """The reliability of probabilities, as a diagram and in two figures."""
    found = reliability(scores, [bool(mark) for mark in supported])
    if found is None:
        return Calibration({}, {})
    return Calibration({f"{name}_ece": found.ece, f"{name}_brier": found.brier}, {name: found})


def _ragtruth(items: Sequence[Labelled], split: str) -> Calibration:
    """Does the answer hold any unsupported claim? Answer level, as published figures are."""
    rows = measured(items)
    risks = out_of_fold(rows, fit_english) if split == "dev" else [_shipped("en").risks(m.rows) for m in rows]
    worst = np.array([pooled(r, m.lengths)[2] for r, m in zip(risks, rows, strict=True)])
    labels = np.array([m.item.unsupported for m in rows])
    clusters = [m.item.cluster for m in rows]
    threshold = best_threshold(list(worst), list(labels)) if split == "dev" else _worst_at(model())
    flagged = worst >= threshold
    figures = _with_interval("ragtruth_qa_auroc", lambda i: auroc(labels[i], worst[i]), clusters)
    figures |= _with_interval("ragtruth_qa_f1", lambda i: f1(labels[i], flagged[i]), clusters)
    figures["ragtruth_qa_balanced_accuracy"] = balanced_accuracy(labels, flagged)
    if split == "dev":
        figures["ragtruth_qa_f1_nested_threshold"] = f1(labels, _nested(worst, labels, clusters))
    sentence_labels = np.concatenate([m.marked for m in rows]) > 0
    figures["ragtruth_qa_sentence_auroc"] = auroc(
        sentence_labels, np.array([r for row in risks for r in row])
    )
    figures["ragtruth_qa_length_alone_auroc"] = auroc(
        labels, np.array([len(m.item.text) for m in rows], dtype=float)
    )
    for error in sorted({e for m in rows for e in m.item.errors}):
        caught = [bool(hit) for hit, m in zip(flagged, rows, strict=True) if error in m.item.errors]
        figures[f"ragtruth_qa_recall_{error.lower().replace(' ', '_')}"] = sum(caught) / len(caught)
    figures |= {"ragtruth_qa_n": len(rows), "ragtruth_qa_not_scored": len(items) - len(rows)}
    return Calibration(figures, {}) | _diagram("ragtruth_qa", _clean(worst), ~labels)


def _clean(worst: Array) -> list[float]:
    """The chance that an answer is clean, from the pooled risk of its worst sentences."""
    intercept, slope = model().clean
    return [float(chance) for chance in 1 / (1 + np.exp(intercept + slope * worst))]


def _other_task(kind: str, items: Sequence[Labelled]) -> Calibration:
    """RAGTruth's other tasks: never trained on."""
    rows = measured(items)
    worst = np.array([pooled(_shipped("en").risks(m.rows), m.lengths)[2] for m in rows])
    labels = np.array([m.item.unsupported for m in rows])
    return Calibration({f"ragtruth_{kind}_auroc": auroc(labels, worst), f"ragtruth_{kind}_n": len(rows)}, {})


def _mtrag(items: Sequence[Labelled]) -> Calibration:
    """Does ``score`` rank answers as human ratings do? Never trained on."""
    rows = measured(items)
    whole = np.array([_whole(_shipped("en"), m) for m in rows])
    ratings = np.array([m.item.rating for m in rows])
    labels = np.array([m.item.unsupported for m in rows])
    clusters = [m.item.cluster for m in rows]
    figures = _with_interval("mtrag_spearman", lambda i: spearman(ratings[i], whole[i]), clusters)
    figures |= _with_interval("mtrag_auroc", lambda i: auroc(labels[i], -whole[i]), clusters)
    figures |= {"mtrag_n": len(rows), "mtrag_not_scored": len(items) - len(rows)}
    worst = np.array([pooled(_shipped("en").risks(m.rows), m.lengths)[2] for m in rows])
    return Calibration(figures, {}) | _diagram("mtrag", _clean(worst), ~labels)


def _whole(fitted: Fitted, row: Measured) -> float:
    mean, length, _ = pooled(fitted.risks(row.rows), row.lengths)
    return -(mean - LENGTH_RELIEF * length)


def _chinese(pair_items: Sequence[Labelled], keyword_items: Sequence[Labelled], split: str) -> Calibration:
    """Entailment of sentence pairs (government genre) and support of keywords in news."""
    pairs, keywords = measured(pair_items, whole=True), measured(keyword_items, whole=True)
    both = [*pairs, *keywords]
    if split == "dev":
        cut = {id(m) for m in pairs}

        def train(rows: list[Measured]) -> Fitted:
            return fit_chinese([m for m in rows if id(m) in cut], [m for m in rows if id(m) not in cut])

        risks = np.array([row[0] for row in out_of_fold(both, train)])
    else:
        risks = np.array([_shipped("zh").risks(m.rows)[0] for m in both])
    labels = np.array([m.item.unsupported for m in both])
    kinds = np.array([m.item.kind for m in both])
    clusters = [m.item.cluster for m in both]
    figures: dict[str, float] = {}
    chosen = {
        "ocnli_gov_auroc": kinds == "gov",
        "ocnli_auroc": ~np.isin(kinds, ("words", "digits")),
        "uhgeval_auroc": np.isin(kinds, ("words", "digits")),
    }
    for name, mask in chosen.items():
        picked = np.flatnonzero(mask)
        inside = [clusters[i] for i in picked]
        figures |= _with_interval(name, partial(_auroc_of, labels[mask], risks[mask]), inside)
        figures[name.replace("_auroc", "_n")] = len(picked)
    digits = [item for item in keyword_items if item.kind == "digits"]
    read = [features(item.text, basis(item.contexts)) for item in digits]
    new = np.array([row is not None and row.figures > 0 for row in read])
    wrong = np.array([item.unsupported for item in digits])
    figures["uhgeval_keyword_digits_n"] = len(digits)
    figures |= _with_interval(
        "uhgeval_keyword_digits_f1", lambda i: f1(wrong[i], new[i]), [item.cluster for item in digits]
    )
    found = Calibration(figures, {})
    for name in ("ocnli_gov", "uhgeval"):
        mask = chosen[f"{name}_auroc"]
        found |= _diagram(name, [float(1 - risk) for risk in risks[mask]], ~labels[mask])
    return found


def _speed(items: Sequence[Labelled], sample: int = 100) -> dict[str, float]:
    """Milliseconds per answer, contexts read anew for each source."""
    began = time.perf_counter()
    for item in items[:sample]:
        score(item.text, item.contexts, item.question)
    return {"ms_per_answer": (time.perf_counter() - began) / max(1, len(items[:sample])) * 1000}


def _shipped(language: Language) -> Fitted:
    """The weights that ship, in the shape of a fresh fit."""
    weights = model().weights[language]
    return Fitted(model().bias[language], np.array([weights.get(name, 0.0) for name in Features._fields]))


def _worst_at(numbers: Model) -> float:
    """The pooled risk of the worst sentences at which the shipped model calls an answer not clean."""
    suspicion = 1 - numbers.answer_threshold
    return float((np.log(suspicion / (1 - suspicion)) - numbers.clean[0]) / numbers.clean[1])


def _nested(scores: Array, labels: Flags, clusters: Sequence[str]) -> Flags:
    """Flags by thresholds that were chosen without the flagged item's cluster."""
    names = sorted(set(clusters))
    fold = {name: number % 5 for number, name in enumerate(np.random.default_rng(0).permutation(names))}
    part = np.array([fold[cluster] for cluster in clusters])
    flags = np.zeros(len(scores), dtype=bool)
    for number in range(5):
        inside = part == number
        flags[inside] = scores[inside] >= best_threshold(list(scores[~inside]), list(labels[~inside]))
    return flags


def _with_interval(name: str, value: Callable[[Indices], float], clusters: Sequence[str]) -> dict[str, float]:
    """A figure with its 95% interval from resampling whole clusters."""
    groups: dict[str, list[int]] = {}
    for index, cluster in enumerate(clusters):
        groups.setdefault(cluster, []).append(index)
    members = [np.array(group) for group in groups.values()]
    random = np.random.default_rng(20261123)
    resampled = []
    for _ in range(_RESAMPLES):
        picked = random.integers(0, len(members), len(members))
        resampled.append(value(np.concatenate([members[p] for p in picked])))
    low, high = np.nanpercentile(resampled, [2.5, 97.5])
    everything = np.arange(len(clusters))
    return {name: value(everything), f"{name}_low": float(low), f"{name}_high": float(high)}


def auroc(labels: Flags, scores: Array) -> float:
    """The chance that a positive scores above a negative, ties counting half (Mann-Whitney)."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return float("nan")
    return float(
        (ranks(scores)[labels > 0].sum() - positives * (positives + 1) / 2) / (positives * negatives)
    )


def _auroc_of(labels: Flags, scores: Array, picked: Indices) -> float:
    return auroc(labels[picked], scores[picked])


def spearman(one: Array, other: Array) -> float:
    """Rank correlation, ties given their mean rank."""
    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def ranks(values: Array) -> Array:
    """Ranks from 1, ties sharing the mean."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[places])


def f1(labels: Flags, flagged: Flags) -> float:
    """F1 of flagging what is positive."""
    return float(2 * (labels & flagged).sum() / max(1, labels.sum() + flagged.sum()))


def balanced_accuracy(labels: Flags, flagged: Flags) -> float:
    """Mean of the share of positives flagged and of negatives left alone."""
    return float(((labels & flagged).sum() / labels.sum() + (~labels & ~flagged).sum() / (~labels).sum()) / 2)
