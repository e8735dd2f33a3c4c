"""Read the bound that a text puts on a quantity: 不低于, 以上, (含), at least, up to, more than.

Under Chinese law 以上, 以下 and 以内 include the number and 超过, 不满 exclude it (Civil Code, article 1259).
The patterns expect text folded by `fold.aligned`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.quantity import Comparator, Kind

_NOT = r"(?:(?:no|not|never)(?: be| have| to| been)?)"
_BEFORE = {
    Comparator.GTE: (
        "不(?:得|应|能|可)?(?:低于|少于|小于|短于)|不在.{0,2}以下|至少|最少|最低|起码|大于(?:或|或者)?等于|≥|>=",
        rf"{_NOT} (?:less|fewer|lower|smaller|shorter) than|{_NOT} (?:below|under|fall below)",
        "at least|(?:a )?minimum(?: of)?|at a minimum",
    ),
    Comparator.LTE: (
        "不(?:得|应|能|可)?(?:超过|超出|高于|大于|多于|长于)|至多|最多|最高|最长|小于(?:或|或者)?等于|≤|<=",
        rf"{_NOT} (?:more|greater|higher|larger|longer|later) than",
        rf"{_NOT} (?:exceed(?:ing|ed|s)?|above|over)",
        "at most|up to|(?:a )?maximum(?: of)?|within|capped at",
    ),
    Comparator.GT: (
        "超过|超出|高于|大于|多于|长于|突破|逾|>",
        "(?:more|greater|higher|larger|longer) than|over|above|exceed(?:s|ed|ing)?|in excess of|upwards? of",
    ),
    Comparator.LT: (
        "低于|少于|小于|短于|不足|不满|未满|不到|未达到?|<",
        "(?:less|fewer|lower|smaller|shorter) than|under|below",
    ),
    Comparator.APPROX: (
        "大约|大概|约为?|近|接近",
        "about|around|approximately|roughly|nearly|almost|close to|some",
    ),
}
_INCLUDED = r"(?:及|[(](?:含|包括)[^)]{0,12}[)]|、含本数)?"
_AFTER = {
    Comparator.GTE: (
        rf"{_INCLUDED}以上|起(?![草来点诉算])",
        r"(?:or|and) (?:more|above|over|higher|greater|longer|older)|minimum|\+",
    ),
    Comparator.LTE: (
        rf"{_INCLUDED}(?:以下|以内|之内)|内(?![部容资涵外])",
        "(?:or|and) (?:less|fewer|below|under|lower|shorter|younger)|maximum",
    ),
    Comparator.APPROX: ("左右|上下|余|多(?![于数])", "or so"),
}
_DATE_BEFORE = {
    Comparator.GTE: ("自|从", "from|since|starting|beginning|effective|as of|on or after"),
    Comparator.GT: ("after",),
    Comparator.LTE: ("截至|截止|到|至", "by|until|till|through|no later than|not later than|on or before"),
    Comparator.LT: ("before|prior to",),
}
_DATE_AFTER = {
    Comparator.GTE: ("[(]含[^)]{0,6}[)](?:以|之)?后|起|以来",),
    Comparator.GT: ("(?:以|之)后|后",),
    Comparator.LTE: ("[(]含[^)]{0,6}[)](?:以|之)?前|止|底?前",),
    Comparator.LT: ("(?:以|之)前",),
}
_STRICT = re.compile(r"[^。;]{0,4}[(]?不含")
_MADE_STRICT = {Comparator.GTE: Comparator.GT, Comparator.LTE: Comparator.LT}
_INCLUSIVE = re.compile(r" ?[(](?:含|包括)")
_MADE_INCLUSIVE = {Comparator.GT: Comparator.GTE, Comparator.LT: Comparator.LTE}
_MORE_OR_LESS = re.compile("[余多]")
# what may stand between the word of comparison and the number
_FILLER = r" ?(?:的|为|是|在|占|达到|达|于|人民币|rmb|us|the|an?|of|by|to|in|end of)? ?[¥$€£]? ?\(?"
_REACH = 36

_Patterns = tuple[tuple[Comparator, re.Pattern[str]], ...]


def _before(words: Mapping[Comparator, tuple[str, ...]]) -> _Patterns:
    return tuple((found, re.compile(rf"(?:{'|'.join(ways)}){_FILLER}$")) for found, ways in words.items())


def _after(words: Mapping[Comparator, tuple[str, ...]]) -> _Patterns:
    return tuple(
        (found, re.compile(rf" ?(?:的|人民币)?(?:{'|'.join(ways)})")) for found, ways in words.items()
    )


# words of comparison with the beginning or end of the number they bound: they deny and demand nothing
AROUND_NUMBERS = re.compile(
    rf"(?:{'|'.join(way for kind, ways in _BEFORE.items() if kind is not Comparator.APPROX for way in ways)})"
    rf"(?={_FILLER}[\d一二两三四五六七八九十百千万亿])"
    rf"|(?<=[\d%元家个年月日人项件名倍亿万])(?:{'|'.join(way for ways in _AFTER.values() for way in ways)})"
)
_AMOUNT_PATTERNS = _before(_BEFORE), _after(_AFTER)
_DATE_PATTERNS = _before(_DATE_BEFORE), _after(_DATE_AFTER)


def comparator(kind: Kind, folded: str, start: int, end: int) -> Comparator:
    """The bound that the words around ``folded[start:end]`` put on it; ``eq`` where there are none."""
    if kind in ("doc_number", "article"):
        return Comparator.EQ
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    leading, trailing = _DATE_PATTERNS if kind == "date" else _AMOUNT_PATTERNS
    for found, pattern in leading:
        if pattern.search(before) and not (found is Comparator.APPROX and kind == "duration"):  # 近三年
            return _MADE_INCLUSIVE.get(found, found) if _INCLUSIVE.match(after) else found
    if _MORE_OR_LESS.search(folded, start, end):  # 十余家
        return Comparator.APPROX
    for found, pattern in trailing:
        match = pattern.match(after)
        if match:
            return _MADE_STRICT.get(found, found) if _STRICT.match(after, match.end()) else found
    return Comparator.EQ
