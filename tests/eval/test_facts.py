"""The matcher of key facts against labels given by hand, and its promises one by one."""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant.language.glossary import Glossary
from eval.facts import Said, said, take_apart
from eval.stretches import Reply

NO_GLOSSARY = Glossary()
PAIRS = [
    (pair["q"], str(pair["fact"]), answer, label)
    for pair in yaml.safe_load((Path(__file__).parent / "fact_pairs.yaml").read_text(encoding="utf-8"))
    for label, answers in ((True, pair["says"]), (False, pair["lacks"]))
    for answer in answers
]


def judge(question: str, fact: str, answer: str) -> Said:
    return said(take_apart(fact, question, NO_GLOSSARY), Reply(answer, NO_GLOSSARY), question)


def test_the_matcher_agrees_with_people_on_nearly_all_hand_labelled_pairs() -> None:
    wrong = [(fact, answer) for q, fact, answer, label in PAIRS if judge(q, fact, answer).said != label]

    assert len(wrong) <= 0.02 * len(PAIRS), wrong


def test_a_wrong_figure_never_passes() -> None:
    question = "我们的研发费用占多少才够？"

    assert judge(question, "不低于60%", "须不低于60%。").said
    assert not judge(question, "不低于60%", "须不低于50%。").said
    assert not judge(question, "不低于60%", "须不高于60%。").said
