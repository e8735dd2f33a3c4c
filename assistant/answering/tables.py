"""Tables of cases written as a sentence ("25%至30%的得16分，20%至25%的得12分"), and where a figure falls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.bounds import Bound
from assistant.answering.composer import Draft
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, alike, comparable, figures, things
from assistant.answering.fitting import Scored
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, resting_on
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Comparator, Quantity

_POINTS = re.compile(r"^\s*(?:分|points?\b)", re.IGNORECASE)
_ROW = Wording("{unit}（给出的是{figure}，得{points}）", "{unit} (given: {figure}, so {points} points)")
_SUM = Wording("合计：{formula}。", "Total: {formula}.")
_ENOUGH = (
    Wording("，满足{demand}。", ", which meets {demand}."),
    Wording("，不满足{demand}。", ", which does not meet {demand}."),
)
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Case:
    """One row: within ``bound`` it gives ``points``."""

    bound: Bound
    points: Quantity


@dataclass(frozen=True, slots=True)
class Scoring:
    """A figure's row in a table."""

    unit: Unit
    figure: Figure
    points: Quantity


def cases(unit: Unit) -> list[Case]:
    """The rows of a table of points; none where the unit is no such table."""
    found: list[Case] = []
    text = unit.text
    pending: Quantity | None = None
    for quantity in quantities(text):
        is_points = quantity.unit == "分" or _POINTS.match(text[quantity.end :]) is not None
        if not is_points:
            pending = quantity
        elif pending is not None:
            found.append(Case(Bound(pending, text, things(text)), quantity))
            pending = None
    return found if len(found) >= 2 else []


def scored(told: str, ranked: Sequence[Scored], language: Language) -> Worked | None:
    """The points that the told figures earn, row by row, and their sum; None where no table fits."""
    given = [figure for figure in figures(told) if not figure.claimed]
    rows = _rows(given, ranked)
    if not rows:
        return None
    drafts = [_row(row, language) for row in rows]
    if len(rows) > 1:
        drafts.append(_total(rows, ranked, language))
    return Worked(tuple(drafts), tuple(row.unit for row in rows))


def _rows(given: Sequence[Figure], ranked: Sequence[Scored]) -> list[Scoring]:
    tables = [(s.unit, found) for s in ranked if (found := cases(s.unit))]
    if not tables:
        return []
    home = tables[0][0].instrument_id
    rows: list[Scoring] = []
    for figure in given:
        fits = [
            (
                alike(figure.about, figure.things, unit.text, things(unit.text) - {"score"}),
                -order,
                unit,
                found,
            )
            for order, (unit, found) in enumerate(tables)
            if unit.instrument_id == home and comparable(figure.quantity, found[0].bound.quantity)
        ]
        if not fits:
            continue
        likeness, _, unit, found = max(fits, key=lambda fit: fit[:2])
        row = next((case for case in found if _within(case, figure.quantity.value)), None)
        if likeness >= _ALIKE and row is not None:
            rows.append(Scoring(unit, figure, row.points))
    return rows


def _within(case: Case, value: Decimal) -> bool:
    """A value on the border of two rows belongs to the upper one."""
    quantity = case.bound.quantity
    if quantity.high is not None:
        return quantity.value <= value < quantity.high
    if quantity.comparator is Comparator.EQ:
        return value == quantity.value
    return case.bound.met_by(value)


def _row(row: Scoring, language: Language) -> Draft:
    operands = (Operand(row.figure.text, "question"), Operand(row.points.text, "clause"))
    computation = Computation(f"{row.figure.text} → {row.points.text}", operands, row.points.text)
    text = _ROW.say(language, unit=row.unit.text, figure=row.figure.text, points=row.points.text)
    return resting_on(text, (row.unit,), (computation,))


def _total(rows: Sequence[Scoring], ranked: Sequence[Scored], language: Language) -> Draft:
    total = sum((row.points.value for row in rows), Decimal(0))
    shown = f"{total:f}"
    formula = " + ".join(f"{row.points.value:f}" for row in rows) + f" = {shown}"
    operands = tuple(Operand(row.points.text, "clause") for row in rows)
    computed = [Computation(formula, operands, shown)]
    text = _SUM.say(language, formula=formula)
    units = [row.unit for row in rows]
    line = _pass_line(ranked, units[0].instrument_id)
    if line is not None:
        unit, bound = line
        demand = Bound(bound, unit.text, frozenset())
        verdict = _ENOUGH[0 if demand.met_by(total) else 1].say(language, demand=demand.demand)
        text = f"{text[:-1]}{verdict}"
        computed.append(
            Computation(shown, (Operand(shown, "computed"), Operand(bound.text, "clause")), shown)
        )
        units.append(unit)
    return resting_on(text, units, tuple(computed))


def _pass_line(ranked: Sequence[Scored], instrument_id: str) -> tuple[Unit, Quantity] | None:
    """The total that has to be reached, if a unit of the same instrument names one."""
    for item in ranked:
        unit = item.unit
        if unit.instrument_id != instrument_id or cases(unit) or "score" not in things(unit.text):
            continue
        for quantity in quantities(unit.text):
            points = quantity.unit == "分" or "score" in things(unit.text[: quantity.start])
            if points and quantity.comparator in (Comparator.GTE, Comparator.GT) and quantity.value > 1:
                return unit, quantity
    return None
