"""How a value came about, or was worked back from a threshold, written out: ``100万元 ÷ 2500万元``.

A figure that stands neither in the question nor in a clause is shown with the sum that gives it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.change import Change
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.eligibility.phrases import COUNTED, plain_number, shown
from assistant.eligibility.profile import Known, Profile, plain

_OPERATORS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
_LOOSE = (ast.Add, ast.Sub)


def working(known: Known, profile: Profile, language: Language) -> str:
    """How a derived value came about; empty where it was simply told, or takes more than + − × ÷."""
    attribute = profile.attributes.get(known.attribute)
    fact = profile.facts.get(known.attribute)
    if fact is not None and fact.parts and fact.value == known.value:
        return " + ".join(shown(part, attribute, language) for part in fact.parts)
    if not known.inputs or attribute is None or known.limited or attribute.points:
        return ""
    if known.formula not in attribute.formulas:
        return ""
    tree = ast.parse(known.formula, mode="eval").body
    if isinstance(tree, ast.Name):  # another name for the same figure
        return working(known.inputs[0], profile, language)
    values: dict[str, Value] = {k.attribute: k.value for k in known.inputs}
    if isinstance(tree, ast.Call) and formula.names(known.formula)[-1] == formula.ON:
        start = shown(next(iter(values.values())), None, language)
        return f"{shown(profile.on, None, language)} − {start}"
    if attribute.kind is AttributeKind.PERCENT and _is_times_hundred(tree):
        tree = tree.left  # type: ignore[attr-defined]
    return _Rendering(values, profile, attribute, language).render(tree)


def worked_back(change: Change, profile: Profile, language: Language) -> str:
    """How the needed value was worked back, e.g. ``2500万元 × 5%``; empty where it is the threshold."""
    criterion = change.finding.criterion
    attribute = profile.attributes.get(criterion.attribute)
    threshold = criterion.threshold
    if not change.formula or change.formula == formula.TARGET or attribute is None:
        return ""
    if change.input == formula.ON:
        start = profile.value(formula.names(change.formula)[0])
        days = shown(threshold, attribute, language) if isinstance(threshold, Decimal) else ""
        return f"{shown(start, None, language)} + {days}" if start is not None else ""
    values = {n: v for n in formula.names(change.formula) if (v := profile.value(n)) is not None}
    if isinstance(threshold, Decimal):
        values[formula.TARGET] = threshold
    tree = ast.parse(change.formula, mode="eval").body
    exact = formula.evaluate(change.formula, values)
    text = _Rendering(values, profile, attribute, language).render(tree)
    if text and isinstance(exact, Decimal) and exact != change.needed:
        text += f" = {plain_number(exact)}{'，取整' if language == 'zh' else ', rounded'}"
    return text


def _exact(text: str, values: Mapping[str, Value]) -> Decimal | Interval:
    result = formula.evaluate(text, values)
    if result is None:  # pragma: no cover - the value it belongs to was worked out from the same figures
        raise formula.FormulaError(text)
    return result


def _is_times_hundred(tree: ast.expr) -> bool:
    return isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mult) and _is_hundred(tree.right)


def _is_hundred(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and tree.value == 100


class _Rendering:
    """A formula of ``attribute`` with values in place of names; `formula.TARGET` is a value of it."""

    def __init__(
        self, values: Mapping[str, Value], profile: Profile, attribute: Attribute, language: Language
    ) -> None:
        self._values = values
        self._profile = profile
        self._attribute = attribute
        self._language = language

    def render(self, tree: ast.expr) -> str:
        """The formula in signs; empty where it holds anything but + − × ÷."""
        nodes = (ast.BinOp, ast.Name, ast.Constant, ast.operator, ast.expr_context, ast.Call)
        calls = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}
        if calls - {"year"}:
            return ""
        if not all(isinstance(node, nodes) for node in ast.walk(tree)):
            return ""
        if any(isinstance(node, ast.operator) and type(node) not in _OPERATORS for node in ast.walk(tree)):
            return ""
        return self._rendered(tree)

    def _rendered(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=formula.TARGET):
                return shown(self._values[formula.TARGET], self._attribute, self._language)
            case ast.Name(id=name):
                return self._named(name)
            case ast.BinOp(left=ast.Name(id=formula.TARGET) as target, op=ast.Div()) if _is_hundred(
                node.right
            ):
                return self._rendered(target)  # a percentage is shown as one
            case ast.Call():
                return plain(_exact(ast.unparse(node), self._values))
            case ast.Constant(value=number):
                is_percent = self._attribute.kind is AttributeKind.PERCENT and number == 100
                return f"{plain(Decimal(str(number)))}{'%' if is_percent else ''}"
            case ast.BinOp(left=left, op=op, right=right):
                parts = (self._within(left, op, first=True), self._within(right, op, first=False))
                return f" {_OPERATORS[type(op)]} ".join(parts)
        return ""

    def _named(self, name: str) -> str:
        value = self._values[name]
        attribute = self._profile.attributes.get(name)
        unit = attribute.unit if attribute else ""
        if isinstance(value, Decimal) and (unit == "points" or unit in COUNTED):
            return plain_number(value)
        return shown(value, attribute, self._language)

    def _within(self, part: ast.expr, op: ast.operator, *, first: bool) -> str:
        text = self._rendered(part)
        if not isinstance(part, ast.BinOp) or " " not in text:
            return text
        binds = isinstance(part.op, _LOOSE) and not isinstance(op, _LOOSE)
        return f"({text})" if binds or (not first and isinstance(op, (ast.Sub, ast.Div))) else text
