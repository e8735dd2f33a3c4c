"""How faithful is an answer to the texts it rests on? A readable score, calibrated against people.

Each sentence gets a risk from counted features with weights that never reverse their sense (see
`faithfulness_features`); the weights lie beside this file, fitted by ``python -m eval.train_faithfulness``.
Two questions are answered apart: ``score`` says how faithful the answer is as a whole, ``clean`` how likely
it is that no sentence at all is unsupported. Typed conflicts are `grounding`'s business and not mixed in.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.answering.faithfulness_basis import Basis, basis
from assistant.answering.faithfulness_features import RELIEF, Features, features
from assistant.answering.faithfulness_words import content
from assistant.domain import Language
from assistant.language.detect import detect
from assistant.language.sentences import sentences

WEIGHTS = Path(__file__).with_name("faithfulness_weights.json")
_WORST = 3  # so many sentences decide whether an answer is clean


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """One sentence of the answer (``answer[start:end]``) and the risk (0..1) that it is not supported."""

    start: int
    end: int
    text: str
    risk: float
    features: Features


@dataclass(frozen=True, slots=True)
class FaithfulnessScore:
    """``score`` and ``clean`` are 0..1, or None with a ``reason`` where nothing could be scored."""

    score: float | None
    clean: float | None
    sentences: tuple[SentenceScore, ...] = ()
    reason: str = ""

    @property
    def unsupported(self) -> tuple[SentenceScore, ...]:
        """The sentences at or over the threshold, the riskiest first."""
        thresholds = model().sentence_threshold
        over = [s for s in self.sentences if s.risk >= thresholds[detect(s.text)]]
        return tuple(sorted(over, key=lambda s: -s.risk))


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted numbers. ``relief`` features lower the risk; all other weights are >= 0."""

    bias: Mapping[Language, float]
    weights: Mapping[Language, Mapping[str, float]]
    overall: tuple[float, float, float]  # intercept, mean logit, mean length
    clean: tuple[float, float]  # intercept, logarithm of the risk of the worst sentences
    sentence_threshold: Mapping[Language, float]
    answer_threshold: float

    def logit(self, found: Features, language: Language) -> float:
        """The log-odds that a sentence with these features is not supported."""
        values: dict[str, float] = found._asdict()
        signed = ((-w if name in RELIEF else w) * values[name] for name, w in self.weights[language].items())
        return self.bias[language] + math.fsum(signed)


@cache
def model() -> Model:
    """The model that ships with the code."""
    return read_model(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def read_model(data: Mapping[str, Any]) -> Model:
    """A model from its JSON form. Raises `ValueError` on a weight below zero or of an unknown feature."""
    weights: dict[Language, dict[str, float]] = {}
    bias: dict[Language, float] = {}
    for language in ("zh", "en"):
        entry = dict(data["sentence"][language])
        bias[language] = entry.pop("bias")
        wrong = [name for name, weight in entry.items() if name not in Features._fields or weight < 0]
        if wrong:
            raise ValueError(f"weights must be >= 0 and named after features: {', '.join(wrong)}")
        weights[language] = entry
    answer, thresholds = data["answer"], data["thresholds"]
    overall, clean = answer["overall"], answer["clean"]
    return Model(
        bias,
        weights,
        (overall["intercept"], overall["mean_logit"], overall["mean_length"]),
        (clean["intercept"], clean["log_worst"]),
        dict(thresholds["sentence_risk"]),
        float(thresholds["answer_clean"]),
    )


def score_sentence(
    sentence: str, contexts: Sequence[str], question: str = "", language: Language | None = None
) -> float | None:
    """The risk (0..1) that ``sentence`` is not supported; None across languages or without content."""
    tongue = language or detect(sentence)
    prepared = _same_language(contexts, tongue, question)
    found = features(sentence, prepared) if prepared else None
    return None if found is None else _sigmoid(model().logit(found, tongue))


def score(answer: str, contexts: Sequence[str], question: str = "") -> FaithfulnessScore:
    """Score an answer against its contexts, sentence by sentence.

    A sentence in another language than all contexts cannot be compared by wording and is left out.
    """
    scored: list[SentenceScore] = []
    foreign = 0
    for sentence in sentences(answer):
        language = detect(sentence.text)
        prepared = _same_language(contexts, language, question)
        if prepared is None:
            foreign += bool(content(sentence.text))
            continue
        found = features(sentence.text, prepared)
        if found is not None:
            risk = _sigmoid(model().logit(found, language))
            scored.append(SentenceScore(sentence.start, sentence.end, sentence.text, risk, found))
    if not scored:
        reason = "the contexts are in another language" if foreign else "the answer claims nothing"
        return FaithfulnessScore(None, None, (), reason)
    overall, clean = answer_scores([s.risk for s in scored], [s.features.length for s in scored], model())
    return FaithfulnessScore(overall, clean, tuple(scored))


def answer_scores(risks: Sequence[float], lengths: Sequence[float], numbers: Model) -> tuple[float, float]:
    """``score`` and ``clean`` of an answer from the risks and log lengths of its sentences."""
    mean, length, worst = pooled(risks, lengths)
    intercept, by_logit, by_length = numbers.overall
    whole = intercept + by_logit * mean - by_length * length
    return _sigmoid(-whole), _sigmoid(-(numbers.clean[0] + numbers.clean[1] * worst))


def pooled(risks: Sequence[float], lengths: Sequence[float]) -> tuple[float, float, float]:
    """Mean logit weighted by words, mean log length, logarithm of the summed risk of the worst sentences."""
    words = [max(1.0, math.expm1(length)) for length in lengths]
    logits = [math.log(risk / (1 - risk)) for risk in (min(max(r, 1e-9), 1 - 1e-9) for r in risks)]
    mean = sum(w * z for w, z in zip(words, logits, strict=True)) / sum(words)
    worst = sum(sorted(risks)[-_WORST:])
    return mean, sum(lengths) / len(lengths), math.log(max(worst, 1e-9))


def _same_language(contexts: Sequence[str], language: Language, question: str) -> Basis | None:
    same = tuple(context for context in contexts if detect(context) == language)
    return basis(same, question) if same else None


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))
