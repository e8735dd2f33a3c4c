"""Key-fact recall and must-not violations of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from assistant.language.sentences import sentences
from eval.amounts import missing
from eval.cases import Expected
from eval.facts import take_apart
from eval.matching import said
from eval.polarity import Polarity, polarities
from eval.stretches import Reply
from eval.wording import coverage

ASSERTED = 0.8  # share of a forbidden statement's wording that makes it said


@dataclass(frozen=True, slots=True)
class FactOutcome:
    """One expected fact: said or not, and why."""

    fact: str
    said: bool
    reason: str
    turn: int


def score_facts(
    facts: Sequence[Expected], turn: int, shown: str, places: str, question: str, glossary: Glossary
) -> list[FactOutcome]:
    """Each fact against what the reader saw; one of its wordings is enough.

    ``places`` are the headings of the cited clauses: they can say which article it is, and nothing else.
    """
    reply, located = Reply(shown, glossary), Reply(f"{shown}\n{places}", glossary)
    outcomes = []
    for fact in facts:
        wordings = [take_apart(wording, question, glossary) for wording in fact.wordings]
        verdicts = [said(wording, located if wording.is_a_place else reply) for wording in wordings]
        best = next((v for v in verdicts if v.said), verdicts[0])
        outcomes.append(FactOutcome(fact.text, best.said, best.reason, turn))
    return outcomes


def violations(must_not: Sequence[str], text: str, glossary: Glossary) -> list[str]:
    """The forbidden statements that ``text`` asserts; to quote one and deny it is no violation."""
    return [phrase for phrase in must_not if any(_asserts(s.text, phrase, glossary) for s in sentences(text))]


def _asserts(sentence: str, phrase: str, glossary: Glossary) -> bool:
    folded, wanted = aligned(sentence), aligned(phrase)
    if wanted in folded:
        rest = folded.replace(wanted, " ")
        return not polarities(rest) & {Polarity.NO, Polarity.UNKNOWN}
    fact = take_apart(phrase, "", glossary)
    if not fact.figures:
        return False
    fact = replace(fact, figures=tuple(replace(a, bound=0) for a in fact.figures))
    for stretch in Reply(sentence, glossary).stretches(1):
        share = coverage(fact.wording, stretch.words_for(fact.figures, ())).share
        if not missing(fact.figures, stretch.amounts) and (share or 0) >= ASSERTED:
            return not stretch.decides & {Polarity.NO}
    return False
