"""Puts the lines of print back together: paragraphs across lines and pages, headings by the size of type.

A line belongs to the next one when it is full, that is when the next word would not have fitted on it.
Where the text is set with indents, an indent begins a paragraph; where it is not, the end of a sentence on
a full line does, if numbering follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from assistant.ingest.joining import join
from assistant.ingest.labels import label_of
from assistant.ingest.readers.pdf_lines import Page, PageLine
from assistant.ingest.readers.pdf_setting import Lines, Setting, column_of, columns_of, setting_of
from assistant.ingest.readers.pdf_tables import Table

_ENDS = re.compile(r"[。！？；：!?;:][”’」』）)】]*$|\.[\"')]*$|^[（(].*[）)]$")
_APART = 1.3  # times the usual spacing: more space than between two lines of a paragraph


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a heading; ``breaks`` are the pages that begin inside it, each with its offset."""

    page: int
    text: str
    breaks: tuple[tuple[int, int], ...] = ()
    level: int | None = None


def paragraphs(
    body: Sequence[Lines], pages: Sequence[Page], tables: Sequence[Table]
) -> list[Paragraph | Table]:
    """The paragraphs, headings and tables of the document in order."""
    columns = columns_of(body, pages)
    setting = setting_of(body, columns)
    found: list[Paragraph | Table] = []
    before: tuple[PageLine, int] | None = None
    for lines, numbers, page in zip(body, columns, pages, strict=True):
        two = any(numbers)
        on_page = [table for table in tables if table.page == page.number]
        waiting = [(column_of(table, page.width) if two else 0, table) for table in on_page]
        for line, column in zip(lines, numbers, strict=True):
            if above := [item for item in waiting if _is_above(*item, line, column)]:
                waiting = [item for item in waiting if item not in above]
                found += [table for _, table in above]
                before = None
            last = found[-1] if found else None
            if before and isinstance(last, Paragraph) and _goes_on(setting, *before, line, column):
                found[-1] = _longer(last, line)
            else:
                found.append(Paragraph(line.page, line.text, (), setting.level(line)))
            before = (line, column)
        if waiting:
            found += [table for _, table in sorted(waiting, key=itemgetter(0))]
            before = None
    return found


def _is_above(place: int, table: Table, line: PageLine, column: int) -> bool:
    """Whether a table in the column ``place`` comes before a line in this column."""
    if {place, column} == {0, 1}:
        return column == 1
    return line.top <= table.bottom + 2


def _longer(paragraph: Paragraph, line: PageLine) -> Paragraph:
    text = join(paragraph.text, line.text)
    last = paragraph.breaks[-1][0] if paragraph.breaks else paragraph.page
    new = ((line.page, len(text) - len(line.text)),) if line.page > last else ()
    return replace(paragraph, text=text, breaks=(*paragraph.breaks, *new))


def _goes_on(setting: Setting, before: PageLine, column: int, line: PageLine, other: int) -> bool:
    """Whether ``line`` continues the paragraph that ``before`` belongs to."""
    if abs(before.size - line.size) > 0.1 * setting.size:
        return False
    if setting.level(before) is not None:
        return setting.level(line) is not None and label_of(line.text) is None and line.page == before.page
    same_place = before.page == line.page and column == other
    if same_place and before.bottom - line.bottom > _APART * setting.spacing:
        return False
    if not setting.is_full(before, column, line.text):
        return False
    if setting.is_centred(line, other) or setting.is_centred(before, column):
        return False
    if setting.indents:
        return not setting.is_moved_in(line, other)
    if not _ENDS.search(before.text):
        return True
    label = label_of(line.text)
    return label is None or label.doubtful
