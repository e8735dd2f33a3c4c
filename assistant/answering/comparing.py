"""Questions that set two things side by side: find the sides, answer for each, compare what can be compared.

The sides are two instruments that the question names, an old rule and the new one, or two terms of the
glossary ("高企和科技型中小企业"). Each side is answered from its own clauses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from assistant.answering.bounds import Bound, condition
from assistant.answering.composer import Draft
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import comparable, things
from assistant.answering.reading import Part, Want, read
from assistant.answering.selection import Scored, cover
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.survey import Survey
from assistant.answering.tables import cases
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Evidence, Instrument, Language, Level
from assistant.language.glossary import Glossary

_OLD_NEW = re.compile(
    r"新旧|旧.{0,20}新|新.{0,20}旧|\bold\b.{0,40}\bnew\b|\bnew\b.{0,40}\bold\b|\bbefore and after\b",
    re.IGNORECASE,
)
_LEVELS = (
    (re.compile(r"市里|市级|本市|\bcity['’]s\b|\bmunicipal\b", re.IGNORECASE), Level.MUNICIPAL),
    (re.compile(r"省里|省级|\bprovinc(?:e['’]s|ial)\b", re.IGNORECASE), Level.PROVINCIAL),
    (re.compile(r"国家的?|中央|全国|\bnational\b|\bstate['’]s\b", re.IGNORECASE), Level.NATIONAL),
)
_BETWEEN = re.compile(
    r"^[^。？?]{0,14}(?:和|与|跟|同|及|、|还是|比|vs\.?|versus|and|or|with|than|to)[^。？?]{0,24}$",
    re.IGNORECASE,
)
_HIGHER = re.compile(
    r"哪个.{0,6}(?:高|严|难)|谁.{0,4}(?:高|严)|更(?:高|严|难)"
    r"|\bharder\b|\bstricter\b|\bhigher\b|\bmore demanding\b",
    re.IGNORECASE,
)
_NUMBERS = Wording("可比的数值：{pairs}。", "Figures that can be compared: {pairs}.")
_PAIR = Wording("{one}{first}，{other}{second}", "{one} {first}, {other} {second}")
_VERDICT = Wording("就这些数值看，{name}的要求更高。", "On these figures, {name} asks for more.")
#: Clauses shown for each side: of a list of conditions, and otherwise.
_CONDITIONS, _CLAUSES = 6, 3


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things compared: an instrument, or everything about a term."""

    name: str
    instrument: str | None = None
    term: str | None = None
    level: Level | None = None

    def owns(self, unit: Unit, survey: Survey) -> bool:
        """Is the unit about this side?"""
        if self.instrument is not None:
            return unit.instrument_id == self.instrument
        if self.level is not None:
            return unit.evidence.passage.instrument.level is self.level
        words = survey.relevance.words[unit]
        return f"§{self.term}" in words.own or f"§{self.term}" in words.title


def compares(question: str, language: Language) -> bool:
    """Does the question set things side by side?"""
    return Want.COMPARISON in read(question, language).wants


def sides(
    question: str,
    named: Sequence[Instrument],
    found: Sequence[Instrument],
    glossary: Glossary,
    language: Language,
) -> tuple[Side, ...]:
    """The two sides that ``question`` compares, or none. ``found``: instruments met in the search."""
    if len(named) >= 2:
        return tuple(Side(i.title(language), instrument=i.id) for i in named[:2])
    if _OLD_NEW.search(question):
        return _old_and_new(found, language)
    level = next((level for sign, level in _LEVELS if sign.search(question)), None)
    if len(named) == 1 and level is not None and level is not named[0].level:
        return (Side(named[0].title(language), instrument=named[0].id), Side("", level=level))
    mentions = glossary.mentions(question)
    for one, other in pairwise(mentions):
        if one.term is not other.term and _BETWEEN.match(question[one.end : other.start]):
            names = (question[one.start : one.end], question[other.start : other.end])
            terms = (one.term.zh or one.term.en, other.term.zh or other.term.en)
            return tuple(Side(name, term=term) for name, term in zip(names, terms, strict=True))
    return ()


def _old_and_new(found: Sequence[Instrument], language: Language) -> tuple[Side, ...]:
    by_id = {instrument.id: instrument for instrument in found}
    for old in found:
        new = by_id.get(old.superseded_by or "")
        if new is not None:
            return tuple(Side(i.title(language), instrument=i.id) for i in (old, new))
    return ()


def compared(
    survey: Survey, part: Part, evidence: Sequence[Evidence], glossary: Glossary, language: Language
) -> Worked | None:
    """Each side's clauses in turn, and the figures that measure one thing; None if there is no pair."""
    if Want.COMPARISON not in part.wants:
        return None
    found = list({e.passage.instrument.id: e.passage.instrument for e in evidence}.values())
    pair = sides(survey.reading.text, survey.focus, found, glossary, language)
    ranked = [s for s in survey.ranked(part) if not is_gap(s.unit) and not s.unit.introduces]
    answers = [
        (side, _answer(side, other, part, ranked, survey))
        for side, other in zip(pair, reversed(pair), strict=True)
    ]
    if len(answers) != 2 or not all(units for _, units in answers):
        return None
    shown: list[Unit] = []
    for _, units in answers:
        shown += [unit for unit in units if unit not in shown]
    drafts = [quote(unit, language) for unit in shown]
    summary = _summary(part, answers, language)
    return Worked((*drafts, *((summary,) if summary else ())), tuple(shown))


def _answer(side: Side, other: Side, part: Part, ranked: Sequence[Scored], survey: Survey) -> Sequence[Unit]:
    own = [s for s in ranked if side.owns(s.unit, survey)]
    own = [s for s in own if not other.owns(s.unit, survey)] or own
    current = [s for s in own if not is_outdated(s.unit)] or own
    if not current:
        return ()
    measured = things(part.text) - things(f"{side.name} {other.name}")
    bounding = [s for s in current if condition(s.unit) or cases(s.unit)]
    bounding = [s for s in bounding if things(s.unit.text) & measured] if measured else bounding
    if Want.CONDITION in part.wants and len(bounding) > 1:
        near = [s.unit for s in bounding if s.score >= 0.5 * bounding[0].score][:_CONDITIONS]
        return sorted(near, key=lambda unit: unit.place)
    if len(measured) > 1:  # one clause for each thing that is compared
        best = [
            next((s.unit for s in current if thing in things(s.unit.text)), None)
            for thing in sorted(measured)
        ]
        found = list(dict.fromkeys(unit for unit in best if unit is not None))
        if found:
            return sorted(found, key=lambda unit: unit.place)
    return cover(part, current, survey.relevance, survey.weights(part), _CLAUSES)


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
