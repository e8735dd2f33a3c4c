"""Where a text that is too long may be cut: between sentences, else between clauses, else between words.

Never inside a number, an amount, a date, a percentage, a document number or a word of Latin letters; a
text that offers no such place stays whole, however long.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_CN = "零〇一二三四五六七八九十百千万亿两"
_UNIT = (
    r"[万亿千百十]*(?:[%％‰]|个?百分点|元|美元|年|月|日|天|家|个|项|人|倍|亩|公里|平方米|吨|号|条|款|章|节)?"
)
PROTECTED = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{0,8}[〔\[［（(【][12][0-9]{3}[〕\]］）)】]\s*第?\s*[0-9]+\s*号"  # 国发〔2023〕7号
    r"|[0-9０-９]{2,4}\s*[年./-]\s*[0-9０-９]{1,2}\s*[月./-](?:\s*[0-9０-９]{1,2}\s*日?)?"
    rf"|(?:第\s*(?:[{_CN}]+|[0-9０-９]+)\s*[编章节条款项目期届批](?:之[{_CN}]+)?)+"
    rf"|(?:[¥￥$€£]|USD|RMB|CNY|EUR)\s*[0-9]+(?:[.,，][0-9]+)*{_UNIT}"
    rf"|[0-9０-９]+(?:[.,，．:：/—–~～-][0-9０-９]+)*\s*{_UNIT}"
    rf"|百分之[{_CN}点]+|[{_CN}点]{{2,}}{_UNIT}"
    r"|[A-Za-z0-9]+(?:[-'’.@_/&][A-Za-z0-9]+)*"
)
_SENTENCE = re.compile(r"[。！？；!?;]+[”’」』）)\]]*|(?<=[a-z0-9)%])\.(?=\s+[A-Z])|\n")
_CLAUSE = re.compile(r"[，、：,:][”’]*\s*")
_WORD = re.compile(r"\s+|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


def pieces(text: str, fits: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Spans that cover ``text`` in order, each one that ``fits`` where a permitted cut can achieve it."""
    spans = [(0, len(text))]
    for boundary in (_SENTENCE, _CLAUSE, _WORD):
        if all(fits(text[start:end]) for start, end in spans):
            break
        spans = [
            inner
            for start, end in spans
            for inner in ([(start, end)] if fits(text[start:end]) else _cut(text, start, end, boundary, fits))
        ]
    return spans


def _cut(
    text: str, start: int, end: int, boundary: re.Pattern[str], fits: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Cuts text[start:end] at permitted boundaries and packs what lies between as full as fits."""
    inside = {
        i for match in PROTECTED.finditer(text, start, end) for i in range(match.start() + 1, match.end())
    }
    cuts = [
        m.end()
        for m in boundary.finditer(text, start, end)
        if m.end() not in inside and start < m.end() < end
    ]
    spans: list[tuple[int, int]] = []
    begin = start
    for i, cut in enumerate(cuts):
        after = cuts[i + 1] if i + 1 < len(cuts) else end
        if not fits(text[begin:after]):
            spans.append((begin, cut))
            begin = cut
    spans.append((begin, end))
    return spans
