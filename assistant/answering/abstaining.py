"""Answers that claim nothing: how a refusal is worded, and what it says was searched.

A refusal never shows sources as support; it names the closest instruments, so that the reader can go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import wording
from assistant.domain import Authority, Evidence, Language, Passage, Sentence, Status

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why nothing is claimed, in the words the reader sees."""

    status: Status
    sentences: tuple[Sentence, ...]
    searched: str = ""
    missing_facts: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def abstain(status: Status, *words: str, searched: str = "") -> Abstention:
    """An abstention in plain words."""
    return Abstention(status, tuple(Sentence(text) for text in words), searched)


def not_found(
    language: Language, passages: Sequence[Passage], instruments: int, *, gap: str = "", close: bool = True
) -> Abstention:
    """Nothing answers: what the sources say they lack, where to ask, and what was searched.

    An office is named only where what was found is ``close`` to the question.
    """
    words = [wording.NO_EVIDENCE_GAP.say(language, gap=gap) if gap else wording.NO_EVIDENCE.say(language)]
    issuer = _office(language, passages) if close or gap else None
    if issuer:
        words.append(wording.ASK_BODY.say(language, issuer=issuer))
    return abstain(Status.NO_EVIDENCE, *words, searched=searched(language, passages, instruments))


def _office(language: Language, passages: Sequence[Passage]) -> str | None:
    """Who could be asked: the office behind the closest text. No newspaper, and no legislature."""
    if not passages:
        return None
    closest = passages[0].instrument
    return closest.issuer(language) if Authority.OTHER <= closest.authority < Authority.REGULATION else None


def searched(language: Language, passages: Sequence[Passage], instruments: int) -> str:
    """What was searched and what came closest."""
    titles = list(dict.fromkeys(p.instrument.title(language) for p in passages))[:_NAMED]
    if not titles:
        return wording.SEARCHED_NOTHING.say(language, count=instruments)
    named = "、".join(f"《{title}》" for title in titles) if language == "zh" else "; ".join(titles)
    return wording.SEARCHED.say(language, count=instruments, titles=named)
