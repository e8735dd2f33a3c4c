"""How a PDF is set: its columns, the size of its running text, its spacing, its indents, its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Protocol

from assistant.ingest.readers.pdf_lines import Page, PageLine

_WORD = re.compile(r"[!-~]+")
_CLOSING = frozenset("，。；：、！？）》”’」』】%％")
_SAME = 0.05  # by which sizes of one type differ, as they are measured by their characters
_SECOND_COLUMN = 0.2  # of the lines, at least, stand in it
_LARGER = 1.12  # times the running text: type that makes a heading
_LONGEST_HEADING = 60
_INDENT = 0.8  # of the size of type: the least that counts as moved in
_CENTRED = 4.5  # of the size of type: more is no indent
_INDENTED_SHARE = 0.08  # of the lines: enough to say that paragraphs are indented

Lines = Sequence[PageLine]


@dataclass(frozen=True, slots=True)
class Setting:
    """``columns`` are where each column begins and ends; ``levels`` the sizes of type that make headings."""

    columns: dict[int, tuple[float, float]]
    size: float
    spacing: float
    indents: bool
    levels: dict[float, int]

    def indent(self, line: PageLine, column: int) -> float:
        """How far the line is moved in, in sizes of type."""
        return (line.left - self.columns[column][0]) / line.size

    def is_moved_in(self, line: PageLine, column: int) -> bool:
        """Whether the line begins with an indent."""
        return self.indent(line, column) >= _INDENT

    def is_centred(self, line: PageLine, column: int) -> bool:
        """Whether the line stands further in than any indent."""
        return self.indent(line, column) > _CENTRED

    def is_full(self, line: PageLine, column: int, following: str) -> bool:
        """Whether the beginning of ``following`` would not have fitted on the line."""
        free = self.columns[column][1] - line.right
        word = _WORD.match(following)
        if word:
            return free < (len(word.group()) * 0.5 + 0.8) * line.size
        together = 2 if following[1:2] in _CLOSING else 1  # a closing mark never begins a line
        return free < (together + 0.9) * line.size

    def level(self, line: PageLine) -> int | None:
        """The level of a heading by its size of type; None for running text."""
        if len(line.text) > _LONGEST_HEADING or line.text.endswith(("。", "；", "，")):
            return None
        near = (level for size, level in self.levels.items() if abs(line.size - size) < _SAME * size)
        return next(near, None)


class Box(Protocol):
    """What stands on a page between two edges, in points from the left."""

    @property
    def left(self) -> float:
        """Where it begins."""
        ...

    @property
    def right(self) -> float:
        """Where it ends."""
        ...


def column_of(box: Box, width: float) -> int:
    """0 for the left half of a page of this width, 1 for the right half, 2 for both."""
    return 0 if box.right < 0.54 * width else 1 if box.left > 0.46 * width else 2


def columns_of(body: Sequence[Lines], pages: Sequence[Page]) -> list[list[int]]:
    """For each line of each page 0, the left or only column, 1, the right one, or 2 for both."""
    places = [
        [column_of(line, page.width) for line in lines] for lines, page in zip(body, pages, strict=True)
    ]
    count = Counter(place for page in places for place in page)
    two = min(count[0], count[1]) >= max(3, _SECOND_COLUMN * count.total())
    return places if two else [[0] * len(page) for page in places]


def setting_of(body: Sequence[Lines], columns: Sequence[Sequence[int]]) -> Setting:
    """The setting of the document whose lines these are, page by page."""
    placed = [
        pair
        for lines, numbers in zip(body, columns, strict=True)
        for pair in zip(lines, numbers, strict=True)
    ]
    sizes = [line.size for line, _ in placed for _ in range(len(line.text))]
    size = median(sizes) if sizes else 1.0
    edges = {number: _edges(placed, number, size) for number in {number for _, number in placed}}
    gaps = sorted(a.bottom - b.bottom for lines in body for a, b in pairwise(lines) if a.bottom > b.bottom)
    moved = sum(_INDENT <= (line.left - edges[number][0]) / line.size <= _CENTRED for line, number in placed)
    spacing = gaps[len(gaps) // 4] if gaps else size * 1.5  # short paragraphs may stand further apart
    return Setting(edges, size, spacing, moved >= _INDENTED_SHARE * len(placed), _levels(body, size))


def _edges(placed: Sequence[tuple[PageLine, int]], number: int, size: float) -> tuple[float, float]:
    """Where most lines of a column begin, and where its full lines end."""
    own = [line for line, column in placed if column == number]
    running = [line for line in own if line.size < _LARGER * size] or own
    lefts = Counter(round(line.left) for line in running)
    usual = [left for left, times in lefts.items() if times >= 0.3 * max(lefts.values())]
    rights = sorted(line.right for line in running)
    return min(usual), rights[int(len(rights) * 0.95)]


def _levels(body: Sequence[Lines], size: float) -> dict[float, int]:
    """Sizes of type that make headings; the largest, if the first page opens with it, is the title."""
    found: list[float] = []
    for large in sorted((line.size for lines in body for line in lines), reverse=True):
        if large > _LARGER * size and (not found or large < found[-1] * (1 - _SAME)):
            found.append(large)
    opening = max((line.size for line in (body[0][:6] if body else ())), default=0.0)
    first = 0 if found and opening > found[0] * (1 - _SAME) else 1
    return {large: min(level, 6) for level, large in enumerate(found, first)}
