"""The same law in the formats that offices send: DOCX, PDF in two layouts, HTML, broken GB18030 text.

Each rendering has what such files have and the text has not: automatic numbers in DOCX, running heads and
page numbers in PDF, menus in HTML, a fixed line width in the text file.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from eval.law_texts import Law

_FONT = "STSong-Light"  # PDF readers bring it along; nothing is embedded
_COLUMNS = 60  # of the broken text, two for a Chinese character


def renderings(law: Law) -> Iterator[tuple[str, str, bytes]]:
    """Name of the rendering, name of the file, bytes."""
    yield "docx", "law.docx", as_docx(law)
    yield "pdf_one_column", "law.pdf", as_pdf(law, columns=1, indent=True)
    yield "pdf_two_columns", "law.pdf", as_pdf(law, columns=2, indent=False)
    yield "html", "law.html", as_html(law)
    yield "gb18030", "law.txt", as_broken_text(law)


def as_docx(law: Law) -> bytes:
    """Headings by style; articles numbered by Word itself where their numbers are consecutive."""
    document = docx.Document()
    counted = [chinese(i) for i in range(1, len(law.articles) + 1)] == [a.number for a in law.articles]
    list_id = _article_numbering(document) if counted else None
    styles = {"title": "Title", "heading": "Heading 1"}
    for kind, words in law.lines(gap="\u3000"):
        if kind == "heading" and "节" in words.split(" ")[0]:
            document.add_heading(words, 2)
        elif kind == "article" and list_id is not None:
            _number(document.add_paragraph(words.partition("\u3000")[2]), list_id)
        else:
            document.add_paragraph(words, style=styles.get(kind))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _article_numbering(document: Any) -> str:
    """A list whose first level counts 第一条, 第二条 and so on; returns its id."""
    root = document.part.numbering_part.element
    root.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/>'
            "</w:lvl></w:abstractNum>"
        ),
    )
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="900"><w:abstractNumId w:val="900"/></w:num>'))
    return "900"


def _number(paragraph: Any, list_id: str) -> None:
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx has no API for lists
    numbering = properties.get_or_add_numPr()
    numbering.get_or_add_ilvl().set(qn("w:val"), "0")
    numbering.get_or_add_numId().set(qn("w:val"), list_id)


def chinese(number: int) -> str:
    """第十二条 for 12."""
    digits, scales = "零一二三四五六七八九", ("", "十", "百", "千")
    text = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += digits[digit] + scales[power]
        elif text and not text.endswith("零") and number % 10**power:
            text += "零"
    return f"第{text.removeprefix('一') if text.startswith('一十') else text}条"


def as_pdf(law: Law, *, columns: int, indent: bool) -> bytes:
    """Set in columns under a running head, with page numbers."""
    registerFont(UnicodeCIDFont(_FONT))
    size = 11 if columns == 1 else 9
    body = ParagraphStyle("body", fontName=_FONT, fontSize=size, leading=size * 1.6, wordWrap="CJK")
    body.firstLineIndent = 2 * size if indent else 0
    body.spaceAfter = 0 if indent else size * 0.6
    head = ParagraphStyle(
        "head", parent=body, alignment=1, fontSize=size + 2, firstLineIndent=0, leading=size * 2.4
    )
    title = ParagraphStyle("title", parent=head, fontSize=size + 7, leading=size * 3)
    styles = {"title": title, "heading": head}
    buffer = BytesIO()
    width, height = A4
    margin, gutter = 25 * mm, 8 * mm
    column = (width - 2 * margin - (columns - 1) * gutter) / columns
    frames = [
        Frame(margin + i * (column + gutter), margin, column, height - 2 * margin, 0, 0, 0, 0)
        for i in range(columns)
    ]
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=_running_head(law.title)))
    document.build([Paragraph(html.escape(words), styles.get(kind, body)) for kind, words in law.lines()])
    return buffer.getvalue()


def _running_head(title: str) -> Callable[[Any, Any], None]:
    def draw(canvas: Any, _: Any) -> None:
        width, height = A4
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(width / 2, height - 15 * mm, title)
        canvas.drawCentredString(width / 2, 12 * mm, f"- {canvas.getPageNumber()} -")

    return draw


def as_html(law: Law) -> bytes:
    """A page of a government site: menu, content, footer; headings marked, declared as gb2312."""
    tags = {"title": "h1", "heading": "h2"}
    content = "\n".join(
        f"<{tags.get(kind, 'p')}>{html.escape(words)}</{tags.get(kind, 'p')}>" for kind, words in law.lines()
    )
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<title>{law.title}_政府网</title><script>var a = 1;</script></head><body>"
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zc">政策</a></li></ul></div>'
        f'<div class="wrap"><div id="zoom">{content}</div></div>'
        '<div class="footer"><p>版权所有 备案号 12345678</p></div></body></html>'
    )
    return page.encode("gb18030")


def as_broken_text(law: Law) -> bytes:
    """Lines broken at a fixed width, paragraphs indented by two characters, in GB18030."""
    broken: list[str] = []
    for kind, words in law.lines():
        line, taken = ("", 0) if kind == "title" else ("\u3000\u3000", 4)
        for character in words:
            wide = 1 if character.isascii() else 2
            if taken + wide > _COLUMNS:
                broken.append(line)
                line, taken = "", 0
            line, taken = line + character, taken + wide
        broken.append(line)
    return "\r\n".join(broken).encode("gb18030")
