"""The lines of a PDF page with where they stand: what PDFium gives, in the terms of the reader."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from assistant.ingest.reading import normalised

_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第?\s*[0-9０-９]{1,4}\s*页?|[ivxlcIVXLC]{1,6})[-—–－·•\s]*"
    r"|第\s*[0-9]+\s*页\s*[,，/／]?\s*共\s*[0-9]+\s*页"
    r"|(?:page\s*)?[0-9]+\s*(?:/|of)\s*[0-9]+"
    r"|(?:https?|file)://\S+(?:\s+[0-9]+\s*/\s*[0-9]+)?"  # what a browser prints below and above a page
    r"|[0-9]{1,4}[/-][0-9]{1,2}[/-][0-9]{1,4},?\s+(?:上午|下午)?[0-9]{1,2}:[0-9]{2}(?:\s*[AP]M)?\s+.*",
    re.IGNORECASE,
)
_MARGIN = 0.12  # of the page's height, at the top and at the bottom
_EDGE_LINES = 3  # lines at each edge that may be a running head


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of print: its box in points, the origin at the bottom left, and the height of its type."""

    page: int
    left: float
    right: float
    bottom: float
    top: float
    size: float
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in reading order; ``ruled`` says that lines are drawn on it, as tables have."""

    number: int
    width: float
    height: float
    lines: tuple[PageLine, ...]
    ruled: bool
    images: int


def page_of(document: Any, number: int) -> Page:
    """The page with this index of a pypdfium2 document."""
    import pypdfium2.raw as pdfium

    page = document[number]
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        lines = _lines(text_page, number)
        objects = [obj.type for obj in page.get_objects(max_depth=2)]
    finally:
        text_page.close()
        page.close()
    paths, images = objects.count(pdfium.FPDF_PAGEOBJ_PATH), objects.count(pdfium.FPDF_PAGEOBJ_IMAGE)
    return Page(number, width, height, lines, paths >= 4, images)


def _lines(text_page: Any, number: int) -> tuple[PageLine, ...]:
    total = text_page.count_chars()
    if total <= 0:
        return ()
    found = []
    position = 0
    for raw in text_page.get_text_range(0, total).split("\r\n"):
        start, position = position, position + len(raw) + 2
        text = normalised(raw.replace("\ufffe", "-").replace("\x02", "-")).strip()
        if not text:
            continue
        first = start + (len(raw) - len(raw.lstrip()))
        last = start + len(raw.rstrip()) - 1
        left, bottom, _, top = text_page.get_charbox(first, loose=True)
        _, other_bottom, right, other_top = text_page.get_charbox(last, loose=True)
        size = max(top - bottom, other_top - other_bottom)
        found.append(
            PageLine(number, left, right, min(bottom, other_bottom), max(top, other_top), size, text)
        )
    return tuple(found)


def without_margins(pages: list[Page]) -> tuple[list[list[PageLine]], int]:
    """The lines of each page without running heads and page numbers, and how many lines those were."""
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[set[int]] = []
    for page in pages:
        edge = _edge(page)
        edges.append(edge)
        seen.update({_shape(page.lines[i]) for i in edge})
    often = max(3, len(pages) // 3) if len(pages) > 4 else max(2, len(pages))
    kept, dropped = [], 0
    for page, edge in zip(pages, edges, strict=True):
        drop = {
            i
            for i in edge
            if _PAGE_NUMBER.fullmatch(page.lines[i].text)
            or (len(pages) > 1 and seen[_shape(page.lines[i])] >= often)
        }
        dropped += len(drop)
        kept.append([line for i, line in enumerate(page.lines) if i not in drop])
    return kept, dropped


def _edge(page: Page) -> set[int]:
    """The lines at the top and at the bottom of a page."""
    order = sorted(range(len(page.lines)), key=lambda i: -page.lines[i].top)
    top = [i for i in order[:_EDGE_LINES] if page.lines[i].bottom > page.height * (1 - _MARGIN)]
    bottom = [i for i in order[-_EDGE_LINES:] if page.lines[i].top < page.height * _MARGIN]
    return {*top, *bottom}


def _shape(line: PageLine) -> tuple[str, int]:
    """A running head without what changes from page to page; a title in larger type is none."""
    return re.sub(r"[0-9０-９]+", "#", re.sub(r"\s", "", line.text)), round(line.size)
