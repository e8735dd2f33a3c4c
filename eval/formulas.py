"""Find the formulas that an answer writes out, in the three ways they are written.

``300万元 × 2/3 = 200万元`` in one run; ``6.67%（200万元 ÷ 3000万元）`` with the result in front; and a gap,
``510人，要求不超过500人（相差10人）``, which is a subtraction without its sign. Whether they are right is for
`arithmetic` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from eval.amounts import Amount, amounts

_SIGN = re.compile(r"\s*([+×÷*=≈<>≤≥＜＞])\s*|\s([−-])\s|(?<=\d)\s*(−)\s*(?=\d)")
_OPENS = re.compile(r"\s*[（(]\s*$")
_GAP = re.compile(r"(?:相差|还差|差|超出|off by|short by|over by|by)\s?$")


@dataclass(frozen=True, slots=True)
class Term:
    """A figure of a formula with the sign in front of it; "" opens the formula."""

    sign: str
    figure: Amount


@dataclass(frozen=True, slots=True)
class Formula:
    """Figures joined by signs, and the characters of the text that they take up."""

    terms: tuple[Term, ...]
    start: int
    end: int


def formulas(text: str) -> Iterator[Formula]:
    """Every formula of ``text``: written out first, then gaps."""
    runs: list[Formula] = []
    for sign, left, right in _signs(text):
        mark, end = Term(sign.group().strip(), right), sign.end() + right.span[1]
        start = sign.start() - (left.span[1] - left.span[0])
        if runs and runs[-1].end == sign.start():  # goes on from the run before
            runs[-1] = Formula((*runs[-1].terms, mark), runs[-1].start, end)
        else:
            runs.append(Formula((Term("", left), mark), start, end))
    yield from (_with_result_in_front(text, run) for run in runs)
    yield from _gaps(text)


def _signs(text: str) -> Iterator[tuple[re.Match[str], Amount, Amount]]:
    """Each sign with the figures that stand directly before and behind it."""
    signs = list(_SIGN.finditer(text))
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    for number, sign in enumerate(signs):
        before = amounts(text[starts[number] : ends[number]])
        behind = amounts(text[starts[number + 1] : ends[number + 1]])
        touches = before and starts[number] + before[-1].span[1] == ends[number]
        if touches and behind and not text[starts[number + 1] :][: behind[0].span[0]].strip("( （"):
            yield sign, before[-1], behind[0]


def _with_result_in_front(text: str, run: Formula) -> Formula:
    """The run with the figure before its bracket as its result, where it has none of its own."""
    bracket = _OPENS.search(text[: run.start])
    if bracket is None or any(term.sign in "=≈" for term in run.terms if term.sign):
        return run
    before = amounts(text[: bracket.start()])
    if not before or before[-1].span[1] != bracket.start():
        return run
    return Formula((*run.terms, Term("=", before[-1])), before[-1].span[0], run.end)


def _gaps(text: str) -> Iterator[Formula]:
    """Each "相差10人" as every subtraction that gives it."""
    found = amounts(text)
    for gap in found:
        if _GAP.search(text[: gap.span[0]]):
            for one, other in permutations([a for a in found if a is not gap], 2):
                if one.quantity.kind == other.quantity.kind == gap.quantity.kind:
                    terms = (Term("", one), Term("−", other), Term("=", gap))
                    yield Formula(terms, *gap.span)
