"""Formulas of derived facts: a small, safe arithmetic over attribute names.

``rd_expense_3y / sales_3y * 100`` or ``days(registration_date, on)``. Only names, numbers, + - * / **, min,
max, days and year are understood; anything else is refused when the rule file is read. Exact decimals, so a
boundary such as 4.0 % is met exactly; bounds ("below 500") are carried through as intervals.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation
from functools import cache

from assistant.eligibility import interval
from assistant.eligibility.interval import Interval, Number
from assistant.eligibility.model import Value

_OPERATORS: Mapping[type[ast.operator], Callable[[Number, Number], Number | None]] = {
    ast.Add: interval.add,
    ast.Sub: interval.subtract,
    ast.Mult: interval.multiply,
    ast.Div: interval.divide,
    ast.Pow: lambda a, b: interval.power(a, b) if isinstance(b, Decimal) else None,
}
_FUNCTIONS = {"days": 2, "min": 2, "max": 2, "year": 1}

#: The name that stands for the day of the check.
ON = "on"
#: The name that stands for what a formula is to come to.
TARGET = "target"


class FormulaError(ValueError):
    """The formula uses something that is not allowed."""


@cache
def names(formula: str) -> tuple[str, ...]:
    """The attributes a formula needs, in order of appearance. Raises `FormulaError`."""
    tree = _parse(formula)
    _check(tree)
    calls = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in calls]
    found.sort(key=lambda n: n.col_offset)
    return tuple(dict.fromkeys(n.id for n in found))


@cache
def has_limits(formula: str) -> bool:
    """Is a part of it capped or floored, so that it does not grow evenly?"""
    return any(isinstance(node, ast.Call) for node in ast.walk(_parse(formula)))


def evaluate(formula: str, values: Mapping[str, Value]) -> Number | None:
    """The result, or None where an operand is missing or the arithmetic has no answer (x / 0)."""
    try:
        return _evaluate(_parse(formula), values)
    except (KeyError, DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None


@cache
def inverted(formula: str, name: str) -> str | None:
    """The formula for ``name`` at which ``formula`` comes to `TARGET`: ``target / 100 * sales``.

    None where ``name`` does not stand exactly once, or under anything but + - * /.
    """
    tree = _parse(formula)
    result: ast.expr = ast.Name(TARGET)
    while not isinstance(tree, ast.Name):
        if not isinstance(tree, ast.BinOp):
            return None
        in_left, in_right = (_times_named(side, name) for side in (tree.left, tree.right))
        if in_left + in_right != 1:
            return None
        other, tree, undone = (
            (tree.right, tree.left, _UNDO_LEFT.get(type(tree.op)))
            if in_left
            else (tree.left, tree.right, _UNDO_RIGHT.get(type(tree.op)))
        )
        if undone is None:
            return None
        result = undone(result, other)
    return ast.unparse(result) if tree.id == name else None


def _times_named(tree: ast.expr, name: str) -> int:
    return sum(isinstance(node, ast.Name) and node.id == name for node in ast.walk(tree))


_Undo = Callable[[ast.expr, ast.expr], ast.expr]
#: ``x op other = result``, solved for x.
_UNDO_LEFT: Mapping[type[ast.operator], _Undo] = {
    ast.Add: lambda result, other: ast.BinOp(result, ast.Sub(), other),
    ast.Sub: lambda result, other: ast.BinOp(result, ast.Add(), other),
    ast.Mult: lambda result, other: ast.BinOp(result, ast.Div(), other),
    ast.Div: lambda result, other: ast.BinOp(other, ast.Mult(), result),
}
#: ``other op x = result``, solved for x.
_UNDO_RIGHT: Mapping[type[ast.operator], _Undo] = {
    ast.Add: _UNDO_LEFT[ast.Add],
    ast.Sub: lambda result, other: ast.BinOp(other, ast.Sub(), result),
    ast.Mult: _UNDO_LEFT[ast.Mult],
    ast.Div: lambda result, other: ast.BinOp(other, ast.Div(), result),
}


@cache
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


def _evaluate(node: ast.expr, values: Mapping[str, Value]) -> Number:
    match node:
        case ast.Name(id=name):
            return _number(values[name])
        case ast.Constant(value=value):
            return Decimal(str(value))
        case ast.BinOp(left=left, op=op, right=right):
            return _some(_OPERATORS[type(op)](_evaluate(left, values), _evaluate(right, values)))
        case ast.UnaryOp(operand=operand):
            return interval.subtract(Decimal(0), _evaluate(operand, values))
        case ast.Call(func=ast.Name(id="days"), args=[ast.Name(id=start), ast.Name(id=end)]):
            return _days(values[start], values[end])
        case ast.Call(func=ast.Name(id="year"), args=[ast.Name(id=day)]):
            return _year(values[day])
        case ast.Call(func=ast.Name(id=name), args=[left, right]):
            pick = interval.smaller if name == "min" else interval.larger
            return pick(_evaluate(left, values), _evaluate(right, values))
    raise FormulaError(f"not allowed in a formula: {ast.unparse(node)}")


def _some(result: Number | None) -> Number:
    if result is None:
        raise InvalidOperation
    return result


def _number(value: Value) -> Number:
    if isinstance(value, Decimal | Interval):
        return value
    raise InvalidOperation


def _days(start: Value, end: Value) -> Number:
    if isinstance(start, Interval) and isinstance(end, date):
        high = (end - start.low).days if isinstance(start.low, date) else None
        low = (end - start.high).days if isinstance(start.high, date) else None
        return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))
    if not isinstance(start, date) or not isinstance(end, date):
        raise InvalidOperation
    return Decimal((end - start).days)


def _year(day: Value) -> Number:
    if isinstance(day, Interval) and isinstance(day.low, date) and isinstance(day.high, date):
        low, high = Decimal(day.low.year), Decimal(day.high.year)
        return low if low == high else Interval(low, high)
    if not isinstance(day, date):
        raise InvalidOperation
    return Decimal(day.year)
