"""What was worked out for a part of a question, ready to be shown: the shape that all figuring returns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.composer import Draft, Span
from assistant.answering.computation import Computation
from assistant.answering.units import Unit
from assistant.domain import Language

_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]+条(?:之[一二三四五])?|Article \d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Worked:
    """``drafts`` in reading order; ``quoted`` are the units they already show, ``open`` what nobody told."""

    drafts: tuple[Draft, ...]
    quoted: tuple[Unit, ...]
    open: tuple[str, ...] = ()


def quote(unit: Unit, language: Language) -> Draft:
    """A unit as a draft that quotes it, with the number of its article."""
    article = next((m.group() for head in reversed(unit.path) if (m := _ARTICLE.match(head))), "")
    if not article or article in unit.text:
        return resting_on(unit.text, (unit,))
    where = f"（{article}）" if language == "zh" else f" ({article})"
    end = len(unit.text.rstrip("。."))
    return resting_on(f"{unit.text[:end]}{where}{unit.text[end:]}", (unit,))


def clauses_and(
    text: str, units: Sequence[Unit], computed: tuple[Computation, ...], language: Language
) -> Worked:
    """The clauses first, then what follows from them."""
    drafts = (*(quote(unit, language) for unit in units), resting_on(text, units, computed))
    return Worked(drafts, tuple(units))


def resting_on(text: str, units: Sequence[Unit], computed: tuple[Computation, ...] = ()) -> Draft:
    """A draft that rests on ``units``, with the figures that were computed for it."""
    labels = tuple(dict.fromkeys(unit.label for unit in units))
    return Draft(text, labels, tuple(Span(u.label, u.start, u.end) for u in units), computed)
