"""Questions that set two things side by side: answer for each, pair what is alike, compare what can be.

Each side is answered from its own clauses. Where the question is about some trait and not about all
conditions, a clause of one side is followed by the clause of the other that is most like it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from assistant.answering.amounts import money
from assistant.answering.bounds import Bound, condition
from assistant.answering.composer import Draft
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import comparable, things
from assistant.answering.fitting import Scored
from assistant.answering.reading import Part, Want
from assistant.answering.relevance import Relevance
from assistant.answering.selection import cover
from assistant.answering.sides import Side, sides
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.survey import Survey
from assistant.answering.tables import cases
from assistant.answering.units import Unit
from assistant.answering.wording import SUM, Wording
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Evidence, Language
from assistant.language.glossary import Glossary
from assistant.language.quantities import quantities

_HIGHER = re.compile(
    r"哪个.{0,6}(?:高|严|难)|谁.{0,4}(?:高|严)|更(?:高|严|难)"
    r"|\bharder\b|\bstricter\b|\bhigher\b|\bmore demanding\b",
    re.IGNORECASE,
)
_FIRST = re.compile(r"[，；。]|, |; ")
_NUMBERS = Wording("可比的数值：{pairs}。", "Figures that can be compared: {pairs}.")
_PAIR = Wording("{one}{first}，{other}{second}", "{one} {first}, {other} {second}")
_VERDICT = Wording("就这些数值看，{name}的要求更高。", "On these figures, {name} asks for more.")
_BY_HOW_MUCH = sign("asks.gap")
#: Clauses of two sides that share this much of their words are about one thing.
_ALIKE = 0.3
#: A clause this near to the best of its side is about what is compared, whatever it measures.
_FITTING = 0.8
#: Conditions this near to the best of their side are shown.
_LISTED = 0.5
#: Clauses shown for each side: of a list of conditions, of those on one thing, and otherwise.
_CONDITIONS, _MEASURED, _CLAUSES = 6, 4, 3


def compared(
    survey: Survey, part: Part, evidence: Sequence[Evidence], glossary: Glossary, language: Language
) -> Worked | None:
    """Each side's clauses in turn, and the figures that measure one thing; None if there is no pair."""
    if Want.COMPARISON not in part.wants:
        return None
    found = list({e.passage.instrument.id: e.passage.instrument for e in evidence}.values())
    pair = sides(survey.reading.text, survey.focus, found, glossary, language)
    ranked = [s for s in survey.ranked(part) if not is_gap(s.unit) and not s.unit.introduces]
    pools = [_own(side, other, ranked, survey) for side, other in zip(pair, reversed(pair), strict=True)]
    if len(pools) != 2 or not all(pools):
        return None
    measured = things(part.text) - things(" ".join(side.name for side in pair))
    chosen = [_answer(part, pool, measured, survey) for pool in pools]
    answers = list(zip(pair, chosen, strict=True))
    shown = list(dict.fromkeys(unit for _, units in answers for unit in units))
    drafts = [quote(unit, language) for unit in shown]
    further = _summary(part, answers, language) or _difference(part, pools, survey.relevance, language)
    return Worked((*drafts, *((further,) if further else ())), tuple(shown))


def _own(side: Side, other: Side, ranked: Sequence[Scored], survey: Survey) -> Sequence[Scored]:
    """What is about ``side``, and only about it where there is such."""
    near = [(side.closeness(s.unit, survey), other.closeness(s.unit, survey), s) for s in ranked]
    own = [s for mine, theirs, s in near if mine > theirs] or [s for mine, _, s in near if mine]
    return [s for s in own if not is_outdated(s.unit)] or own


def _answer(part: Part, pool: Sequence[Scored], measured: frozenset[str], survey: Survey) -> Sequence[Unit]:
    bounding = [s for s in pool if condition(s.unit) or cases(s.unit)]
    if measured:
        bounding = [
            s for s in bounding if things(s.unit.text) & measured or s.score >= _FITTING * pool[0].score
        ]
    if Want.CONDITION in part.wants and len(bounding) > 1:
        near = [s.unit for s in bounding if s.score >= _LISTED * bounding[0].score]
        return sorted(near[: _MEASURED if measured else _CONDITIONS], key=lambda unit: unit.place)
    if len(measured) > 1:  # one clause for each thing that is compared
        best = [_plainest(pool, thing, measured) for thing in sorted(measured)]
        found = list(dict.fromkeys(unit for unit in best if unit is not None))
        if found:
            return sorted(found, key=lambda unit: unit.place)
    return cover(part, pool, survey.relevance, survey.weights(part), _CLAUSES)


