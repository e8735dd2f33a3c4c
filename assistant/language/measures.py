"""Find amounts: percents, money, durations, counts with their counter, and plain numbers.

The patterns expect text folded by `fold.aligned`. Numbers that only name something (5G, COVID-19) are left
alone, and so is 一个, which counts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.language.numerals import CHINESE, IN_DIGITS_SHORT, NUMERAL, NUMERAL_SHORT, parse
from assistant.language.quantity import Kind, Quantity

_CURRENCIES = {
    **dict.fromkeys(("元", "人民币", "yuan", "rmb", "cny", "renminbi", "¥"), "CNY"),
    **dict.fromkeys(("美元", "美金", "us dollar", "u.s. dollar", "dollar", "usd", "us$", "$"), "USD"),
    **dict.fromkeys(("欧元", "euro", "eur", "€"), "EUR"),
    **dict.fromkeys(("英镑", "pound", "gbp", "£"), "GBP"),
    **dict.fromkeys(("港元", "港币", "hkd", "hk$"), "HKD"),
    **dict.fromkeys(("日元", "jpy"), "JPY"),
}
_SIGNS = ("us$", "hk$", "$", "¥", "€", "£", "rmb", "cny", "usd", "eur", "hkd", "gbp", "人民币")
_DURATIONS = {
    **dict.fromkeys(("年", "周年", "year"), "year"),
    **dict.fromkeys(("个季度", "quarter"), "quarter"),
    **dict.fromkeys(("个月", "month"), "month"),
    **dict.fromkeys(("周", "个星期", "星期", "week"), "week"),
    **dict.fromkeys(("日", "天", "个自然日", "自然日", "calendar day", "day"), "day"),
    **dict.fromkeys(("个工作日", "工作日", "working day", "business day", "work day", "workday"), "workday"),
    **dict.fromkeys(("小时", "个小时", "hour"), "hour"),
    **dict.fromkeys(("分钟", "minute"), "minute"),
}
_COUNTERS = (
    "家|个(?!亿(?!级))|名|人次|人日|人|项|件|种|类|次(?!性)|户|所(?![代规称述谓有在需属指持拥得])|座|台|套|篇|部|批|款|倍|亩|平方米|平方公里|立方米|公顷|公里|千米|厘米|毫米|米|"
    "吨|公斤|千克|克|千瓦时|千瓦|兆瓦|度|位|处|只|张|份|股|期|届|级|分|辆|艘|架|册|卷|字|页|层|岁|例|条|组|支|场|门|间|颗|"
    "枚|本|片|轮|强|宗|笔|对|口|头|周岁"
)
_PCT = r"pct(?! (?:patents?|applications?|filings?|international))"  # not the Patent Cooperation Treaty
_HUNDREDTHS = rf"%|(?:percent|per cent|{_PCT})\b|个?百分点|percentage points?\b|‰|pp\b"


def _names(names: tuple[str, ...] | dict[str, str]) -> str:
    """The names as alternatives, longest first; English ones end at a word's end and may be plural."""
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(
        rf"{re.escape(n)}s?\b" if n[-1].isascii() and n[-1].isalpha() else re.escape(n) for n in ordered
    )


def _ranged(numeral: str, between: str = "") -> str:
    """One number, or the two ends of a range with perhaps a unit after the first, too."""
    after = rf"(?:(?: ?(?P<unit0>{between}))?" if between else "(?:"
    return (
        rf"(?:(?P<between>\bbetween )?(?P<low>{numeral})"
        rf"{after}(?(between) and | ?(?:--?|~|至|到|\bto\b) ?)(?P<high>{numeral}))?)"
    )


