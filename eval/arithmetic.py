"""Figures that an answer works out in plain sight: ``300万元 × 2/3 = 200万元``, ``4.4% < 5%``.

A formula counts only when it is right and starts from known figures (the question's, a cited clause's, or
an earlier result). A wrong sum, or a sum over an invented figure, excuses nothing.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.amounts import Amount, agree
from eval.days import later
from eval.formulas import Formula, Term, formulas

_RELATIONS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "＜": operator.lt,
    ">": operator.gt,
    "＞": operator.gt,
    "≤": operator.le,
    "≥": operator.ge,
}
_EQUAL = ("=", "≈")
_TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Worked:
    """The figures of the right formulas of a text, operands and results, and the text without them."""

    figures: tuple[Amount, ...]
    rest: str


def work_out(text: str, known: Sequence[Amount]) -> Worked:
    """Check every formula in ``text`` against the figures that are ``known``."""
    trusted, rest = list(known), text
    for formula in formulas(text):
        if _holds(formula, trusted):
            trusted += [term.figure for term in formula.terms]
            rest = rest[: formula.start] + " " * (formula.end - formula.start) + rest[formula.end :]
    return Worked(tuple(trusted[len(known) :]), rest)


def _holds(formula: Formula, trusted: Sequence[Amount]) -> bool:
    """Is the formula right, and does it rest on trusted figures?"""
    sides: list[list[Term]] = [[]]
    relations: list[str] = []
    for term in formula.terms:
        if term.sign in _EQUAL or term.sign in _RELATIONS:
            relations.append(term.sign)
            sides.append([])
        sides[-1].append(term)
    for number, side in enumerate(sides):
        is_result = number > 0 and relations[number - 1] in _EQUAL
        if not is_result and not all(_known(term.figure, trusted) for term in side):
            return False
    if len(formula.terms) == 3 and [term.sign for term in formula.terms[1:]] == ["+", "="]:
        start, period, end = (term.figure.quantity for term in formula.terms)
        reached = later(start, period)
        if reached is not None:
            return end.kind == "date" and end.key == reached
    try:
        values = [_value(side) for side in sides]
    except (InvalidOperation, DivisionByZero, ZeroDivisionError):
        return False
    compared = zip(relations, values, values[1:], strict=False)
    exact = any(term.figure.quantity.kind == "date" for term in formula.terms)
    tolerance = Decimal(0) if exact else _TOLERANCE
    return bool(relations) and all(
        _true(relation, left, right, tolerance) for relation, left, right in compared
    )


def _value(side: Sequence[Term]) -> Decimal:
    """What one side comes to: times and divide before plus and minus."""
    terms = [_plain(side[0].figure)]
    for term in side[1:]:
        value = _plain(term.figure)
        if term.sign in "×*":
            terms[-1] *= value
        elif term.sign == "÷":
            terms[-1] /= value
        else:
            terms.append(value if term.sign == "+" else -value)
    return sum(terms, Decimal(0))


def _true(relation: str, left: Decimal, right: Decimal, tolerance: Decimal) -> bool:
    if relation in _RELATIONS:
        return _RELATIONS[relation](left, right)
    return abs(left - right) <= max(abs(right) * tolerance, Decimal("1e-9"))


def _known(figure: Amount, trusted: Sequence[Amount]) -> bool:
    one = figure.quantity.kind != "date" and _plain(figure) == 1
    return one or any(agree(figure, other) for other in trusted)


def _plain(figure: Amount) -> Decimal:
    """The number to reckon with; a day is counted from a fixed one, so that two days differ by days."""
    if figure.quantity.kind == "date" and re.fullmatch(r"\d{4}", figure.quantity.key):
        return Decimal(figure.quantity.key)  # two years differ by years
    if figure.quantity.kind == "date":
        try:
            return Decimal(date.fromisoformat(figure.quantity.key).toordinal())
        except ValueError as error:  # a month is no day
            raise InvalidOperation from error
    value = figure.quantity.value
    return value / 100 if figure.quantity.kind == "percent" else value
