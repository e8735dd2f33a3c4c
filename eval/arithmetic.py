"""Figures that an answer works out in plain sight: ``300万元 × 2/3 = 200万元``, ``4.4% < 5%``.

A formula counts only when it is right and starts from known figures (the question's, a cited clause's, or
an earlier result). A wrong sum, or a sum over an invented figure, excuses nothing.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.amounts import Amount, agree, amounts

_SIGN = re.compile(r"\s*([+×÷*=≈<>≤≥＜＞])\s*|\s([−-])\s|(?<=\d)\s*(−)\s*(?=\d)")
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
class _Token:
    """A figure of a formula, the sign in front of it ("" opens the formula), and where it stands."""

    sign: str
    figure: Amount
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.figure.text)


@dataclass(frozen=True, slots=True)
class Worked:
    """The figures of the right formulas of a text, operands and results, and the text without them."""

    figures: tuple[Amount, ...]
    rest: str


def work_out(text: str, known: Sequence[Amount]) -> Worked:
    """Check every formula in ``text`` against the figures that are ``known``."""
    trusted, rest = list(known), text
    for formula in _formulas(text):
        if _holds(formula, trusted):
            trusted += [token.figure for token in formula]
            start, end = formula[0].start, formula[-1].end
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return Worked(tuple(trusted[len(known) :]), rest)


def _formulas(text: str) -> list[list[_Token]]:
    """Runs of figures joined by signs."""
    signs = list(_SIGN.finditer(text))
    edges = [0, *(s.end() for s in signs)], [*(s.start() for s in signs), len(text)]
    pieces = [text[start:end] for start, end in zip(*edges, strict=True)]
    formulas: list[list[_Token]] = []
    for number, sign in enumerate(signs):
        left, right = _last(pieces[number]), _first(pieces[number + 1])
        mark = next(group for group in sign.groups() if group)
        if left is None or right is None:
            continue
        opens = _Token("", left, edges[0][number] + left.span[0])
        if not (formulas and formulas[-1][-1].start == opens.start):
            formulas.append([opens])
        formulas[-1].append(_Token(mark, right, sign.end() + right.span[0]))
    return formulas


def _last(piece: str) -> Amount | None:
    found = amounts(piece)
    return found[-1] if found and found[-1].span[1] == len(piece.rstrip()) else None


def _first(piece: str) -> Amount | None:
    found = amounts(piece)
    return found[0] if found and not piece[: found[0].span[0]].strip("( （") else None


def _holds(formula: Sequence[_Token], trusted: Sequence[Amount]) -> bool:
    """Is the formula right, and does it rest on trusted figures?"""
    sides: list[list[_Token]] = [[]]
    relations: list[str] = []
    for token in formula:
        if token.sign in _EQUAL or token.sign in _RELATIONS:
            relations.append(token.sign)
            sides.append([])
        sides[-1].append(token)
    try:
        values = [_value(side) for side in sides]
    except (InvalidOperation, DivisionByZero, ZeroDivisionError):
        return False
    for number, side in enumerate(sides):
        is_result = number > 0 and relations[number - 1] in _EQUAL
        if not is_result and not all(_known(token.figure, trusted) for token in side):
            return False
    compared = zip(relations, values, values[1:], strict=False)
    return bool(relations) and all(_true(relation, left, right) for relation, left, right in compared)


def _value(side: Sequence[_Token]) -> Decimal:
    """What one side comes to: times and divide before plus and minus."""
    terms = [_plain(side[0].figure)]
    for token in side[1:]:
        value = _plain(token.figure)
        if token.sign in "×*":
            terms[-1] *= value
        elif token.sign == "÷":
            terms[-1] /= value
        else:
            terms.append(value if token.sign == "+" else -value)
    return sum(terms, Decimal(0))


def _true(relation: str, left: Decimal, right: Decimal) -> bool:
    if relation in _RELATIONS:
        return _RELATIONS[relation](left, right)
    return abs(left - right) <= max(abs(right) * _TOLERANCE, Decimal("1e-9"))


def _known(figure: Amount, trusted: Sequence[Amount]) -> bool:
    return _plain(figure) == 1 or any(agree(figure, other) for other in trusted)


def _plain(figure: Amount) -> Decimal:
    value = figure.quantity.value
    return value / 100 if figure.quantity.kind == "percent" else value