def _alike(one: Unit, other: Unit, relevance: Relevance) -> float:
    """The share of the shorter clause's words that both have, names of the instruments left out."""
    names = relevance.words[one].title | relevance.words[other].title
    words = [
        {
            w
            for w in relevance.words[u].own
            if w.startswith("§") or (len(w) > 1 and w[0] != "#" and w not in names)
        }
        for u in (one, other)
    ]
    kinds = [{q.kind for q in quantities(unit.text)} for unit in (one, other)]
    if not all(words) or (kinds[0] and not kinds[0] & kinds[1]):
        return 0.0
    return len(words[0] & words[1]) / min(map(len, words))


def _plainest(pool: Sequence[Scored], thing: str, measured: frozenset[str]) -> Unit | None:
    """The clause on ``thing`` that speaks of the fewest others: revenue, and not the growth of revenue."""
    about = [s for s in pool if thing in things(s.unit.text)]

    def beside(scored: Scored) -> tuple[bool, int, float]:
        first = things(_FIRST.split(scored.unit.text)[0])
        return thing not in first, len(first - measured), -scored.score

    best = min(about, key=beside, default=None)
    return best.unit if best else None


def _difference(
    part: Part, pools: Sequence[Sequence[Scored]], relevance: Relevance, language: Language
) -> Draft | None:
    """By how much the best clauses of the sides differ, where that is asked and they bound one thing."""
    shown = [pool[0].unit for pool in pools]
    if not _BY_HOW_MUCH.search(part.text) or _alike(shown[0], shown[1], relevance) < _ALIKE:
        return None
    pairs = _pairs([shown[0]], [shown[1]])
    if len(pairs) != 1 or pairs[0][0].quantity.kind != "money":
        return None
    high, low = sorted((bound.quantity for bound in pairs[0][:2]), key=lambda q: -q.value)
    gap = money(high.value - low.value, high.unit, language)
    formula = f"{high.text} − {low.text} = {gap}"
    computation = Computation(formula, (Operand(high.text, "clause"), Operand(low.text, "clause")), gap)
    return resting_on(SUM.say(language, formula=formula), shown, (computation,))


def _summary(part: Part, answers: Sequence[tuple[Side, Sequence[Unit]]], language: Language) -> Draft | None:
    """The bounds of both sides on the same thing, and which side asks for more if all agree."""
    (one, first), (other, second) = answers
    pairs = _pairs(first, second)
    if not pairs or not _HIGHER.search(part.text):
        return None
    separator = "；" if language == "zh" else "; "
    texts = [
        _PAIR.say(language, one=one.name, first=a.demand, other=other.name, second=b.demand)
        for a, b, _, _ in pairs
    ]
    text = _NUMBERS.say(language, pairs=separator.join(texts))
    more = {
        b.quantity.value > a.quantity.value for a, b, _, _ in pairs if a.quantity.value != b.quantity.value
    }
    if len(more) == 1:
        name = other.name if more.pop() else one.name
        text += ("" if language == "zh" else " ") + _VERDICT.say(language, name=name)
    computed = tuple(
        Computation(
            f"{a.quantity.text} : {b.quantity.text}",
            (Operand(a.quantity.text, "clause"), Operand(b.quantity.text, "clause")),
            b.quantity.text,
        )
        for a, b, _, _ in pairs
    )
    units = list(dict.fromkeys(unit for _, _, *both in pairs for unit in both))
    return resting_on(text, units, computed)


def _pairs(first: Sequence[Unit], second: Sequence[Unit]) -> list[tuple[Bound, Bound, Unit, Unit]]:
    """Lower bounds of both sides on the same things, in the same unit."""
    return [
        (a, b, one, other)
        for one, other in product(first, second)
        for a, b in product(_lower_bounds(one), _lower_bounds(other))
        if _measures(a) and _measures(a) == _measures(b) and comparable(a.quantity, b.quantity)
    ]


def _measures(bound: Bound) -> frozenset[str]:
    """What a bound measures; how long something has existed is not one thing from list to list."""
    things = bound.things - {"age"}
    return things - {"rd"} or things


def _lower_bounds(unit: Unit) -> Sequence[Bound]:
    read = condition(unit)
    return [b for b in read.bounds if b.quantity.comparator.direction > 0] if read else ()
