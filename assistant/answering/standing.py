"""What a unit is beside being about the question: a rule, a remark, a note on the text, a gap, an old rule.

Rules come first. A remark, a note or an old rule is quoted only where the question asks for such a thing.
"""

from __future__ import annotations

import re

from assistant.answering.reading import Part, Want
from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.domain import Authority, ValidityStatus
from assistant.language.lacking import says_lacking
from assistant.validity import begins_after

_OUTDATED = sign("unit.outdated")
_REPLACES = sign("unit.replaces")
_ASKS_PAST = sign("asks.past")
_REMARK = sign("unit.remark")
_ASKS_REMARK = sign("asks.remark")
_ABOUT_TEXT, _ABOUT_PAGE = sign("unit.about_text"), sign("unit.about_page")
_STATUS = sign("unit.status")
_TARGET = sign("unit.target")
_REFERS = sign("unit.refers")
_ASKS_ABOUT_TEXT, _ASKS_WHAT = sign("asks.about_text"), sign("asks.what_text")
_WITHOUT = re.compile(r"(?:没有|未曾|未)([\u4e00-\u9fff]{2})")

_ABOUT, _WHAT = 0.4, 1.2
#: A text that takes effect after the day asked about.
_NOT_YET = 0.3
#: What only one source has comes after what the official text says, but not after "was not found".
_ONE_SOURCE = 0.92
#: "The figure is in the rules on ...": no answer to a question for the figure.
_ELSEWHERE = 0.5


def is_gap(unit: Unit) -> bool:
    """Does the unit say that something was not found?"""
    return says_lacking(unit.text, unit.path[-1] if unit.path else "")


def refers(unit: Unit) -> bool:
    """Does the unit leave the figure to another text?"""
    return bool(_REFERS.search(unit.text))


def is_outdated(unit: Unit) -> bool:
    """Does the unit speak of rules that are no more?"""
    return bool(_OUTDATED.search(unit.text))


def tells_past(unit: Unit) -> bool:
    """Does the unit speak of rules that are no more, or of what a rule replaced?"""
    return is_outdated(unit) or bool(_REPLACES.search(unit.text))


def binds(unit: Unit) -> bool:
    """May an asker be judged by the unit? Not by an aim of a plan, a gap, or a rule that is no more."""
    in_force = unit.evidence.passage.validity.in_force is not False
    return in_force and not (is_gap(unit) or is_outdated(unit) or _TARGET.search(unit.text))


def asks_past(part: Part) -> bool:
    """Does the question ask about rules that may be no more?"""
    return Want.VALIDITY in part.wants or bool(_ASKS_PAST.search(part.text))


def negates(part: Part, unit: Unit) -> bool:
    """Is the unit for the case without what the question is with: 没有约定 for 约定了?"""
    asked = part.text
    return any(
        match[1] in asked and not re.search(rf"(?:没有|没|未|无|不){match[1]}", asked)
        for match in _WITHOUT.finditer(unit.text)
    )


def standing(part: Part, unit: Unit) -> float:
    """How far the unit's standing lowers its score for ``part``; 1 for a rule."""
    lowered = 1.0
    heading = unit.path[-1] if unit.path else ""
    about_text = bool(_ABOUT_TEXT.search(heading))
    if about_text and _ASKS_WHAT.search(part.text):
        lowered *= _WHAT
    elif about_text and Want.VALIDITY not in part.wants and not _ASKS_ABOUT_TEXT.search(part.text):
        lowered *= _ABOUT
    if _STATUS.search(unit.text) and Want.VALIDITY not in part.wants:
        lowered *= 0.4
    if _ABOUT_PAGE.search(unit.text) and not _ASKS_REMARK.search(part.text):
        lowered *= 0.3
    if not _ASKS_REMARK.search(part.text):
        lowered *= 0.55 if _REMARK.search(heading) and not about_text else 1.0
        lowered *= 0.75 if unit.evidence.passage.instrument.authority is Authority.NEWS else 1.0
        lowered *= _ONE_SOURCE if unit.single_source or is_gap(unit) else 1.0
    passage = unit.evidence.passage
    rules = passage.instrument.status is not ValidityStatus.REFERENCE  # statistics come after their year
    if rules and begins_after(passage.instrument, passage.validity.on):
        lowered *= _NOT_YET
    if part.kinds and refers(unit):
        lowered *= _ELSEWHERE
    if is_outdated(unit) and not asks_past(part):
        lowered *= 0.65
    return lowered
