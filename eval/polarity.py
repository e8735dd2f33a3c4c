"""Yes, no and "not known": the words that decide, whichever way they are put.

A fact such as "4.4%低于5%，不达标" is not said by an answer that only quotes the threshold: the answer must
also decide, and decide the same way. Comparators ("不低于", "no more than") are not decisions.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.language.fold import aligned


class Polarity(StrEnum):
    """What a text decides."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


_COMPARATOR = re.compile(
    r"不(?:低于|少于|高于|超过|大于|小于|多于|得(?:低|少|高|超)\w?于?|足(?=\d))|"
    r"\b(?:no|not) (?:less|more|fewer|lower|higher|later|earlier) than\b|not exceed\w*",
)
_RULE = re.compile(
    r"(?<!是)的(?:企业|单位|机构|高校|院所|人员|个人|团队)?,?(?:也|均)?(?:可以|能够)|满足其一(?:即可)?"
)
_NO = re.compile(
    r"不(?:达标|够|算|属于|符合|满足|合格|能|可以|可(?=[,。;\s]|$)|行|适用|相符|符(?=[,。;])|正确|对(?=[,。;:]|$)|是(?!否)|具备|通过)"
    r"|(?:^|[,。;:\s])(?:否|无效)(?=[,。;]|$)|未(?:达|满足|符合|通过)|达不到|没有?达到|并非|而非|(?:前提)?(?:有误|错误)|误[译作写称]"
    r"|(?<!未)(?<!未被)(?<!没有)(?<!没有被)(?:废止|替代|取代|失效)|(?:不|没)再(?:有效|适用)"
    r"|\bno\b(?! (?:end|later|earlier|less|more|fewer|lower|higher|rule|agreement|source))"
    r"|\bnot\b(?! only)(?: (?:yet )?(?:eligible|enough|sufficient|met|allowed|possible|qualified)\b)?"
    r"|n't\b|\bcannot\b|\bfails?\b|\bbelow\b|\bfalls? short\b|\bineligible\b|\bunmet\b"
    r"|\brepealed\b|\bsuperseded\b|\bincorrect\b|(?:premise is )?\bwrong\b|\bmistaken\b",
)
_YES = re.compile(
    r"(?<![不未须应先可])(?:达标|符合(?!条件的|规定的|下列|以下|要求的)|满足(?!下列|以下)|可以|即可|能够)"
    r"|(?:^|[,。;:\s])(?:能|行|算|够|是的|有效)(?=[,。;]|$)|仍然?有效"
    r"|(?<!不)(?<!未)达到(?:\S{0,6})(?:要求|条件|标准)|(?<!未)通过(?=[,。;]|$)"
    r"|\byes\b|(?<!not )\b(?:meets?|met|eligible|pass(?:es)?)\b|\bqualif(?:y|ies)\b"
    r"|\bis in force\b|\bsatisf(?:y|ies|ied)\b",
)
_UNKNOWN = re.compile(
    r"未(?:查到|找到|读到|检索到|见|知|能(?:核实|确认|查到|找到))|没有?(?:查到|找到|读到|收录|这一内容)"
    r"|(?:无法|不能)(?:确认|确定|核实|回答|判断|据此)|未收录|资料[中里]?(?:没有|未)|是否\S{0,12}(?:未知|不明)|无从"
    r"|\bnot (?:be )?(?:found|known|confirmed|answered|verified|held)\b|\bnot in (?:our|the) sources\b"
    r"|\bcannot (?:be )?(?:confirm|answer|verif|tell)\w*|\bdo(?:es)? not (?:contain|say|state|hold|cover)\b"
    r"|\bunknown\b|\bnone for\b|\b(?:only known|known only) from\b",
)

_FORBIDDEN = re.compile(r"(?:不得|禁止|不准)(?:再|予以?)?([\u3400-\u9fff]{2})|\b(?:may|must) not ([a-z]+)")


def folded(text: str) -> str:
    """Text as the patterns expect it: folded, with Chinese punctuation made plain."""
    return aligned(text).replace("、", ",")


def without_comparators(text: str) -> str:
    """The folded text with what decides nothing blanked: comparators (不低于), rules (……的可以免除)."""
    return _RULE.sub(_blank, _COMPARATOR.sub(_blank, folded(text)))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def comparators(text: str) -> list[tuple[int, int]]:
    """Where comparators (不低于, not exceed) stand."""
    return [match.span() for match in _COMPARATOR.finditer(folded(text))]


def polarities(text: str) -> frozenset[Polarity]:
    """Everything that ``text`` decides; a quoted rule decides nothing."""
    plain = without_comparators(text)
    unknown = _UNKNOWN.search(plain) is not None
    plain = _UNKNOWN.sub(" ", plain)
    found = {Polarity.UNKNOWN} if unknown else set()
    if _NO.search(plain):
        found.add(Polarity.NO)
    if _YES.search(plain):
        found.add(Polarity.YES)
    return frozenset(found)


def decided(text: str) -> Polarity | None:
    """Yes or no, whichever comes first; None when neither does."""
    plain = _UNKNOWN.sub(" ", without_comparators(text))
    no, yes = _NO.search(plain), _YES.search(plain)
    if no and (yes is None or no.start() <= yes.start()):
        return Polarity.NO
    return Polarity.YES if yes else None


def forbids(text: str, asked: str) -> bool:
    """Does ``text`` forbid (不得退税) something that ``asked`` names?"""
    question, plain = folded(asked), without_comparators(text)
    return any((match.group(1) or match.group(2)) in question for match in _FORBIDDEN.finditer(plain))


def spans(text: str) -> list[tuple[int, int]]:
    """Where the deciding words stand; the folded text keeps every offset."""
    plain = without_comparators(text)
    return [match.span() for pattern in (_UNKNOWN, _NO, _YES) for match in pattern.finditer(plain)]


def says_unknown(text: str) -> bool:
    """Does the text say that something is not known or not in the sources?"""
    return Polarity.UNKNOWN in polarities(text)
