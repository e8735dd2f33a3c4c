"""What a Word paragraph is, by its own properties and those of its style: a heading, an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.ingest.readers.word_numbering import W

_HEADING = re.compile(r"(?:heading|标题)\s*(\d)$", re.IGNORECASE)
_TITLES = {"title", "标题"}
_DEPTH = 10  # styles based on styles; Word's own chains are shorter


class Styles:
    """Looks properties up along the chain of styles."""

    def __init__(self, package: Any) -> None:
        self._known = {style.style_id: style for style in package.styles if style.style_id}

    def heading_level(self, paragraph: Any) -> int | None:
        """The level of a heading, 0 for the title of the document, None for running text."""
        for style in self._chain(paragraph):
            name = str(style.name or "")
            if name.lower() in _TITLES:
                return 0
            if match := _HEADING.search(name):
                return int(match[1])
        for properties in self._properties(paragraph):
            outline = properties.find(f"{W}outlineLvl")
            if outline is not None and int(outline.get(f"{W}val")) < 9:
                return int(outline.get(f"{W}val")) + 1
        return None

    def list_of(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level in it that the paragraph belongs to."""
        level = None
        for properties in self._properties(paragraph):
            numbering = properties.find(f"{W}numPr")
            if numbering is None:
                continue
            own = numbering.find(f"{W}ilvl")
            if own is not None and level is None:
                level = int(own.get(f"{W}val"))
            named = numbering.find(f"{W}numId")
            if named is not None:
                list_id = named.get(f"{W}val")
                return None if list_id == "0" else (list_id, level or 0)
        return None

    def _chain(self, paragraph: Any) -> Iterator[Any]:
        """The paragraph's style and those it is based on, nearest first."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = None if named is None else self._known.get(named.get(f"{W}val"))
        for _ in range(_DEPTH):
            if style is None:
                return
            yield style
            style = getattr(style, "base_style", None)

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield own
        for style in self._chain(paragraph):
            inherited = style.element.find(f"{W}pPr")
            if inherited is not None:
                yield inherited
