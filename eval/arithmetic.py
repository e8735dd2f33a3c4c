"""Figures that an answer works out in plain sight: ``300万元 × 2/3 = 200万元``.

A result counts only when the arithmetic is right and every operand is known (from the question, a cited
clause, or an earlier result). A wrong sum is an unsupported figure like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assistant.language.fold import aligned
from eval.amounts import Amount, agree, amounts

_OPERATOR = re.compile(r"\s*([+×x*÷/−-])\s*")
_EQUALS = re.compile(r"\s*[=≈]\s*")
_TOLERANCE = Decimal("0.01")


def results(text: str, known: Sequence[Amount]) -> list[Amount]:
    """The results of the sums in ``text`` that are right and start from known figures."""
    found = amounts(text)
    folded = aligned(text)
    trusted = list(known)
    fresh: list[Amount] = []
    for index, amount in enumerate(found):
        if index and _EQUALS.fullmatch(folded[found[index - 1].span[1] : amount.span[0]]):
            operands, operators = _sum_before(found, folded, index)
            if (
                operators
                and all(_known(o, trusted) for o in operands)
                and _right(operands, operators, amount)
            ):
                trusted.append(amount)
                fresh.append(amount)
    return fresh


def _sum_before(found: Sequence[Amount], folded: str, index: int) -> tuple[list[Amount], list[str]]:
    """The operands and operators that stand before the equals sign in front of ``found[index]``."""
    operands = [found[index - 1]]
    operators: list[str] = []
    for left in reversed(range(index - 1)):
        match = _OPERATOR.fullmatch(folded[found[left].span[1] : operands[0].span[0]])
        if match is None:
            break
        operands.insert(0, found[left])
        operators.insert(0, match.group(1))
    return operands, operators


def _known(amount: Amount, trusted: Sequence[Amount]) -> bool:
    return amount.text in ("1", "100%", "100") or any(agree(amount, other) for other in trusted)


def _right(operands: Sequence[Amount], operators: Sequence[str], result: Amount) -> bool:
    """Is the result what the sum gives, with times and divide before plus and minus, within rounding?"""
    try:
        terms, signs = [_value(operands[0])], [1]
        for operator, operand in zip(operators, operands[1:], strict=True):
            value = _value(operand)
            if operator in "+-−":
                terms.append(value)
                signs.append(1 if operator == "+" else -1)
            else:
                terms[-1] = terms[-1] / value if operator in "÷/" else terms[-1] * value
    except (InvalidOperation, ZeroDivisionError):
        return False
    total = sum((sign * term for sign, term in zip(signs, terms, strict=True)), Decimal(0))
    wanted = _value(result)
    return abs(total - wanted) <= max(abs(wanted) * _TOLERANCE, Decimal("1e-9"))


def _value(amount: Amount) -> Decimal:
    value = amount.quantity.value
    return value / 100 if amount.quantity.kind == "percent" else value
