"""Which expected statements tell how to behave rather than what to say, and which statuses fit them.

"decline", "追问：…" or "现有资料未找到该定义" are promises about the answer's status. They are scored there
and not by wording, so that a refusal is right or wrong once, not twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain import Status
from eval.cases import Case, Expected
from eval.polarity import says_unknown


class Behaviour(StrEnum):
    """What a statement asks the assistant to do."""

    DECLINE = "decline"
    OUT_OF_SCOPE = "out_of_scope"
    ASK_BACK = "ask_back"
    NOT_FOUND = "not_found"
    KEEP_CITATIONS = "keep_citations"


_PATTERNS = (
    (Behaviour.DECLINE, re.compile(r"^\W*(?:decline|refuse|拒绝|不执行|不予提供)", re.IGNORECASE)),
    (
        Behaviour.ASK_BACK,
        re.compile(
            r"^\W*(?:追问|反问|需要?更多信息|ask(?:s)? (?:back|for|which)|needs? more)", re.IGNORECASE
        ),
    ),
    (
        Behaviour.KEEP_CITATIONS,
        re.compile(r"^\W*(?:keeps? (?:the )?(?:citation|source)|保留(?:引用|来源))", re.IGNORECASE),
    ),
    (
        Behaviour.OUT_OF_SCOPE,
        re.compile(
            r"超出\S{0,8}范围|资料只覆盖|不在\S{0,6}范围|^不编造|"
            r"out of scope|outside (?:the|our) (?:scope|sources)",
            re.IGNORECASE,
        ),
    ),
)
_ABOUT_SOURCES = re.compile(
    r"^\W*(?:现有|已收录的?)?资料\S{0,3}(?:未|没有|无法|不能|只)|^not (?:found )?in (?:our|the) sources",
    re.IGNORECASE,
)


def behaviour(statement: str, *, answerable: bool) -> Behaviour | None:
    """What ``statement`` asks for; None when it is a fact to be said.

    That something is not known is a behaviour where nothing can be answered, and a fact to be said beside
    others where something can ("仅为2022年标准，当前标准未查到").
    """
    for kind, pattern in _PATTERNS:
        if pattern.search(statement):
            return kind
    if _ABOUT_SOURCES.search(statement) or (not answerable and says_unknown(statement)):
        return Behaviour.NOT_FOUND
    return None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of one turn: the statuses accepted (best first), the facts, kept citations."""

    statuses: tuple[Status, ...]
    facts: tuple[Expected, ...]
    keep_citations: bool = False

    @property
    def must_abstain(self) -> bool:
        """No answer can be right here."""
        return Status.ANSWERED not in self.statuses

    @property
    def must_answer(self) -> bool:
        """No refusal can be right here."""
        return all(not status.is_refusal for status in self.statuses)


_ANSWERS = (Status.ANSWERED, Status.PARTIAL)
_NOT_FOUND = (Status.NO_EVIDENCE, Status.PARTIAL)
_OF_BEHAVIOUR = {
    Behaviour.DECLINE: (Status.DECLINED,),
    Behaviour.OUT_OF_SCOPE: (Status.OUT_OF_SCOPE, Status.NO_EVIDENCE),
    Behaviour.ASK_BACK: (Status.NEEDS_FACTS,),
    Behaviour.NOT_FOUND: _NOT_FOUND,
}
_OF_TYPE = {
    "out_of_scope": (Status.OUT_OF_SCOPE, Status.NO_EVIDENCE),
    "injection": (Status.DECLINED,),
    "clarification": (Status.NEEDS_FACTS,),
}


def expectation(case: Case, turn: int) -> Expectation | None:
    """What is expected of a turn; None where nothing is said about it."""
    last = turn == len(case.turns) - 1
    mine = [e for e in case.expected if e.turn == turn or (e.turn is None and last)]
    if not mine and not last:
        return None
    kinds = [behaviour(e.text, answerable=case.answerable) for e in mine]
    facts = tuple(e for e, kind in zip(mine, kinds, strict=True) if kind is None)
    kept = Behaviour.KEEP_CITATIONS in kinds
    if last and case.status:
        return Expectation(case.status, facts, kept)
    asked_for = [_OF_BEHAVIOUR[kind] for kind in kinds if kind in _OF_BEHAVIOUR]
    if not asked_for:
        statuses = _ANSWERS if case.answerable else _OF_TYPE.get(case.type, _NOT_FOUND)
    elif case.answerable and kinds[0] is Behaviour.ASK_BACK:
        statuses = (*asked_for[0], *_ANSWERS)  # asking back and answering what can be answered are both good
    elif case.answerable and facts:
        statuses = _ANSWERS
    else:
        statuses = asked_for[0]
    return Expectation(statuses, facts, kept)
