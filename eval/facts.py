"""A key fact, taken apart into figures, what it decides, and wording."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from eval.amounts import Amount, agree, amounts
from eval.polarity import Polarity, comparators, polarities, spans
from eval.stretches import is_advice
from eval.wording import Unit, member_breaks, units, vocabulary, weight

_PAUSE = re.compile(r"[,;。]|\+|/")
REASON = 1.5  # weight of the wording that can explain a verdict: two words or so
SLIGHT = 1.0  # weight below which the wording is a label and not a statement: less than a word
REACH = 4  # clauses that one stretch may span, plus one for each further figure


@dataclass(frozen=True)
class Fact:
    """A key fact, taken apart."""

    text: str
    question: str
    figures: tuple[Amount, ...]  # that the answer must hold
    given: tuple[Amount, ...]  # that the question already holds
    asked: tuple[Amount, ...]  # every figure of the question
    decides: frozenset[Polarity]
    wording: tuple[Unit, ...]

    @property
    def bare(self) -> bool:
        """Nothing but figures."""
        return not self.wording and not self.given

    @property
    def is_a_place(self) -> bool:
        """Nothing but the number of an article."""
        return self.bare and all(a.quantity.kind == "article" for a in self.figures)

    @property
    def advises(self) -> bool:
        """Does it say whom to ask?"""
        return is_advice(self.text)

    @property
    def slight(self) -> bool:
        """Figures of one thing, with less than a word about them that the question has not used."""
        return (
            bool(self.figures) and not self.given and len(self.members) == 1 and weight(self.wording) < SLIGHT
        )

    @property
    def explains(self) -> bool:
        """Does it begin with its verdict and go on with the reason: 不是，已取消复审?"""
        leading = [end for start, end in spans(self.text) if not start]
        return bool(
            leading and _PAUSE.match(aligned(self.text[leading[0] :])) and weight(self.wording) >= REASON
        )

    @property
    def reach(self) -> int:
        """How many clauses the fact may be spread over."""
        return REACH + max(0, len(self.figures) - 1)

    @cached_property
    def members(self) -> Mapping[int, tuple[list[Amount], list[Unit]]]:
        """The figures and the words of each member of the enumeration."""
        breaks = member_breaks(self.text)
        members: dict[int, tuple[list[Amount], list[Unit]]] = {}
        for amount in (*self.figures, *self.given):
            members.setdefault(bisect(breaks, amount.span[0]), ([], []))[0].append(amount)
        for unit in self.wording:
            members.setdefault(unit.part, ([], []))[1].append(unit)
        return members


def take_apart(text: str, question: str, glossary: Glossary) -> Fact:
    """The fact in ``text`` as it answers ``question``."""
    asked = tuple(amounts(question))
    decisions = spans(text)
    decides = polarities(text)
    # a fact that decides may state the rule or the breach: its bound says nothing
    written = amounts(text)
    found = [replace(a, bound=0) if Polarity.NO in decides else a for a in written if a.is_figure]
    given = tuple(
        a
        for a, following in zip(found, [*found[1:], None], strict=False)
        if any(agree(replace(a, bound=0), other) for other in asked)
        and _judged(text, a, following, decisions)
    )
    skip = [*(a.span for a in written), *decisions, *comparators(text)]
    wording = tuple(units(text, vocabulary(question, glossary), glossary, skip))
    if decides and not found and weight(wording) < SLIGHT:
        wording = ()
    return Fact(text, question, tuple(a for a in found if a not in given), given, asked, decides, wording)


def _judged(
    text: str, amount: Amount, following: Amount | None, decisions: Sequence[tuple[int, int]]
) -> bool:
    """Is the figure the subject of a comparison or a verdict in its own part of the fact?"""
    end = amount.span[1]
    starts = [start for start, _ in decisions if start >= end]
    if following is not None and following.quantity.same_unit(amount.quantity):
        starts.append(following.span[0])
    next_start = min(starts, default=None)
    return next_start is not None and not _PAUSE.search(aligned(text[end:next_start]))
