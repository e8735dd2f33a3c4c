"""DOCX: paragraphs and tables in order, headings by style, automatic numbers, footnotes; macros never run.

Inserted text of tracked changes counts, deleted text does not. Text boxes are read after the paragraph
that they are anchored in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from assistant.errors import ReadError
from assistant.ingest.readers.word_numbering import Numbering, W
from assistant.ingest.readers.word_styles import Styles
from assistant.ingest.reading import Reading, Transcript

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_SKIP = {
    *(f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "txbxContent", "pPr")),
    _FALLBACK,
}
_NOTE = "note"  # attribute that carries a footnote's text from its part to its place


def read(raw: bytes, name: str) -> Reading:
    """The text of a Word file. Raises `ReadError` when it is damaged or no DOCX at all."""
    try:
        package = docx.Document(BytesIO(raw))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise ReadError(
            zh=f"{name} 不是可读的 DOCX 文件（可能已损坏、加密，或是旧的 DOC 格式）。",
            en=f"{name} is no readable DOCX file (damaged, encrypted, or in the old DOC format).",
            hint_zh="请用 Word 打开并另存为 .docx。",
            hint_en="Open it in Word and save it as .docx.",
        ) from error
    body = package.element.body
    _place_notes(package, body)
    walk = _Walk(package)
    walk.blocks(body)
    transcript = walk.transcript
    comments = _part(package, "comments")
    transcript.unread(sum(1 for _ in body.iter(*_PICTURES)), "张图片", "images")
    transcript.unread(sum(1 for _ in body.iter(f"{W}object")), "个嵌入对象", "embedded objects")
    transcript.unread(0 if comments is None else len(comments), "条批注", "comments")
    transcript.unread(len(_margins(package)), "处页眉页脚", "headers and footers")
    return transcript.finish("docx")


def _part(package: Any, kind: str) -> Any | None:
    """The XML of a part such as ``footnotes``, parsed without entities."""
    for relation in package.part.rels.values():
        if relation.reltype == f"{_RELATIONS}/{kind}" and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _place_notes(package: Any, body: Any) -> None:
    """Turns each reference to a note into a mark such as ``[1]`` that carries the note's text."""
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        root = _part(package, f"{kind}s")
        for note in () if root is None else root.iter(f"{W}{kind}"):
            if note.get(f"{W}type") is None:
                texts[kind, note.get(f"{W}id")] = " ".join(filter(None, map(_text, note.iter(f"{W}p"))))
    references = list(body.iter(f"{W}footnoteReference", f"{W}endnoteReference"))
    for number, reference in enumerate(references, 1):
        kind = "endnote" if reference.tag.endswith("endnoteReference") else "footnote"
        reference.set(_NOTE, texts.get((kind, reference.get(f"{W}id")), ""))
        reference.tag, reference.text = f"{W}t", f"[{number}]"


def _margins(package: Any) -> set[str]:
    """The texts of headers and footers that say something."""
    margins = (margin for section in package.sections for margin in (section.header, section.footer))
    texts = {" ".join(paragraph.text for paragraph in margin.paragraphs).strip() for margin in margins}
    return {text for text in texts if re.search(r"[^\W\d]{2,}", text)}


class _Walk:
    """Goes through the body and writes it down."""

    def __init__(self, package: Any) -> None:
        self.transcript = Transcript()
        self._styles = Styles(package)
        self._numbering = Numbering(_part(package, "numbering"))
        self._titled = False

    def blocks(self, parent: Any) -> None:
        """The paragraphs and tables in ``parent``, in order."""
        for node in parent:
            if node.tag == f"{W}p":
                self._paragraph(node)
            elif node.tag == f"{W}tbl":
                self._table(node)
            elif node.tag == f"{W}sdt":
                for content in node.iterchildren(f"{W}sdtContent"):
                    self.blocks(content)
            elif node.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml"):
                self.blocks(node)

    def _paragraph(self, node: Any) -> None:
        text = _text(node)
        listed = self._styles.list_of(node)
        number = self._numbering.next(*listed) if listed and text else ""
        level = self._styles.heading_level(node)
        if level is not None and text:
            level = 1 if level == 0 and self._titled else level
            self._titled = self._titled or level == 0
            self.transcript.heading(number + text.replace("\n", " "), level)
        elif listed and self._numbering.is_bullet(*listed):
            self.transcript.bullet(text)
        else:
            self.transcript.paragraph(number + text)
        for mark in node.iter(f"{W}t"):
            if note := mark.get(_NOTE):
                self.transcript.footnote(f"{mark.text} {note}")
        for box in node.iter(f"{W}txbxContent"):
            if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                self.blocks(box)

    def _table(self, node: Any) -> None:
        rows = [row for row in node.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is node]
        table = [_own_cells(row) for row in rows]
        if all(len(cells) < 2 for cells in table):  # a frame around text
            for cells in table:
                for cell in cells:
                    self.blocks(cell)
            return
        grid: list[list[str]] = []
        for cells in table:
            grid.append(_row(cells, grid[-1] if grid else []))
        marked = rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        self.transcript.table(grid, header=True if marked and len(grid) > 1 else None)


def _own_cells(row: Any) -> list[Any]:
    return [cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]


def _row(cells: list[Any], above: list[str]) -> list[str]:
    """The texts of a row; a merged cell says in each of its places what it says in the first."""
    line: list[str] = []
    for cell in cells:
        text = " ".join(filter(None, (_text(p).replace("\n", " ") for p in cell.iter(f"{W}p"))))
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart" and len(line) < len(above):
            text = above[len(line)]
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        line += [text] * (1 if span is None else min(int(span.get(f"{W}val")), 63))
    return line


def _text(node: Any) -> str:
    """The words of a paragraph as they stand when all changes are accepted."""
    return "".join(_words(node)).strip()


def _words(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIP:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in (f"{W}br", f"{W}cr"):
            yield "\n" if child.get(f"{W}type") in (None, "textWrapping") else ""
        elif child.tag == f"{W}tab":
            yield "\t"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from _words(child)
