"""Benchmark ``matcher``: does the matcher of key facts agree with a person who read the answers?

``data`` is a folder of YAML files: each entry holds a question, an answer as it was shown and the facts that
it says and does not say. `built.yaml` was drawn half from what the matcher of the day called said, half from
the rest, and the matcher was improved on it: hard pairs, not those of a run; `check.yaml` at random.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.language.glossary import Glossary
from eval.cases import Expected
from eval.demo_corpus import demo_glossary
from eval.said import score_facts
from eval.statistics import kappa

DATA = Path("eval/labelled")  # measured where no other folder is named


def measure(data: Path) -> dict[str, float | None]:
    """Accuracy, precision, recall and Cohen's kappa of each file."""
    glossary = demo_glossary()
    return {
        f"{file.stem}_{name}": value
        for file in sorted(data.glob("*.yaml"))
        for name, value in agreement(list(pairs(file, glossary))).items()
    }


def agreement(judged: Sequence[tuple[bool, bool]]) -> dict[str, float | None]:
    """How the matcher (second of each pair) agrees with a person (first); None where nothing was found."""
    hits = sum(person and matcher for person, matcher in judged)
    said, found = (sum(pair[side] for pair in judged) for side in (0, 1))
    return {
        "pairs": float(len(judged)),
        "accuracy": sum(person == matcher for person, matcher in judged) / len(judged),
        "precision": hits / found if found else None,
        "recall": hits / said if said else None,
        "kappa": kappa(judged),
    }


def pairs(file: Path, glossary: Glossary) -> Iterator[tuple[bool, bool]]:
    """For each fact of ``file``: is it said, by a person and by the matcher?"""
    for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
        for label, key in ((True, "said"), (False, "not_said")):
            facts = [_expected(fact) for fact in entry.get(key, ())]
            for outcome in score_facts(facts, 0, entry["answer"], "", entry["question"], glossary):
                yield label, outcome.said


def _expected(fact: Any) -> Expected:
    """A fact, or a list of its wordings."""
    return Expected(tuple(map(str, fact)) if isinstance(fact, list) else (str(fact),))
