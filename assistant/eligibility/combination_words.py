"""Words about schemes side by side: what excludes what, and which choice brings most."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility import formula
from assistant.eligibility.combination import Amount, Combination, amounts, combinations, conflicts
from assistant.eligibility.model import Scheme, Verdict
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.phrases import money, plain_number, shown
from assistant.eligibility.profile import Profile

_SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "÷"}
#: A constant from here on is an amount of yuan and no factor.
_MONEY = 1000


def conflict_words(outcomes: Sequence[Outcome], language: Language) -> list[str]:
    """One sentence for each pair of open schemes that cannot be taken together."""
    found = conflicts(_open(outcomes))
    if language == "zh":
        return [f"不能同时享受：{a.name_zh} 与 {b.name_zh}。" for a, b in found]
    return [f"Cannot be taken together: {a.name_en} and {b.name_en}." for a, b in found]


def combination_words(outcomes: Sequence[Outcome], language: Language) -> list[str]:
    """The choices of open schemes; nothing where none of them excludes another."""
    if not conflicts(_open(outcomes)):
        return []
    choices = combinations(outcomes)
    by_id = {o.check.scheme.id: o for o in outcomes}
    zh = language == "zh"
    best = next((choice for choice in choices if choice.best), None)
    if best is None:
        lead = (
            "可以选择的组合（金额无法比较，请自行选择）："
            if zh
            else "Choices (their amounts cannot be compared): "
        )
        return [lead + ("；或者" if zh else "; or ").join(_named(choice, language) for choice in choices)]
    reasons = [_compared(best, other, by_id, language) for other in choices if other is not best]
    told = [reason for reason in dict.fromkeys(reasons) if reason]
    because = ("；" if zh else "; ").join(told)
    lead = "得益最大的合法组合：" if zh else "The legal combination that brings most: "
    return [f"{lead}{_named(best, language)}" + (f"（{because}）。" if zh else f" ({because}).")]


def amount_words(amount: Amount, profile: Profile, language: Language) -> str:
    """What a benefit comes to, worked out in sight: ``额外扣除：500万元 × 120% = 600万元``."""
    colon = "：" if language == "zh" else ": "
    return f"{amount.benefit.measure(language)}{colon}{_sum(amount, profile, language)}"


def _open(outcomes: Sequence[Outcome]) -> list[Scheme]:
    return [o.check.scheme for o in outcomes if o.check.verdict is Verdict.MET and o.in_force]


def _named(choice: Combination, language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(s.name(language) for s in choice.schemes)


def _compared(best: Combination, other: Combination, by_id: Mapping[str, Outcome], language: Language) -> str:
    """What the two choices differ in, by measure: ``500万元 × 120% = 600万元，另一选择为……``."""
    ours = _sums([by_id[s.id] for s in best.schemes if s not in other.schemes], language)
    theirs = _sums([by_id[s.id] for s in other.schemes if s not in best.schemes], language)
    parts = []
    for measure in dict.fromkeys((*ours, *theirs)):
        more, less = (" + ".join(sums.get(measure, ())) or "0" for sums in (ours, theirs))
        parts.append(
            f"{measure}：{more}，另一选择为{less}"
            if language == "zh"
            else f"{measure}: {more}, against {less}"
        )
    return ("；" if language == "zh" else "; ").join(parts)


def _sums(outcomes: Sequence[Outcome], language: Language) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        for amount in amounts(outcome):
            measure = amount.benefit.measure(language)
            found.setdefault(measure, []).append(_sum(amount, outcome.profile, language))
    return found


def _sum(amount: Amount, profile: Profile, language: Language) -> str:
    """``500万元 × 120% = 600万元``; of an unknown base, how much of it: ``研发费用 × 120%``."""
    text = amount.benefit.formula or ""
    values = {n: v for n in formula.names(text) if isinstance(v := profile.value(n), Decimal)}
    steps = _Steps(values, profile, language).write(ast.parse(text, mode="eval").body)
    return steps if amount.base else f"{steps} = {money(amount.value, 'CNY', language)}"


@dataclass(frozen=True, slots=True)
class _Steps:
    """A formula in signs: figures of the enterprise in money, what is not known by its name.

    Of a capped or floored part only the side that counts is written.
    """

    values: Mapping[str, Decimal]
    profile: Profile
    language: Language

    def write(self, tree: ast.expr) -> str:
        """The formula, without its result."""
        match tree:
            case ast.Name(id=name) if name in self.values:
                return shown(self.values[name], self.profile.attributes[name], self.language)
            case ast.Name(id=name):
                return self.profile.attributes[name].label(self.language)
            case ast.Constant(value=int() | float() as value):
                number = Decimal(str(value))
                return money(number, "CNY", self.language) if number >= _MONEY else plain_number(number)
            case ast.Call(args=[left, right]):
                whole = formula.evaluate(ast.unparse(tree), self.values)
                side = left if formula.evaluate(ast.unparse(left), self.values) == whole else right
                return self.write(side)
            case ast.BinOp(
                left=ast.BinOp(left=base, op=ast.Mult(), right=share),
                op=ast.Div(),
                right=ast.Constant(value=100),
            ):
                return f"{self._within(base)} × {_percent(share)}"
            case ast.BinOp(left=left, op=op, right=right):
                return f"{self._within(left)} {_SIGNS[type(op)]} {self._within(right)}"
        return ast.unparse(tree)

    def _within(self, part: ast.expr) -> str:
        text = self.write(part)
        loose = isinstance(part, ast.BinOp) and isinstance(part.op, ast.Add | ast.Sub)
        return f"({text})" if loose or (isinstance(part, ast.Call) and " − " in text) else text


def _percent(share: ast.expr) -> str:
    match share:
        case ast.Constant(value=int() | float() as value):
            return f"{plain_number(Decimal(str(value)))}%"
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return f"({_percent(left)} − {_percent(right)})"
    return ast.unparse(share)
