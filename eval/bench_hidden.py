"""Benchmark ``hidden``: is a question refused once the sources that answer it are not there?

Every answerable question of one turn in the suites of the demo corpus is asked twice: as it is, and with the
instruments hidden that hold its answer. What stays is as near as a text can be without answering.

* ``answered``: share that gets an answer while the sources are there; the rest are wrong refusals;
* ``elsewhere``: share whose every expected fact is said without them, from another text;
* ``as if known``: share of the others that gets an answer all the same (``which``: their ids).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.app import build
from assistant.domain import Status
from assistant.language.glossary import Glossary
from assistant.resources import data_folder
from assistant.settings import Settings
from eval.app_target import AppTarget
from eval.asking import ask_case
from eval.cases import Case
from eval.scoring import CaseScores, score_case
from eval.suites import load_suite

DATA = Path(__file__).parent
_SUITES = ("cases", "fresh")


def measure(data: Path) -> Mapping[str, Any]:
    """The shares, and of how many questions."""
    asked = [case for suite in _SUITES for case in load_suite(data / suite) if _has_an_answer(case)]
    corpus = data_folder("corpus")
    glossary = Glossary.load(corpus / "glossary.yaml")
    with tempfile.TemporaryDirectory() as state:
        settings = Settings(Path(state), corpus, data_folder("prompts"))
        with build(settings) as assistant:
            assistant.ingest()
        with AppTarget(settings) as target:
            held = [_scored(case, target, glossary) for case in asked]
            hidden = [_scored(_hidden(case), target, glossary) for case in asked]
    elsewhere = {s.case.id for s in hidden if _answers(s) and s.facts and all(f.said for f in s.facts)}
    others = [s for s in hidden if s.case.id not in elsewhere]
    known = [s.case.id for s in others if _answers(s)]
    return {
        "questions": len(asked),
        "answered": sum(map(_answers, held)) / len(held),
        "elsewhere": len(elsewhere) / len(hidden),
        "as if known": len(known) / len(others),
        "which": known,
    }


def _has_an_answer(case: Case) -> bool:
    return case.answerable and len(case.turns) == 1 and bool(case.gold) and not case.status


def _hidden(case: Case) -> Case:
    return replace(case, without=tuple({gold.instrument for gold in case.gold}))


def _scored(case: Case, target: AppTarget, glossary: Glossary) -> CaseScores:
    return score_case(case, ask_case(case, target), {}, glossary)


def _answers(scores: CaseScores) -> bool:
    return any(turn.status and not Status(turn.status).is_refusal for turn in scores.record.turns)
