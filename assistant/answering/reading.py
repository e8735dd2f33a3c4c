"""What a question asks for: its parts, and the sort of thing that would answer each.

Only the shape of the question is read here (how many, who, when, which conditions); what it is about is
left to `relevance`. The signs are words of everyday Chinese and English, not of any one policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.domain import Language
from assistant.language.tokens import without_boilerplate


class Want(StrEnum):
    """The sort of thing that answers a question."""

    VALUE = "value"
    LIST = "list"
    CONDITION = "condition"
    PROCEDURE = "procedure"
    WHO = "who"
    WHEN = "when"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    COMPARISON = "comparison"
    VALIDITY = "validity"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked. ``kinds`` are the kinds of quantity that would answer it, when it asks for one."""

    text: str
    wants: frozenset[Want]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read: ``given`` is what the asker tells before asking."""

    text: str
    language: Language
    parts: tuple[Part, ...]
    given: str = ""

    @property
    def wants(self) -> frozenset[Want]:
        """Everything any part wants."""
        return frozenset(want for part in self.parts for want in part.wants)


def _any(zh: str, en: str) -> re.Pattern[str]:
    return re.compile(f"{zh}|{en}", re.IGNORECASE)


_SIGNS: dict[Want, re.Pattern[str]] = {
    Want.COMPARISON: re.compile(
        r"区别|不同|差别|差异|差在哪|比较|对比|相比|一样吗|一致吗|变化|变了|改了什么|哪个(?:更|门槛|要求|高|低)|谁更|(?:多少|几)倍|怎么理解|新旧"
        r"|\bcompare|\bcomparison|\bdiffer|\bversus\b|\bvs\b|\bwhich (?:is|one|has)\b.*\b(?:or|than)\b|harder|stricter",
        re.IGNORECASE,
    ),
    Want.VALIDITY: re.compile(
        r"有效吗|还有效|作废|还能.{0,4}用|能照.{0,4}用|起效|正式文件|正式的吗|是否有效|仍然有效|现行有效|失效|废止|作废|取消了|最新(?:是|的|一)?(?:哪|什么|版|一)?|过期|还(?:在|能用|执行|适用|算数)"
        r"|\bstill (?:in force|valid|apply|applies|current|what)|\bexpires?\b|\bend date\b|\bcite\b|in force|\brepealed\b|\boutdated\b|\bsuperseded\b|\bexpired?\b"
        r"|\bthe (?:rate|rule|standard) today\b|latest version|\bcurrent(?:ly)? (?:version|valid)",
        re.IGNORECASE,
    ),
    Want.DEFINITION: re.compile(
        r"是指|指的是什么|指什么|什么是|什么叫|是什么意思|定义|含义|怎么界定|如何界定|分别指"
        r"|\bwhat (?:counts as|is meant by|does .* mean)|\bdefin(?:e|ed|ition)|\bmeaning of",
        re.IGNORECASE,
    ),
    Want.WHO: re.compile(
        r"谁|哪(?:个|些)(?:部门|单位|机构|机关)|归.{0,6}管|哪里管|找哪|什么部门|何部门|由哪|牵头|责任单位|发布机关|负责"
        r"|\bwho\b|\bwhich (?:bod(?:y|ies)|departments?|authorit(?:y|ies)|agenc(?:y|ies))|\bissued by\b",
        re.IGNORECASE,
    ),
    Want.WHEN: re.compile(
        r"什么时候|何时|哪(?:一)?年|几月|哪天|多久|几年|多长时间|期限|截止(?:时间|日期|到)|到期(?:时间|日)|年限|最晚|时间窗|什么时间"
        r"|(?!when (?:is|are|does|do|can|may) an?\b)(?:^|[,;:] ?|\b(?:until|by|since|from) )when\b|\bhow long\b|\buntil\b|\bdeadline\b|\bwhat (?:date|year|time)\b|\bby what\b",
        re.IGNORECASE,
    ),
    Want.CONDITION: re.compile(
        r"条件|要求|标准|门槛|资格|符合什么|满足什么|需要什么|还差什么|怎么才能|如何才能|怎样才能"
        r"|^when (?:is|are|does|do|can|may) an?\b|\bconditions?\b|\brequire(?:ments?|d)?\b|\bcriteria\b|\bthresholds?\b|\bqualif(?:y|ies|ication)|\beligib",
        re.IGNORECASE,
    ),
    Want.PROCEDURE: re.compile(
        r"流程|程序|步骤|怎么(?:申请|申报|办|备案|报|认定|填)|如何(?:申请|申报|办理|备案|认定)|手续|材料"
        r"|\bprocedure|\bsteps?\b|\bhow (?:do|can|to|should)\b|\bapply for\b|\bprocess\b",
        re.IGNORECASE,
    ),
    Want.LIST: re.compile(
        r"哪些|哪几|分别|列出|列举|都有|有什么|包括什么|哪(?:五|三|四|六|两)|主要(?:内容|任务|措施|目标)"
        r"|\blist\b|\bwhat are\b|\bwhich\b.*\b\w+s\b|\bwhat (?:kinds?|types?|measures|benefits|support)\b|\bname the\b",
        re.IGNORECASE,
    ),
    Want.VALUE: re.compile(
        r"多少|(?<!哪)几(?:个|家|项|人|件|名|成|倍|万|亿|条|年|章|次|所)|税负|多大|多高|比例|占比|百分之几|金额|数量|税率|幅度|第几|强度"
        r"|\bhow (?:many|much|large|high|big)\b|\bwhat (?:percentage|share|ratio|rate|amount|score|size|number)\b|\bminimum\b"
        r"|\bmaximum\b|\brate\b|\bratio\b|\btarget\b|\bscore\b|\bscale\b|\bintensity\b",
        re.IGNORECASE,
    ),
    Want.YES_NO: re.compile(
        r"吗[？?]?|能否|是否|可否|能不能|可不可以|行不行|是不是|有没有|够不够|行吗|对吗|对不对|达标"
        r"|^(?:is|are|was|were|does|do|did|can|could|may|must|should|will|has|have)\b"
        r"|[,;] (?:is|are|does|do|can|may|right|correct)\b|\b(?:met|meets|right|correct|recogni[sz]ed .*)\?",
        re.IGNORECASE,
    ),
}

#: Kinds of quantity that a way of asking calls for; several may apply ("what share and for how long").
_KINDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (_any(r"多久|几年|多长时间|期限|年限|几个?月", r"\bhow long\b"), frozenset({"duration", "date"})),
    (
        _any(
            r"什么时候|何时|哪(?:一)?年|几月|哪天|截止(?:时间|日期|到)|到期(?:时间|日)|什么时间|日期",
            r"(?!when (?:is|are|does|do|can|may) an?\b)(?:^|[,;:] ?|\b(?:until|by|since|from) )when\b|\bdeadline\b|\bwhat (?:date|year)\b|\bhow soon\b",
        ),
        frozenset({"date", "duration"}),
    ),
    (
        _any(
            r"多少钱|多少(?:万|亿)?元|多少[万亿]|金额|(?:奖励?|奖金|补[助贴]|资助|支持)[^，。？]{0,6}多少|多少(?:增值|所得)?税|(?:增值|所得)税多少",
            r"\bhow much\b|\bamount\b|\bprice\b|\b(?:what|which|minimum|maximum)\b.{0,24}\b(?:reward|bonus|subsidy)\b",
        ),
        frozenset({"money", "percent"}),
    ),
    (
        _any(
            r"比例|占比|占.{0,8}多少|百分之几|几成|强度|税率|税负|比重",
            r"\bpercentage\b|\bshare\b|\bratio\b|\brate\b|\bintensity\b",
        ),
        frozenset({"percent"}),
    ),
    (
        _any(
            r"(?:多少|(?<!哪)几)(?:个|家|项|人|件|名|条|章|次|所(?!得)|位|倍|分|平)|人数|数量|多少(?:专职|研发|科技)?人",
            r"\bhow many\b|\bnumber of\b|\bscore\b|\bhow often\b",
        ),
        frozenset({"count", "number"}),
    ),
)
_WHENCE = frozenset({"date", "duration"})

_SENTENCE = re.compile(r"(?<=[？?！!。；;])\s*|(?<=[a-z)])[.]\s+(?=[A-Z])")
_COMMA = re.compile(r"[，,：:](?!\d)\s*")
_JOINED = re.compile(
    r",?\s+and\s+(?=(?:what|when|who|how|which|where|until|is|are|does|do)\b)", re.IGNORECASE
)
_ASKS_ZH = re.compile(
    r"[？?]|多少|几(?:个|家|项|人|年|件|条|成|倍)|哪|什么|谁|何时|多久|如何|怎么|怎样|是否|能否|吗|呢|是不是|能不能|行不行|有没有|区别|不同|列出|介绍|说明"
)
_ASKS_EN = re.compile(
    r"\?|\b(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|may|must|should|list|compare|tell|name|explain)\b",
    re.IGNORECASE,
)
#: An English question without a question word asks for yes or no: "Meets the rule?"
_PLAIN_QUESTION = re.compile(
    r"(?!.*\b(?:what|which|who|whose|when|where|why|how|or|and where)\b)[A-Za-z].*\?$", re.IGNORECASE
)
_COMMAND = re.compile(
    r"(?:please )?(?:list|compare|tell|name|explain|describe|give|show|what|who|which|how)\b", re.IGNORECASE
)
_ASKING_WORDS = re.compile(
    r"^关于|^about|^(?:那么?|还有|另外|所以|而且|and|so|then|but)|这些?|那些?|上述|它们?|具体|原文|总共|一共|合计|怎么说的?|怎么算|哪一?年|要达到|都是|多少[亿万]?|为什么|依据|何时|什么时候|谁"
    r"|\b(?:these|those|they|it|its|that|this|in total|exactly)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"我们|我司|本公司|我公司|\bwe\b|\bour\b", re.IGNORECASE)
#: A longer clause tells a circumstance; so does one with an amount.
_TOPIC = 24
_AMOUNT = re.compile(r"\d(?!\d*年|\d*号|\d*月)[\d.,]*\s*(?:[%％万亿元个家项人名年]|$)|[百千万亿]元")
#: An asking clause with less of its own than this leans on the clauses before it ("行吗？").
_ENOUGH = {"zh": 5, "en": 3}


def read(question: str, language: Language) -> Reading:
    """The question in parts; what is only told and not asked becomes ``given``."""
    parts: list[Part] = []
    told: list[str] = []
    for sentence in filter(None, (piece.strip() for piece in _SENTENCE.split(question))):
        pieces = _clauses(sentence, language)
        asking = [index for index, piece in enumerate(pieces) if _asks(piece, language)]
        if language == "en" and not sentence.endswith("?") and not _COMMAND.match(sentence):
            asking = []
        if not asking:
            told.append(sentence)
            continue
        start = 0
        for index in asking:
            first = index
            while first > start and _bare(" ".join(pieces[first : index + 1]), language):
                first -= 1
            while first > start and _is_topic(pieces[first - 1], language):
                first -= 1
            told.extend(pieces[start:first])
            asked = "，".join(pieces[first : index + 1]) if language == "zh" else pieces[index]
            # "分别指什么？" asks about what the part before it was about
            about = f"{parts[-1].text} " if parts and _bare(asked, language) else ""
            parts.append(_part(asked, about))
            start = index + 1
        told.extend(pieces[start:])
    if not parts:
        part = _part(question)
        # who tells about themselves and asks nothing wants to know whether it fits
        wants = part.wants | {Want.YES_NO} if _TELLS.search(question) else part.wants
        return Reading(question, language, (replace(part, wants=wants),))
    return Reading(question, language, tuple(parts), " ".join(told))


def _clauses(sentence: str, language: Language) -> list[str]:
    """Where one sentence may ask twice: at commas in Chinese, before a second question word in English."""
    cut = _COMMA if language == "zh" else _JOINED
    return [piece for piece in cut.split(sentence) if piece.strip()]


def _is_topic(clause: str, language: Language) -> bool:
    """A clause that only names what the question is about: "研发型企业的认定标准，研发占比要多少？"."""
    return (
        language == "zh" and len(clause) <= _TOPIC and not (_TELLS.search(clause) or _AMOUNT.search(clause))
    )


def _asks(clause: str, language: Language) -> bool:
    return bool((_ASKS_ZH if language == "zh" else _ASKS_EN).search(clause))


def is_bare(question: str, language: Language) -> bool:
    """Does a question say too little to know what it is about ("原文怎么说的？", "When?")?"""
    content = without_boilerplate(_ASKING_WORDS.sub(" ", question).strip("？?。！!：: "))
    if language == "en":
        return len(re.findall(r"[A-Za-z]{3,}", content)) < 2
    return len(re.findall(r"\w", content)) < 3


def _bare(text: str, language: Language) -> bool:
    content = without_boilerplate(text.strip("？?。！! "))
    length = len(re.findall(r"[\w]", content)) if language == "zh" else len(content.split())
    return length < _ENOUGH[language]


def _part(text: str, about: str = "") -> Part:
    wants = frozenset(want for want, sign in _SIGNS.items() if sign.search(text))
    if not wants & {Want.VALUE, Want.WHO, Want.WHEN, Want.LIST} and _PLAIN_QUESTION.match(text):
        wants |= {Want.YES_NO}
    wants = wants or frozenset({Want.OTHER})
    kinds = frozenset(kind for sign, kinds in _KINDS if sign.search(text) for kind in kinds)
    if not wants & {Want.WHEN, Want.VALUE}:
        kinds = frozenset()
    return Part(about + text, wants, kinds)
