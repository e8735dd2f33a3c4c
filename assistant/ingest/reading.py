"""What a reader hands over: the text of a file, the headings its format marks, and what was left unread.

Readers write into a `Transcript`, so that spans are right by construction. Text is normalised where that
cannot change a quotation: line ends, control characters, look-alike radicals, spaces at line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.domain import Language
from assistant.language.fold import RADICALS

_CONTROL = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F, 0xFEFF, 0x200B, 0x00AD))
_CHARACTERS = {
    **_CONTROL,
    **{ord(radical): plain for radical, plain in RADICALS.items()},
    0x0B: "\n",
    0x0C: "\n",
}
_CHANGED = re.compile("[" + "".join(re.escape(chr(code)) for code in _CHARACTERS) + "]")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff] )+[\u4e00-\u9fff]")
_BLANK = re.compile(r"[ \t\u3000\xa0]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that the format itself marks; ``title`` need not stand in the text (a table row's number).

    Level 0 is the title of the whole document.
    """

    start: int
    end: int
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the file that did not become text, with how many of it there are."""

    count: int
    zh: str
    en: str

    def localized(self, language: Language) -> str:
        """For a report: ``2 张图片`` or ``2 images``."""
        return f"{self.count} {self.zh if language == 'zh' else self.en}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file.

    ``tables`` are spans whose lines are rows, where no numbering is looked for; ``bullets`` are where the
    items of unnumbered lists begin (their marks are left out, so that an item can be quoted); ``declared``
    is what the file says of itself outside its text (title, published, source).
    """

    format: str
    text: str
    headings: tuple[Heading, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    bullets: frozenset[int] = frozenset()
    page_starts: tuple[int, ...] = ()
    unread: tuple[Unread, ...] = ()
    footnotes: int = 0
    declared: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str | None:
        """The title that the format marks, if it marks one."""
        return next((heading.title for heading in self.headings if heading.level == 0), None)


def normalised(text: str) -> str:
    """``text`` without control characters and look-alike radicals, with ``\\n`` as the only line end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_CHARACTERS) if _CHANGED.search(text) else text  # looking is ten times as fast


def one_line(text: str) -> str:
    """``text`` on one line, runs of spaces as one."""
    return _BLANK.sub(" ", normalised(text).replace("\n", " ")).strip()


def closed_up(title: str) -> str:
    """A title without the spaces that set its characters apart: ``总　则`` is 总则."""
    return title.replace(" ", "") if _SPACED.fullmatch(title := one_line(title)) else title


class Transcript:
    """The text as it is being written down by a reader."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[Heading] = []
        self._tables: list[tuple[int, int]] = []
        self._bullets: set[int] = set()
        self._pages: list[int] = []
        self._unread: list[Unread] = []
        self._footnotes = 0

    def _write(self, line: str) -> int:
        start = self._length
        self._parts.append(line)
        self._length += len(line) + 1
        return start

    def paragraph(self, text: str) -> None:
        """One or more lines of running text; empty ones are left out."""
        self.lines(normalised(text).split("\n"))

    def lines(self, lines: Iterable[str]) -> None:
        """Lines of text that are `normalised` already."""
        for line in lines:
            if stripped := line.strip():
                self._write(stripped)

    def bullet(self, text: str) -> None:
        """An item of a list without numbers."""
        if line := one_line(text):
            self._bullets.add(self._write(line))

    def heading(self, text: str, level: int) -> None:
        """A heading on a line of its own; level 0 is the title of the document."""
        if line := one_line(text):
            start = self._write(line)
            self._headings.append(Heading(start, start + len(line), level, line))

    def entry(self, title: str, level: int) -> None:
        """A place in the structure that has a name but no line, such as the number of a table row."""
        self._headings.append(Heading(self._length, self._length, level, title))

    def table(self, rows: Sequence[Sequence[str]], *, header: bool | None = None) -> None:
        """A table, one line a row: ``name：value；name：value`` where the first row holds column names.

        ``header`` says whether it does; None looks at the cells.
        """
        cells = [[one_line(cell) for cell in row] for row in rows]
        cells = [row for row in cells if any(row)]
        if not cells:
            return
        start = self._length
        grouped = grouped_names(cells) if header is not False else None
        if header is None:
            header = looks_like_header(cells)
        names = grouped or (cells[0] if header else None)
        for row in cells[2 if grouped else 1 if header else 0 :]:
            self._write(row_text(row, names))
        if header and len(cells) == 1:
            self._write(row_text(cells[0], None))
        self._tables.append((start, self._length))

    def footnote(self, text: str) -> None:
        """A footnote, written where the reader stands."""
        if line := one_line(text):
            self._write(line)
            self._footnotes += 1

    @property
    def length(self) -> int:
        """Characters written so far."""
        return self._length

    def page(self, at: int | None = None) -> None:
        """A new page begins here, or at ``at`` inside what has been written."""
        self._pages.append(self._length if at is None else at)

    def unread(self, count: int, zh: str, en: str) -> None:
        """Something could not be turned into text."""
        if count:
            self._unread.append(Unread(count, zh, en))

    def finish(self, format_: str, declared: Mapping[str, str] | None = None) -> Reading:
        """The reading."""
        text = "".join(part + "\n" for part in self._parts)
        self.unread(text.count("\ufffd"), "个无法识别的字符", "characters that could not be decoded")
        return Reading(
            format_,
            text,
            tuple(self._headings),
            tuple(self._tables),
            frozenset(self._bullets),
            tuple(self._pages),
            tuple(self._unread),
            self._footnotes,
            declared or {},
        )


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: every cell filled, short and without figures, with rows below."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first = rows[0]
    return all(
        cell and len(cell) <= 30 and not re.fullmatch(r"[\d.,，%％\-—/]+", cell) for cell in first
    ) and (len(set(first)) == len(first))


def grouped_names(rows: Sequence[Sequence[str]]) -> list[str] | None:
    """Column names that take two rows, each with its group's; None where they do not.

    A group's name stands above two columns or more; all other names fill both rows.
    """
    if len(rows) < 3 or len(rows[0]) != len(rows[1]) or not looks_like_header(rows[1:]):
        return None
    above, below = rows[0], rows[1]
    spans = [name in (*above[max(i - 1, 0) : i], *above[i + 1 : i + 2]) for i, name in enumerate(above)]
    alike = [one == other for one, other in zip(above, below, strict=True)]
    if not all(above) or all(spans) or any(span == same for span, same in zip(spans, alike, strict=True)):
        return None
    return [b if same else f"{a} {b}" for a, b, same in zip(above, below, alike, strict=True)]


def row_text(row: Sequence[str], names: Sequence[str] | None) -> str:
    """One row as a line that can be quoted alone; cells merged across columns are said once."""
    if names is None:
        shown = [cell for i, cell in enumerate(row) if cell and (i == 0 or cell != row[i - 1])]
        return " | ".join(shown)
    pairs = []
    for i, cell in enumerate(row):
        name = names[i] if i < len(names) else ""
        if cell:
            pairs.append(f"{name}：{cell}" if name else cell)
    return "；".join(pairs)
