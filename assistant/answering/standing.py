"""What a unit is beside being about the question: a rule, a remark, a note on the text, a gap, an old rule.

Rules come first. A remark, a note or an old rule is quoted only where the question asks for such a thing.
"""

from __future__ import annotations

import re

from assistant.answering.reading import Part, Want
from assistant.answering.units import Unit
from assistant.domain import Authority

_GAP = re.compile(
    r"(?:未查到|没有查到|查不到|未找到|没有找到|未读到|没有读到|未见到|不详)[^，；。]{0,12}[。）]?(?:（[^）]*）)?$"
    r"|\b(?:was|were|is|are|has been|have been|could)? ?not (?:be |been )?(?:found|read|seen|known)\b[^,;]*$|\bnot found\b",
    re.IGNORECASE,
)
_GAP_SECTION = re.compile(r"未查到|没有查到|未找到|缺失|not found|missing|gaps?\b", re.IGNORECASE)
_OUTDATED = re.compile(
    r"旧(?:标准|办法|规定|门槛|比例|文本|条件)|已不(?:再)?适用|不再适用|仍流传|网上仍|已被.{0,14}(?:取代|替代)|早期(?:规定|文本)"
    r"|\bold (?:rates?|rules?|text|standards?|thresholds?|conditions?)\b|\bno longer\b|\bsuperseded\b|\bstill (?:on line|online|circulat)",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(
    r"旧|老|以前|原来|曾经|过去|废止|取代|替代|失效|有(?:的|人|网站)说|为什么|听谁|还有效|还在|复审|仍|最新|不一样|矛盾|为何"
    r"|\bold\b|\bformer|\bprevious|\bearlier\b|\bsupersed|\brepeal|\bstill\b|\bwhy\b|\btoday\b|\bconflict",
    re.IGNORECASE,
)
_REMARK = re.compile(r"说明$|备注|差异|出入|notes?$|remarks?$|discrepanc", re.IGNORECASE)
_ASKS_REMARK = re.compile(
    r"新闻|摘要|报道|原文|说法|差异|矛盾|为什么|为何|是不是|还是|听谁|怎么理解|吗[？?]?$"
    r"|\bnews\b|\bsummary\b|\bwhy\b|\bor\b|\bdiffer|\bright\?|\bcorrect\?",
    re.IGNORECASE,
)
_ABOUT_TEXT = re.compile(r"文件说明|关于本(?:文|页)|about this (?:document|page|text)", re.IGNORECASE)
_ASKS_ABOUT_TEXT = re.compile(
    r"文号|文件|发布|印发|公布|施行|生效|有效|哪年出台|什么时候出|最新|版本|来源|可靠|是什么$"
    r"|document number|\bissued?\b|\bpublish|\beffect\b|\bin force\b|\bversion\b|\bsource\b|\bvalid",
    re.IGNORECASE,
)
_WITHOUT = re.compile(r"(?:没有|未曾|未)([\u4e00-\u9fff]{2})")


def is_gap(unit: Unit) -> bool:
    """Does the unit say that something was not found?"""
    return bool(_GAP.search(unit.text)) or bool(unit.path and _GAP_SECTION.search(unit.path[-1]))


def is_outdated(unit: Unit) -> bool:
    """Does the unit speak of rules that are no more?"""
    return bool(_OUTDATED.search(unit.text))


def asks_past(part: Part) -> bool:
    """Does the question ask about rules that may be no more?"""
    return Want.VALIDITY in part.wants or bool(_ASKS_PAST.search(part.text))


def negates(part: Part, unit: Unit) -> bool:
    """Is the unit for the case without what the question is with: 没有约定 for 约定了?"""
    asked = part.text
    return any(
        match[1] in asked and not re.search(rf"(?:没有|没|未|无|不){match[1]}", asked)
        for match in _WITHOUT.finditer(unit.text)
    )


def standing(part: Part, unit: Unit) -> float:
    """How far the unit's standing lowers its score for ``part``; 1 for a rule."""
    lowered = 1.0
    heading = unit.path[-1] if unit.path else ""
    if (
        _ABOUT_TEXT.search(heading)
        and Want.VALIDITY not in part.wants
        and not _ASKS_ABOUT_TEXT.search(part.text)
    ):
        lowered *= 0.6
    if not _ASKS_REMARK.search(part.text):
        lowered *= 0.55 if _REMARK.search(heading) else 1.0
        lowered *= 0.75 if unit.evidence.passage.instrument.authority is Authority.NEWS else 1.0
    if is_outdated(unit) and not asks_past(part):
        lowered *= 0.65
    return lowered
