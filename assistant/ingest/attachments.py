"""Texts attached to a cover letter, and annexes: where they begin and what they are called.

A notice often says no more than "printed and distributed herewith"; what counts follows its date, under a
title of its own that no numbering marks.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.ingest.labels import Label, Rank
from assistant.ingest.lines import Line
from assistant.ingest.reading import closed_up
from assistant.ingest.titles import TITLE_END

DATE = re.compile(
    r"（?[0-9０-９]{4}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日）?"
    r"|[二一][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_AFTERDATE = re.compile(r"[（(].{2,30}[）)]|抄送.*|主送.*")
_SENTENCE_END = ("。", "；", ";", "，", ",", "：", ":", "、", "！", "？")
_COVER = 3  # lines a cover letter has at least before its date
_LONGEST = 60
_TITLED = (Rank.PART, Rank.SUBPART, Rank.CHAPTER, Rank.SECTION)
_PREAMBLE = 8  # lines that may stand between a title and the first numbered one


def with_attachments(lines: list[Line]) -> list[Line]:
    """The lines, with the beginnings of attached texts and annexes labelled as such."""
    found = _without_mentions(lines)
    dates = [i for i, line in enumerate(found) if i >= _COVER and DATE.fullmatch(line.text)]
    for i in dates:
        j = i + 1
        while j < len(found) and _AFTERDATE.fullmatch(found[j].text):
            j += 1
        if j + 2 < len(found) and _could_be_title(found[j]):
            found[j] = replace(found[j], label=Label(Rank.ATTACHED, (0,), "", 0, True, "zh"))
    for i in _titles_before_restarts(found):
        found[i] = replace(found[i], label=Label(Rank.ATTACHED, (0,), "", 0, True, "zh"))
    return [_with_whole_title(found, i) for i in range(len(found))]


def _titles_before_restarts(lines: list[Line]) -> list[int]:
    """Titles of texts that follow another without a date: the numbering below begins again from one."""
    found = []
    reached: dict[Rank, int] = {}
    for i, line in enumerate(lines):
        label = line.label
        if label is not None and label.rank is Rank.ATTACHED:
            reached.clear()
        if label is None or label.rank not in (Rank.CLAUSE, Rank.ARTICLE):
            continue
        if label.number[0] == 1 and reached.get(label.rank, 0) > 1:
            above = range(i - 1, max(i - _PREAMBLE, 0), -1)
            title = next((j for j in above if _is_title(lines[j])), None)
            if title is not None and not any(lines[j].label for j in range(title, i)):
                found.append(title)
        reached[label.rank] = label.number[0]
    return found


def _without_mentions(lines: list[Line]) -> list[Line]:
    """A cover letter lists its annexes before its date; the annex itself comes after it."""
    found = list(lines)
    later: dict[str, int] = {}
    dated = len(lines)
    for i in range(len(lines) - 1, -1, -1):
        label = lines[i].label
        if DATE.fullmatch(lines[i].text):
            dated = i
        if label is not None and label.rank is Rank.ATTACHED:
            if later.get(label.text, -1) > dated:
                found[i] = replace(lines[i], label=None)
            later[label.text] = i
    return found


def _with_whole_title(lines: list[Line], i: int) -> Line:
    """The line, and the lines below it over which its title runs on."""
    line = lines[i]
    if line.label is None or line.heading is not None:
        return line
    if line.label.rank is not Rank.ATTACHED:
        below = lines[i + 1] if i + 2 < len(lines) and line.label.rank in _TITLED else None
        alone = below is not None and line.label.body >= len(line.text) and _could_be_title(below, 2)
        return replace(line, more=(closed_up(below.text),), body=below.end) if below and alone else line
    title = closed_up(line.text[line.label.body :])
    more: list[str] = []
    j = i + 1
    while j + 1 < len(lines) and len(more) < 2 and not TITLE_END.search(title):
        words = closed_up(lines[j].text)
        goes_on = not title or TITLE_END.search(words) or title.endswith(("的", "和", "与", "及", "、"))
        if not (goes_on and _could_be_title(lines[j]) and len(title) + len(words) <= _LONGEST):
            break
        more.append(words)
        title += words
        j += 1
    return replace(line, more=tuple(more), body=lines[j - 1].end) if more else line


def _is_title(line: Line) -> bool:
    return _could_be_title(line) and bool(TITLE_END.search(line.text))


def _could_be_title(line: Line, shortest: int = 4) -> bool:
    return (
        line.label is None
        and line.heading is None
        and not line.is_row
        and shortest <= len(line.text) <= _LONGEST
        and not line.text.endswith(_SENTENCE_END)
        and not line.text.startswith(("附", "（", "("))
    )
