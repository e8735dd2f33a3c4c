"""What comes after the last numbered part and belongs to none: closing paragraphs, signature, imprint.

Nothing marks where the last item of a notice ends and its closing words begin; how the items before it are
made tells. A signature is an office and a date on lines of their own with nothing below but the imprint
(版记: 抄送, 印发) and notes such as （此件公开发布）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.ingest.attachments import DATE
from assistant.ingest.labels import FIXED, Rank
from assistant.ingest.lines import Line
from assistant.ingest.parts import Part

_LAST = re.compile(
    r"(?:抄送|抄报|主送|分送)\s*[:：].*|[^，。；]{2,40}日\s*印发|[（(](?:此件|本文|此文|此页|联系)[^）)]{2,40}[）)]"
)
_OF_ITSELF = re.compile(
    r"本[\u4e00-\u9fff]{1,6}?(?:自|从|由|有效期)[^。]*(?:施行|实施|执行|有效|至|解释|年)[^。]*。.{0,90}"
)
_ATTACHMENT = re.compile(r"(?:附\s*件\s*(?:[:：]|[0-9]+[.．、:：])|[0-9]{1,2}[.．、])[^。；]{2,60}")
_ON_EFFECT = re.compile(r"附则|其[他它]|[施执]行|实施|生效|有效|期限|时间|解释")
_SENTENCE_END = ("。", "；", ";", "，", ",", "：", ":", "、", "！", "？", ".")
_OFFICES = 6  # that may sign one text
_LONGEST_OFFICE = 40
_SERIES = 4  # items of one paragraph each, from which on a second one below the last is none of its own


def close(parts: Sequence[Part], lines: Sequence[Line]) -> None:
    """End the last parts where a signature, an imprint or closing paragraphs begin."""
    starts = {part.line for part in parts}
    for part, following in zip_longest(parts, parts[1:]):
        if following is None or (following.label and following.label.rank is Rank.ATTACHED):
            end = following.line if following else len(lines)
            first = _signature(lines, part.line + 1, end)
            if first < end:
                _cut(parts, part, lines[first].start, lines[end - 1].end)
            _end_before_own_term(parts, part, lines[part.line : first])
    for series in _series(parts):
        last = parts[series[-1]]
        below = last.line + 1
        if len(series) < _SERIES or not _plain(lines, below, starts) or last.end <= lines[below].start:
            continue
        if all(parts[i].line + 1 in starts and not parts[i].children for i in series[:-1]):
            shared = set.intersection(*(set(_ancestors(parts, parts[i])) for i in series))
            _cut(parts, last, lines[last.line].end, last.end, shared)


def _end_before_own_term(parts: Sequence[Part], part: Part, lines: Sequence[Line]) -> None:
    """End the last numbered clause where the instrument speaks of its own term (本措施自……起施行).

    ``lines`` are those of the last part. Articles keep such a paragraph, and so does a clause on just that.
    """
    at = len(lines)
    while at > 1 and _OF_ITSELF.fullmatch(lines[at - 1].text) and not lines[at - 1].is_row:
        at -= 1
    around = [part, *(parts[i] for i in _ancestors(parts, part))]
    inner = [each for each in around if each.label is not None and each.label.rank is not Rank.ATTACHED]
    if at == len(lines) or not inner or any(each.label and each.label.rank in FIXED for each in inner):
        return
    if (at == 1 and part.role == "heading") or any(_ON_EFFECT.search(each.title) for each in inner):
        return
    kept = {i for i in _ancestors(parts, part) if parts[i] not in inner}
    _cut(parts, part, lines[at].start, lines[-1].end, kept)


def _signature(lines: Sequence[Line], first: int, end: int) -> int:
    """Where the list of attachments, the signature and the imprint begin that close these lines."""
    at = end
    while at > first and _LAST.fullmatch(lines[at - 1].text):
        at -= 1
    if at > first and DATE.fullmatch(lines[at - 1].text) and not lines[at - 1].is_row:
        at -= 1
        dated = at
        while at > first and dated - at < _OFFICES and _is_office(lines[at - 1]):
            at -= 1
        top = at
        while top > first and _ATTACHMENT.fullmatch(lines[top - 1].text):
            top -= 1
        if lines[top].text.startswith("附"):
            at = top
    return at


def _is_office(line: Line) -> bool:
    plain = line.label is None and line.heading is None and not line.is_row and not line.is_bullet
    return plain and len(line.text) <= _LONGEST_OFFICE and not line.text.endswith(_SENTENCE_END)


def _series(parts: Sequence[Part]) -> Iterator[list[int]]:
    """Runs of clauses numbered one after another, also across headings, as indexes."""
    runs: dict[Rank, list[int]] = {}
    for i, part in enumerate(parts):
        if part.role != "clause" or part.label is None or part.level is not None or part.label.rank in FIXED:
            continue
        run = runs.setdefault(part.label.rank, [])
        before = parts[run[-1]].label if run else None
        if before is not None and (*part.label.number[:-1], part.label.number[-1] - 1) != before.number:
            yield run
            run = runs[part.label.rank] = []
        run.append(i)
    yield from runs.values()


def _ancestors(parts: Sequence[Part], part: Part) -> Iterator[int]:
    while part.parent >= 0:
        yield part.parent
        part = parts[part.parent]


def _plain(lines: Sequence[Line], i: int, starts: set[int]) -> bool:
    return i < len(lines) and i not in starts and lines[i].heading is None and not lines[i].is_row


def _cut(parts: Sequence[Part], part: Part, start: int, end: int, kept: set[int] | None = None) -> None:
    """End ``part`` at ``start``, and what is around it, save what is ``kept`` or goes on after ``end``."""
    for each in (part, *(parts[i] for i in _ancestors(parts, part) if i not in (kept or ()))):
        if start < each.end <= end:
            each.end = start
