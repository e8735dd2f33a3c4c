"""The two sides of a question that sets things side by side.

The sides are two instruments that the question names, an old rule and the new one, or two terms of the
glossary ("高企和科技型中小企业").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from assistant.answering.reading import Want, read
from assistant.answering.survey import Survey
from assistant.answering.units import Unit
from assistant.domain import Instrument, Language, Level
from assistant.language.glossary import Glossary, Mention

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
#: Further apart than `_BETWEEN`, for terms that instruments are named after.
_JOINED = re.compile(
    r"^[^。？?]*(?:和|与|跟|及|、|还是|比|\bvs\b\.?|\bversus\b|\band\b|\bor\b|\bthan\b)[^。？?]*$",
    re.IGNORECASE,
)
_APART = 60


@dataclass(frozen=True, slots=True)
class Side:
    """One of two things compared: an instrument, or everything about a term."""

    name: str
    instrument: str | None = None
    term: str | None = None
    level: Level | None = None

    def closeness(self, unit: Unit, survey: Survey) -> int:
        """How close the unit is to this side: 3 by its own words, 2 by headings, 1 by its title, else 0."""
        if self.instrument is not None:
            return 3 * (unit.instrument_id == self.instrument)
        if self.level is not None:
            return 3 * (unit.evidence.passage.instrument.level is self.level)
        words = survey.relevance.words[unit]
        places = (words.own, words.heading, words.title)
        return next((3 - rank for rank, place in enumerate(places) if f"§{self.term}" in place), 0)


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
    for one, other in (*_subjects(mentions, question, found), *_neighbours(mentions, question)):
        names = (question[one.start : one.end], question[other.start : other.end])
        terms = (one.term.zh or one.term.en, other.term.zh or other.term.en)
        return tuple(Side(name, term=term) for name, term in zip(names, terms, strict=True))
    return ()


def _neighbours(mentions: Sequence[Mention], question: str) -> Sequence[tuple[Mention, Mention]]:
    return [
        (one, other)
        for one, other in pairwise(mentions)
        if one.term is not other.term and _BETWEEN.match(question[one.end : other.start])
    ]


def _subjects(
    mentions: Sequence[Mention], question: str, found: Sequence[Instrument]
) -> Sequence[tuple[Mention, Mention]]:
    """Pairs of terms that different instruments are named after, the closest first.

    "The pass mark for HNTE innovation scoring versus the tech-SME score" compares HNTE and tech-SMEs, not
    scoring and tech-SMEs.
    """
    named = [(m, homes) for m in mentions if (homes := _named_after(m, found))]
    pairs = [
        (one, other)
        for (one, first), (other, second) in combinations(named, 2)
        if one.term is not other.term
        and not first & second
        and other.start - one.end <= _APART
        and _JOINED.match(question[one.end : other.start])
    ]
    return sorted(pairs, key=lambda pair: pair[1].start - pair[0].end)


def _named_after(mention: Mention, found: Sequence[Instrument]) -> frozenset[str]:
    names = [name.casefold() for name in (*mention.term.names("zh"), *mention.term.names("en"))]
    return frozenset(i.id for i in found if any(n in f"{i.title_zh} {i.title_en}".casefold() for n in names))


def _old_and_new(found: Sequence[Instrument], language: Language) -> tuple[Side, ...]:
    by_id = {instrument.id: instrument for instrument in found}
    for old in found:
        new = by_id.get(old.superseded_by or "")
        if new is not None:
            return tuple(Side(i.title(language), instrument=i.id) for i in (old, new))
    return ()
