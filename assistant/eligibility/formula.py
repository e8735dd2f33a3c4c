"""Formulas of derived facts: a small, safe arithmetic over attribute names.

``rd_expense_3y / sales_3y * 100`` or ``days(registration_date, on)``. Only names, numbers, + - * / **, min,
max and days are understood; anything else is refused when the rule file is read. Exact decimals, so a
boundary such as 4.0 % is met exactly.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from assistant.eligibility.model import Value

_OPERATORS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: lambda a, b: a**b,
}
_FUNCTIONS = {"days": 2, "min": 2, "max": 2}


class FormulaError(ValueError):
    """The formula uses something that is not allowed."""


def names(formula: str) -> tuple[str, ...]:
    """The attributes a formula needs, in order of appearance. Raises `FormulaError`."""
    tree = _parse(formula)
    _check(tree)
    calls = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in calls]
    found.sort(key=lambda n: n.col_offset)
    return tuple(dict.fromkeys(n.id for n in found))


def evaluate(formula: str, values: Mapping[str, Value]) -> Decimal | None:
    """The result, or None where an operand is missing or the arithmetic has no answer (x / 0)."""
    try:
        return _evaluate(_parse(formula), values)
    except (KeyError, DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None


def _parse(formula: str) -> ast.expr:
    try:
        return ast.parse(formula, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"not a formula: {formula}") from error


def _check(node: ast.expr) -> None:
    match node:
        case ast.Name():
            return
        case ast.Constant(value=int() | float()):
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            _check(left)
            _check(right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if len(args) == _FUNCTIONS.get(name):
            for argument in args:
                _check(argument)
        case _:
            raise FormulaError(f"not allowed in a formula: {ast.unparse(node)}")


def _evaluate(node: ast.expr, values: Mapping[str, Value]) -> Decimal:
    match node:
        case ast.Name(id=name):
            return _number(values[name])
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](_evaluate(left, values), _evaluate(right, values))
        case ast.UnaryOp(operand=operand):
            return -_evaluate(operand, values)
        case ast.Call(func=ast.Name(id="days"), args=[ast.Name(id=start), ast.Name(id=end)]):
            return _days(values[start], values[end])
        case ast.Call(func=ast.Name(id=name), args=args):
            pick = min if name == "min" else max
            return pick(_evaluate(argument, values) for argument in args)
    raise FormulaError(f"not allowed in a formula: {ast.unparse(node)}")


def _number(value: Value) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, Decimal):
        raise InvalidOperation
    return value


def _days(start: Value, end: Value) -> Decimal:
    if not isinstance(start, date) or not isinstance(end, date):
        raise InvalidOperation
    return Decimal((end - start).days)
