"""A node of a document's structure while it is being found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.ingest.labels import Label

#: A heading has its words on a line of its own; a clause stands by itself; an item belongs to its list.
Role = Literal["heading", "clause", "item"]


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
