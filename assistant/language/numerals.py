"""Numerals as they are written in policy texts, and what they are worth.

Digits with separators, Chinese numerals (五千万, 二〇二三, 壹佰), digits with a Chinese or English magnitude
(1.5亿, 50 million) and English words (three hundred and sixty-five). The patterns expect folded text.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_ZH_DIGIT = dict(zip("零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖", "001223456789123456789", strict=True))
_ZH_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_ZH_LARGE = {"万": 10**4, "亿": 10**8}
_ZH_CHARS = "".join((*_ZH_DIGIT, *_ZH_SMALL, *_ZH_LARGE))
_EN_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_EN_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# 480w is typed for 480万
_EN_SHORT = {"w": 10**4, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_EN_START = "|".join((*_EN_TENS, *sorted(_EN_ONES, key=len, reverse=True)))
_EN_LARGE_WORDS = "|".join(_EN_LARGE)

# 6个亿 is six times a hundred million; 5个百亿级集群 are five things
_ZH_MAGNITUDE = r"个?亿(?!级)|[十百千]?[万亿]{1,2}|[百千]"
_BEGINS = r"(?<!\d)(?<!\d[.,])"
CHINESE = rf"(?<![\d{_ZH_CHARS}数几])[{_ZH_CHARS}]+(?:点[零〇一二三四五六七八九]+)?"
ENGLISH = (
    rf"(?:\b(?:{_EN_START})|\b(?:an?|several)(?=[ ](?:hundred|{_EN_LARGE_WORDS})\b))"
    rf"(?:(?:[ -]|[ ]and[ ])(?:{_EN_START}|hundred|{_EN_LARGE_WORDS})\b)*\b"
)
# 1亿2000万 and 50 million: digits carried by magnitudes
IN_DIGITS = (
    rf"{_BEGINS}{DIGITS}"
    rf"(?:[ ]?(?:{_ZH_MAGNITUDE})(?:{DIGITS}(?:{_ZH_MAGNITUDE}))?|[ -](?:{_EN_LARGE_WORDS})\b|w(?![a-z0-9]))?"
)
# the short forms are plain only beside a currency sign
IN_DIGITS_SHORT = rf"{_BEGINS}{DIGITS}(?:k|mn|bn|tn|m)\b|{IN_DIGITS}"
NUMERAL = rf"(?:{IN_DIGITS}|{CHINESE}|{ENGLISH})"
NUMERAL_SHORT = rf"(?:{IN_DIGITS_SHORT}|{CHINESE}|{ENGLISH})"

_SPLIT_MIXED = re.compile(rf"({DIGITS})[ -]?([^\d\s]*)")


def parse(written: str) -> Decimal | None:
    """What a folded numeral is worth; None for what is no exact number (七八, several million)."""
    text = written.strip()
    if not text:
        return None
    if text[0].isdigit():
        return _mixed(text)
    if text[0] in _ZH_CHARS:
        return _chinese(text)
    return _english(text)


def _mixed(text: str) -> Decimal | None:
    total = Decimal(0)
    for digits, magnitude in _SPLIT_MIXED.findall(text):
        factor = _magnitude(magnitude)
        if factor is None:
            return None
        total += Decimal(digits.replace(",", "")) * factor
    return total


def _magnitude(word: str) -> int | None:
    if not word:
        return 1
    if word in _EN_LARGE or word in _EN_SHORT:
        return _EN_LARGE.get(word) or _EN_SHORT[word]
    factor = 1
    for character in word.removeprefix("个"):
        step = _ZH_SMALL.get(character) or _ZH_LARGE.get(character)
        if step is None:
            return None
        factor *= step
    return factor


def _chinese(text: str) -> Decimal | None:
    whole, _, fraction = text.partition("点")
    value = _chinese_whole(whole)
    if value is None or not fraction:
        return value
    return value + Decimal("0." + "".join(_ZH_DIGIT[character] for character in fraction))


def _chinese_whole(text: str) -> Decimal | None:
    if not any(character in _ZH_SMALL or character in _ZH_LARGE for character in text):
        spelled = "".join(_ZH_DIGIT[character] for character in text)
        # digits one by one, as in 二〇二三; 七八 alone means "seven or eight"
        return Decimal(spelled) if len(text) in (1, 4) or "〇" in text or "零" in text else None
    total = section = 0
    digit: int | None = None
    for character in text:
        if character in _ZH_DIGIT:
            if digit not in (None, 0):
                return None  # 十七八 is no exact number
            digit = int(_ZH_DIGIT[character])
        elif character in _ZH_SMALL:
            section += (1 if digit is None else digit) * _ZH_SMALL[character]
            digit = None
        else:
            section += digit or 0
            if _ZH_LARGE[character] == 10**8:
                total = (total + section or 1) * 10**8
            else:
                total += (section or 1) * 10**4
            section, digit = 0, None
    return Decimal(total + section + _last(text, digit or 0))


def _last(text: str, digit: int) -> int:
    """What a last digit is worth: 一亿二 is 120 million, 两千三 is 2300, 一万零五 is 10005."""
    above = text[-2:-1]
    unit = _ZH_SMALL.get(above) or _ZH_LARGE.get(above) or 10
    return digit * max(unit // 10, 1) if text[-1] in _ZH_DIGIT else digit


def _english(text: str) -> Decimal | None:
    total = section = 0
    for word in re.split(r"[ -]+", text):
        if word == "several":
            return None
        if word in ("and", "a", "an"):
            section += word != "and"
        elif word in _EN_ONES:
            section += _EN_ONES[word]
        elif word in _EN_TENS:
            section += _EN_TENS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        else:
            total += (section or 1) * _EN_LARGE[word]
            section = 0
    return Decimal(total + section)
