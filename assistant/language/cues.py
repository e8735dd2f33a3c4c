"""Small words that change what a rule says: must, may, must not, not, all, only, in principle, unless.

`cues` finds them with their kind, in Chinese and English, so that 应当 and "shall" are one thing. Words of
comparison beside a number belong to `comparators` and are not cues: 不低于 denies nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.language.comparators import AROUND_NUMBERS
from assistant.language.fold import aligned

CueKind = Literal[
    "ban",
    "must",
    "may",
    "urge",
    "not",
    "all",
    "part",
    "only",
    "mostly",
    "except",
    "if",
    "hedge",
    "floor",
    "ceiling",
]


@dataclass(frozen=True, slots=True)
class Cue:
    """One such word: ``text[start:end]``."""

    kind: CueKind
    start: int
    end: int
    text: str


_CHINESE: dict[CueKind, str] = {
    "floor": "不(?:得|应|能|可)?(?:低于|少于|小于|短于)|至少|最少|(?<!不)(?:超过|高于|大于|多于|优于)",
    "ceiling": "不(?:得|应|能|可)?(?:超过|超出|高于|大于|多于)|至多|最多|(?<!不)(?:低于|少于|小于|不足)",
    "ban": "不得|不能(?!不)|不准|不许|禁止|严禁|不可以|不允许|不应当?|不宜|不可(?![避抗分或缺再])|不予",
    "must": "应当|必须|务必|须(?!知)|应(?![用对急届邀聘收付税纳变激答试链])|需要?(?!求)|有义务",
    "may": "可以|(?<![不认许尤])可(?![能靠行持见控视预再信执循及比量谓穿研])|有权|允许|准予|自愿",
    "urge": "鼓励|支持|引导|提倡|倡导|推动|争取|力争|优先",
    "except": "除外|另有规定的?|例外",
    "if": "如果|如(?![下何此期实有图意上同])|若(?!干)|凡(?!是)|(?:的)?情况下|情形下|前提|条件下|只要",
    "not": (
        "没有|并未|并非|尚未|从未|未(?![来成央])|不(?![仅但断同少久过论管只])|无(?![论锡线障人])|"
        "非(?![常洲遗法公]|营利|居民|货币)|拒绝?|停止|取消|否(?!则)"
    ),
    "only": "(?<!不)仅限|(?<!不)仅|只(?!要)|唯一|限于|专门",
    "all": (
        "所有|全部|全体|一切|任何|一律|均|都(?!市)|每[一个家年项]|各[类级项地个]|凡是|全额|完全|整个|全国|"
        "一定(?!的)|绝对|从来|永远|彻底|根本|最(?![近低高少多后初])"
    ),
    "part": "一部分|部分(?!第)|一些|有的|有些|个别|若干|某些|少数|多数",
    "mostly": "原则上|一般|通常|主要|基本上?|大多",
    "hedge": "可能|或许|也许|有望|预计|拟",
}
_ENGLISH: dict[CueKind, str] = {
    "floor": "(?:no|not) (?:be )?(?:less|fewer|lower) than|at least|(?:more|greater|higher) than",
    "ceiling": "(?:no|not) (?:be )?(?:more|greater|higher) than|not exceed|at most|(?:less|fewer|lower) than",
    "ban": (
        "(?:must|shall|may|should|can|could) ?not|can't|mustn't|shouldn't|prohibited|forbidden|banned|"
        "not (?:be )?(?:allowed|permitted|entitled)"
    ),
    "must": (
        "must|shall|(?:is|are|be) (?:required|obliged|obligated)(?: to)?|"
        "(?:has|have|needs?|ought|required) to|should|mandatory|compulsory|obligatory"
    ),
    "may": (
        "may (?:also )?(?:have|need) to|may|can|"
        "(?:is|are|be) (?:allowed|permitted|entitled|eligible|free) to|optional(?:ly)?"
    ),
    "urge": "encourage[sd]?|support(?:s|ed)?|promote[sd]?|strive[sd]?|aims? to|priority",
    "except": "unless|except(?: for| that| where| when)?|other than",
    "if": "if|when|where|provided that|subject to|in case|on condition|as long as|only if|once|upon",
    "not": (
        "not|[a-z]+n't|never|no(?! later)|none|neither|nor|without|fails? to|refuse[sd]?|den(?:y|ies|ied)|"
        "lacks?|unable|unlikely|ineligible|unlawful"
    ),
    "only": "only|solely|exclusively|limited to|restricted to|just",
    "all": "all|every|each|any|entire(?:ly)?|whole|fully|in full|always|completely",
    "part": "some|several|certain|partial(?:ly)?|part of|a few|in part|many|most|sometimes",
    "mostly": "in principle|generally|usually|normally|mainly|mostly|primarily|typically",
    "hedge": "might|could|possibl[ye]|perhaps|likely|probably|expected to|planned",
}
# the first kind that fits wins: 不得 before 不, "may not" before "may"
_PATTERNS = (
    re.compile("|".join(f"(?P<k_{kind}>{words})" for kind, words in _CHINESE.items())),
    re.compile("|".join(rf"(?P<k_{kind}>\b(?:{words})\b)" for kind, words in _ENGLISH.items())),
)


@lru_cache(maxsize=4096)
def cues(text: str) -> tuple[Cue, ...]:
    """The cues of ``text`` in reading order; they never overlap."""
    folded = aligned(text)
    covered = [match.span() for match in AROUND_NUMBERS.finditer(folded)]
    found: list[Cue] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            if not any(start < match.end() and match.start() < end for start, end in covered):
                kind: CueKind = str(match.lastgroup)[2:]  # type: ignore[assignment]
                found.append(Cue(kind, match.start(), match.end(), text[match.start() : match.end()]))
    return tuple(sorted(found, key=lambda cue: cue.start))


_ABOUT_THE_SOURCES = re.compile(
    r"未(?:能)?(?:找到|查到|说明|提及|载明|涉及|给出)|没有(?:找到|查到|说明|提及|给出|相关)|无法(?:确认|判断|回答|核实)|"
    r"资料(?:中|里)?(?:没有|未)|"
    r"\b(?:passages?|contexts?|documents?|information|texts?|articles?|sources?|clauses?)\b.{0,40}"
    r"(?:\bnot\b|n't\b|\bno\b|\binsufficient\b|\bunable\b)|"
    r"\bnot\b.{0,30}\b(?:passages?|contexts?|documents?|sources?|clauses?)\b|"
    r"\bunable to (?:answer|find|provide|confirm)\b|\bno (?:specific |direct )?(?:mention|information)\b|"
    r"\bcould not be (?:found|confirmed)\b",
    re.IGNORECASE,
)


def about_the_sources(sentence: str) -> bool:
    """Does it say what the sources do not say, rather than what they do?"""
    return bool(_ABOUT_THE_SOURCES.search(sentence))


_OPPOSITES = (
    (
        "提高|提升|上升|增加|增长|扩大|上调|increase|raise|rise|grow|expand",
        "降低|下降|减少|缩小|下调|削减|压缩|decrease|reduce|lower|decline|cut|shrink",
    ),
    (
        "允许|批准|准予|同意|allow|permit|approve",
        "禁止|否决|驳回|拒绝|反对|prohibit|forbid|reject|refuse|oppose",
    ),
    (
        "加强|强化|增强|鼓励|促进|strengthen|encourage|promote",
        "削弱|限制|抑制|阻碍|淘汰|weaken|restrict|limit|curb|hinder",
    ),
    ("以前|之前|提前|before|prior to", "以后|之后|推迟|延后|after|following"),
    ("国内|境内|domestic", "国外|境外|海外|foreign|overseas"),
    ("设立|新设|建立|establish|create|set up", "撤销|取消|废止|注销|abolish|cancel|revoke|repeal"),
    ("国家级|national", "省级|市级|区级|provincial|municipal"),
    ("强制|mandatory|compulsory", "自愿|voluntary|optional"),
    ("公开|public", "保密|秘密|confidential|secret"),
    ("最高|上限|maximum|highest", "最低|下限|minimum|lowest"),
    ("免费|无偿|free of charge", "收费|有偿|for a fee"),
    ("直接|direct", "间接|indirect"),
    ("有限|limited", "无限|unlimited"),
)
_SIDES = tuple(tuple(re.compile(rf"(?:{side})") for side in pair) for pair in _OPPOSITES)


def opposites(claim: str, evidence: str) -> list[tuple[str, str]]:
    """Words of ``claim`` whose opposite stands in ``evidence`` while they themselves do not."""
    ours, theirs = aligned(claim), aligned(evidence)
    found = []
    for pair in _SIDES:
        for one, other in (pair, pair[::-1]):
            said, meant = one.search(ours), other.search(theirs)
            if said and meant and not one.search(theirs) and not other.search(ours):
                found.append((claim[said.start() : said.end()], evidence[meant.start() : meant.end()]))
    return found