_MONEY_UNIT = _names(tuple(name for name in _CURRENCIES if name not in "¥$€£"))
_MONEY = re.compile(rf"{_ranged(NUMERAL_SHORT, _MONEY_UNIT)}[余多]? ?-?(?P<unit>{_MONEY_UNIT})")
_SIGN = "|".join(re.escape(sign) for sign in _SIGNS)
_MONEY_SIGN = re.compile(
    rf"(?<![a-z])(?P<unit>{_SIGN}) ?(?P<low>{IN_DIGITS_SHORT})"
    rf"(?: ?(?:-|~|至|\bto\b) ?(?:{_SIGN})? ?(?P<high>{IN_DIGITS_SHORT}))?"
)
_PERCENT = re.compile(rf"{_ranged(NUMERAL, _HUNDREDTHS)} ?(?P<unit>{_HUNDREDTHS})")
_PERCENT_ZH = re.compile(
    rf"(?P<base>百|千)分之(?P<low>{CHINESE}|\d+(?:\.\d+)?)(?:至(?:[百千]分之)?(?P<high>{CHINESE}|\d+(?:\.\d+)?))?"
)
_FRACTION_ZH = re.compile(rf"(?P<base>{CHINESE}|\d+)分之(?P<low>{CHINESE}|\d+)")
_FRACTION_EN = re.compile(
    r"\b(?:(?P<low>one|two|three|four)[ -]|an? (?=\w+ of\b))"
    r"(?P<base>half|halves|thirds?|quarters?|fourths?|fifths?|tenths?)\b"
    r"(?! (?:quarter|year|day|month))"
)
_EN_BASE = {"hal": 2, "thi": 3, "qua": 4, "fou": 4, "fif": 5, "ten": 10}
_TENTHS = re.compile(r"(?P<low>[一二三四五六七八九])成(?![为立果员本功效长熟就品交年都])")
_DURATION = re.compile(
    rf"(?<![第哪某任另这同]){_ranged(NUMERAL)}(?:个?[余多])?[ -]?(?:full |consecutive |完整)?"
    rf"(?P<unit>{_names(_DURATIONS)})(?![份级代轻])"
)
_YEARS_AND_A_HALF = re.compile(rf"(?P<low>{NUMERAL})年半")
_HALF = re.compile(r"半(?P<unit>年|个月)|half a (?P<unit_en>year|month)|half-(?P<unit_hyphen>year)\b")
_COUNT = re.compile(rf"(?<![第哪某任另这同]){_ranged(NUMERAL)}[余多]? ?(?P<unit>{_COUNTERS})")
_RANK = re.compile(r"(?:前|top )(?P<low>[一二三四五六七八九]?[十百]|\d+|ten|five|three)(?![年月日个季\d.,%])")
_ORDINAL = re.compile(rf"第(?P<low>\d{{1,4}}|{CHINESE})(?P<unit>年|个|次|批|届|期|季度|类|名|位|步|阶段)")
_ORDINAL_EN = re.compile(r"(?<![\d.,-])(?P<low>\d{1,3})(?:st|nd|rd|th)\b")
_TIMES = re.compile(rf"{_ranged(NUMERAL)}[ -]?(?P<unit>times|fold)\b")
_NUMBER = re.compile(_ranged(NUMERAL))
_RATIO = re.compile(
    r"(?<![\d:.,])(?P<low>\d{1,4}(?:\.\d+)?) ?(?:比|:|∶) ?(?P<high>\d{1,4}(?:\.\d+)?)(?![\d:]|\.\d)"
)
_CLOCK = re.compile(r"(?<![\d:])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])")
_NAMED_BEFORE = re.compile(r"(?:[a-z][-_/]?|[._/#@][\da-z]*)$")
_NAMED_AFTER = re.compile(
    r"(?!(?:cc|kg|[kcm]?m2?|[kmg]wh?|[mg]b|hz|ha|p|mph|m?l|[ap]m)\b)[a-z_@#]|-[a-z]|\.\d"
)
_COUNTS_NOTHING = re.compile(r"一[个种批类些套份位项起对组层级场本分人条强期片门度字]")


def percents(folded: str, text: str) -> Iterator[Quantity]:
    """Percents, parts per thousand, percentage points, fractions and tenths (三成), all in percent."""
    for match in _PERCENT_ZH.finditer(folded):
        yield from _measure(
            "percent", "%", match, text, Decimal(1) if match["base"] == "百" else Decimal("0.1")
        )
    for pattern in (_FRACTION_ZH, _FRACTION_EN):
        for match in pattern.finditer(folded):
            base = _EN_BASE.get(match["base"][:3]) or parse(match["base"])
            low = parse(match["low"]) if match["low"] else Decimal(1)
            if base and low and low < base:
                yield _found("percent", low * 100 / base, "%", match, text)
    for match in _PERCENT.finditer(folded):
        points = "点" in match["unit"] or match["unit"].startswith(("percentage", "pp"))
        scale = Decimal("0.1") if match["unit"] == "‰" else Decimal(1)
        yield from _measure("percent", "pp" if points else "%", match, text, scale)
    for match in _TENTHS.finditer(folded):
        yield from _measure("percent", "%", match, text, Decimal(10))


