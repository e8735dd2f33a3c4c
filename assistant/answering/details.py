"""Details that a text holds or does not: a telephone number, the names on a list, what something costs.

A clause about the right subject shares most of the words of "咨询电话是多少" and still has no number in it.
For each such detail ``signs.yaml`` has how it is asked for (``detail``) and how a clause that has it looks
(``holds``); where no clause near the best one looks so, the sources do not hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.answering.reading import Part
from assistant.answering.signs import sign, signs
from assistant.answering.units import Unit
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_ASKED, _HELD = signs("detail"), signs("holds")
_GRANT_ASKED, _GRANTS = sign("asks.grant"), sign("unit.grants")
_ACTUAL, _TARGET = sign("asks.actual"), sign("unit.target")
#: What is counted by one of these is no answer to a question for another.
_MEASURES = ("家户个", "人名位", "件项种", "平", "批", "章", "次", "倍", "分")
_YEAR = re.compile(r"20\d\d")
_COUNTED = re.compile(r"(?:多少|几)([家户人名位件项种平批章次倍分])(?!之)")

#: How far before and after a figure the word may stand that says it is given, in characters.
_BESIDE: Mapping[Language, tuple[int, int]] = {"zh": (14, 10), "en": (60, 40)}


def holds_what_is_asked(part: Part, units: Iterable[Unit]) -> bool:
    """Does one of ``units`` have every detail that ``part`` asks for, and a figure of the kind asked for?"""
    wanted = [name for name, asks in _ASKED.items() if asks.search(part.text)]
    return any(all(_HELD[name].search(u.text) for name in wanted) and _has_figure(part, u) for u in units)


def _has_figure(part: Part, unit: Unit) -> bool:
    """Is there a figure of the kind asked for: one that is granted, one that stands already?"""
    if not part.kinds or part.kinds & {"date", "duration"}:
        return True
    held = [q for q in quantities(unit.text) if q.kind in part.kinds]
    if "money" in part.kinds and _GRANT_ASKED.search(part.text):
        held = [q for q in held if _is_granted(q, unit)]
    if _ACTUAL.search(part.text):
        other = {*_YEAR.findall(part.text)} and {*_YEAR.findall(unit.text)} - {*_YEAR.findall(part.text)}
        held = [q for q in held if not (other or q.comparator.direction or _TARGET.search(unit.text))]
    counted = _COUNTED.search(part.text)
    fitting = next((group for group in _MEASURES if counted and counted[1] in group), "")
    if fitting and unit.evidence.passage.chunk.language == "zh":
        held = [q for q in held if q.unit and q.unit[0] in fitting]
    return bool(held)


def _is_granted(figure: Quantity, unit: Unit) -> bool:
    """Does the figure stand beside a word for giving? A condition of a subsidy has it further away."""
    if figure.kind == "percent":
        return bool(_GRANTS.search(unit.text))
    before, after = _BESIDE[unit.evidence.passage.chunk.language]
    return bool(_GRANTS.search(unit.text[max(0, figure.start - before) : figure.end + after]))
