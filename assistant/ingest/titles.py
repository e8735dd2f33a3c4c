"""What a document is called: the title as its first lines say it, over as many lines as it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from assistant.domain import Language
from assistant.ingest.english_record import is_title
from assistant.ingest.labels import label_of
from assistant.ingest.reading import Reading, closed_up

#: How titles of Chinese instruments end.
TITLE_END = re.compile(
    r"(法|条例|方案|办法|规定|意见|通知|通报|细则|名单|计划|规划|目录|清单|标准|指南|指引|制度|规则|准则|章程"
    r"|表|要点|纲要|措施|决定|决议|公告|通告|公报|报告|预案|图|说明|书|函|批复|答复|须知|要求|流程|令|解释"
    r"|议定书|协定|公约|宪法|解读|问答|政策|行动|请示)([（(《〈].{1,30}[）)》〉])?$"
)
_SENTENCE_END = ("。", "；", ";", "，", ",", "：", ":", "、", "！", "？")
_ORDER = re.compile(r"(.{2,40}?)令$")
_LETTERHEAD = re.compile(r"(?!.*关于).{2,30}文件")
_NO_PART = re.compile(
    r"[（(]|第[零〇一二三四五六七八九十百]+[编章节条]|[一二三四五六七八九十]+、|[0-9]|目\s*录"
    r"|.*[〕\]］）)】]\s*第?\s*[0-9]+\s*号"
)
_LINES = 4  # a title takes at most
_ENGLISH_HEAD = 5
_HEAD = 16  # lines among which the title stands
_LONGEST_LINE = 90
_LONGEST = 160


def title_of(reading: Reading, language: Language) -> str | None:
    """The title, or None where the first lines hold none."""
    if reading.title:
        return reading.title
    lines = list(islice(_running_lines(reading), _HEAD))
    if language == "en":
        first = lines[0] if lines else ""
        named = (line for line in lines[:_ENGLISH_HEAD] if is_title(line) and label_of(line) is None)
        return next(named, first if 3 < len(first) <= _LONGEST and not first.endswith(".") else None)
    return _chinese(lines)


def _running_lines(reading: Reading) -> Iterator[str]:
    """The lines that are no rows of a table: a row is never a title."""
    at = 0
    for start, end in (*reading.tables, (len(reading.text),) * 2):
        yield from filter(None, map(str.strip, reading.text[at:start].split("\n")))
        at = max(at, end)


def _chinese(lines: list[str]) -> str | None:
    """The first run of lines that ends as titles do; of an order, what it promulgates."""
    for i, line in enumerate(lines):
        if _LETTERHEAD.fullmatch(closed_up(line)) or not _could_belong(line):
            continue
        title, whole = "", ""
        for part in lines[i : i + _LINES]:
            if not _could_belong(part) or len(title) + len(part) > _LONGEST:
                break
            title += closed_up(part)
            if TITLE_END.search(title) and not _opens(title):
                whole = title
        if whole and not _ORDER.fullmatch(whole):
            return whole
    first = closed_up(lines[0]) if lines else ""
    return first if 4 <= len(first) <= _LONGEST_LINE and _could_belong(first) else None


def _could_belong(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and not line.endswith(_SENTENCE_END) and not _NO_PART.match(line)


def _opens(title: str) -> bool:
    """Whether a book-title mark is still open, so that the title goes on."""
    return title.count("《") > title.count("》") or title.count("（") > title.count("）")
