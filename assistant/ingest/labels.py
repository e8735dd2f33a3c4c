"""Numbering at the beginning of a line: 第三章, 第十一条之一, 一、, （二）, 1., ①, Article 5, Section 3, (a).

`label_of` says what a line looks like; whether it truly is a heading (and not a cross-reference that
happens to begin a line) depends on its neighbours and is decided in `outline`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from assistant.domain import Language


class Rank(IntEnum):
    """How high a kind of numbering stands; smaller is nearer to the top."""

    ATTACHED = 5  # 附件, Annex, or a text attached to its cover letter
    PART = 10  # 编
    SUBPART = 11  # 分编
    CHAPTER = 12  # 章
    SECTION = 13  # 节
    ARTICLE = 14  # 条
    CLAUSE = 20  # 一、
    CLAUSE_ITEM = 21  # （一）
    DECIMAL = 22  # 1.2
    POINT = 23  # 1.
    POINT_ITEM = 24  # （1）
    LETTER = 25  # (a)
    ROMAN = 26  # (i)
    CIRCLED = 27  # ①


#: Kinds that have one place in every document; the others nest as the document likes.
FIXED = frozenset({Rank.ATTACHED, Rank.PART, Rank.SUBPART, Rank.CHAPTER, Rank.SECTION, Rank.ARTICLE})


@dataclass(frozen=True, slots=True)
class Label:
    """The numbering of a line: ``text`` as written, ``number`` to compare (第三十一条之一 is (31, 1)).

    ``body`` is where the words after it begin; ``separated`` tells that a space or mark stands between;
    ``doubtful`` that it reads like a reference (第九条和……) and only its place in the sequence can tell.
    """

    rank: Rank
    number: tuple[int, ...]
    text: str
    body: int
    separated: bool
    language: Language
    doubtful: bool = False


_N = "零〇一二三四五六七八九十百千两"
_S = r"[ \t\u3000\xa0]"
_ZH_FIXED = re.compile(
    rf"(?P<text>第{_S}*(?P<n>[{_N}]+|[0-9０-９]+){_S}*(?P<unit>分编|编|篇|部分|章|节|条)(?:之(?P<sub>[{_N}]+))?)"
    rf"(?P<gap>{_S}*[：:]?{_S}*)"
)
_ZH_ITEM = re.compile(
    rf"(?P<clause>[{_N}]{{1,4}})(?:、|[．.](?![0-9])){_S}*"
    rf"|[（(]{_S}*(?P<clause_item>[{_N}]{{1,4}}){_S}*[）)][、.．]?{_S}*"
    rf"|(?P<decimal>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})(?:[.、．]{_S}*|{_S}+|(?=[\u4e00-\u9fff]))"
    rf"|(?P<whole>[1-9][0-9]?){_S}+(?=[\u4e00-\u9fff]{{2,20}}$)"
    rf"|(?P<point>[0-9０-９]{{1,3}})(?:[、．](?![0-9０-９])|\.(?![0-9０-９])|[）)](?![0-9])){_S}*"
    rf"|[（(]{_S}*(?P<point_item>[0-9０-９]{{1,3}}){_S}*[）)][、.．]?{_S}*"
    rf"|(?P<circled>[①-⑳]){_S}*"
)
_EN_FIXED = re.compile(
    r"(?P<text>(?P<unit>Part|Title|Chapter|Article|Section|Sec\.|§|Annex|Appendix|Schedule|Attachment)\s*"
    r"(?P<n>[0-9]+[A-Z]?(?:-[0-9]+)?|[IVXLC]+|[A-Z])(?![0-9A-Za-z]))(?P<gap>\s*[.:：—–-]?\s*)",
    re.IGNORECASE,
)
_EN_ITEM = re.compile(r"\((?P<letter>[a-z])\)\s*|\((?P<roman>[ivx]{2,5})\)\s*|(?P<upper>[A-Z])\.\s+")
_ATTACHED = re.compile(
    rf"(?P<text>附{_S}*(?:件|录|表|图)?{_S}*(?P<n>[{_N}]+|[0-9０-９]+)?)(?P<gap>{_S}*[：:.、]?{_S}*)"
)
_UNITS = {"编": Rank.PART, "篇": Rank.PART, "部分": Rank.PART, "分编": Rank.SUBPART, "章": Rank.CHAPTER}
_UNITS |= {"节": Rank.SECTION, "条": Rank.ARTICLE}
_EN_UNITS = {"part": Rank.PART, "title": Rank.PART, "chapter": Rank.CHAPTER, "article": Rank.ARTICLE}
_EN_UNITS |= {"section": Rank.ARTICLE, "sec.": Rank.ARTICLE, "§": Rank.ARTICLE}
_ITEMS = {
    "clause": Rank.CLAUSE,
    "clause_item": Rank.CLAUSE_ITEM,
    "point": Rank.POINT,
    "point_item": Rank.POINT_ITEM,
}
_REFERENCE = re.compile(rf"第[{_N}0-9０-９]+[条款项]|[、，；。,;]")
_DOUBTFUL = re.compile(r"规定|[的和或及至与之款项中内外所]")
_DIGITS = {ord(c): i for i, c in enumerate("零一二三四五六七八九")} | {ord("〇"): 0, ord("两"): 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def label_of(line: str) -> Label | None:
    """The numbering that ``line`` begins with, or None. ``line`` has no blanks in front."""
    first = line[:1]
    if first == "第":
        return _zh_fixed(line)
    if first == "附":
        return _attached(line)
    if match := _ZH_ITEM.match(line):
        return _zh_item(match)
    if first.isascii():
        return _en(line)
    return None


def _zh_fixed(line: str) -> Label | None:
    match = _ZH_FIXED.match(line)
    if not match:
        return None
    rank, rest, separated = _UNITS[match["unit"]], line[match.end() :], bool(match["gap"])
    if _REFERENCE.match(rest):
        return None
    number = (number_of(match["n"]), number_of(match["sub"]) if match["sub"] else 0)
    text = re.sub(_S, "", match["text"])
    doubtful = not separated and bool(_DOUBTFUL.match(rest))
    return Label(rank, number, text, match.end(), separated or not rest, "zh", doubtful)


def _zh_item(match: re.Match[str]) -> Label:
    text, end = match.group().strip(), match.end()
    if match["whole"]:  # "2 组织机构" above 2.1: told from a mere number by what follows
        return Label(Rank.DECIMAL, (int(text),), text, end, True, "zh", doubtful=True)
    if match["decimal"]:
        parts = tuple(int(part) for part in match["decimal"].split("."))
        return Label(Rank.DECIMAL, parts, match["decimal"], end, True, "zh")
    if match["circled"]:
        return Label(Rank.CIRCLED, (ord(text) - ord("①") + 1,), text, end, True, "zh")
    name = match.lastgroup or "point"
    return Label(_ITEMS[name], (number_of(match[name]),), text, end, True, "zh")


def _attached(line: str) -> Label | None:
    """附件, 附录1: only where nothing but a title follows; 附则, 附加 are words."""
    match = _ATTACHED.match(line)
    if not match or (match["text"] == "附" and not match["gap"] and match.end() < len(line)):
        return None
    rest = line[match.end() :]
    if (
        len(rest) > 50
        or rest.endswith(("。", "；", ";", "，"))
        or label_of(rest)
        or (rest and not match["gap"])
    ):
        return None
    number = number_of(match["n"]) if match["n"] else 0
    return Label(Rank.ATTACHED, (number,), re.sub(_S, "", match["text"]), match.end(), True, "zh")


def _en(line: str) -> Label | None:
    if match := _EN_FIXED.match(line):
        rest, gap = line[match.end() :], match["gap"]
        marked = bool(gap.strip())
        if rest and not marked and not (gap and rest[0].isupper()):
            return None  # "Section 3 of the Act", "Article 11 applies"
        text = re.sub(r"\s+", " ", match["text"])
        number = (number_of(re.split(r"[-A-Z]", match["n"])[0] or match["n"]), _suffix(match["n"]))
        rank = _EN_UNITS.get(match["unit"].lower(), Rank.ATTACHED)
        return Label(rank, number, text, match.end(), marked or not rest or "  " in gap, "en")
    match = _EN_ITEM.match(line)
    if not match:
        return None
    text = match.group().strip()
    if match["roman"]:
        return Label(Rank.ROMAN, (number_of(match["roman"]),), text, match.end(), True, "en")
    letter = match["letter"] or match["upper"].lower()
    if match["letter"] and letter in _ROMAN:  # (i) is nine in one list and one in another
        return Label(Rank.ROMAN, (_ROMAN[letter],), text, match.end(), True, "en", doubtful=True)
    rank = Rank.LETTER if match["letter"] else Rank.CLAUSE
    return Label(rank, (ord(letter) - ord("a") + 1,), text, match.end(), True, "en")


def _suffix(number: str) -> int:
    """12A is the first insertion after 12, as 第十二条之一 is."""
    if number[-1:].isalpha() and number[0].isdigit():
        return ord(number[-1].upper()) - ord("A") + 1
    if "-" in number:
        return int(number.split("-")[1])
    return 0


def number_of(text: str) -> int:
    """The value of an ordinal in Chinese numerals, digits of any width, Roman numerals or a letter."""
    if text.isdecimal():
        return int(text)
    if text.isascii():
        return _roman(text.lower())
    if not any(scale in text for scale in _SCALES):
        return int("".join(str(_DIGITS[ord(c)]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _SCALES:
            total += (digit or 1) * _SCALES[c]
            digit = 0
        else:
            digit = _DIGITS[ord(c)]
    return total + digit


def _roman(text: str) -> int:
    if any(c not in _ROMAN for c in text):
        return ord(text[0]) - ord("a") + 1  # Annex B
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < max(values[i + 1 :], default=0) else v for i, v in enumerate(values))
