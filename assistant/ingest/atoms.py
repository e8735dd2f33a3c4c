"""Cuts a clause that is too long: between its paragraphs and items, at the outermost place that serves.

The words that introduce a list stay with its first item; the other items are told them as stems. A line
that is too long alone is cut between sentences (`breaks`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.ingest.breaks import pieces
from assistant.ingest.lines import Line
from assistant.ingest.tokens import count

_COLON = ("：", ":")
_NAMED = re.compile(r"[^：:。；，]{1,12}[：:]")  # 成员：甲 above lines that hold only 乙, 丙
_LONGEST_ENTRY = 40  # characters of a line in such a list
_PLAIN, _LISTED, _INSIDE = -1, 99, 999  # depths beside those of numbered items
_WHOLE_STEM = 120  # characters; of a longer introduction only a sentence is told
_FULL_ENOUGH = 0.35  # of the budget: a smaller chunk is too high a price for a better place


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never cut: a line, or a sentence of a line that is too long alone.

    ``stems`` are the introductions of the lists that it stands in, outermost first, each with where it
    begins; ``introduces`` says that the next atom must stay beside it; ``depth`` how deep in lists it is.
    """

    start: int
    end: int
    tokens: int
    depth: int
    stems: tuple[tuple[int, str], ...]
    introduces: bool


def atoms(text: str, lines: Sequence[tuple[Line, int | None]], body: int, budget: int) -> Iterator[Atom]:
    """The atoms of a clause, given as its lines with the depth of those that are numbered items.

    ``body`` is where the clause's own words begin in its first line.
    """
    depths = [_depth(line, depth) for line, depth in lines]
    open_stems: dict[int, tuple[int, str]] = {}
    named: tuple[int, str] | None = None
    beside = 0  # tokens of the line before, where it must not be parted from this one
    for n, (line, _) in enumerate(lines):
        depth = depths[n]
        follows = depths[n + 1] if n + 1 < len(lines) else _PLAIN
        open_stems = {d: stem for d, stem in open_stems.items() if d < depth}
        colon = line.text.endswith(_COLON)
        leads = follows > depth and (colon or follows < _LISTED)
        start, end = max(line.start, body), line.start + len(line.text)
        opening = _NAMED.match(text, start, end)
        if depth != _PLAIN or end - start > _LONGEST_ENTRY or line.text.endswith(("。", "；")):
            named = None
        elif opening:
            named = (start, opening.group())
        stems = (*open_stems.values(), *((named,) if named and not opening else ()))
        tokens = count(text[start:end])
        room = max(budget - beside, budget // 2)
        whole = tokens <= room
        spans = [(0, end - start)] if whole else pieces(text[start:end], partial(_fits, room))
        for k, (a, b) in enumerate(spans):
            last = k == len(spans) - 1
            size = count(text[start + a : start + b] + ("\n" if last else ""))
            inside = depth if k == 0 else _INSIDE
            yield Atom(start + a, start + b, size, inside, stems, last and (leads or colon))
        beside = size + 1 if leads or colon else 0
        if leads:
            open_stems[depth] = (start + spans[-1][0], stem_of(text[start:end]))


def _fits(room: int, text: str) -> bool:
    return count(text) <= room


def _depth(line: Line, numbered: int | None) -> int:
    if numbered is not None:
        return numbered
    return _LISTED if line.is_bullet or line.is_row else _PLAIN


def stem_of(line: str) -> str:
    """What a line says to introduce a list: all of it, or its last sentence before a colon, or its first."""
    if len(line) <= _WHOLE_STEM:
        return line
    sentences = [sentence for sentence in re.split(r"(?<=[。；;])", line) if sentence]
    return sentences[-1] if line.endswith(_COLON) else sentences[0]


def pack(found: Sequence[Atom], budget: int) -> Iterator[list[Atom]]:
    """Fills chunks up to the budget; each ends at the outermost place that leaves it reasonably full."""
    group: list[Atom] = []
    for atom in found:
        group.append(atom)
        while (place := _place(group, budget)) is not None:
            yield group[:place]
            group = group[place:]
    if group:
        yield group


def _place(group: Sequence[Atom], budget: int) -> int | None:
    """Where to cut a group that is too large, never behind an introduction; None if it fits or must stay."""
    if sum(atom.tokens for atom in group) <= budget:
        return None
    best: tuple[bool, int, int] | None = None
    size = 0
    for place in range(1, len(group)):
        size += group[place - 1].tokens
        if not group[place - 1].introduces:
            thin = size < _FULL_ENOUGH * budget
            rank = (thin, group[place].depth, -place)
            best = rank if best is None else min(best, rank)
    return None if best is None else -best[2]
