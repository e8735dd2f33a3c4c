"""The small words that change what a figure or a phrase means: whose it is, whether it is asked or denied."""

from __future__ import annotations

import re

OWN = re.compile(
    r"我们|我司|我公司|本公司|我单位|本单位|我这|我家|咱们|我的|我方|自己|企业目前|\bwe\b|\bour\b"
    r"|\bus\b|\bmy\b|\bi(?:'m| am| have)\b",
    re.IGNORECASE,
)
HYPOTHETICAL = re.compile(
    r"如果|假如|假设|要是|倘若|假使"
    r"|(?<![\d一二两三四五六七八九十百千几])万一|若是?(?=[^干])|的话|\bwhat if\b|\bif\b|\bsuppos(?:e|ing)\b"
    r"|\bassum(?:e|ing)\b|\bhad we\b",
    re.IGNORECASE,
)
CORRECTS = re.compile(
    r"^\W*(?:不对|不是的|错了|说错了|更正|纠正|修正|更新一下|应该是|其实是?|抱歉|sorry|correction"
    r"|actually|no,|wrong|i meant|make that)",
    re.IGNORECASE,
)
#: What may stand around a figure that is told anew: "如果是70人呢", "and with 70?".
_AROUND_BARE = re.compile(
    r"(?:那么?|如果|要是|假如|若|换成|改成|变成|只|有|是|就|的|话|呢|吗|行|可以|能|\W|\b(?:and|so|then|what|how|about"
    r"|if|with|for|it|we|had|is|were|was|only|at)\b)*",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"(?:[说称写]|要求|规定|必须|不得|不能|不可以|应当|标准[是为]|门槛[是为]?|听说|据说|有人说|网上说|新闻说|说是|改为|上限[是为]?|下限[是为]?|须|至少要|最多能|需要)"
    r"[^，。；]{0,14}$"
    r"|\b(?:an?|any|every|each) (?:\w+ )?(?:firm|company|enterprise|business|start-?up)s? (?:with|whose"
    r"|that)\b[^,.;]*$"
    r"|\b(?:firms|companies|enterprises) (?:with|whose|that)\b[^,.;]*$"
    r"|\b(?:requires?|must|rules? (?:say|is|are)|thresholds? (?:is|are)|limit is|i heard|says?|said"
    r"|cannot exceed|has to be|have to be|needs? to be|needed|required)\b[^,.;]{0,40}$",
    re.IGNORECASE,
)
_ASKED_FIGURE = re.compile(
    r"\b(?:must|do|does|should|shall) (?:we|it|i|one|they)\b[^,.;]*$|(?:是不是|是否|要不要)(?:要|得"
    r"|需要|必须)[^，。；]*$",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^\s*(?:以上|以下|以内|之间)(?:[(（][^)）]{1,6}[)）])?的?(?:企业|公司|单位|机构)|^\s*(?:以上|以下|以内|之间)?(?:[(（][^)）]{1,6}[)）])?的?(?:那一?档|一档|档|这一档)|^\s*(?:的)?(?:要求|标准|门槛|规定|条件|上限|下限|的线)"
    r"|^\s*(?:threshold|requirement|limit|rule|band|needed|required)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"(?:还?差|相差|缺|缺口|再投入?|再增加|增加了?|提高了?|减少了?|降低了?|多投|少了|多了|补助|补贴|奖励|减免|退)\s*$"
    r"|\b(?:short by|short of|another|increase of|more by|by|subsidy of|reward of)\s*$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"计划|打算|准备|目标|力争|争取|想(?:在|把|要把)|将来|明年|下一年|未来|\bplan(?:s|ning)? to\b"
    r"|\bnext year\b|\btarget\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"(?:不是|并非|并不是|而不是|[从由]|原来的?|\bnot|\bfrom)\s*$", re.IGNORECASE)
_ASKED_BEFORE = re.compile(
    r"(?:是否|是不|有没|有无|能否|能不能|可否|要不要|需要?|应|想要?|申请|申报|成为|算|怎么|如何|要求|条件|必须|须|变成|评|当)\s*$"
    r"|\b(?:are|is|do|does|must|can|could|have|has|should) (?:we|it|i|they|you|one|our \w+)(?: (?:a|an"
    r"|the|be|have))*\s*$"
    r"|\b(?:need to|want to|to be|become|whether|how to)(?: (?:we|it|a|an|be|are|is))*\s*$",
    re.IGNORECASE,
)
_EITHER_OR = re.compile(r"有没|有无|是不是|能不能|是否")
_ASKED_AFTER = re.compile(
    r"^\s*(?:吗|么|呢|没有|没|与否|吧|的?(?:条件|要求|标准|认定|申请|资格条件))|^\s*\?", re.IGNORECASE
)
_NO_BEFORE = re.compile(
    r"(?:不|没|没有|未|尚未|还未|并未|非|无|并非|从未)\s*(?:打算|准备|计划|愿意|愿|肯|考虑|想|会|能)?(?:在|被|是|有|列入|进)?\s*$"
    r"|(?:\bnot|\bno|\bnever|\bwithout|n't)(?:\s+(?:have|been|yet|an?|had|any|its|their|his|her|own|to|be|on|in"
    r"|the|willing|going))*\s*$",
    re.IGNORECASE,
)


_NONE_BEFORE = re.compile(r"(?:没有|没|无)(?:任何)?\s*$|\b(?:no|without(?: any)?)\s*$", re.IGNORECASE)
_NONE_AFTER = re.compile(r"^\s*(?:一|半)[个项件](?:都|也)?没有")
_ENDS = re.compile(r"^\s*(?:[，。；;？?！!,.]|的话|$)")


def is_none(before: str, after: str) -> bool:
    """Is a countable thing said to be had not at all: "没有发明专利", "专利一个都没有"?"""
    return bool((_NONE_BEFORE.search(before) and _ENDS.match(after)) or _NONE_AFTER.match(after))


def is_told_anew(before: str, after: str) -> bool:
    """Is there no more than a figure, to be put in the place of one that was told before?"""
    return bool(_AROUND_BARE.fullmatch(before) and _AROUND_BARE.fullmatch(after))


def is_rule(before: str, after: str) -> bool:
    """Is a figure said of a rule or of a group of enterprises, and not of the asker?"""
    own = OWN.search(before)
    return bool((_RULE.search(before) and not own) or _ASKED_FIGURE.search(before) or _OF_OTHERS.match(after))


def is_no_value(before: str, clause: str) -> bool:
    """Is a figure a difference, a plan or a grant?"""
    return bool(_DIFFERENCE.search(before) or _PLANNED.search(clause))


def is_negated(before: str) -> bool:
    """Is a figure said not to be the one: "不是500万，是600万"?"""
    return bool(_NEGATED.search(before))


def is_asked(before: str, phrase: str, after: str) -> bool:
    """Is a phrase asked about or demanded, and not stated? "是不是高企" denies nothing."""
    either_or = (
        re.search(r"(?<![就只但还可都总又])[是有能]$", before) and re.match(r"[不没]", phrase)
    ) or _EITHER_OR.search(phrase)
    return bool(either_or or _ASKED_BEFORE.search(before) or _ASKED_AFTER.match(after))


def is_denied(before: str) -> bool:
    """Is a phrase denied?"""
    return bool(_NO_BEFORE.search(before))
