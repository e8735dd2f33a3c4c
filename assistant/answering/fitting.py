"""How well a unit fits a part of a question: what it is about, and whether it is the sort of thing asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.bounds import condition
from assistant.answering.figures import as_money, size
from assistant.answering.reading import Part, Want
from assistant.answering.relevance import Relevance
from assistant.answering.signs import signs
from assistant.answering.standing import is_gap, negates, standing
from assistant.answering.units import Unit
from assistant.language.quantities import quantities
from assistant.language.tokens import terms

#: A gap is what was asked for where the question has this share of its words.
_ASKED = 0.2
_GAP_TERMS = frozenset(
    terms(
        "未查到没有查到未找到没有找到没有读到未读到没有核对其他各条款均的内容"
        " was were not found read and the of its of document text"
    )
)
#: A date that a gap says is lacking, and the events whose date it may be.
_LACKED_DATE = re.compile(
    r"[^，。；、的]*(?:日期|时间)(?:均?未查到|没有查到|未找到|没有找到)|^.{0,40}\bdate\b.*\bnot\b",
    re.IGNORECASE,
)
_EVENTS = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"施行|生效|实施|执行|commence|effect|in force|start",
        r"印发|发布|公布|出台|发文|通过|日期$|issue|publish|adopt|releas",
        r"申报|截止|受理|窗口|报名|登记|deadline|window|appl|open",
        r"到期|期满|有效期|失效|终止|expir|end|until",
    )
)
#: Whether a text is in force is seldom said by another.
_OTHER_TEXT = 0.5
#: What a gap says is held: "nothing beyond the conditions was found".
_BUT_HELD = re.compile(
    r"([^，。；中]{2,40})(?:以外|之外)|\b(?:other than|except|apart from|beyond|besides)\b([^,;.]*)",
    re.IGNORECASE,
)
#: A question with this share of the words of what is held asks for that.
_ASKS_HELD = 0.5
#: What a gap says is lacking, where it is the bodies that see to something.
_LACKED_BODY = re.compile(r"责任单位|牵头单位|\b(?:responsible )?bod(?:y|ies)\b", re.IGNORECASE)
#: A gap that runs on from the number it names: item (3) and the items after it.
_ONWARD = re.compile(r"(?:以|之)?后各?[项条]|\b(?:later|after|following|onwards?)\b", re.IGNORECASE)
#: What a gap about another thing than asked weighs: a clause that is held comes before it.
_OTHER_GAP = 0.4
#: A unit for the opposite case.
_OTHER_CASE = 0.75
#: A unit for the case that the amount told is in, and for another case.
_ITS_CASE, _NOT_ITS_CASE = 1.3, 0.7
#: A unit that tells days of the year asked about, and one that tells days of other years only.
_ITS_YEAR, _OTHER_YEAR = 1.4, 0.5
#: How long the key of a date is that says no more than a year.
_BARE_YEAR = 4
#: A unit under the conditions where the way to apply is asked for.
_OTHER_SECTION = 0.75
FITS = {Want(name): words for name, words in signs("says").items()}
_SECTIONS = {Want(name): words for name, words in signs("section").items()}


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score for one part of the question."""

    unit: Unit
    score: float


def rank(
    part: Part,
    units: Sequence[Unit],
    relevance: Relevance,
    weights: Mapping[str, float],
    focus: Mapping[str, float],
) -> list[Scored]:
    """The units, best first; ``focus`` says how much an instrument that is asked about is favoured."""
    top = max((u.evidence.passage.score for u in units), default=1.0) or 1.0
    scored = []
    elsewhere = _OTHER_TEXT if focus and Want.VALIDITY in part.wants else 1.0
    for unit, year in zip(units, _years(part, units, relevance, focus), strict=True):
        score = relevance.score(unit, weights) * (0.8 + 0.2 * unit.evidence.passage.score / top)
        score *= _fit(part, unit, relevance.words[unit].title) * standing(part, unit) * year
        scored.append(Scored(unit, score * focus.get(unit.instrument_id, elsewhere)))
    return sorted(scored, key=lambda s: -s.score)


def _fit(part: Part, unit: Unit, names: frozenset[str]) -> float:
    """Is it the sort of thing that was asked for?"""
    fit = 1.0
    if is_gap(unit):
        fit *= 1.3 if _is_asked(part, unit, names) else _OTHER_GAP
    elif part.kinds:
        fit *= 1.3 if says_kind(part, unit) else 0.7
    for want in part.wants:
        words, section = FITS.get(want), _SECTIONS.get(want)
        if words is not None and words.search(unit.text):
            fit *= 1.2
        if section is not None and section.search(" ".join(unit.path)):
            fit *= 1.15
    if Want.PROCEDURE in part.wants and Want.CONDITION not in part.wants:
        fit *= _OTHER_SECTION if _SECTIONS[Want.CONDITION].search(" ".join(unit.path)) else 1.0
    return fit * _case_of_amount(part, unit) * (_OTHER_CASE if negates(part, unit) else 1.0)


