"""The lines of a reading and what each looks like: row, marked heading, numbering, table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.ingest.labels import Label, Rank, label_of
from assistant.ingest.reading import Heading, Reading

_CONTENTS = re.compile(r"目\s*[录次]|(table of )?contents", re.IGNORECASE)
_LEADERS = re.compile(r"[\s.·…．]+\d*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``start`` is where its first character stands, ``end`` where the next line may begin.

    ``is_row`` marks a row of a table, ``is_bullet`` an item of an unnumbered list, ``is_contents`` a line of
    a table of contents. ``more`` are the following lines of a title that takes several, ``body`` where the
    text below such a title begins.
    """

    start: int
    end: int
    text: str
    label: Label | None = None
    heading: Heading | None = None
    is_row: bool = False
    is_bullet: bool = False
    is_contents: bool = False
    more: tuple[str, ...] = ()
    body: int | None = None


def lines_of(reading: Reading) -> list[Line]:
    """The lines of ``reading`` that are not blank, the entries without a line of their own in their place."""
    marked = {heading.start: heading for heading in reading.headings if heading.end > heading.start}
    entries = [heading for heading in reading.headings if heading.end == heading.start]
    tables = iter(reading.tables)
    table = next(tables, None)
    found: list[Line] = []
    position = 0
    for raw in reading.text.split("\n"):
        end = position + len(raw) + 1
        while entries and entries[0].start <= position:
            found.append(Line(position, position, "", heading=entries.pop(0)))
        while table and table[1] <= position:
            table = next(tables, None)
        text = raw.strip()
        if text:
            start = position + raw.index(text[0])
            row = bool(table and table[0] <= start)
            heading = marked.get(start)
            bullet = start in reading.bullets
            label = None if row or bullet else label_of(heading.title if heading else text)
            found.append(Line(start, min(end, len(reading.text)), text, label, heading, row, bullet))
        position = end
    return _without_contents(_letters_in_sequence(found))


def _letters_in_sequence(lines: list[Line]) -> list[Line]:
    """Reads (i), (v) and (x) as letters where the letter before them came last."""
    letter = 0
    for i, line in enumerate(lines):
        label = line.label
        if label is None or label.rank not in (Rank.LETTER, Rank.ROMAN):
            continue
        if label.rank is Rank.ROMAN:
            number = ord(label.text[1]) - ord("a") + 1
            if not label.doubtful or number != letter + 1:
                continue
            label = replace(label, rank=Rank.LETTER, number=(number,), doubtful=False)
            lines[i] = replace(line, label=label)
        letter = label.number[0]
    return lines


def _without_contents(lines: list[Line]) -> list[Line]:
    """Lines of a table of contents carry no structure: the headings come again where they belong."""
    at = next((i for i, line in enumerate(lines[:200]) if _CONTENTS.fullmatch(line.text)), None)
    if at is None:
        return lines
    first = next((i for i in range(at + 1, len(lines)) if lines[i].label), None)
    if first is None:
        return lines
    wanted = _contents_key(lines[first].text)
    again = next((i for i in range(first + 1, len(lines)) if _contents_key(lines[i].text) == wanted), None)
    if again is None:
        return lines
    listed = [Line(line.start, line.end, line.text, is_contents=True) for line in lines[at:again]]
    return lines[:at] + listed + lines[again:]


def _contents_key(text: str) -> str:
    return re.sub(r"\s", "", _LEADERS.sub("", text))
