"""Split a text into sentences, Chinese and English, without ever cutting a number.

A line is at least one unit, so list items and headings stand alone; an English line that breaks off in
mid-sentence is joined with the next. Chinese semicolons do not end a sentence: in policy texts they part
the cases of one rule; `clauses` cuts there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[。！？!?…]+[”’」』）)\]】\"']*|\.+[\"'”’)\]]*(?=\s|$|[\u3400-\u9fff])")
_CLAUSE = re.compile(r"[；;]|:(?=\s)|：")
_ABBREVIATION = re.compile(
    r"(?:\b(?:no|nos|art|arts|sec|para|paras|fig|mr|mrs|ms|dr|prof|st|vs|etc|e\.g|i\.e|cf|al|inc|co|ltd|corp|dept|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|approx|est|u\.s|u\.k|p\.r|ph\.d|a\.m|p\.m|viz)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_CAN_END = re.compile(r"(?:etc|inc|ltd|co|corp|u\.s|u\.k|[ap]\.m)\.$", re.IGNORECASE)
_ITEM_MARK = re.compile(r"\s*(?:[-*•·#]+\s*)?\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivx]{1,4})[.)]")
_ITEM = re.compile(rf"\s*(?:[-*•·#|]|{_ITEM_MARK.pattern}\s|\d{{1,2}}[、．]|[（(])")
_PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "【": "】", "「": "」"}
_LONGEST_ASIDE = 200


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence and where it stands in its text."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[SentenceSpan]:
    """The sentences of ``text`` in order, without surrounding white space."""
    found: list[SentenceSpan] = []
    for start, end in _lines(text):
        found.extend(_cut(text, start, end, _sentence_ends(text, start, end)))
    return found


def clauses(text: str) -> list[SentenceSpan]:
    """The sentences of ``text`` cut further at semicolons and colons."""
    found: list[SentenceSpan] = []
    for sentence in sentences(text):
        ends = [match.end() for match in _CLAUSE.finditer(text, sentence.start, sentence.end)]
        found.extend(_cut(text, sentence.start, sentence.end, ends))
    return found


def _lines(text: str) -> list[tuple[int, int]]:
    """Spans of lines, a broken-off line together with what continues it."""
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[^\r\n\u2028\u2029\f]+", text):
        line = match.group()
        if spans and not _ITEM.match(line) and _goes_on(text, *spans[-1], match.start(), line.lstrip()):
            spans[-1] = (spans[-1][0], match.end())
        elif line.strip():
            spans.append(match.span())
    return spans


def _goes_on(text: str, start: int, end: int, next_start: int, next_line: str) -> bool:
    """Does the line before end in mid-sentence, with the next line following at once?"""
    before = text[start:end].rstrip()
    if not before or text.count("\n", end, next_start) > 1 or before[0] in "#|-*•":
        return False
    if before[-1] in "，、,":
        return True
    return before[-1].isascii() and before[-1].isalnum() and bool(re.match(r"[a-z]", next_line))


def _sentence_ends(text: str, start: int, end: int) -> list[int]:
    asides = _asides(text, start, end)
    ends = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.group()[0] == "." and _is_abbreviation(text, start, match, end):
            continue
        around = next((aside for aside in asides if aside[0] < match.start() < aside[1]), None)
        # a stop in brackets ends a sentence only where the brackets hold all of it
        if around is None or (match.end() >= around[1] and not text[begin : around[0]].strip()):
            begin = match.end()
            ends.append(begin)
    return ends


def _is_abbreviation(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    before = text[start : stop.start() + 1]
    if _ITEM_MARK.fullmatch(before):
        return True
    if not _ABBREVIATION.search(before[-12:]):
        return False
    starts_anew = re.match(r"\s+[A-Z][a-z]+ [a-z]", text[stop.end() : end])
    return not (starts_anew and _CAN_END.search(before))


def _asides(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Outermost spans in brackets or title marks that close within reach."""
    spans: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for position in range(start, end):
        character = text[position]
        if character in _PAIRS:
            stack.append((_PAIRS[character], position))
        elif stack and character == stack[-1][0]:
            opened = stack.pop()[1]
            if position - opened <= _LONGEST_ASIDE:
                spans = [span for span in spans if span[0] < opened]
                spans.append((opened, position + 1))
    return spans


def _cut(text: str, start: int, end: int, ends: list[int]) -> list[SentenceSpan]:
    pieces: list[SentenceSpan] = []
    for stop in [*ends, end]:
        piece = text[start:stop]
        stripped = piece.strip()
        if stripped and re.search(r"\w", stripped):
            begin = start + piece.index(stripped)
            pieces.append(SentenceSpan(begin, begin + len(stripped), stripped))
        elif stripped and pieces:  # stray punctuation belongs to what it closes
            last = pieces[-1]
            pieces[-1] = SentenceSpan(
                last.start, start + len(piece.rstrip()), text[last.start : start + len(piece.rstrip())]
            )
        start = stop
    return pieces