def is_its_case(part: Part, unit: Unit) -> bool:
    """Is ``unit`` for the case that an amount told in ``part`` is in (revenue of 50 to 100 million)?"""
    return _case_of_amount(part, unit) > 1


def _case_of_amount(part: Part, unit: Unit) -> float:
    told = [q for q in map(as_money, quantities(part.text)) if q.kind == "money"]
    read = condition(unit) if told else None
    cases = [case for case in read.cases if case.quantity.kind == "money"] if read else []
    if not cases:
        return 1.0
    return _ITS_CASE if any(all(c.met_by(size(q)) for c in cases) for q in told) else _NOT_ITS_CASE


def _years(
    part: Part, units: Sequence[Unit], relevance: Relevance, focus: Mapping[str, float]
) -> Sequence[float]:
    """How far the days that each unit tells are of the year asked about.

    Where no year is asked about, or it is part of a title in focus, or nothing tells its days, all fit alike.
    """
    asked = _year_named(part)
    alike = [1.0] * len(units)
    if not asked or any(asked in relevance.words[u].title for u in units if u.instrument_id in focus):
        return alike
    fits = [_year_of_days(asked, unit) for unit in units]
    return fits if _ITS_YEAR in fits else alike


def _year_named(part: Part) -> str:
    """The one year whose days are asked for, or nothing."""
    if Want.WHEN not in part.wants or Want.VALIDITY in part.wants:
        return ""
    asked = {q.key[:4] for q in quantities(part.text) if q.kind == "date" and not q.key.startswith("--")}
    return asked.pop() if len(asked) == 1 else ""


def _year_of_days(asked: str, unit: Unit) -> float:
    """Does ``unit`` tell days of the year ``asked`` about, or only of others?"""
    held = [q.key for q in quantities(unit.text) if q.kind == "date"]
    years = {key[:4] for key in held if not key.startswith("--")}
    if not years or is_gap(unit) or all(len(key) == _BARE_YEAR for key in held):
        return 1.0
    return _ITS_YEAR if asked in years else _OTHER_YEAR


def says_kind(part: Part, unit: Unit) -> bool:
    """Does ``unit`` say such a figure? "By the end of May each year" is a time without one."""
    if any(q.kind in part.kinds for q in quantities(unit.text)):
        return True
    return Want.WHEN in part.wants and bool(FITS[Want.WHEN].search(unit.text))


def _is_asked(part: Part, gap: Unit, names: frozenset[str]) -> bool:
    """Is what the sources lack the very thing asked for, and not another thing about the same subject?

    ``names`` are the words of the instrument's names; both share them whatever is asked.
    """
    stated = re.split(r"[;；]", gap.text)[0]  # what is lacking, without what else is told of it
    years = [q for q in quantities(stated) if q.kind == "date"]
    asked = [q for q in quantities(part.text) if q.kind == "date"]
    if years and asked and not any(a.agrees(b) for a in years for b in asked):
        return False
    if _LACKED_BODY.search(stated) and Want.WHO not in part.wants:
        return False
    if not _numbers_agree(part, stated):
        return False
    dated = _LACKED_DATE.search(stated)
    own = [term for term in terms(part.text) if term not in names]
    if dated:  # whatever else it lacks, it is asked for where the same date is
        return any(e.search(dated.group()) and any(map(e.search, own)) for e in _EVENTS)
    held = _BUT_HELD.search(stated)
    if held:
        but = {t for t in terms(held[1] or held[2]) if len(t) > 1 and "_" not in t} - names
        if len(but & set(own)) >= _ASKS_HELD * len(but):
            return False
    missing = {t for t in terms(stated) if len(t) > 1 and "_" not in t} - names - _GAP_TERMS
    return len(missing & set(terms(part.text))) >= _ASKED * len(missing) if missing else True


def _numbers_agree(part: Part, stated: str) -> bool:
    """Is the article or item asked for among those that a gap names? True where the gap names none.

    Whoever asks for none asks for what is held.
    """
    lacked = [q for q in quantities(stated) if q.kind == "article"]
    asked = [q for q in quantities(part.text) if q.kind == "article"]
    if not lacked:
        return True
    if _ONWARD.search(stated):
        return any(a.value >= q.value for a in asked for q in lacked)
    return any(a.agrees(q) for a in asked for q in lacked)
