"""The structure of a document: 编 章 节 条 and the numbered levels below, marked headings, attachments.

Works in three passes: which numbered lines truly are numbering (sequence tells a heading from a
cross-reference that begins a line), what role each plays (heading, clause of its own, item of a list), and
where each ends. Knows nothing of tokens or files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.domain import Section
from assistant.ingest.labels import FIXED, Label, Rank
from assistant.ingest.lines import Line, lines_of
from assistant.ingest.reading import Reading

Role = Literal["heading", "clause", "item"]
_COLON = ("：", ":")
_ITEM_END = ("；", ";", "，", ",", "、", "；和", "; and", "; or")
_LONGEST_HEADING = 45  # characters; the longest chapter title of 326 statutes has 29
_GAP = 3  # numbers that may be missing in a sequence
_SHORT_ITEM = 30
_LONGEST_TITLE = 26  # characters of a title that its text follows on the same line


@dataclass(slots=True)
class Part:
    """A node of the structure while it is being found.

    ``start`` is where its heading or numbering begins, ``body`` where its own words begin, ``end`` where
    it and everything under it ends. ``parent`` is an index into the outline, or -1.
    """

    line: int
    start: int
    body: int
    parent: int
    depth: int
    label: Label | None
    level: int | None  # of a heading that the format marks
    title: str
    role: Role = "heading"
    end: int = 0
    path: tuple[str, ...] = ()
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """A reading's lines and the parts they form, in document order."""

    lines: tuple[Line, ...]
    parts: tuple[Part, ...]
    front: int  # where the text before the first part begins

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The parts as sections of a document."""
        return tuple(
            Section(document_id, ordinal, part.path, part.start, part.end, part.depth + 1)
            for ordinal, part in enumerate(self.parts)
        )


def outline(reading: Reading) -> Outline:
    """The structure of ``reading``."""
    lines = lines_of(reading)
    parts = _nest(lines)
    _assign_roles(parts, lines)
    _close(parts, lines, len(reading.text))
    for part in parts:
        above = parts[part.parent].path if part.parent >= 0 else ()
        part.path = (*above, part.title)
    return Outline(tuple(lines), tuple(parts), lines[0].start if lines else 0)


def _nest(lines: Sequence[Line]) -> list[Part]:
    """First pass: the true parts, each under its parent."""
    nest = _Nest()
    coming = _coming(lines)
    for i, line in enumerate(lines):
        stem = i > 0 and lines[i - 1].text.endswith(_COLON)
        if line.heading is not None:
            if line.heading.level > 0:
                nest.add_marked(i, line)
        elif line.label is not None and nest.accepts(line.label, line.text, coming[i]):
            nest.add_labelled(i, line, stem)
    return nest.parts


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
            return self._accepts_fixed(label, last, text)
        if label.number[-1] == 1 and all(n > 0 for n in label.number):
            return True
        if last is None:
            return label.rank in (Rank.CLAUSE, Rank.CLAUSE_ITEM)  # an excerpt may begin in the middle
        if label.rank is Rank.DECIMAL:
            return last[: len(label.number) - 1] == label.number[:-1] and label.number > last
        leaps = label.number[0] - last[0]
        return leaps == 1 or (1 < leaps <= _GAP and coming != (last[0] + 1,))

    def _accepts_fixed(self, label: Label, last: tuple[int, ...] | None, text: str) -> bool:
        if label.rank is not Rank.ARTICLE:
            return len(text) <= 2 * _LONGEST_HEADING and not text.endswith(("。", "；", "，", ";"))
        if last is None:
            return not label.doubtful and (label.separated or label.number == (1, 0))
        if label.number in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            return True
        if label.separated:
            return last < label.number or label.number == (1, 0)
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
            self._pop_item(label, stem)
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

    def _pop_item(self, label: Label, stem: bool) -> None:
        """Back to the list this item continues; else below the open part it may stand under."""
        for depth in range(len(self._open) - 1, -1, -1):
            part = self.parts[self._open[depth]]
            if part.label is None or part.label.rank in FIXED:
                break
            if part.label.rank is label.rank and part.level is None:
                fresh = label.number[-1] == 1 and stem and depth == len(self._open) - 1
                if not fresh:
                    del self._open[depth:]
                    return
        if stem and label.number[-1] == 1:
            return
        while self._open:
            top = self.parts[self._open[-1]]
            if top.level is not None or top.label is None or top.label.rank < label.rank:
                return
            self._open.pop()

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


def _assign_roles(parts: list[Part], lines: Sequence[Line]) -> None:
    """Second pass: heading, clause or item; with it the title and where the own words begin."""
    groups: dict[tuple[int, Rank | None], list[int]] = {}
    for i, part in enumerate(parts):
        if part.level is not None or part.label is None:
            continue
        if part.label.rank in FIXED:
            _settle_fixed(part, lines)
        else:
            groups.setdefault((part.parent, part.label.rank), []).append(i)
    labelled = {part.line for part in parts}
    for members in groups.values():
        listed = _is_list(parts, members, lines, labelled)
        for i in members:
            _settle_item(parts[i], lines, listed, labelled)
    for part in parts:
        if part.parent >= 0 and parts[part.parent].role == "item":
            part.role = "item"


def _settle_fixed(part: Part, lines: Sequence[Line]) -> None:
    line, label = lines[part.line], part.label
    assert label is not None
    rest = line.text[label.body :]
    if label.rank is Rank.ARTICLE and not _is_bare_title(rest, part, lines):
        part.role, part.title = "clause", label.text
        part.body = line.start + label.body if rest else line.end
        return
    part.role, part.body = "heading", line.end
    part.title = f"{label.text} {rest}".strip() if label.text else rest


def _is_bare_title(rest: str, part: Part, lines: Sequence[Line]) -> bool:
    """第十一条 认定条件 on a line of its own, the words of the article below."""
    if not rest or len(rest) > _LONGEST_HEADING or re.search(r"[。；;]|[：:，,.]$", rest):
        return False
    follows = lines[part.line + 1] if part.line + 1 < len(lines) else None
    return follows is not None and (follows.label is None or follows.label.rank not in FIXED)


def _is_list(parts: list[Part], members: list[int], lines: Sequence[Line], labelled: set[int]) -> bool:
    """Whether a run of numbered lines is a list inside its clause, not clauses in their own right."""
    first = parts[members[0]]
    if _inside_article(parts, first):
        return True
    texts = [lines[parts[i].line].text for i in members]
    if sum(text.endswith(_ITEM_END) for text in texts) * 2 >= len(texts):
        return True
    clauses = first.label is not None and first.label.rank is Rank.CLAUSE
    inner = members if clauses else members[:-1]  # what follows a list's last item may belong to its clause
    if any(_plain(lines, parts[i].line + 1, labelled) for i in inner):
        return False
    if any(parts[i].children for i in members):
        return False
    typical = sorted(map(len, texts))[len(texts) // 2]
    if clauses:
        return typical <= _SHORT_ITEM / 2
    before = lines[first.line - 1].text if first.line else ""
    return typical <= _SHORT_ITEM or (before.endswith(_COLON) and typical <= 3 * _LONGEST_HEADING)


def _inside_article(parts: list[Part], part: Part) -> bool:
    while part.parent >= 0:
        part = parts[part.parent]
        if part.label is not None and part.label.rank is Rank.ARTICLE:
            return True
    return False


def _plain(lines: Sequence[Line], i: int, labelled: set[int]) -> bool:
    return i < len(lines) and i not in labelled and lines[i].heading is None and not lines[i].is_row


def _settle_item(part: Part, lines: Sequence[Line], listed: bool, labelled: set[int]) -> None:
    line, label = lines[part.line], part.label
    assert label is not None
    rest = line.text[label.body :]
    part.title = label.text
    if listed:
        part.role = "item"
        return
    bare = rest.rstrip("。.")
    if bare and len(line.text) <= _LONGEST_HEADING and not re.search(r"[。；;：:，,]", bare):
        part.title = _joined(label, bare)
        if part.children or _plain(lines, part.line + 1, labelled):
            part.role, part.body = "heading", line.end
            return
    part.role = "clause"
    opening = re.match(rf"[^。，；：,;:]{{2,{_LONGEST_TITLE}}}(?=[。：:])", rest)
    if opening:
        part.title = _joined(label, opening.group())


def _joined(label: Label, words: str) -> str:
    return f"{label.text} {words}" if label.language == "en" else f"{label.text}{words}"


def _close(parts: list[Part], lines: Sequence[Line], length: int) -> None:
    """Third pass: where each part ends. A paragraph after a list belongs to the clause, not its last item."""
    following = [length] * len(parts)
    next_sibling: list[Part | None] = [None] * len(parts)
    latest: dict[int, int] = {}  # depth -> the part seen last at that depth, going backwards
    for i in range(len(parts) - 1, -1, -1):
        depth = parts[i].depth
        closing = [j for d, j in latest.items() if d <= depth]
        if closing:
            following[i] = parts[min(closing)].start
        if depth in latest and parts[latest[depth]].parent == parts[i].parent:
            next_sibling[i] = parts[latest[depth]]
        latest = {d: j for d, j in latest.items() if d < depth} | {depth: i}
    for i in range(len(parts) - 1, -1, -1):
        part = parts[i]
        part.end = following[i]
        if part.role == "item" and not _goes_on(part, next_sibling[i]):
            inner = parts[part.children[-1]].end if part.children else 0
            part.end = max(lines[part.line].end, inner)


def _goes_on(part: Part, following: Part | None) -> bool:
    """Whether the same list goes on, so that a paragraph in between belongs to the item."""
    if following is None or following.label is None or part.label is None:
        return False
    return following.label.rank is part.label.rank and following.label.number > part.label.number
