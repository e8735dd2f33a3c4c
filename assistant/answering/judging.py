"""The asker's figures set against the conditions that were quoted: met, not met, not told.

Code decides; each verdict shows the comparison and stands on one clause. Nothing is judged that was not
told, and nothing is concluded beyond the conditions that were checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.amounts import percent
from assistant.answering.bounds import Bound, Condition
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, alike, comparable, one_period, period, size, things
from assistant.language.tokens import terms

#: Words that make a count narrower: five patents are not five class-I rights.
_NARROWER = frozenset({"class1", "tech", "high"})
#: Less likeness than this, and a figure and a bound are not about the same thing.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Check:
    """One bound against one figure (or a ratio of two)."""

    bound: Bound
    value: Decimal
    met: bool
    computation: Computation
    figures: tuple[Figure, ...]

    @property
    def years(self) -> int | None:
        """How many years the bound counts together where the figures told do not cover them."""
        demanded = period(self.bound.about)
        told = {period(figure.about) for figure in self.figures}
        return demanded if demanded and demanded > 1 and told != {demanded} else None

    @property
    def sure(self) -> bool:
        """False where the condition counts only a narrower sort than the figure was told for."""
        told = frozenset[str]().union(*(f.things for f in self.figures))
        return not (self.bound.things - told) & _NARROWER


@dataclass(frozen=True, slots=True)
class Verdict:
    """A condition with what could be checked of it. ``met`` is None where nothing could."""

    condition: Condition
    checks: tuple[Check, ...]
    met: bool | None
    depends: bool = False  # it is not known whether its case applies
    cases: tuple[Check, ...] = ()  # the figures that put it in its case


def judge(conditions: Sequence[Condition], told: Sequence[Figure]) -> tuple[Verdict, ...]:
    """A verdict for every condition that applies to the figures told."""
    applying = [c for c in conditions if _applies(c, told)]
    pairs = _pair(applying, told)
    verdicts = []
    for index, condition in enumerate(applying):
        checks = []
        for place, bound in enumerate(condition.bounds):
            figure = pairs.get((index, place))
            check = _check(bound, figure) if figure else _ratio(bound, condition, told)
            if check is not None:
                checks.append(check)
        depends = any(_best(case, told) is None for case in condition.cases)
        cases = tuple(_check(case, figure) for case in condition.cases if (figure := _best(case, told)))
        verdicts.append(Verdict(condition, tuple(checks), _met(condition, checks), depends, cases))
    return tuple(verdicts)


def _met(condition: Condition, checks: Sequence[Check]) -> bool | None:
    if not checks:
        return None
    if condition.shuts_out:
        return not all(check.met for check in checks)
    if condition.either:
        return (
            True if any(c.met for c in checks) else (False if len(checks) == len(condition.bounds) else None)
        )
    return all(check.met for check in checks)


def _applies(condition: Condition, told: Sequence[Figure]) -> bool:
    """False where a figure told falls outside the case the condition is for."""
    for case in condition.cases:
        figure = _best(case, told)
        if figure is not None and not case.met_by(size(figure.quantity)):
            return False
    return True


def _best(bound: Bound, told: Iterable[Figure]) -> Figure | None:
    scored = [
        (alike(f.about, f.things, bound.about, bound.things), f)
        for f in told
        if comparable(f.quantity, bound.quantity) and one_period(f.about, bound.about)
    ]
    score, figure = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return figure if score >= _ALIKE else None


def _pair(conditions: Sequence[Condition], told: Sequence[Figure]) -> dict[tuple[int, int], Figure]:
    """Figures to bounds, likest first; a bound takes one figure, a figure may meet several bounds alike.

    Words that most conditions share tell little, so they count only for what is left over at the end.
    """
    rarity = _rarity(conditions)
    pairs = _pair_by(conditions, told, rarity, {})
    left = [figure for figure in told if all(figure is not paired for paired in pairs.values())]
    return _pair_by(conditions, left, None, pairs)


def _pair_by(
    conditions: Sequence[Condition],
    told: Sequence[Figure],
    rarity: Mapping[str, float] | None,
    known: Mapping[tuple[int, int], Figure],
) -> dict[tuple[int, int], Figure]:
    scored = [
        (alike(f.about, f.things, b.about, b.things, rarity), -i, -j, f)
        for i, c in enumerate(conditions)
        for j, b in enumerate(c.bounds)
        for f in told
        if comparable(f.quantity, b.quantity) and one_period(f.about, b.about)
    ]
    scored.sort(key=lambda item: item[:3], reverse=True)
    pairs = dict(known)
    best: dict[int, float] = {}
    for score, i, j, figure in scored:
        if score < _ALIKE or (-i, -j) in pairs:
            continue
        # a figure belongs to the bounds it is likest to, not to every one it might be about
        if score < best.get(id(figure), score) - 0.25:
            continue
        best.setdefault(id(figure), score)
        pairs[-i, -j] = figure
    return pairs


def _rarity(conditions: Sequence[Condition]) -> dict[str, float]:
    """What a shared word tells: all of it in one condition, next to nothing in many."""
    counts = Counter(term for c in conditions for term in set(terms(c.unit.text)))
    return {term: 1.0 / count for term, count in counts.items()} if len(conditions) > 2 else {}


def _check(bound: Bound, figure: Figure) -> Check:
    value = size(figure.quantity)
    operands = (Operand(figure.text, "question"), Operand(bound.quantity.text, "clause"))
    computation = Computation(figure.named, operands, figure.text)
    return Check(bound, value, bound.met_by(value), computation, (figure,))


def _ratio(bound: Bound, condition: Condition, told: Sequence[Figure]) -> Check | None:
    """A share that was not told but follows from two amounts that were: R&D cost over revenue."""
    if bound.quantity.kind != "percent":
        return None
    complement = _complement(bound, told)
    if complement is not None:
        return complement
    part_words, whole_words = _part_and_whole(bound, condition)
    part = _amount(part_words, told)
    whole = _amount(whole_words, [f for f in told if f is not part]) if part else None
    if part is None or whole is None or not comparable(part.quantity, whole.quantity):
        return None
    if part.things == whole.things:
        return None  # two values of one fact: nothing is its own share
    if len({years for f in (part, whole) if (years := period(f.about))}) > 1:
        return None  # two years of costs over one year of sales is no ratio
    if part.quantity.value > whole.quantity.value or not whole.quantity.value:
        return None
    value = part.quantity.value / whole.quantity.value * 100
    shown = percent(value)
    formula = f"{part.text} ÷ {whole.text} = {shown}"
    operands = (
        Operand(part.text, "question"),
        Operand(whole.text, "question"),
        Operand(bound.quantity.text, "clause"),
    )
    return Check(bound, value, bound.met_by(value), Computation(formula, operands, shown), (part, whole))


def _complement(bound: Bound, told: Sequence[Figure]) -> Check | None:
    """45% spent overseas leaves 55% in the country."""
    if "domestic" not in bound.things:
        return None
    overseas = next((f for f in told if f.quantity.kind == "percent" and "overseas" in f.things), None)
    if overseas is None:
        return None
    value = 100 - overseas.quantity.value
    shown = percent(value)
    formula = f"100% − {overseas.text} = {shown}"
    operands = (Operand(overseas.text, "question"), Operand(bound.quantity.text, "clause"))
    return Check(bound, value, bound.met_by(value), Computation(formula, operands, shown), (overseas,))


def _part_and_whole(bound: Bound, condition: Condition) -> tuple[str, str]:
    """The words for what is divided and by what: "A占B的比例", "at least 4% of B"."""
    about = bound.about
    if "占" in about:
        part, _, whole = about.partition("占")
        if things(whole) - {"high"}:
            return part, whole
        earlier = [b for b in condition.bounds if b.quantity.start < bound.quantity.start]
        return part, earlier[-1].about if earlier else whole
    before, _, after = about.partition(bound.quantity.text)
    if after.strip().lower().startswith("of"):
        return before, after
    earlier = [b for b in condition.bounds if b.quantity.start < bound.quantity.start]
    return (after or before), (earlier[-1].about if earlier else before)


def _amount(words: str, told: Sequence[Figure]) -> Figure | None:
    wanted = things(words)
    scored = [
        (alike(f.about, f.things, words, wanted), f)
        for f in told
        if f.quantity.kind in ("money", "count", "number") and f.things
    ]
    score, figure = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return figure if score >= _ALIKE else None
