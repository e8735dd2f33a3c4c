"""Does an answer say a key fact? Neither by exact string, nor so loosely that a wrong figure passes.

A fact is said where some stretch of the answer

1. holds every *figure* of the fact, as a normalised quantity with a compatible bound (a figure that the
   question gave and the fact only compares or judges, as in "4.4%低于5%", need not be repeated; a day may
   date the answer elsewhere);
2. decides as the fact decides: yes, no, or not known (a verdict that opens the fact may be left to the
   reason behind it, said in full);
3. covers most of the fact's *wording* (half, or 65% where there is no figure to hold on to), denies
   none of it, and where the fact is nothing but a figure, speaks of what was asked. Less than a word, or
   the name of a figure that a sum works out, need not be said.

The stretch is a few neighbouring sentences. Words beside a competing figure ("concept verification
centers 200; pilot bases 100") do not count for the fact "100 concept verification centers". Formula and
measured agreement with hand labels: docs/metrics.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from assistant.eligibility.model import Verdict
from assistant.language.detect import detect
from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from eval.amounts import Amount, agree, competes, missing
from eval.facts import Fact
from eval.polarity import Polarity, decided, forbids, polarities, spans
from eval.stretches import Reply, Stretch
from eval.verdicts import stated
from eval.wording import Unit, coverage, says_it_of_the_opposite, units, vocabulary, weight

WITH_FIGURES = 0.5  # share of the wording that must be there beside the figures
WITHOUT_FIGURES = 0.65  # and where there are none
FULLY = 0.8  # where the verdict itself is left to the wording that explains it
EACH_MEMBER = 0.3  # of the wording of each thing that the fact lists


@dataclass(frozen=True, slots=True)
class Said:
    """The outcome for one fact: was it said, and if not, what is missing."""

    said: bool
    reason: str


def said(fact: Fact, reply: Reply) -> Said:
    """Is ``fact`` said somewhere in ``reply``? The reason names what the best stretch lacks."""
    if fact.advises:
        reply = replace(reply, advice=True)
    undecided = _undecided(fact, reply)
    if undecided:
        return Said(False, undecided)
    if not fact.figures and not fact.wording:
        same = bool(fact.decides) or aligned(fact.text) in aligned(reply.text)
        return Said(same, "decides the same" if same else "not in these words")
    reasons = []
    for stretch in reply.stretches(fact.reach):
        lacks = _lacks(fact, reply, stretch)
        if lacks is None:
            return Said(True, stretch.text)
        reasons.append(lacks)
    return Said(False, min(reasons)[1] if reasons else "the answer is empty")


def _undecided(fact: Fact, reply: Reply) -> str | None:
    if Polarity.UNKNOWN in fact.decides and Polarity.UNKNOWN not in polarities(reply.text):
        return "does not say that it is not known"
    wanted = fact.decides - {Polarity.UNKNOWN}
    if not wanted or fact.figures or fact.wording:
        return None
    if not fact.given and stated(reply.text) is Verdict.UNKNOWN:
        return "leaves it open"
    forbidden = Polarity.NO in wanted and forbids(reply.text, fact.question)
    return None if forbidden or decided(reply.text) in wanted else _no_verdict(wanted)


def _no_verdict(wanted: frozenset[Polarity]) -> str:
    return f"does not decide {'/'.join(sorted(wanted))}"


def _lacks(fact: Fact, reply: Reply, stretch: Stretch) -> tuple[float, str] | None:
    """What a stretch lacks for the fact, with how far off it is; None when it lacks nothing."""
    # "below 2 million" and "2 million required: not met" say the same
    bounded = Polarity.NO not in stretch.decides
    figures = [a if bounded else replace(a, bound=0) for a in fact.figures]
    absent = missing(figures, stretch.amounts)
    if len(absent) < len(figures):  # a day may date the answer as a whole
        absent = [a for a in absent if not a.is_day or missing([replace(a, bound=0)], reply.amounts)]
    if absent:
        return 3 + len(absent), "figure missing: " + ", ".join(a.text for a in absent)
    wanted = fact.decides - {Polarity.UNKNOWN}
    decision = wanted & (stretch.decides or {decided(reply.text)})
    if wanted and not decision and not (fact.explains and decided(reply.text) is None):
        return 2, _no_verdict(wanted)
    if fact.bare:
        off_topic = all(a.counts_things for a in fact.figures) and not _on_topic(
            stretch, fact.question, reply.glossary
        )
        return (1, "speaks of something else") if off_topic else None
    if _swapped(fact, stretch):
        return 1.7, "its figures belong to other things"
    needed = WITH_FIGURES if fact.figures else WITHOUT_FIGURES
    return _lacks_words(fact, reply, stretch, FULLY if wanted and not decision else needed)


def _lacks_words(fact: Fact, reply: Reply, stretch: Stretch, needed: float) -> tuple[float, str] | None:
    repeated = [any(agree(a, other) for other in stretch.amounts) for a in fact.given]
    beside = [a for part in stretch.parts if _has(part.amounts, fact.figures) for a in part.amounts]
    alone = [a for a in fact.asked if not any(competes(a, b) for b in fact.asked)]
    others = [*fact.given, *alone, *beside]
    decides_no = Polarity.NO in fact.decides  # so that what is denied where has been looked at already
    said_words = stretch.words_for(fact.figures, others)
    wording = [unit for unit in fact.wording if not _worked_out(fact.members[unit.part][0], stretch)]
    found = coverage(wording, said_words, extra=repeated, whatever_denied=decides_no)
    if found.denied or says_it_of_the_opposite(fact.text, stretch.text):
        return 1.5, "says the contrary"
    if found.least < EACH_MEMBER:
        return 1, "one of the things listed is missing"
    share = 1.0 if found.share is None or (fact.slight and not _claimed(fact, reply)) else found.share
    return None if share >= needed else (1 - share, f"wording {share:.2f} of {needed}")


def _worked_out(figures: Sequence[Amount], stretch: Stretch) -> bool:
    """Are all ``figures`` results of sums? What they are follows from the sum."""
    return bool(figures) and not missing(figures, stretch.results)


def _claimed(fact: Fact, reply: Reply) -> bool:
    """Does the reply speak of what the fact is about and give it another figure?"""
    return any(
        not _has(part.amounts, fact.figures)
        and any(competes(figure, amount) for figure in fact.figures for amount in part.amounts)
        and (coverage(fact.wording, part.words).share or 0) >= WITH_FIGURES
        for _, parts in reply.clauses
        for part in parts
    )


def _has(amounts_: Sequence[Amount], figures: Sequence[Amount]) -> bool:
    return any(agree(figure, amount) for figure in figures for amount in amounts_)


def _swapped(fact: Fact, stretch: Stretch) -> bool:
    """Does the stretch exchange the figures of two members: 4 to A and 6 to B for 6 to A and 4 to B?"""
    for (figures, words), (others, their_words) in combinations(fact.members.values(), 2):
        for figure, other in product(figures, others):
            if words and their_words and competes(figure, other):
                mine = _fit(words, stretch, other) - _fit(words, stretch, figure)
                theirs = _fit(their_words, stretch, figure) - _fit(their_words, stretch, other)
                if mine > 0 and theirs > 0:
                    return True
    return False


def _fit(words: Sequence[Unit], stretch: Stretch, figure: Amount) -> float:
    """How well the words fit the place where the figure stands."""
    return max((coverage(words, w).share or 0 for w in stretch.words_about(figure)), default=0)


def _on_topic(stretch: Stretch, question: str, glossary: Glossary) -> bool:
    """A bare figure counts where the words around it, if there are any, belong to what was asked."""
    if detect(stretch.text) != detect(question):
        return True
    own = units(stretch.text, {}, glossary, [*(a.span for a in stretch.amounts), *spans(stretch.text)])
    asked = vocabulary(question, glossary)
    return weight(own) < 1 or any(form in asked for unit in own for form in unit.forms)
