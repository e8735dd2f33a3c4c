"""Fold a text for matching: width, case, traditional characters and look-alike radicals.

Folded text is never shown or quoted. `aligned` keeps every character in its place, so that spans found in
it are spans of the original; `fold` goes further (ligatures, circled digits) and may change the length.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

# Radicals that PDF printers leave in place of the character they look like (U+2F00-2FD5 are covered by NFKC).
RADICALS: dict[str, str] = dict(
    zip(
        "⺁⺒⺝⺟⺠⺶⺸⺼⻁⻂⻄⻅⻆⻈⻉⻋⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻱⻳",
        "厂巳月母民羊羊月虎衤西见角讠贝车钅长长长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄齐齿龙龟龟",
        strict=True,
    )
)
RADICALS.update(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
)

_PUNCTUATION = {
    "[": "〔【［「『",
    "]": "〕】］」』",
    '"': "“”",
    "'": "‘’",
    "-": "—–―‒−－",
    "~": "～〜",
    "·": "•・",
    "¥": "￥",
}


@cache
def _table() -> dict[int, str]:
    """Code point -> one character, for everything that folds without a change of length."""
    table = {ord(source): target for source, target in RADICALS.items()}
    for code in range(0xFF01, 0xFF5F):  # full-width ASCII
        table[code] = chr(code - 0xFEE0).lower()
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x391, 0x530)):
        lowered = chr(code).lower()
        if len(lowered) == 1 and lowered != chr(code):
            table[code] = lowered
    for code in (0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F):
        table[code] = " "
    data = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8")
    for line in data.splitlines()[1:]:
        table.update({ord(line[i]): line[i + 1] for i in range(0, len(line), 2)})
    table.update({ord(source): target for target, sources in _PUNCTUATION.items() for source in sources})
    return table


def aligned(text: str) -> str:
    """The text folded character by character: same length, same offsets."""
    return text.translate(_table())


def fold(text: str) -> str:
    """The text folded as far as matching needs; offsets may move."""
    folded = aligned(text)
    if folded.isascii() or unicodedata.is_normalized("NFKC", folded):
        return folded
    return aligned(unicodedata.normalize("NFKC", folded))
