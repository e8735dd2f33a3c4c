"""Find calendar dates: 2023年3月1日, 二〇二三年三月, 2023-03-01, 1 March 2023, in 2023; as partial ISO keys.

``2023-03`` gives no day, ``--03-01`` no year. The patterns expect text folded by `fold.aligned`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.language.numerals import CHINESE, parse
from assistant.language.quantity import Quantity

_NUMBER = rf"(?:\d{{1,2}}|{CHINESE})"
_YEAR = r"(?P<year>(?:19|20)\d\d|[一二][〇零一二三四五六七八九]{3})"
_MONTHS = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_EN_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,]\d)"
_PATTERNS = (
    re.compile(rf"(?<!\d){_YEAR} ?年 ?(?P<month>{_NUMBER}) ?月(?: ?(?P<day>{_NUMBER}) ?[日号])?"),
    re.compile(rf"(?<!\d){_YEAR}(?= ?[-~至到] ?(?:19|20)\d\d ?年)"),  # the first of 2021-2023年
    re.compile(rf"(?<!\d){_YEAR} ?年"),
    re.compile(rf"(?<![\d个])(?P<month>{_NUMBER})月(?P<day>{_NUMBER})[日号]"),
    re.compile(rf"(?<![\d个第数几])(?P<month>{_NUMBER})月(?:份|底|初|末|上旬|中旬|下旬|起|前)"),
    re.compile(rf"(?<=[每当次]月)(?P<day>{_NUMBER})日"),
    re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>[0-3]?\d)(?!\d|[./-]\d)"),
    re.compile(r"(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d)/(?P<year>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<![\d./-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])"),
    re.compile(rf"\b{_MONTHS} {_DAY}(?:, ?| ){_EN_YEAR}"),
    re.compile(rf"(?<![\d.,]){_DAY} (?:of )?{_MONTHS},? {_EN_YEAR}"),
    re.compile(rf"\b{_MONTHS},? (?:of )?{_EN_YEAR}"),
    re.compile(rf"\b{_MONTHS} {_DAY}\b(?![%\d]|[.,]\d)"),
    re.compile(rf"(?<![\d.,]){_DAY} (?:of )?{_MONTHS}"),
)  # fmt: skip
_BARE_YEAR = re.compile(
    rf"(?<![\d.,$¥€£#/a-z]){_EN_YEAR}(?![\d年a-z/]| ?[万亿千百多余平㎡]| ?(?:thousand|[mb]illion)|-\d{{2}}\b)"
)
_MONTH_NUMBER = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


def dates(folded: str, text: str) -> Iterator[Quantity]:
    """Dates that are written as such, the fullest writing first."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            found = _date(match, text)
            if found is not None:
                yield found


def bare_years(folded: str, text: str) -> Iterator[Quantity]:
    """Four digits that can only be read as a year; to be tried after every other reading."""
    for match in _BARE_YEAR.finditer(folded):
        found = _date(match, text)
        if found is not None:
            yield found


def _date(match: re.Match[str], text: str) -> Quantity | None:
    groups = match.groupdict()
    year = _whole(groups.get("year"))
    month = _month(groups.get("month"))
    day = _whole(groups.get("day"))
    if (groups.get("month") and not (month and 1 <= month <= 12)) or (
        groups.get("day") and not (day and 1 <= day <= 31)
    ):
        return None
    key = f"{year:04d}" if year else "-"
    if month or day:
        key += f"-{month:02d}" if month else "-"
        key += f"-{day:02d}" if day else ""
    value = Decimal(year or month or day or 0)
    return Quantity("date", value, "", match.start(), match.end(), text[match.start() : match.end()], key=key)


def _whole(written: str | None) -> int | None:
    value = parse(written) if written else None
    return int(value) if value is not None else None


def _month(written: str | None) -> int | None:
    if written and written[0].isascii() and written[0].isalpha():
        return _MONTH_NUMBER[written[:3]]
    return _whole(written)
