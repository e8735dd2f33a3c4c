"""The outline of a section that a question asks for as a whole: "有哪些主要任务", "what are the five groups".

A plan has more to say under each of its tasks than an answer can hold. Who asks for the tasks is given the
first words under each, in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import groupby

from assistant.answering.fitting import Scored
from assistant.answering.reading import Part, Want
from assistant.answering.standing import is_gap
from assistant.answering.titles import without_asides
from assistant.answering.units import Unit
from assistant.language.tokens import CJK, terms

#: A section of fewer parts needs no outline.
_FEWEST = 3
#: More of a heading's words than this in the question name it.
_NAMED = 0.5
_NOUN = re.compile(rf"[{CJK}]{{2}}$|[a-z]+$", re.IGNORECASE)

_MARK = re.compile(r"^\W*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]+)[.、)）．]\s*", re.IGNORECASE)

#: Who asks for the first group does not ask for all.
_ONE = re.compile(
    r"第[一二三四五六七八九十\d]+[组个项大类条]|\b(?:first|second|third|fourth|fifth)\b", re.IGNORECASE
)

_Path = tuple[str, ...]


def outline(part: Part, ranked: Sequence[Scored]) -> tuple[Unit, ...]:
    """The first unit under each heading of the section that ``part`` asks for; empty where it asks for none.

    Only the text of the best unit is looked at, and no section of which the question names a part. ``part``
    is without the names of texts: the 行动 of 行动方案 asks for nothing.
    """
    if Want.LIST not in part.wants or part.kinds or Want.VALUE in part.wants or _ONE.search(part.text):
        return ()
    known = (scored.unit for scored in ranked if not is_gap(scored.unit) and not scored.unit.introduces)
    home = next((_document(unit) for unit in known), "")
    units = sorted((s.unit for s in ranked if _document(s.unit) == home), key=lambda unit: unit.place)
    parents = {unit.path[:depth] for unit in units for depth in range(1, len(unit.path))}
    for parent in sorted(parents, key=len):
        if not _asked(part, parent[-1]):
            continue
        under = [unit for unit in units if unit.path[: len(parent)] == parent and not is_gap(unit)]
        firsts = [next(found) for _, found in groupby(under, partial(_child, parent=parent))]
        children = [child for unit in firsts if (child := _child(unit, parent))]
        if len(children) >= _FEWEST and not any(_named(part, child) for child in children):
            return tuple(firsts)
    return ()


def _document(unit: Unit) -> str:
    return unit.evidence.passage.chunk.document_id


def _child(unit: Unit, parent: _Path) -> str:
    """The heading right under ``parent`` that ``unit`` stands under; an item's own words are none."""
    heading = next(iter(unit.path[len(parent) :]), "")
    words = _MARK.sub("", heading).rstrip("。.")
    return heading if len(words) > 1 and words != unit.text.rstrip("。.") else ""


def _asked(part: Part, heading: str) -> bool:
    """Does the question ask for what the heading names: 任务 of 二、主要任务?"""
    noun = _NOUN.search(without_asides(heading).strip())
    return noun is not None and set(terms(noun.group())) <= set(terms(part.text))


def _named(part: Part, heading: str) -> bool:
    """Does the question say what this heading says?"""
    words = {term for term in terms(without_asides(_MARK.sub("", heading))) if len(term) > 1}
    return len(words & set(terms(part.text))) > _NAMED * len(words)
