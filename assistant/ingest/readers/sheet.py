"""XLSX and CSV: one row is one passage, said with the names of its columns.

Values are written as the sheet shows them (5% and not 0.05); of formulas the last result counts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from assistant.errors import ReadError
from assistant.ingest.encodings import decode
from assistant.ingest.reading import Reading, Transcript, grouped_names, looks_like_header, one_line
from assistant.ingest.titles import TITLE_END

_UNNAMED = re.compile(r"(sheet|工作表|表)\s*\d*", re.IGNORECASE)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LOOKAHEAD = 10  # rows among which the column names are looked for


def read(raw: bytes, name: str) -> Reading:
    """The rows of a workbook or of a delimited text. Raises `ReadError` when it is damaged."""
    transcript = Transcript()
    if not name.lower().endswith((".csv", ".tsv")):
        _workbook(raw, name, transcript)
        return transcript.finish("xlsx")
    text = decode(raw, name)
    _rows(
        transcript, [[one_line(cell) for cell in row] for row in csv.reader(StringIO(text), _dialect(text))]
    )
    return transcript.finish("csv")


def _dialect(text: str) -> type[csv.Dialect]:
    try:
        return csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        return csv.excel


def _workbook(raw: bytes, name: str, transcript: Transcript) -> None:
    try:
        book = openpyxl.load_workbook(BytesIO(raw), data_only=True)
        formulas = _formulas(raw)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        raise ReadError(
            zh=f"{name} 不是可读的 XLSX 文件（可能已损坏、加密，或是旧的 XLS 格式）。",
            en=f"{name} is no readable XLSX file (damaged, encrypted, or in the old XLS format).",
            hint_zh="请用 Excel 打开并另存为 .xlsx。",
            hint_en="Open it in Excel and save it as .xlsx.",
        ) from error
    pictures = 0
    for sheet in book.worksheets:
        if len(book.worksheets) > 1 or not _UNNAMED.fullmatch(sheet.title):
            transcript.heading(sheet.title, 1)
        merged = _merged(sheet)
        rows = [[_shown(merged.get(cell.coordinate, cell)) for cell in row] for row in sheet.iter_rows()]
        _rows(transcript, rows, titled=sheet is book.worksheets[0])
        pictures += len(sheet._charts) + len(sheet._images)  # noqa: SLF001 -- openpyxl has no other way
    transcript.unread(pictures, "个图表或图片", "charts or images")
    transcript.unread(len(book.chartsheets), "个图表页", "chart sheets")
    transcript.unread(formulas, "个未计算的公式", "formulas never calculated")


_FORMULA = re.compile(rb"<c\b([^>]*)><f\b(?:[^>]*/>|.*?</f>)(\s*<v>[^<])?", re.DOTALL)


def _formulas(raw: bytes) -> int:
    """How many formulas hold no result; one whose result is an empty text (a cell of type str) does."""
    with ZipFile(BytesIO(raw)) as package:
        sheets = (
            package.read(entry) for entry in package.namelist() if entry.startswith("xl/worksheets/sheet")
        )
        return sum(
            not match[2] and b't="str"' not in match[1]
            for sheet in sheets
            for match in _FORMULA.finditer(sheet)
        )


def _merged(sheet: Any) -> dict[str, Any]:
    """For each place of a merged cell the cell that holds its value."""
    return {
        sheet.cell(row, column).coordinate: sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _shown(cell: Any) -> str:
    """The value as the sheet shows it."""
    value, number_format = cell.value, str(cell.number_format or "")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        percent = "%" in number_format
        return _plain(value * 100 if percent else value) + ("%" if percent else "")
    return one_line(str(value))


def _plain(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _rows(transcript: Transcript, rows: Sequence[Sequence[str]], *, titled: bool = False) -> None:
    """Lines above the column names as paragraphs, then each row under its number.

    ``titled``: the first line above the names is the title of the workbook, if it reads like one.
    """
    at = next((i for i in range(min(_LOOKAHEAD, len(rows))) if _names_columns(rows, i)), None)
    grouped = grouped_names(rows[at - 1 : at + 2]) if at else None
    names = grouped or (rows[at] if at is not None else [])
    first = len(rows) if at is None else at - 1 if grouped else at
    for i, row in enumerate(rows, 1):
        filled = [cell for k, cell in enumerate(row) if cell and (k == 0 or cell != row[k - 1])]
        if not filled or (at is not None and first <= i - 1 <= at):
            continue
        if i - 1 < first:
            if titled and i == len(filled) == 1 and TITLE_END.search(filled[0]):
                transcript.heading(filled[0], 0)
            else:
                transcript.paragraph(" | ".join(filled))
            continue
        zh = bool(_CJK.search("".join((*names, *filled))))
        transcript.entry(f"第{i}行" if zh else f"row {i}", 2)
        if len(filled) == 1:  # a group's name, a total, a note: said of no column
            transcript.table([filled], header=False)
            continue
        transcript.table([names, row], header=True)


def _names_columns(rows: Sequence[Sequence[str]], i: int) -> bool:
    """Whether row ``i`` holds the names of the columns of the rows below it."""
    row = list(rows[i])
    while row and not row[-1]:
        row.pop()
    return looks_like_header([row, *rows[i + 1 : i + 2]])
