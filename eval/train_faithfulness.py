"""``python -m eval.train_faithfulness --data FOLDER``: fit the weights of the faithfulness score.

A logistic regression over the named features of one sentence, with weights that may not be negative, so
that the score never rewards what it should punish. English is fitted on the labelled sentences of RAGTruth
QA, Chinese on OCNLI pairs and UHGEval keywords, always the dev halves; the Chinese risk is then scaled so
that sentences a clause supports (`policy_pairs`) have the same risk in both languages. numpy only; half a
minute.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.faithfulness import WEIGHTS, pooled
from assistant.answering.faithfulness_basis import basis
from assistant.answering.faithfulness_features import RELIEF, Features, features
from assistant.language.sentences import sentences
from eval.calibration_data import Labelled, ocnli, ragtruth, uhgeval
from eval.policy_pairs import policy_pairs

Array = NDArray[np.float64]
NOT_IN_ENGLISH = ("about_sources", "hedge", "plain", "length", "denial", "absolute")
NOT_IN_CHINESE = ("about_sources", "hedge", "length", "names", "misattributed")
PENALTY = 10.0
KEYWORD_WEIGHT = 0.125  # a text has about eight keywords: together they count as one judgement
LENGTH_RELIEF = 0.5  # chosen by cross-validation on RAGTruth: long sentences carry more unmatched words
_SIGNS = np.array([-1.0 if name in RELIEF else 1.0 for name in Features._fields])


@dataclass(frozen=True)
class Measured:
    """A labelled text with the features of its sentences and which of them people marked."""

    item: Labelled
    rows: Array
    marked: Array

    @property
    def lengths(self) -> list[float]:
        """Log lengths of the sentences."""
        return [float(value) for value in self.rows[:, Features._fields.index("length")]]


@dataclass(frozen=True)
class Fitted:
    """Weights per feature (all >= 0, ``RELIEF`` counts against risk) and the bias."""

    bias: float
    weights: Array

    def logits(self, rows: Array) -> Array:
        """The log-odds that each sentence is not supported."""
        return np.asarray(self.bias + (rows * _SIGNS) @ self.weights)

    def risks(self, rows: Array) -> list[float]:
        """The risk of each sentence."""
        return [float(risk) for risk in _probability(self.logits(rows))]

    def as_dict(self) -> dict[str, float]:
        """Weights by name, those at zero left out."""
        named = zip(Features._fields, self.weights, strict=True)
        return {"bias": round(self.bias, 3), **{n: round(float(w), 3) for n, w in named if w > 0.0005}}


def measured(items: Sequence[Labelled], *, whole: bool = False) -> list[Measured]:
    """The items that have content, with their features; ``whole`` takes a text as one sentence."""
    found = []
    for item in items:
        prepared = basis(item.contexts, item.question)
        spans = (
            [(0, len(item.text), item.text)]
            if whole
            else [(s.start, s.end, s.text) for s in sentences(item.text)]
        )
        rows, marked = [], []
        for start, end, text in spans:
            row = features(text, prepared)
            if row is not None:
                rows.append(row)
                hit = item.unsupported if whole else any(a < end and start < b for a, b in item.spans)
                marked.append(float(hit))
        if rows:
            found.append(Measured(item, np.array(rows, dtype=float), np.array(marked)))
    return found


def fit(
    rows: Array,
    marked: Array,
    *,
    without: Sequence[str],
    importance: Array | None = None,
    penalty: float = PENALTY,
) -> Fitted:
    """Non-negative logistic regression: accelerated projected gradient on standardised features."""
    use = np.array([name not in without for name in Features._fields])
    signed = rows * _SIGNS
    mean, spread = signed.mean(0), signed.std(0)
    use &= spread > 0
    x = (signed[:, use] - mean[use]) / spread[use]
    share = np.ones(len(x)) if importance is None else importance
    weights, bias = _descend(x, marked, share, penalty)
    full = np.zeros(len(use))
    full[use] = weights / spread[use]
    return Fitted(bias - float(full @ mean), full)


def _descend(x: Array, y: Array, share: Array, penalty: float, steps: int = 500) -> tuple[Array, float]:
    bias = math.log(float((share * y).sum() / (share * (1 - y)).sum()))
    weights = ahead = np.zeros(x.shape[1])
    step = 1 / (0.25 * float(np.linalg.norm(x * np.sqrt(share)[:, None], 2)) ** 2 + penalty)
    momentum = 1.0
    for _ in range(steps):
        error = share * (_probability(x @ ahead + bias) - y)
        moved = np.maximum(0.0, ahead - step * (x.T @ error + penalty * ahead))
        following = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
        p = _probability(x @ weights + bias)
        bias -= float((share * (p - y)).sum() / ((share * p * (1 - p)).sum() + 1e-3))
    return weights, bias


def _probability(logits: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -60, 60))))


def fit_english(items: Sequence[Measured]) -> Fitted:
    """The English sentence model from answers with labelled spans."""
    return fit(
        np.concatenate([m.rows for m in items]),
        np.concatenate([m.marked for m in items]),
        without=NOT_IN_ENGLISH,
    )


def fit_chinese(pairs: Sequence[Measured], keywords: Sequence[Measured]) -> Fitted:
    """The Chinese sentence model from pairs and keywords."""
    both = [*pairs, *keywords]
    importance = np.array([1.0] * len(pairs) + [KEYWORD_WEIGHT] * len(keywords))
    return fit(
        np.concatenate([m.rows for m in both]),
        np.concatenate([m.marked for m in both]),
        without=NOT_IN_CHINESE,
        importance=importance,
    )


def rescaled(model: Fitted, supported: Sequence[Measured], median: float) -> Fitted:
    """The same model steeper, so that supported sentences have the given median log-odds; even odds stay."""
    slope = median / float(np.median([model.logits(m.rows)[0] for m in supported]))
    return Fitted(slope * model.bias, slope * model.weights)


def out_of_fold(
    items: Sequence[Measured], train: Callable[[list[Measured]], Fitted], *, seeds: int = 5, folds: int = 5
) -> list[list[float]]:
    """Sentence risks from models that never saw the item's cluster; the mean over several divisions."""
    clusters = sorted({m.item.cluster for m in items})
    totals = [np.zeros(len(m.rows)) for m in items]
    for seed in range(seeds):
        order = np.random.default_rng(seed).permutation(len(clusters))
        fold = {clusters[place]: number % folds for number, place in enumerate(order)}
        for part in range(folds):
            model = train([m for m in items if fold[m.item.cluster] != part])
            for total, m in zip(totals, items, strict=True):
                if fold[m.item.cluster] == part:
                    total += np.array(model.risks(m.rows)) / seeds
    return [[float(risk) for risk in total] for total in totals]


