"""Rewrite a sentence of a clause by rule: so that its meaning changes, or so that it does not.

The truth is known by construction. Each change touches one thing; a sentence that does not have it gives no
rewrite. Nothing here looks at how the grounding check works.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.domain import LANGUAGES, Language

Rewrite = Callable[[str, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A named way to rewrite; ``harmful`` when the meaning is another."""

    name: str
    language: Language
    harmful: bool
    rewrite: Rewrite


def _swap(pairs: Sequence[tuple[str, str]]) -> Rewrite:
    """Replace one occurrence of any left side (a pattern) by its right side."""

    def rewrite(text: str, chance: random.Random) -> str | None:
        found = [(m, right) for left, right in pairs for m in re.finditer(left, text)]
        if not found:
            return None
        match, right = chance.choice(found)
        changed = text[: match.start()] + match.expand(right) + text[match.end() :]
        return changed if changed != text else None

    return rewrite


_NUMBER = re.compile(r"(?<![A-Za-z\d.,第〔\[（-])(?<!年)\d+(?:\.\d+)?(?![\d.,]\d|[A-Za-z〕\])）号条年]|\d)")


def _number(text: str, chance: random.Random) -> str | None:
    """Another number in the place of one, not a year, an article or a document number."""
    found = [m for m in _NUMBER.finditer(text) if not re.match(r"(?:19|20)\d\d$", m.group())]
    if not found:
        return None
    match = chance.choice(found)
    written = match.group()
    old = float(written)
    new = chance.choice(
        [v for v in (old + 1, old + 2, old * 2, old * 10, old + 5, max(1.0, old - 1)) if v != old]
    )
    shown = f"{new:.{len(written.partition('.')[2])}f}"
    return None if shown == written else text[: match.start()] + shown + text[match.end() :]


_DIGITS = "零一二三四五六七八九"
_NUMERALS = "一二三四五六七八九十百千万"
_OTHER = dict(zip("一二三四五六七八九", "三五四二六七九六八", strict=True))


def _number_zh(text: str, chance: random.Random) -> str | None:
    """Another Chinese numeral before a unit."""
    before, unit = rf"(?<![第〇{_NUMERALS}])", "年|个月|日|天|倍|个工作日|次|人|万元|十日|十万元"
    found = list(re.finditer(rf"{before}([二三四五六七八九])(?=(?:{unit})(?!前|级))", text))
    if not found:
        return None
    match = chance.choice(found)
    other = chance.choice([d for d in _DIGITS[2:] if d != match.group(1)])
    return text[: match.start()] + other + text[match.end() :]


def _year(text: str, chance: random.Random) -> str | None:
    found = list(re.finditer(r"(?<!\d)(?<!〔)(?<!\[)(?:19|20)\d\d(?=年|\b)(?!〕)", text))
    if not found:
        return None
    match = chance.choice(found)
    return (
        text[: match.start()]
        + str(int(match.group()) + chance.choice([-2, -1, 1, 2, 3]))
        + text[match.end() :]
    )


def _reference(pattern: str) -> Rewrite:
    """Another number in a document number or an article reference."""

    def rewrite(text: str, chance: random.Random) -> str | None:
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = chance.choice(found)
        start, end = match.span(1)
        old = match.group(1)
        if old.isdigit():
            new = str(int(old) + chance.choice([1, 3, 11]))
        else:
            new = old[:-1] + _OTHER[old[-1]] if old[-1] in _OTHER else f"{old}一"
        return text[:start] + new + text[end:]

    return rewrite


def _drop_condition(text: str, chance: random.Random) -> str | None:
    """Leave out a leading or inner clause that limits the rule."""
    limits = (  # Chinese conditions come first in their clause, English ones first or last
        r"(?:^|(?<=[，；。]))(?:[^，；。]{4,40}的)，(?=[^，；。]{4,})",
        r"(?:^|(?<=[，；。]))(?:经[^，；。]{3,30}(?:批准|同意|审核|备案|许可|认定)后?)，",
        r"(?:^|(?<=[，；。]))除[^，；。]{3,40}外，",
        r"(?:^|(?<=[，；。]))(?:如果|如|若|凡)[^，；。]{3,40}，",
        r"，但[^。；]{4,60}(?:除外|的除外)",
        r"\b(?:[Ii]f|[Uu]nless|[Ww]here|[Pp]rovided that|[Ww]hen) [^,.;]{8,90}, ",
        r",? (?:unless|if|provided that|except|as long as|only when|subject to) [^,.;]{8,90}(?=[.;,])",
    )
    found = [m for limit in limits for m in re.finditer(limit, text)]
    if not found:
        return None
    match = chance.choice(found)
    kept = text[: match.start()] + text[match.end() :]
    return kept if len(re.sub(r"\W", "", kept)) >= 8 else None


