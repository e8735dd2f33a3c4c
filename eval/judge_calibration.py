"""Does the judge agree with people? The same sets and labels as for the score, a sample of each.

An answer counts as unsupported when the judge does not support one of its claims. Agreement: F1 of finding
the unsupported answers, balanced accuracy, Cohen's kappa; beside it agreement with the deterministic scorer.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.language.sentences import sentences
from eval.calibration import balanced_accuracy, f1
from eval.calibration_data import Labelled, mtrag, ragtruth
from eval.judge import JUDGE, Judge, Judged
from eval.record import GivenEvidence, StoredCitation, StoredSentence, TurnRecord
from eval.statistics import kappa

_SEED = 20261123


def measure_judge(
    data: Path, split: str, judge: Judge, count: int, budget: int | None = None
) -> Mapping[str, float | None]:
    """The judge on up to ``count`` answers of each set; stops when ``budget`` tokens are spent."""
    qa = [item for item in ragtruth(data, split) if item.kind == "qa"]
    figures: dict[str, float | None] = {}
    spent = 0
    for name, items in (("ragtruth_qa", qa), ("mtrag", mtrag(data, split))):
        chosen = random.Random(_SEED).sample(items, min(count, len(items)))  # noqa: S311 - a sample
        pairs: list[tuple[Labelled, Judged]] = []
        for item in chosen:
            if budget is not None and spent >= budget:
                break
            judged = judge.judge(as_turn(item), "en")
            spent += judged.prompt_tokens + judged.completion_tokens
            pairs.append((item, judged))
        figures |= {f"judge_{name}_{key}": value for key, value in agreement(pairs).items()}
    return figures | {"judge_tokens": spent}


def agreement(pairs: Sequence[tuple[Labelled, Judged]]) -> dict[str, float | None]:
    """The judge against people by answer, against the scorer by claim; None where nothing was ruled on."""
    ruled = [
        (item.unsupported, marks)
        for item, judged in pairs
        if (marks := [j.supported for j in judged.judgements if j.by == JUDGE and j.supported is not None])
    ]
    claims = [
        (bool(j.supported), j.computed)
        for _, judged in pairs
        for j in judged.judgements
        if j.by == JUDGE and j.supported is not None
    ]
    if not ruled:
        return {"n": 0.0, "f1": None, "balanced_accuracy": None, "kappa": None, "scorer_kappa": None}
    people = np.array([unsupported for unsupported, _ in ruled])
    flagged = np.array([not all(marks) for _, marks in ruled])
    both = 0 < people.sum() < len(people)
    return {
        "n": float(len(ruled)),
        "f1": f1(people, flagged) if people.any() else None,
        "balanced_accuracy": balanced_accuracy(people, flagged) if both else None,
        "kappa": kappa([(bool(a), bool(b)) for a, b in zip(people, flagged, strict=True)]),
        "scorer_kappa": kappa(claims),
    }


def as_turn(item: Labelled) -> TurnRecord:
    """A labelled answer as a record: every sentence cites every context."""
    given = tuple(
        GivenEvidence(label, "", "", (), f"c{label}", text, "en")
        for label, text in enumerate(item.contexts, 1)
    )
    cited = tuple(StoredCitation(e.label, "", (), e.chunk, "") for e in given)
    said = tuple(StoredSentence(sentence.text, cited) for sentence in sentences(item.text))
    return TurnRecord(item.question, 0.0, "answered", said, evidence=given)
