"""Was refusing, or answering, the right thing to do?

A refusal is a status, not a wording. Two cases need words: a target without statuses, and a *partial* answer
where nothing can be answered, which abstains only if it says that something is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Status
from eval.behaviour import Expectation
from eval.polarity import says_unknown
from eval.record import TurnRecord

_DECLINES = re.compile(
    r"无法提供|拒绝|不能提供|"
    r"\b(?:can(?:no|')t|unable to|won't|not able to) (?:help|share|provide|assist|disclose)",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"不在\S{0,8}范围|超出\S{0,8}范围|\bout of scope\b|\boutside (?:the scope|what)", re.IGNORECASE
)
_ASKS = re.compile(
    r"还需要\S{0,10}(?:信息|情况)|请(?:告诉|提供|补充|说明)|"
    r"\bplease (?:tell|provide|share)|\b(?:need|needs) to know\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One turn's abstention: what was right, what was done."""

    must_abstain: bool
    must_answer: bool
    abstained: bool
    accepted: tuple[Status, ...]
    status: Status
    status_right: bool


def status_of(turn: TurnRecord) -> Status:
    """The turn's status; read from the words where the target gives none."""
    if turn.status is not None:
        return Status(turn.status)
    if any(sentence.citations for sentence in turn.sentences):
        return Status.PARTIAL if says_unknown(turn.text) else Status.ANSWERED
    for pattern, status in (
        (_DECLINES, Status.DECLINED),
        (_SCOPE, Status.OUT_OF_SCOPE),
        (_ASKS, Status.NEEDS_FACTS),
    ):
        if pattern.search(turn.text):
            return status
    return Status.NO_EVIDENCE if says_unknown(turn.text) or not turn.text.strip() else Status.ANSWERED


def outcome(expected: Expectation, turn: TurnRecord) -> Outcome:
    """How the turn fared against what was expected of it."""
    status = status_of(turn)
    admits = says_unknown(turn.shown)
    abstained = status.is_refusal or (expected.must_abstain and status is Status.PARTIAL and admits)
    right = status in expected.statuses and (not expected.must_abstain or abstained)
    return Outcome(expected.must_abstain, expected.must_answer, abstained, expected.statuses, status, right)
