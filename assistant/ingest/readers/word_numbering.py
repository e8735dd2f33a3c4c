"""The numbers that Word shows and does not store: counted again from ``numbering.xml``.

Follows ECMA-376 part 1, section 17.9: a paragraph names a list and a level; the list names an abstract
list whose levels have a format, a pattern such as ``第%1条`` and a start; a level begins afresh when a
higher one has counted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEVELS = 9
_COUNTED = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"}


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int
    legal: bool  # all numbers of the pattern in plain digits
    follow: str  # what stands between number and text
    restart: int  # counts afresh after a number of so many levels or fewer; 0: never


class Numbering:
    """Counts the lists of one document; ask for the paragraphs in their order."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is None:
            return
        for node in root.iter(f"{W}abstractNum"):
            self._abstract[node.get(f"{W}abstractNumId")] = _levels(node)
        for node in root.iter(f"{W}num"):
            target = node.find(f"{W}abstractNumId")
            if target is not None:
                starts = {
                    int(override.get(f"{W}ilvl")): int(start.get(f"{W}val"))
                    for override in node.iter(f"{W}lvlOverride")
                    if (start := override.find(f"{W}startOverride")) is not None
                }
                self._lists[node.get(f"{W}numId")] = (target.get(f"{W}val"), _levels(node), starts)

    def is_bullet(self, list_id: str, level: int) -> bool:
        """Whether this level has marks and no numbers."""
        known = self._level(list_id, level)
        return known is not None and known.format == "bullet"

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of this list and level, and what stands before the text."""
        known = self._level(list_id, level)
        if known is None or known.format == "bullet":
            return ""
        abstract, _, starts = self._lists[list_id]
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        if level in starts and (list_id, level) not in self._started:
            self._started.add((list_id, level))
            counts[level] = None
        current = counts[level]
        begin = starts.get(level, known.start)
        counts[level] = begin if current is None else current + 1
        for i in range(level + 1, _LEVELS):
            below = self._level(list_id, i)
            if below is None or level < below.restart:
                counts[i] = None
        text = known.pattern
        for i in range(level + 1):
            above = self._level(list_id, i)
            if f"%{i + 1}" in text and above is not None:
                value = counts[i] if counts[i] is not None else above.start
                format_ = "decimal" if known.legal else above.format
                text = text.replace(f"%{i + 1}", formatted(value or 0, format_))
        return text + known.follow if text else ""

    def _level(self, list_id: str, level: int) -> _Level | None:
        if list_id not in self._lists or not 0 <= level < _LEVELS:
            return None
        abstract, own, _ = self._lists[list_id]
        return own.get(level) or self._abstract.get(abstract, {}).get(level)


def _levels(node: Any) -> dict[int, _Level]:
    found = {}
    for level in node.iter(f"{W}lvl"):
        follow = {"space": " ", "nothing": ""}.get(_value(level, "suff") or "tab", " ")
        number = int(level.get(f"{W}ilvl"))
        found[number] = _Level(
            _value(level, "numFmt") or "decimal",
            _value(level, "lvlText") or "",
            int(_value(level, "start") or 0),
            level.find(f"{W}isLgl") is not None,
            follow,
            int(_value(level, "lvlRestart") or number),
        )
    return found


def _value(node: Any, name: str) -> str | None:
    child = node.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def formatted(number: int, format_: str) -> str:
    """``number`` in one of Word's formats; unknown formats give plain digits."""
    if format_ in _COUNTED:
        return chinese(number)
    if format_ == "chineseLegalSimplified":
        return chinese(number, _LEGAL, "拾佰仟")
    if format_ in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(_CHINESE[int(digit)] for digit in str(number)).replace("零", "〇")
    if format_.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if format_ == "decimalZero":
        return f"{number:02d}"
    if format_ in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in ("lowerRoman", "upperRoman") and number > 0:
        return roman(number).upper() if format_ == "upperRoman" else roman(number)
    return "" if format_ == "none" else str(number)


def chinese(number: int, digits: str = _CHINESE, scales: str = "十百千") -> str:
    """``number`` as it is counted in Chinese: 12 is 十二, 105 is 一百零五."""
    if number < 10:
        return digits[number]
    text, zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + (scales[power - 1] if power else "")
            zero = False
        else:
            zero = True
    return text[1:] if 10 <= number < 20 and scales[0] == "十" else text


def roman(number: int) -> str:
    """``number`` in lower-case Roman numerals."""
    text = ""
    for value, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
        *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        text += letters * (number // value)
        number %= value
    return text
