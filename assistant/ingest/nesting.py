"""First pass over the lines: which numbering is true numbering, and what stands under what.

A numbered line may be a heading or a cross-reference that happens to begin a line; the sequence tells.
Editions, chapters and articles have their fixed order; the levels below nest as each document likes.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.ingest.labels import FIXED, Label, Rank
from assistant.ingest.lines import Line
from assistant.ingest.parts import Part

_COLON = ("：", ":")
_GAP = 3  # numbers that may be missing in a sequence
_LONGEST = 90  # characters; twice the longest chapter title of 326 statutes is 58


def nest(lines: Sequence[Line]) -> list[Part]:
    """The true parts, each under its parent."""
    found = _Nest()
    coming = _coming(lines)
    for i, line in enumerate(lines):
        stem = i > 0 and lines[i - 1].text.endswith(_COLON)
        if line.heading is not None:
            if line.heading.level > 0:
                found.add_marked(i, line)
        elif line.label is not None and found.accepts(line.label, line.text, coming[i]):
            found.add_labelled(i, line, stem)
    return found.parts


def _coming(lines: Sequence[Line]) -> list[tuple[int, ...] | None]:
    """For each line the number of the next line numbered in the same way."""
    found: list[tuple[int, ...] | None] = [None] * len(lines)
    seen: dict[Rank, tuple[int, ...]] = {}
    for i in range(len(lines) - 1, -1, -1):
        label = lines[i].label
        if label is not None:
            found[i] = seen.get(label.rank)
            seen[label.rank] = label.number
    return found


class _Nest:
    """The parts found so far and the open ones, outermost first."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._open: list[int] = []
        self._last: dict[Rank, tuple[int, ...]] = {}

    def accepts(self, label: Label, text: str, coming: tuple[int, ...] | None) -> bool:
        """Whether a numbered line continues the numbering, so that it is no mere reference.

        ``coming`` is the next number of its kind: where that is the one due, a leap before it was none.
        """
        last = self._last.get(label.rank)
        if label.rank in FIXED:
            return self._accepts_fixed(label, last, text, coming)
        if label.doubtful and label.rank is Rank.DECIMAL:
            return coming == (*label.number, 1)
        if label.number[-1] == 1 and all(n > 0 for n in label.number):
            return True
        if last is None:
            return label.rank in (Rank.CLAUSE, Rank.CLAUSE_ITEM)  # an excerpt may begin in the middle
        if label.rank is Rank.DECIMAL:
            return last[: len(label.number) - 1] == label.number[:-1] and label.number > last
        leaps = label.number[0] - last[0]
        return leaps == 1 or (1 < leaps <= _GAP and coming != (last[0] + 1,))

    def _accepts_fixed(
        self, label: Label, last: tuple[int, ...] | None, text: str, coming: tuple[int, ...] | None
    ) -> bool:
        if label.rank is not Rank.ARTICLE:
            return len(text) <= _LONGEST and not text.endswith(("。", "；", "，", ";"))
        if last is None:
            return not label.doubtful and (label.separated or label.number == (1, 0))
        if label.number in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            return True
        if label.separated:
            starts_a_run = coming == (label.number[0] + 1, 0)
            return last < label.number or label.number == (1, 0) or starts_a_run
        return not label.doubtful and 0 < label.number[0] - last[0] <= _GAP

    def add_marked(self, i: int, line: Line) -> None:
        """A heading that the format marks."""
        heading = line.heading
        assert heading is not None
        rank = line.label.rank if line.label else None
        while self._open:
            top = self.parts[self._open[-1]]
            top_rank = top.label.rank if top.label else None
            if rank in FIXED and top_rank in FIXED and rank is not None and top_rank is not None:
                closes = top_rank >= rank
            else:
                closes = top.level is None or top.level >= heading.level
            if not closes:
                break
            self._open.pop()
        if line.label:
            self._remember(line.label)
        self._push(i, line, line.end, line.label, heading.level, heading.title)

    def add_labelled(self, i: int, line: Line, stem: bool) -> None:
        """A numbered line."""
        label = line.label
        assert label is not None
        if label.rank in FIXED:
            self._pop_fixed(label.rank)
        else:
            follows = bool(self._open) and self.parts[self._open[-1]].line == i - 1
            self._pop_item(label, stem, follows)
        self._remember(label)
        self._push(i, line, line.start, label, None, "")

    def _pop_fixed(self, rank: Rank) -> None:
        while self._open:
            top = self.parts[self._open[-1]]
            if top.label is None or (top.label.rank < rank and top.label.rank in FIXED):
                return
            if top.level is not None and top.label.rank not in FIXED:
                return
            self._open.pop()

    def _pop_item(self, label: Label, stem: bool, follows: bool) -> None:
        """Back to the list this item continues; else below the open part it may stand under.

        ``stem``: the line before ends with a colon; ``follows``: that line is the innermost open part.
        """
        same = self._same_list(label)
        innermost = same is not None and same == len(self._open) - 1
        if same is not None and not (stem and innermost and label.number == (1,)):
            del self._open[same:]
            return
        if label.number[-1] == 1 and (stem or (follows and label.rank is not Rank.CLAUSE)):
            return  # a new list right below an item is the item's own, whatever its numbering
        while self._open:
            top = self.parts[self._open[-1]]
            if top.level is not None or top.label is None or top.label.rank < label.rank:
                return
            if top.label.rank is label.rank is Rank.DECIMAL:
                return
            self._open.pop()

    def _same_list(self, label: Label) -> int | None:
        """How deep the list of this kind of numbering is open: the innermost, of decimals their own."""
        found = None
        for depth in range(len(self._open) - 1, -1, -1):
            part = self.parts[self._open[depth]]
            if part.label is None or part.label.rank in FIXED:
                break
            if part.label.rank is label.rank and part.level is None:
                if label.rank is not Rank.DECIMAL:
                    return depth
                if len(part.label.number) >= len(label.number):
                    found = depth
        return found

    def _remember(self, label: Label) -> None:
        """A new part starts the numbering below it afresh, except where it runs through the document."""
        self._last[label.rank] = label.number
        if label.rank is Rank.ATTACHED:
            self._last = {label.rank: label.number}
        elif label.rank is Rank.ARTICLE:
            self._last = {rank: n for rank, n in self._last.items() if rank in FIXED}

    def _push(
        self, i: int, line: Line, body: int, label: Label | None, level: int | None, title: str
    ) -> None:
        parent = self._open[-1] if self._open else -1
        part = Part(i, line.start, body, parent, len(self._open), label, level, title)
        self.parts.append(part)
        if parent >= 0:
            self.parts[parent].children.append(len(self.parts) - 1)
        self._open.append(len(self.parts) - 1)
