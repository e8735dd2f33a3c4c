"""Tables of a PDF by their ruling lines (pdfplumber), put together where they run on over a page."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import reduce
from typing import IO

from assistant.ingest.joining import join
from assistant.ingest.readers.pdf_lines import PageLine
from assistant.ingest.reading import looks_like_header, one_line


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its page, its box in points, its rows; ``header`` says that the first row names columns."""

    page: int
    left: float
    right: float
    bottom: float
    top: float
    rows: tuple[tuple[str, ...], ...]
    header: bool

    def holds(self, line: PageLine) -> bool:
        """Whether a line of print stands in the table."""
        x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left - 2 <= x <= self.right + 2 and self.bottom - 2 <= y <= self.top + 2


logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font without a box


def tables_of(file: IO[bytes], numbers: list[int]) -> list[Table]:
    """The tables on these pages, in order."""
    import pdfplumber

    found: list[Table] = []
    with pdfplumber.open(file) as pdf:
        for number in numbers:
            page = pdf.pages[number]
            for table in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
                rows = tuple(tuple(_cell(cell) for cell in row) for row in table.extract())
                rows = tuple(row for row in rows if any(row))
                if len(rows) < 2 or max(map(len, rows)) < 2:
                    continue  # a frame around text, or a rule under a heading
                left, top, right, bottom = table.bbox
                height = float(page.height)
                header = looks_like_header([[cell or "-" for cell in row] for row in rows[:2]])
                new = Table(number, left, right, height - bottom, height - top, rows, header)
                found.append(_continued(found[-1], new, height) if found else new)
            page.close()
    return found


def _cell(cell: str | None) -> str:
    """The words of a cell, lines that were broken in it joined again."""
    lines = [one_line(line) for line in (cell or "").split("\n")]
    return reduce(join, [line for line in lines if line] or [""])


def _continued(above: Table, table: Table, height: float) -> Table:
    """A table that runs on from the page before is said with the same column names."""
    runs_on = (
        above.page == table.page - 1
        and above.bottom < height * 0.2
        and table.top > height * 0.8
        and len(above.rows[0]) == len(table.rows[0])
        and above.header
    )
    if not runs_on:
        return table
    rows = table.rows if table.rows[0] == above.rows[0] else (above.rows[0], *table.rows)
    return replace(table, rows=rows, header=True)
