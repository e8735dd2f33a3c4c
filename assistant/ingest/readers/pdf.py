"""PDF with a text layer: paragraphs from lines, tables as rows, running heads and page numbers left out.

Text comes from PDFium (the right characters, columns in order), tables from pdfplumber, which looks only
at pages on which lines are drawn. A scanned PDF is named as such; nothing is guessed from its images.
"""

from __future__ import annotations

import re
from io import BytesIO
from statistics import median

import pypdfium2

from assistant.errors import ReadError
from assistant.ingest.readers.pdf_lines import Page, PageLine, page_of, without_margins
from assistant.ingest.readers.pdf_paragraphs import Paragraph, paragraphs
from assistant.ingest.readers.pdf_tables import Table, tables_of
from assistant.ingest.reading import Reading, Transcript

_WORDS_PER_PAGE = 12  # characters; a page with fewer holds no text worth the name
_NAMELESS = re.compile("[\ufffd\ue000-\uf8ff]")  # characters that a font without an encoding leaves
_FOOTNOTE = 0.87  # of the size of the running text


def read(raw: bytes, name: str) -> Reading:
    """The text of a PDF. Raises `ReadError` when it is damaged, locked, scanned, or has no readable text."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, locked="password" in str(error).lower()) from error
    try:
        pages = [page_of(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, locked=False) from error
    finally:
        document.close()
    _check_text(pages, name)
    kept, dropped = without_margins(pages)
    ruled = [page.number for page in pages if page.ruled and page.lines]
    tables = tables_of(BytesIO(raw), ruled) if ruled else []
    body, notes = _without_notes(_outside(kept, tables), pages)
    transcript = Transcript()
    _write(transcript, paragraphs(body, pages, tables), notes, len(pages))
    blank = [page for page in pages if _characters(page) < _WORDS_PER_PAGE and page.images]
    transcript.unread(len(blank), "页扫描图像", "scanned pages")
    transcript.unread(sum(page.images for page in pages if page not in blank), "张图片", "images")
    transcript.unread(dropped, "行页眉页脚", "lines of running heads and page numbers")
    return transcript.finish("pdf")


def _characters(page: Page) -> int:
    return sum(len(line.text) for line in page.lines)


def _unreadable(name: str, *, locked: bool) -> ReadError:
    if locked:
        return ReadError(
            zh=f"{name} 有密码保护。",
            en=f"{name} is protected by a password.",
            hint_zh="请解除密码后重试。",
            hint_en="Remove the password and try again.",
        )
    return ReadError(
        zh=f"{name} 不是可读的 PDF 文件（可能已损坏）。",
        en=f"{name} is no readable PDF file (it may be damaged).",
        hint_zh="请重新下载或另存后重试。",
        hint_en="Download or save it again.",
    )


def _check_text(pages: list[Page], name: str) -> None:
    total = sum(map(_characters, pages))
    if total < _WORDS_PER_PAGE * len(pages) / 2:
        raise ReadError(
            zh=f"{name} 是扫描件，没有文字层（{len(pages)} 页）。",
            en=f"{name} is a scan without a text layer ({len(pages)} pages).",
            hint_zh="请先做文字识别（例如 ocrmypdf -l chi_sim），或改用原始电子文件。",
            hint_en="Run text recognition first (for example ocrmypdf), or use the original file.",
        )
    nameless = sum(len(_NAMELESS.findall(line.text)) for page in pages for line in page.lines)
    if nameless > total * 0.3:
        raise ReadError(
            zh=f"{name} 的字体没有编码信息，文字读出来是乱码。",
            en=f"The fonts of {name} carry no encoding: its text cannot be read.",
            hint_zh="请改用原始电子文件，或先做文字识别。",
            hint_en="Use the original file, or run text recognition first.",
        )


def _outside(kept: list[list[PageLine]], tables: list[Table]) -> list[list[PageLine]]:
    """The lines that stand in no table."""
    return [
        [line for line in lines if not any(table.holds(line) for table in tables if table.page == number)]
        for number, lines in enumerate(kept)
    ]


def _without_notes(
    kept: list[list[PageLine]], pages: list[Page]
) -> tuple[list[list[PageLine]], dict[int, str]]:
    """The running text, and the footnotes of each page: small type below it."""
    sizes = [line.size for lines in kept for line in lines for _ in range(len(line.text))]
    usual = median(sizes) if sizes else 0.0
    body, notes = [], {}
    for lines, page in zip(kept, pages, strict=True):
        small = []
        for line in sorted(lines, key=lambda line: line.bottom):
            if line.size >= _FOOTNOTE * usual or line.top > page.height / 2:
                break
            small.append(line)
        body.append([line for line in lines if line not in small])
        if small:
            notes[page.number] = " ".join(line.text for line in reversed(small))
    return body, notes


def _write(transcript: Transcript, found: list[Paragraph | Table], notes: dict[int, str], pages: int) -> None:
    """Paragraphs and tables in order; a page's footnotes after the paragraph that leaves the page."""
    begun = 0

    def turn(to: int, at: int | None = None) -> None:
        nonlocal begun
        while begun <= to:
            transcript.page(at)
            begun += 1

    def write_notes(before: int) -> None:
        for page in [page for page in notes if page < before]:
            transcript.footnote(notes.pop(page))

    for item in found:
        if item.page >= begun:
            write_notes(item.page)
        turn(item.page)
        start = transcript.length
        if isinstance(item, Table):
            transcript.table(item.rows, header=item.header)
        elif item.level is not None:
            transcript.heading(item.text, item.level)
        else:
            transcript.paragraph(item.text)
        for page, offset in item.breaks if isinstance(item, Paragraph) else ():
            turn(page, start + offset)
    write_notes(pages)
    turn(pages - 1)
