"""What a question asks for: its parts, and the sort of thing that would answer each.

Only the shape of the question is read here (how many, who, when, which conditions); what it is about is
left to `relevance`. The signs are words of everyday Chinese and English, not of any one policy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.answering.signs import sign, signs
from assistant.domain import Language
from assistant.language.quantities import quantities
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
    CONSEQUENCE = "consequence"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked.

    ``asked`` holds, for each figure that it asks for ("what share, and for how long?"), the kinds of quantity
    that would answer. ``about`` begins ``text``: what the part before it said, where this one leans on it.
    """

    text: str
    wants: frozenset[Want]
    asked: tuple[frozenset[str], ...] = ()
    about: str = ""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of quantity that would answer any of it."""
        return frozenset().union(*self.asked)


@dataclass(frozen=True, slots=True)
class Reading:
    """A question read: ``given`` is what the asker tells before asking."""

    text: str
    language: Language
    parts: tuple[Part, ...]
    given: str = ""

    @property
    def asks_figure(self) -> bool:
        """Is every part answered by an amount, share or count, and nothing told that it depends on?"""
        told = [q for q in quantities(self.text) if q.kind in ("money", "percent", "count", "number")]
        return not told and all(part.kinds & {"money", "percent", "count"} for part in self.parts)

    @property
    def wants(self) -> frozenset[Want]:
        """Everything any part wants."""
        return frozenset(want for part in self.parts for want in part.wants)


_SIGNS = {Want(name): words for name, words in signs("want").items()}

#: Kinds of quantity that a way of asking calls for; several may apply ("what share and for how long").
_KINDS: Mapping[str, frozenset[str]] = {
    "duration": frozenset({"duration", "date"}),
    "date": frozenset({"date", "duration"}),
    "money": frozenset({"money", "percent"}),
    "percent": frozenset({"percent"}),
    "count": frozenset({"count", "number"}),
}

_SENTENCE = re.compile(r"(?<=[？?！!。；;])\s*|(?:(?<=[a-z)%])|(?<=&[A-Z]))[.]\s+(?=[A-Z])")
_COMMA = re.compile(r"[，,：:](?!\d)\s*")
_JOINED = re.compile(
    r",?\s+and\s+(?=(?:what|when|who|how|which|where|until|is|are|does|do)\b)", re.IGNORECASE
)
_ASKS_ZH = sign("asks.zh")
_ASKS_EN = sign("asks.en")
#: An English question without a question word asks for yes or no: "Meets the rule?"
_PLAIN_QUESTION = re.compile(
    r"(?!.*\b(?:what|which|who|whose|when|where|why|how|or|and where)\b)[A-Za-z].*\?$", re.IGNORECASE
)
_PEOPLE = re.compile(r"(?:人员|人才|职工|员工|经理人)[^，,。]{0,6}多少[万亿][^元]?$")
_COMMAND = re.compile(
    r"(?:please )?(?:list|compare|tell|name|explain|describe|give|show|what|who|which|how)\b", re.IGNORECASE
)
_ASKING_WORDS = sign("asking_words")
_TELLS = sign("tells")
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


def is_empty(question: str, language: Language) -> bool:
    """Does a question name nothing at all ("什么时候？"), not even one thing ("人员呢？")?"""
    bare = _ASKING_WORDS.sub(" ", question).strip("？?。！!：: ")
    content = without_boilerplate(f"0 {bare}").removeprefix("0")  # with nothing else left it gives all back
    if language == "en":
        return not re.search(r"[A-Za-z]{3,}", content)
    return len(re.findall(r"\w", content)) < 2


def _bare(text: str, language: Language) -> bool:
    content = without_boilerplate(text.strip("？?。！! "))
    length = len(re.findall(r"[\w]", content)) if language == "zh" else len(content.split())
    return length < _ENOUGH[language]


def _part(text: str, about: str = "") -> Part:
    wants = frozenset(want for want, words in _SIGNS.items() if words.search(text))
    if not wants & {Want.VALUE, Want.WHO, Want.WHEN, Want.LIST} and _PLAIN_QUESTION.match(text):
        wants |= {Want.YES_NO}
    wants = wants or frozenset({Want.OTHER})
    called = [name for name, words in signs("kind").items() if words.search(text)]
    if _PEOPLE.search(text):  # 研发人员多少万: nobody pays in people
        called = [name for name in called if name != "money"] + ["count"]
    if not wants & {Want.WHEN, Want.VALUE}:
        called = []
    return Part(about + text, wants, tuple(dict.fromkeys(_KINDS[name] for name in called)), about)
