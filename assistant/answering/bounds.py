"""What a condition demands, read from its sentence: bounds, the case they apply to, and alternatives.

"最近一年销售收入超过5000万元、在2亿元以下的企业，研发费用占销售收入的比例不低于4%" is a bound of 4% for
the case of sales above 50 million and up to 200 million yuan.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from assistant.answering.figures import as_money, size, things
from assistant.answering.units import Unit
from assistant.language.quantities import quantities
from assistant.language.quantity import Comparator, Quantity

_CASE_ZH = re.compile(r"^[^，。]*?的(?:[^，。不]{0,10}(?:企业|公司|单位|机构|中心|平台|人员|个人))?(?:，|$)")
_CASE_EN = re.compile(
    r"^(?:for|in|where|if)\b[^,]*,(?!\d)|^an?\b[^,]{0,40}\bwith\b[^,]*,(?!\d)", re.IGNORECASE
)
_CLAUSE = re.compile(r"[，；;。、]|,(?!\d)\s|\s(?:and(?! including)|or|of whom)\s|或者|并且|以及")
_GOES_ON = re.compile(r"^\s*(?:占|且|其中|at least|at most|up to|below|not)", re.IGNORECASE)
_HEAD = re.compile(r"下列|以下(?:条件|情形|要求)|\bbelow\b|\bfollowing\b", re.IGNORECASE)
_EITHER = re.compile(r"[，,]\s*或|或者|其一|,\s*or\b|\bor (?:at least|more than|no less)", re.IGNORECASE)
_REACHES = re.compile(r"(?:达到|达|满|须有|具有|拥有|为)\s*$|(?:\bwith|\bof|\bhas|\bhave)\s*$", re.IGNORECASE)
_UP_TO = re.compile(r"\bup to and including\s*$", re.IGNORECASE)
_SHUTS_OUT = re.compile(
    r"不能|不得|不予|不享受|不适用|取消|\bcannot\b|\bmay not\b|\bnot eligible\b|\bexcluded\b", re.IGNORECASE
)
_TABLE = 8
_SIGNS = {Comparator.GTE: "≥", Comparator.GT: ">", Comparator.LTE: "≤", Comparator.LT: "<"}
_OPERATORS = {
    Comparator.GTE: operator.ge,
    Comparator.GT: operator.gt,
    Comparator.LTE: operator.le,
    Comparator.LT: operator.lt,
    Comparator.EQ: operator.eq,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """One bound: ``quantity`` carries comparator and value, ``about`` the words that say what is measured."""

    quantity: Quantity
    about: str
    things: frozenset[str]

    @property
    def demand(self) -> str:
        """The bound in signs: ``≤500人``, ``25%-30%``."""
        sign = "" if self.quantity.high is not None else _SIGNS.get(self.quantity.comparator, "")
        return f"{sign}{self.quantity.text}"

    def met_by(self, value: Decimal) -> bool:
        """Does ``value`` (see `figures.size`) keep within it?"""
        if self.quantity.high is not None:
            return self.quantity.value <= value <= self.quantity.high
        return bool(_OPERATORS[self.quantity.comparator](value, size(self.quantity)))


@dataclass(frozen=True, slots=True)
class Condition:
    """A unit read as a condition. ``cases`` say when it applies; ``either``: one bound is enough."""

    unit: Unit
    bounds: tuple[Bound, ...]
    cases: tuple[Bound, ...] = ()
    either: bool = False
    shuts_out: bool = False  # what is within the bounds is refused


def condition(unit: Unit) -> Condition | None:
    """The unit as a condition, or None where it bounds nothing."""
    text = unit.text
    if _HEAD.search(text) or _is_table(text):
        return None
    case = (_CASE_ZH if unit.evidence.passage.chunk.language == "zh" else _CASE_EN).match(text)
    split = case.end() if case else 0
    everything = _bounds(text)
    cases = tuple(b for b in everything if b.quantity.end <= split)
    bounds = tuple(b for b in everything if b.quantity.start >= split)
    shuts_out = False
    if not bounds:
        cases, bounds, shuts_out = (), cases, bool(_SHUTS_OUT.search(text[split:]))
    if not bounds:
        return None
    return Condition(unit, bounds, cases, _either(text, bounds), shuts_out)


def _bounds(text: str) -> list[Bound]:
    found: list[Bound] = []
    start = 0
    for raw in quantities(text):
        quantity = as_money(raw)
        if quantity.kind in ("date", "article", "doc_number"):
            continue
        cuts = [m.end() for m in _CLAUSE.finditer(text, start, quantity.start)]
        begin = cuts[-1] if cuts else start
        end = next((m.start() for m in _CLAUSE.finditer(text, quantity.end)), len(text))
        if not quantity.comparator.direction and quantity.high is None:
            reached = _reached(text[begin : quantity.start])
            if reached is None:
                continue
            quantity = replace(quantity, comparator=reached)
        if quantity.kind == "duration" and not things(text[begin:end]) & {"age"}:
            continue
        about = text[begin:end]
        # "50 million yuan and up to 200 million yuan", "并且占营业收入的比例": still about the same thing
        if found and (not things(about) or _GOES_ON.match(about)):
            about = f"{found[-1].about} {about}"
        found.append(Bound(quantity, about, things(about)))
    return found


def _either(text: str, bounds: tuple[Bound, ...]) -> bool:
    """Does an "or" stand between the bounds, and not inside one of them?"""
    return any(_EITHER.search(_between(text, one, other)) for one, other in pairwise(bounds))


def _between(text: str, one: Bound, other: Bound) -> str:
    return text[one.quantity.end : other.quantity.start]


def _reached(before: str) -> Comparator | None:
    """Bounds said without a word of comparison: 满3年 is at least 3 years."""
    if _UP_TO.search(before):
        return Comparator.LTE
    return Comparator.GTE if _REACHES.search(before) else None


def _is_table(text: str) -> bool:
    """A list of cases with points or rates for each is no condition."""
    return len(quantities(text)) >= _TABLE
