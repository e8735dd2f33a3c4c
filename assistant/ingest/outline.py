"""The structure of a document: 编 章 节 条 and the numbered levels below, marked headings, attachments.

Three passes: `nesting` finds the parts, `roles` says what each is, and here it is settled where each ends.
Knows nothing of tokens or files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Section
from assistant.ingest import endings
from assistant.ingest.attachments import with_attachments
from assistant.ingest.chapters import with_chapters
from assistant.ingest.lines import Line, lines_of
from assistant.ingest.nesting import nest
from assistant.ingest.parts import Part
from assistant.ingest.reading import Reading
from assistant.ingest.roles import assign_roles


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
    lines = with_chapters(with_attachments(lines_of(reading)))
    parts = nest(lines)
    assign_roles(parts, lines)
    _close(parts, lines, len(reading.text))
    endings.close(parts, lines)
    for part in parts:
        above = parts[part.parent].path if part.parent >= 0 else ()
        part.path = (*above, part.title)
    return Outline(tuple(lines), tuple(parts), lines[0].start if lines else 0)


def _close(parts: list[Part], lines: Sequence[Line], length: int) -> None:
    """Where each part ends. A paragraph after a list belongs to the clause, not its last item."""
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
