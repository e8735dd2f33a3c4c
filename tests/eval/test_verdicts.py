"""The verdict a reader takes from an answer, against pairs labelled by hand, and the score it gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.domain import Status
from assistant.eligibility.model import Verdict
from assistant.language.glossary import Glossary
from eval.attribution import Cause
from eval.cases import Case
from eval.scoring import score_case
from eval.verdicts import score_verdict, stated
from tests.eval.making import CLAUSE, evidence, record, sentence, turn


def pairs(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "right"),
    [("verdict_pairs.yaml", 48), ("verdict_pairs_second.yaml", 23), ("verdict_pairs_unseen.yaml", 20)],
)
def test_the_verdict_is_read_as_people_read_it(name: str, right: int) -> None:
    assert sum(stated(pair["text"]) == pair["verdict"] for pair in pairs(name)) >= right


def test_asking_back_leaves_the_verdict_open_and_a_refusal_states_none() -> None:
    assert stated("企业有多少职工", Status.NEEDS_FACTS) is Verdict.UNKNOWN
    assert stated("企业有多少职工", Status.NO_EVIDENCE) is None


def test_another_verdict_or_none_scores_0_and_no_expectation_scores_nothing() -> None:
    expected = (Verdict.NOT_MET,)

    assert score_verdict(expected, "不符合条件。", Status.ANSWERED).value == 1
    assert score_verdict(expected, "符合条件。", Status.ANSWERED).value == 0
    assert score_verdict(expected, "第十一条规定了研发占比。", Status.ANSWERED).value == 0
    assert score_verdict((), "符合条件。", Status.ANSWERED).value is None


def test_a_wrong_verdict_fails_a_case_that_says_every_fact() -> None:
    asked = Case("a", "zh", "eligibility", ("境内研发占55%，行吗？",), verdict=(Verdict.NOT_MET,))
    wrong = turn(sentence(f"符合要求。{CLAUSE}", 1), given=evidence(CLAUSE))

    assert score_case(asked, record(wrong), {}, Glossary()).cause is Cause.WRONG_VERDICT