_ASCII = str.maketrans("，；（）", ",;()")


def _number_format_zh(text: str, chance: random.Random) -> str | None:
    """One number written another way: 3年 or 三年, 1,000 or 1000, an ISO date."""
    ways = [_digits_to_chinese, _chinese_to_digits, _grouped, _iso_date]
    chance.shuffle(ways)
    return next((changed for way in ways if (changed := way(text))), None)


def _digits_to_chinese(text: str) -> str | None:
    match = re.search(r"(?<![\d.,第-])([2-9]|10)(?=(?:年|个月|倍|个工作日|家|项)(?!度))", text)
    if not match:
        return None
    value = int(match.group())
    return text[: match.start()] + ("十" if value == 10 else _DIGITS[value]) + text[match.end() :]


def _chinese_to_digits(text: str) -> str | None:
    match = re.search(
        rf"(?<![第〇{_NUMERALS}])([三四五六七八九])(?=(?:年|个月|倍|个工作日)(?![级前来]))", text
    )
    return text[: match.start()] + str(_DIGITS.index(match.group())) + text[match.end() :] if match else None


def _grouped(text: str) -> str | None:
    match = re.search(r"(?<![\d.,〔\[])(\d{1,3}(?:,\d{3})+|\d{4,9})(?![\d.,年号〕\]])", text)
    if not match:
        return None
    plain = match.group().replace(",", "")
    other = plain if "," in match.group() else f"{int(plain):,}"
    return None if other == match.group() else text[: match.start()] + other + text[match.end() :]


def _iso_date(text: str) -> str | None:
    match = re.search(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日", text)
    if not match:
        return None
    year, month, day = (int(part) for part in match.groups())
    return text[: match.start()] + f"{year}-{month:02d}-{day:02d}" + text[match.end() :]


def _reorder(mark: str) -> Rewrite:
    """The parts of an enumeration in another order."""

    def rewrite(text: str, chance: random.Random) -> str | None:
        body = text.rstrip("。.")
        parts = body.split(mark)
        if len(parts) < 3 or any(len(part) < 4 for part in parts) or "：" in text or ":" in text:
            return None
        middle = parts[:]
        chance.shuffle(middle)
        return None if middle == parts else mark.join(middle) + text[len(body) :]

    return rewrite


def _every(pairs: Sequence[tuple[str, str]]) -> Rewrite:
    """Replace all occurrences of the first pair that fits."""

    def rewrite(text: str, chance: random.Random) -> str | None:
        fitting = [(left, right) for left, right in pairs if re.search(left, text)]
        if not fitting:
            return None
        left, right = chance.choice(fitting)
        return re.sub(left, right, text)

    return rewrite


_CODED: tuple[tuple[str, Language, bool, Rewrite], ...] = (
    ("number", "zh", True, lambda text, chance: _number(text, chance) or _number_zh(text, chance)),
    ("year", "zh", True, _year),
    ("doc_number", "zh", True, _reference(r"[〔\[（(]20\d\d[〕\]）)](\d+)号")),
    ("article", "zh", True, _reference(r"第([一二三四五六七八九十百]+)条")),
    ("condition", "zh", True, _drop_condition),
    ("number format", "zh", False, _number_format_zh),
    ("punctuation", "zh", False, lambda text, _: text.translate(_ASCII) if "，" in text else None),
    ("order", "zh", False, lambda text, chance: _reorder("；")(text, chance) or _reorder("、")(text, chance)),
    ("lead-in", "zh", False, lambda text, _: f"按照规定，{text}"),
    ("verbatim", "zh", False, lambda text, _: text),
    ("number", "en", True, _number),
    ("year", "en", True, _year),
    ("article", "en", True, _reference(r"\b(?:Article|Section) (\d{1,3})\b")),
    ("condition", "en", True, _drop_condition),
    ("lead-in", "en", False, lambda text, _: f"According to the rules, {text}"),
    ("verbatim", "en", False, lambda text, _: text),
)


def changes() -> list[Change]:
    """Every kind of change there is."""
    found = [Change(name, language, harmful, rewrite) for name, language, harmful, rewrite in _CODED]
    table = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    for language in LANGUAGES:
        for entry in table[language]:
            make = _swap if "swap" in entry else _every
            pairs = entry.get("swap") or entry["every"]
            found.append(Change(entry["name"], language, entry["harmful"], make(pairs)))
    return found
