"""Benchmark ``matcher``: does the matcher of key facts agree with a person who read the answers?

``data`` is a folder of YAML files: each entry holds a question, an answer as it was shown and the facts that
it says and does not say. Half of the facts were drawn from those that the matcher of the day found said, half
from the others, so that precision and recall are those of hard pairs and not of a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.language.glossary import Glossary
from assistant.resources import data_folder
from eval.cases import Expected
from eval.judging import kappa
from eval.said import score_facts

DATA = Path("eval/labelled")  # measured where no other folder is named


def measure(data: Path) -> dict[str, float | None]:
    """Accuracy, precision, recall and Cohen's kappa of each file."""
    glossary = Glossary.load(data_folder("corpus") / "glossary.yaml")
    return {
        f"{file.stem}_{name}": value
        for file in sorted(data.glob("*.yaml"))
        for name, value in agreement(list(_pairs(file, glossary))).items()
    }


def agreement(pairs: list[tuple[bool, bool]]) -> dict[str, float | None]:
    """How the matcher (second of each pair) agrees with a person (first); None where nothing was found."""
    hits = sum(person and matcher for person, matcher in pairs)
    said, found = (sum(pair[side] for pair in pairs) for side in (0, 1))
    return {
        "pairs": float(len(pairs)),
        "accuracy": sum(person == matcher for person, matcher in pairs) / len(pairs),
        "precision": hits / found if found else None,
        "recall": hits / said if said else None,
        "kappa": kappa(pairs),
    }


def _pairs(file: Path, glossary: Glossary) -> Iterator[tuple[bool, bool]]:
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
        for label, key in ((True, "said"), (False, "not_said")):
            facts = [_expected(fact) for fact in entry.get(key, ())]
            for outcome in score_facts(facts, 0, entry["answer"], "", entry["question"], glossary):
                yield label, outcome.said


def _expected(fact: Any) -> Expected:
    """A fact, or a list of its wordings."""
    return Expected(tuple(map(str, fact)) if isinstance(fact, list) else (str(fact),))