def money(folded: str, text: str) -> Iterator[Quantity]:
    """Amounts with a currency, in whole units of it."""
    for pattern in (_MONEY_SIGN, _MONEY):
        for match in pattern.finditer(folded):
            unit = match["unit"]
            yield from _measure("money", _CURRENCIES.get(unit) or _CURRENCIES[unit[:-1]], match, text)


def durations(folded: str, text: str) -> Iterator[Quantity]:
    """Spans of time; 半年 is six months, 一年半 eighteen."""
    for match in _YEARS_AND_A_HALF.finditer(folded):
        years = parse(match["low"])
        if years is not None:
            yield _found("duration", years * 12 + 6, "month", match, text)
    for match in _HALF.finditer(folded):
        yearly = (match["unit"] or match["unit_en"] or match["unit_hyphen"]) in ("年", "year")
        yield _found("duration", Decimal(6) if yearly else Decimal("0.5"), "month", match, text)
    for match in _DURATION.finditer(folded):
        unit = match["unit"]
        yield from _measure("duration", _DURATIONS.get(unit) or _DURATIONS[unit[:-1]], match, text)


def counts(folded: str, text: str) -> Iterator[Quantity]:
    """Numbers with a Chinese counter, ranks, multiples and ordinals."""
    for pattern in (_ORDINAL, _ORDINAL_EN):
        for match in pattern.finditer(folded):
            yield from _measure("count", "#", match, text)
    for match in _RANK.finditer(folded):
        yield from _measure("count", "名", match, text)
    for match in _TIMES.finditer(folded):
        yield from _measure("count", "倍", match, text)
    for match in _COUNT.finditer(folded):
        level_of_money = match["unit"] == "级" and match["low"][-1] in "万亿"  # 百亿级 is about yuan
        if not (level_of_money or _COUNTS_NOTHING.fullmatch(match.group())):
            yield from _measure("count", match["unit"], match, text)


def numbers(folded: str, text: str) -> Iterator[Quantity]:
    """What is left: clock times, ratios, numbers in digits, or in words where they are larger than ten."""
    for match in _CLOCK.finditer(folded):
        yield _found("number", Decimal(int(match["hour"]) * 60 + int(match["minute"])), "clock", match, text)
    for match in _RATIO.finditer(folded):
        yield _ratio(match, text)
    for match in _NUMBER.finditer(folded):
        low = match["low"]
        if not low[0].isdigit() and (parse(low) or 0) <= 10:
            continue
        before, after = (
            folded[max(0, match.start() - 12) : match.start()],
            folded[match.end() : match.end() + 4],
        )
        if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(after):
            continue
        if match["high"] and low[0].isdigit() and (parse(low) or 0) > (parse(match["high"]) or 0):
            yield _ratio(match, text)  # 3-1 is a result, not a range
        else:
            yield from _measure("number", "", match, text)


def _measure(
    kind: Kind, unit: str, match: re.Match[str], text: str, scale: Decimal = Decimal(1)
) -> Iterator[Quantity]:
    """A quantity from a match with ``low`` and perhaps ``high``; nothing where a numeral is inexact."""
    groups = match.groupdict()
    low = parse(groups["low"])
    high = parse(groups["high"]) if groups.get("high") else None
    if low is None or (groups.get("high") and high is None):
        return
    if high is not None:
        if not groups.get("unit0"):
            low = _share_magnitude(low, groups["low"], high, groups["high"])
        high = high * scale if high > low else None
    start = match.start("low") if groups.get("between") else match.start()
    yield Quantity(kind, low * scale, unit, start, match.end(), text[start : match.end()], high)


def _ratio(match: re.Match[str], text: str) -> Quantity:
    """Two numbers set against each other: 1:2, 3比1."""
    low, high = parse(match["low"]) or Decimal(0), parse(match["high"]) or Decimal(0)
    return Quantity(
        "number", low, "ratio", match.start(), match.end(), text[match.start() : match.end()], high
    )


def _share_magnitude(low: Decimal, low_text: str, high: Decimal, high_text: str) -> Decimal:
    """In 3-5万 the 3 stands for 30,000, too."""
    magnitude = re.search(r"[十百千万亿]+$|(?:thousand|million|billion|trillion)$", high_text)
    digits = parse(high_text[: magnitude.start()].strip(" -")) if magnitude else None
    shared = low * (high / digits) if digits and low_text[-1].isdigit() else low
    return shared if shared < high else low


def _found(kind: Kind, value: Decimal, unit: str, match: re.Match[str], text: str) -> Quantity:
    return Quantity(kind, value, unit, match.start(), match.end(), text[match.start() : match.end()])
