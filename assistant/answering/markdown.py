"""Read the lines of a model's reply: what they say, and with which labels, without their Markdown.

Bold, headings, rules and fences carry no claim and go. List markers stay, because they show structure. A row
of a table becomes one unit that repeats the column heads, since it has to make sense, and be checked, alone.
A list of sources at the end goes too: code writes the links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.hostile import neutral
from assistant.answering.labels import take_labels
from assistant.domain import Language
from assistant.language.sentences import SentenceSpan, sentences

_FENCE = re.compile(r"\s*(?:```|~~~)")
_HEADING = re.compile(
    r"\s*(?:#{1,6}\s.*|\*\*[^*。.!?！？：:]{1,40}\*\*|(?:-\s*){3,}|(?:\*\s*){3,}|_{3,}|={3,})\s*"
)
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_BULLET = re.compile(r"\s*[-*•·–▪●]\s+")
_EMPHASIS = re.compile(
    r"\*\*|__|`+|~~|(?<![0-9A-Za-z*])\*(?=[^\s*][^*\n]*\*)|(?<=[^\s*0-9])\*(?![0-9A-Za-z*])"
)
_SOURCES = re.compile(
    r"[\W_]*(?:参考资料|参考文献|参考|引用|来源|出处|sources?|references?|citations?)[\W_]*", re.IGNORECASE
)
_SOURCE = re.compile(r"\s*(?:[-*•·]\s*)?(?:[\[［【(（]?\^?\d{1,2}[\]］】)）.、:：])")
_LABEL_ALONE = re.compile(r"[(（](\d{1,2})[)）]")
_FOOTNOTE = re.compile(r"\s*\[\^\d{1,2}\]\s*[:：]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, list item or row of a table; without text it is a line of labels only."""

    text: str
    labels: tuple[int, ...] = ()


def plain(text: str) -> str:
    """``text`` without marks of emphasis and code."""
    return _EMPHASIS.sub("", text)


def is_row(line: str) -> bool:
    """Is ``line`` a row of a table, so that it has to be read as a whole?"""
    return _QUOTED.sub("", line).lstrip().startswith("|")


class LineReader:
    """Reads whole lines, in order; knows whether it is inside a table or a list of sources."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._heads: list[str] | None = None  # of the table that is being read
        self._row: list[str] | None = None  # its first row, until it is known to be the heads
        self._sources = False
        self._dropped = False  # the line that is being read carries no claim

    def read(self, line: str) -> list[Unit]:
        """The units of ``line`` or of its beginning; may start with one that an earlier line left open."""
        line = _QUOTED.sub("", line)
        if is_row(line):
            return self._read_row(line)
        return [*self.end(), *self._read_text(line)]

    def read_on(self, rest: str) -> list[Unit]:
        """The units of a further part of the line that was read last."""
        return [] if self._dropped else self._cut(rest)

    def end(self) -> list[Unit]:
        """What a table left open."""
        row, self._row, self._heads = self._row, None, None
        return self._units_of_row(row) if row else []

    def _read_text(self, line: str) -> list[Unit]:
        listed = self._sources and (not line.strip() or _SOURCE.match(line))
        self._sources = bool(listed or _SOURCES.fullmatch(line))
        empty = _FENCE.match(line) or _HEADING.fullmatch(line) or _FOOTNOTE.match(line)
        self._dropped = bool(self._sources or empty)
        if self._dropped:
            return []
        bullet = _BULLET.match(line)
        units = self._cut(line[bullet.end() :] if bullet else line)
        if bullet and units and units[0].text:
            units[0] = Unit(f"- {units[0].text}", units[0].labels)
        return units

    def _cut(self, line: str) -> list[Unit]:
        taken = take_labels(plain(line))
        spans = sentences(taken.text)
        labels: list[list[int]] = [[] for _ in spans] or [[]]
        for mark in taken.marks:
            # a label belongs to the sentence that has begun before it, else to the one that follows
            owner = sum(span.start < mark.at for span in spans) - 1
            labels[max(owner, 0)] += mark.labels
        if len(spans) > 1 and (alone := _LABEL_ALONE.fullmatch(spans[-1].text)):  # "……。(1)"
            spans.pop()
            late = labels.pop()
            labels[-1] += [*late, int(alone[1])]
        texts = [self._say(span) for span in spans] or [""]
        units = [Unit(text, tuple(dict.fromkeys(own))) for text, own in zip(texts, labels, strict=True)]
        return [unit for unit in units if unit.text or unit.labels]

    def _say(self, span: SentenceSpan) -> str:
        return neutral(span.text, self._language)

    def _read_row(self, line: str) -> list[Unit]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            self._heads, self._row = self._row, None
            return []
        if self._heads is None and self._row is None:
            self._row = cells
            return []
        before = self._units_of_row(self._row) if self._row else []
        self._row = None
        return [*before, *self._units_of_row(cells)]

    def _units_of_row(self, cells: list[str]) -> list[Unit]:
        colon, semicolon = ("：", "；") if self._language == "zh" else (": ", "; ")
        heads = self._heads if self._heads and len(self._heads) == len(cells) else [""] * len(cells)
        said, labels = [], []
        for head, cell in zip(heads, cells, strict=True):
            taken = take_labels(plain(re.sub(r"<br\s*/?>", " ", cell)))
            labels += [label for mark in taken.marks for label in mark.labels]
            if text := neutral(taken.text, self._language):
                said.append(f"{plain(head)}{colon}{text}" if head else text)
        return [Unit(semicolon.join(said), tuple(dict.fromkeys(labels)))] if said else []
