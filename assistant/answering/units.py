"""A clause cut into what can be quoted: single sentences, list items, the cases of a rule.

A unit keeps its place in the clause and knows which units stand under the same heading. What is shown of it
leaves out list marks and the note of where a figure was read, but never a mark that only one source has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering.evidence import section
from assistant.answering.hostile import neutral
from assistant.domain import Evidence, Language
from assistant.language.sentences import sentences

_ITEM = re.compile(
    r"^\s*(?:[-*•·]\s+|\d{1,2}\s*[.、)]\s*(?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-z])[）)]\s*|[①-⑳]\s*)"
)
_SOURCE_NOTE = re.compile(
    r"\s*[（(]\s*(?:来源|出处|sources?)\s*[:：][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]",
    re.IGNORECASE,
)
_SINGLE_SOURCE = re.compile(r"单一来源|single[- ]source", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[（(].*[）)]\s*[。.]?\s*")
_MARKUP = re.compile(r"\*\*|__|`|<[^>]{1,80}>|(?<!\w)#{1,6}\s+")
_INTRODUCES = re.compile(
    r"(?:下列|以下|如下)[^。]{0,24}[。：:]?$|[：:]$|须同时满足(?:本条|第)|\b(?:following|below)\b[^.]{0,30}[.:]?$",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}")
_RECORD = re.compile(r"[^；;：:]{1,24}[：:]\s?[^；;]*(?:[；;]\s*|$)")


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """Something quotable: ``text`` is shown, ``start`` and ``end`` are where it stands in the chunk."""

    evidence: Evidence
    start: int
    end: int
    text: str

    @property
    def label(self) -> int:
        """The label of the clause it stands in."""
        return self.evidence.label

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above it."""
        return self.evidence.passage.chunk.path

    @property
    def place(self) -> tuple[str, int]:
        """Its document and the character it starts at: reading order."""
        chunk = self.evidence.passage.chunk
        return chunk.document_id, chunk.start + self.start

    @property
    def group(self) -> tuple[str, tuple[str, ...]]:
        """Its document and the heading it stands under: what stands there together is a list."""
        chunk = self.evidence.passage.chunk
        return chunk.document_id, section(chunk.path)

    @property
    def introduces(self) -> bool:
        """Does it only introduce what follows ("须满足下列条件")?"""
        return bool(_INTRODUCES.search(self.text))

    @property
    def single_source(self) -> bool:
        """Is it marked as found in one place only?"""
        return is_single_source(self.text)

    @property
    def instrument_id(self) -> str:
        """The instrument it stands in."""
        return self.evidence.passage.instrument.id


def is_single_source(text: str) -> bool:
    """Does ``text`` bear the mark of what was found in one place only?"""
    return bool(_SINGLE_SOURCE.search(text))


def shown(text: str, language: Language = "zh") -> str:
    """``text`` as an answer shows it: without list marks, emphasis and plain source notes."""
    without = _SOURCE_NOTE.sub("", _MARKUP.sub("", text))
    unmarked = _ITEM.sub("", _ITEM.sub("", without))  # "- （1）" is one mark inside another
    return neutral(" ".join(unmarked.split()), language)


def units(evidence: Evidence) -> tuple[Unit, ...]:
    """The units of one clause in reading order."""
    chunk = evidence.passage.chunk
    found: list[Unit] = []
    for start, end in _lines(chunk.text):
        line = chunk.text[start:end]
        for first, last in _pieces(line):
            words = shown(line[first:last], chunk.language)
            if _says_something(words):
                found.append(Unit(evidence, start + first, start + last, words))
    return tuple(found)


def _lines(text: str) -> Iterable[tuple[int, int]]:
    """Sentences stay whole over soft line breaks, so lines are taken from the sentence spans."""
    for block in re.finditer(
        r"(?:[^\n]+(?:\n(?!\s*\n)(?!\s*(?:[-*•|#]|\d{1,2}\s*[.、)]|[（(]))[^\n]+)*)", text
    ):
        if not _TABLE_RULE.match(block.group()) and block.group().strip():
            yield block.span()


def _pieces(line: str) -> Iterable[tuple[int, int]]:
    """Spans of sentences; a note in brackets behind a sentence belongs to it."""
    joined: list[tuple[int, int]] = []
    for start, end in _sentences(line):
        if joined and _ASIDE.fullmatch(line[start:end]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _sentences(line: str) -> Iterable[tuple[int, int]]:
    for span in sentences(line):
        fields = list(_RECORD.finditer(line, span.start, span.end))
        # "number: ...; issued: ...; expires: ..." is a record of many things, and each is quoted alone
        if len(fields) >= 3 and fields[-1].end() == span.end:
            if fields[0].start() > span.start:
                yield span.start, fields[0].start()
            yield from (field.span() for field in fields)
        else:
            yield span.start, span.end


def _says_something(words: str) -> bool:
    return sum(character.isalnum() for character in words) > 1
