"""Does answer relevance tell an answer from one to another question, and does it follow human ratings?

``<set>_auroc``: the chance that the answer a question got scores above one drawn at random from elsewhere.
``mtrag_*_spearman``: rank correlation with the mean human rating of completeness and of appropriateness;
nearly all rated answers address their question, so little is left to rank.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from assistant.language.glossary import Glossary
from eval.calibration import auroc, spearman
from eval.calibration_data import rows
from eval.relevance import relevance

_MOST = 600
_Asked = tuple[str, str, str]  # question, answer, source


def measure(data: Path, split: str = "dev") -> dict[str, float]:
    """Discrimination on three sets of human questions, and agreement with ratings on MTRAG."""
    ragtruth = [
        (r["query"], r["response"], r["group"])
        for r in rows(data / "ragtruth" / f"responses.{split}.jsonl.gz")
        if r["task"] == "QA"
    ]
    stard = [
        (r["query"], r["answer"], r["id"])
        for r in rows(data / "stard" / f"queries.{split}.jsonl.gz")
        if isinstance(r["answer"], str)
    ]
    rated = list(rows(data / "mtrag" / f"human_eval.{split}.jsonl.gz"))
    mtrag = [(r["query"], r["response"], r["conversation_id"]) for r in rated]
    figures: dict[str, float] = {}
    for name, pairs in (("ragtruth_en", ragtruth), ("mtrag_en", mtrag), ("stard_zh", stard[:_MOST])):
        figures[f"{name}_auroc"] = _told_apart(pairs)
        figures[f"{name}_n"] = len(pairs)
    scores = np.array(_scores(mtrag))
    for rating in ("completeness", "appropriateness"):
        people = np.array([fmean(r["human"][rating]) for r in rated])
        figures[f"mtrag_{rating}_spearman"] = spearman(scores, people)
    return figures


def _told_apart(pairs: Sequence[_Asked]) -> float:
    """AUROC of own answers against answers to questions from another source."""
    chance = random.Random(20261123)  # noqa: S311 - a sample, not a secret
    others = [
        (question, chance.choice([p[1] for p in pairs if p[2] != source]), source)
        for question, _, source in pairs
    ]
    labels = np.array([True] * len(pairs) + [False] * len(others))
    return auroc(labels, np.array(_scores(pairs) + _scores(others)))


def _scores(pairs: Sequence[_Asked]) -> list[float]:
    """Relevance by pair; what cannot be scored counts as not relevant."""
    glossary = Glossary()
    return [relevance(question, answer, glossary) or 0.0 for question, answer, _ in pairs]