def best_threshold(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """The score from which flagging gives the best F1."""
    ranked = sorted(zip(scores, labels, strict=True), reverse=True)
    positives, hits, best, threshold = sum(labels), 0, -1.0, 1.0
    for count, (value, label) in enumerate(ranked, 1):
        hits += label
        following = ranked[count][0] if count < len(ranked) else None
        f1 = 2 * hits / (count + positives)
        if f1 > best and following != value:  # equal scores are flagged together
            best = f1
            middle = value if following is None else (value + following) / 2
            threshold = value if middle == following else middle  # no number lies between neighbours
    return threshold


def train(data: Path) -> dict[str, object]:
    """Everything that goes into the weights file."""
    answers = measured([item for item in ragtruth(data, "dev") if item.kind == "qa"])
    pairs = measured(ocnli(data, "dev"), whole=True)
    keywords = measured(uhgeval(data, "dev"), whole=True)
    english, chinese = fit_english(answers), fit_chinese(pairs, keywords)
    faithful = np.concatenate([english.logits(m.rows)[m.marked == 0] for m in answers])
    supported = measured([item for item in policy_pairs(data) if not item.unsupported], whole=True)
    chinese = rescaled(chinese, supported, float(np.median(faithful)))
    risks = out_of_fold(answers, fit_english)
    labels = [m.item.unsupported for m in answers]
    mean, length, worst = np.array([pooled(r, m.lengths) for r, m in zip(risks, answers, strict=True)]).T
    overall, clean = mean - LENGTH_RELIEF * length, worst
    whole_bias, whole_slope = _platt(overall, np.array(labels, dtype=float))
    clean_bias, clean_slope = _platt(clean, np.array(labels, dtype=float))
    flat, marked = [r for row in risks for r in row], [bool(v) for m in answers for v in m.marked]
    suspicion = [1 / (1 + math.exp(-(clean_bias + clean_slope * value))) for value in clean]
    return {
        "fitted_by": "python -m eval.train_faithfulness",
        "sentence": {
            "en": english.as_dict(),
            "zh": chinese.as_dict(),
        },
        "answer": {
            "overall": {
                "intercept": round(whole_bias, 3),
                "mean_logit": round(whole_slope, 3),
                "mean_length": round(whole_slope * LENGTH_RELIEF, 3),
            },
            "clean": {"intercept": round(clean_bias, 3), "log_worst": round(clean_slope, 3)},
        },
        "thresholds": {
            "sentence_risk": {
                "en": round(best_threshold(flat, marked), 3),
                "zh": 0.5,
            },
            "answer_clean": round(1 - best_threshold(suspicion, labels), 3),
        },
    }


def _platt(values: Array, labels: Array) -> tuple[float, float]:
    """Intercept and slope that turn a raw score into a probability (Platt, 1999)."""
    mean, spread = float(values.mean()), float(values.std())
    weights, bias = _descend(((values - mean) / spread)[:, None], labels, np.ones(len(values)), 1.0)
    slope = float(weights[0]) / spread
    return bias - slope * mean, slope


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write the weights file."""
    parser = argparse.ArgumentParser(prog="python -m eval.train_faithfulness", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="folder of the benchmarks")
    parser.add_argument(
        "--out", type=Path, default=WEIGHTS, metavar="FILE", help="where to write the weights"
    )
    args = parser.parse_args(argv)
    weights = train(args.data)
    args.out.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(weights, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
