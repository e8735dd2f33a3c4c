"""Find where a sentence names an attribute, by the words of the catalogue.

"…" in a word stands for a few characters that are no digits: "三年…研发…占" finds "近三年的研发费用总额占".
"……" may hold the figure itself: "近两年……软著" finds "近两年有6项软著".
The longest word at a place counts, so "研发人员" is never read as R&D expense. Words to ignore and the names
of schemes take part, so that "企业研发中心" is not read as R&D either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.eligibility.attribute import Attribute
from assistant.eligibility.model import Scheme
from assistant.eligibility.spoken import plainly
from assistant.language.fold import aligned

_GAP_ZH = r"(?:(?!境外|境内|海外|国外|国内|其中)[^，。；;！？!?,、\d%占和及与]){0,10}?"
_GAP_EN = r"[^,.;!?\d%]{0,30}?"
_WIDE_ZH = r"[^，。；;！？!?,、]{0,12}?"
_WIDE_EN = r"[^,;!?]{0,40}?"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name one of ``attributes``; ``denied``: in a form that says no. None named: ignore."""

    start: int
    end: int
    attributes: tuple[str, ...] = ()
    denied: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    first: str  # a plain part of it, to look for before the pattern is tried
    attributes: tuple[str, ...]
    denied: bool


class Lexicon:
    """Every word for every attribute, ready to be found."""

    def __init__(
        self, attributes: Mapping[str, Attribute], schemes: Iterable[Scheme], ignored: Iterable[str] = ()
    ) -> None:
        named: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for attribute in attributes.values():
            for words, denied in (
                ((*attribute.words_zh, *attribute.words_en), False),
                ((*attribute.denied_zh, *attribute.denied_en), True),
            ):
                for word in words:
                    for form in (word, *(_object_first(word) if denied else ())):
                        named[aligned(plainly(form)), denied].append(attribute.name)
        for scheme in schemes:
            for word, denied in _title_words(scheme):
                named[aligned(word), denied].append(scheme.gives or "")
            for alias in (scheme.id, scheme.name_zh, scheme.name_en, *scheme.aliases):
                if "…" in alias:  # what stands in the gap may be a fact
                    continue
                named.setdefault((aligned(alias), False), [])
        for word in ignored:
            named.setdefault((aligned(word), False), [])
        self._words = [
            _Word(word, _first(word), tuple(dict.fromkeys(names)), denied)
            for (word, denied), names in named.items()
        ]

    def mentions(self, text: str) -> list[Mention]:
        """The mentions in ``text`` (folded) in reading order; they do not overlap."""
        found = sorted(self._all(text), key=lambda m: (m.start - m.end, m.start))
        kept: list[Mention] = []
        for mention in found:
            at = [k for k in kept if (k.start, k.end) == (mention.start, mention.end)]
            same = next((k for k in at if k.denied == mention.denied), None)
            if same is not None:
                merged = tuple(dict.fromkeys([*same.attributes, *mention.attributes]))
                kept[kept.index(same)] = replace(same, attributes=merged)
            elif at or all(mention.end <= k.start or k.end <= mention.start for k in kept):
                kept.append(mention)
        return sorted(kept, key=lambda m: m.start)

    def _all(self, text: str) -> Iterator[Mention]:
        for word in self._words:
            if word.first in text:
                for match in _pattern(word.text).finditer(text):
                    yield Mention(match.start(), match.end(), word.attributes, word.denied)


@lru_cache(maxsize=10_000)  # thousands of words, few of which are ever read: none is compiled before
def _pattern(word: str) -> re.Pattern[str]:
    english = word.isascii() or not re.search(r"[\u3400-\u9fff]", word)
    gap, wide = (_GAP_EN, _WIDE_EN) if english else (_GAP_ZH, _WIDE_ZH)
    body = wide.join(
        gap.join(_piece(piece, english) for piece in part.split("…")) for part in word.split("……")
    )
    return re.compile(rf"(?<![a-z0-9]){body}s?(?![a-z0-9])" if english else body)


def _piece(piece: str, english: bool) -> str:
    if not english:
        return re.escape(piece)
    return r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", piece.strip()))


#: "没列入…名单": no, the verb, and what it is about.
_DENIAL = re.compile(
    r"(没有?|尚?未)(列入|进入|签订|签署|制定|建立|设立|取得|拿到|通过|[进列上入在签定建设拿评办])有?…?([\u4e00-\u9fff]{2,})"
)
_LACKS = re.compile(r"没有([\u4e00-\u9fff]{2,})")


def _object_first(denial: str) -> Iterator[str]:
    """A denial with what is denied at its head: "名单我们没进去", "收费标准还没有"."""
    match = _DENIAL.fullmatch(denial)
    if match is not None:
        no, verb, thing = match.groups()
        yield f"{thing}…{no}{verb[0]}"
    elif (lacks := _LACKS.fullmatch(denial)) is not None:
        yield from (f"{lacks[1]}{word}没有" for word in ("还", "也", "都", "暂时", "目前"))


def _first(word: str) -> str:
    """A part of the word that must stand in the text as it is."""
    return max(re.split(r"[…\s-]+", word), key=len)


_HOLDS_ZH = (
    "是{}", "是一家{}", "是有效期内的{}", "是有效{}", "是国家{}", "有效期内的{}", "有效的{}", "已是{}",
    "已经是{}", "已认定为{}",
    "已被认定为{}", "已评为{}", "已获评{}", "已拿到{}", "已取得{}", "已获得{}", "刚拿到{}", "评上了{}",
    "拿到了{}", "取得了{}",
    "有{}证书", "有{}资格", "有{}称号", "持有{}证书", "具备{}资格", "具有{}称号", "本身是{}", "身为{}",
    "作为{}",
)  # fmt: skip
_LACKS_ZH = (
    "不是{}", "还不是{}", "没有{}证书", "没有{}资格", "没有{}称号", "没评上{}", "没拿到{}", "非{}",
    "未取得{}", "尚未认定{}",
    "还没评{}", "没有取得{}", "没有评上{}", "{}证书已过期", "{}已过期", "{}过期了", "{}资格过期",
)  # fmt: skip
_HOLDS_EN = (
    "are a {}", "are an {}", "is a {}", "is an {}", "am a {}", "already a {}", "already an {}",
    "are already a {}",
    "are already an {}", "hold {} status", "have {} status", "hold an {} certificate",
    "hold a {} certificate",
    "have an {} certificate", "have a {} certificate", "are a valid {}", "is a valid {}",
    "are a recognized {}",
    "as a {}", "as an {}", "as a valid {}", "being a {}", "being an {}", "are a current {}",
    "hold the {} title",
    "have the {} title", "already hold the {} title",
)  # fmt: skip
_LACKS_EN = (
    "are not a {}", "are not an {}", "is not a {}", "is not an {}", "aren't a {}", "aren't an {}",
    "isn't a {}",
    "isn't an {}", "not yet a {}", "not yet an {}", "no {} certificate", "no {} status", "no longer an {}",
    "no longer a {}", "without {} status", "do not hold {} status", "don't have {} status", "no {} title",
)  # fmt: skip


def _title_words(scheme: Scheme) -> Iterator[tuple[str, bool]]:
    """How people say that they hold, or lack, the title a scheme gives."""
    if scheme.gives is None:
        return
    for alias in (scheme.name_zh, scheme.name_en, *scheme.aliases):
        english = alias.isascii()
        for template in _HOLDS_EN if english else _HOLDS_ZH:
            yield template.format(alias), False
        for template in _LACKS_EN if english else _LACKS_ZH:
            yield template.format(alias), True
