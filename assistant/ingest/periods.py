"""When an instrument was issued, takes effect and ends, as its own text says.

Issued: the date that stands alone under the signature, else the last of the dates in the history below the
title and in the file's name. Effective: 自……起施行. Expires: 有效期5年 counted from there, or the day the
text names. The term of a certificate or a subsidy is none of the instrument's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain import Language
from assistant.language.dates import dates
from assistant.language.fold import aligned
from assistant.language.numerals import parse

_HEAD = 1500
_SELF = (
    r"本(?:办法|规定|通知|意见|方案|细则|政策|措施|条例|公告|决定|规则|文件|法|指南|计划"
    r"|实施|若干|暂行|指引|标准)"
)
_START = re.compile(r"自([^。；\n]{4,30}?)(?:之日)?起[，]?(?:正式)?(?:施行|实施|执行|生效|试行)")
_ISSUE_DAY = re.compile(r"(?:公布|发布|印发|颁布|下发)(?:之日)?$")
_LENGTH = r"([0-9一二两三四五六七八九十]{1,3})\s*(年|个月)"
_TERM = re.compile(rf"(?:有效期|试行期|执行期)(?:限)?(?:为|是|：|:)?\s*{_LENGTH}")
_SMALL = "[0-9一二三四五六七八九十]{1,3}"
_DAY = rf"([0-9〇零一二三四五六七八九]{{4}}\s*年\s*{_SMALL}\s*月(?:\s*{_SMALL}\s*日)?)"
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?(?:自[^。；]{{0,30}})?|执行|施行|实施|有效)(?:期限)?(?:延长)?至\s*{_DAY}"
    rf"|起(?:施行|实施|执行|生效)?[，,]?至\s*{_DAY}"
)
_SPAN = re.compile(
    rf"(?:{_SELF}|(?:上述|以上)(?:各项)?(?:政策|规定|措施))[^。；\n]{{0,40}}"
    rf"(?:执行|实施|有效|试行)期(?:限)?(?:为|是|自|：|:)?\s*{_DAY}(?:起)?至\s*{_DAY}"
)
_NOTE = re.compile(
    r"^[（(](?P<note>[^）)]*(?:通过|公布|发布|修订|修正|修改|批准|施行)[^）)]*)[）)]", re.MULTILINE
)
_EFFECT = re.compile(r"\s*(?:之日)?起?\s*(?:施行|实施|执行|生效)")
_NAMED_DATE = re.compile(r"[（(_\s](\d{4}-\d{2}-\d{2})[）)]?$")
_LINE_DATE = re.compile(
    r"^\s*（?\s*([0-9〇○零一二三四五六七八九]{4}\s*年.{1,4}月.{1,4}日)\s*）?\s*$", re.MULTILINE
)
_EN_START = re.compile(
    r"(?:(?:take|come|enter)s?\s+(?:in)?to\s+(?:effect|force)|takes?\s+effect|effective)(?:\s+as\s+of|\s+on|\s+from)?"
    r"\s+([^.;]{6,30})",
    re.IGNORECASE,
)
_EN_TERM = re.compile(r"valid\s+(?:until|through|to)\s+([^.;]{3,30})", re.IGNORECASE)
_EN_ISSUED = re.compile(
    r"^\s*[(\[]?(?:issued|promulgated|adopted)(?:\s+by\s+[^.;\n]{2,60})?\s*(?:on|:)\s+([^.;\n]{6,30})",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """ISO dates, possibly partial; None where the text does not say."""

    issued: str | None = None
    effective: str | None = None
    expires: str | None = None


def period_of(text: str, language: Language, name: str = "") -> Period:
    """The dates of the instrument that ``text`` is; editions often bear their date in the file's ``name``."""
    if language == "en":
        return _english(text)
    issued = _issued(text, name)
    effective = None
    expires = None
    for match in _START.finditer(text):
        if not _about_itself(text, match.start()):
            continue
        day = issued if _ISSUE_DAY.search(match[1]) else first_date(match[1])
        effective = max(filter(None, (effective, day)), default=None)
        expires = _end(text, match.start(), day) or expires
    if spans := set(_SPAN.findall(text)):
        begins, ends = (set(map(first_date, days)) for days in zip(*spans, strict=True))
        if expires is None and len(ends) == len(begins) == 1:
            effective, expires = effective or begins.pop(), ends.pop()
    if expires is None:
        for match in re.finditer(rf"{_SELF}[^。；\n]{{0,20}}有效期[^。；\n]{{0,40}}", text):
            expires = _end(text, match.start(), effective or issued) or expires
    return Period(issued, effective, expires)


def _about_itself(text: str, at: int) -> bool:
    """Whether the sentence speaks of the instrument: it names itself, or the date opens the sentence."""
    start = max(text.rfind(mark, 0, at) for mark in "。；\n") + 1
    before = text[start:at]
    return (
        bool(re.search(_SELF, before))
        or len(before.strip("（）() 　一二三四五六七八九十、第条0123456789.")) <= 6
    )


def _end(text: str, at: int, start: str | None) -> str | None:
    """The end that the sentences around ``at`` give, counted from ``start`` where it is a term."""
    begin = max(text.rfind(mark, 0, at) for mark in "。\n") + 1
    passage = text[begin : at + 120].split("\n")[0]
    if match := _UNTIL.search(passage):
        return first_date(match[1] or match[2])
    match = _TERM.search(passage)
    if not match or not start:
        return None
    length = parse(aligned(match[1]))
    if length is None or len(start) < 10:
        return None
    return _last_day(date.fromisoformat(start), int(length) * (12 if match[2] == "年" else 1))


def _last_day(start: date, months: int) -> str:
    """The day before the same day so many months later."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    after = date(year, month + 1, min(start.day, 28)) + timedelta(days=max(start.day - 28, 0))
    return (after - timedelta(days=1)).isoformat()


def _issued(text: str, name: str) -> str | None:
    """The signature's date, else the last date of the history or of the file's name."""
    if signed := _LINE_DATE.search(text):
        return first_date(signed[1].replace("○", "〇"))
    history = [
        day
        for match in _NOTE.finditer(text[:_HEAD])
        for day, end in _dated(match["note"])
        if not _EFFECT.match(match["note"], end)
    ]
    named = _NAMED_DATE.search(name)
    return max([*history, *([named[1]] if named else [])], default=None)


def _english(text: str) -> Period:
    starts = [day for match in _EN_START.finditer(text) if (day := first_date(match[1]))]
    issued = next((day for match in _EN_ISSUED.finditer(text[:_HEAD]) if (day := first_date(match[1]))), None)
    ends = [day for match in _EN_TERM.finditer(text) if (day := first_date(match[1]))]
    return Period(issued, starts[-1] if starts else None, ends[-1] if ends else None)


def first_date(text: str) -> str | None:
    """The first calendar date in ``text`` as a partial ISO date."""
    return next((key for key, _ in _dated(text)), None)


def _dated(text: str) -> list[tuple[str, int]]:
    """The calendar dates in ``text`` that give a year, in order, each with where it ends."""
    spans: dict[int, tuple[int, str]] = {}
    for found in dates(aligned(text), text):  # the fullest writing comes first
        overlaps = any(start < found.end and found.start < end for start, (end, _) in spans.items())
        if found.key and found.key[0].isdigit() and not overlaps:
            spans[found.start] = (found.end, found.key)
    return [(key, end) for _, (end, key) in sorted(spans.items())]
