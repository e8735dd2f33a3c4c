"""How much of a fact's wording does a piece of an answer have?

A fact is cut into units: for Chinese its characters, covered where they stand in a pair that the answer
has too; for English its stems. Units carry weight: function words none, words that the question already
used little, all others fully. Names of one thing (the corpus glossary, `SAME`) cover each other, across
languages too. A unit that the answer only denies ("未被替代" for "被替代") speaks against the fact.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from assistant.language.tokens import stem
from eval.synonyms import OPPOSITE, SAME

MEMBER = 1.5  # weight from which a member of an enumeration must be there itself: two words or so
ASKED = 0.5  # weight of a unit that the question already used, or that only labels or explains the fact
_MEMBER = re.compile(r"(?<!\d),|,(?!\d{3})|[;、]| / |和|以及|及|与|\band\b")
_WORD = re.compile(r"[a-z]+(?:&[a-z]+)*(?:'[a-z]+)?")
_CLASS = re.compile(r"(?<![a-z])([a-z])(?=类)|\b(?:class|category|type) ([a-z])\b")
_KIND = re.compile(r"目标|方案|规定|规则|办法|政策|标准|文件|通知|条件")  # the kind of a thing, not its name
_ACRONYM = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])")
_NAME = re.compile(r"\b(?!The )[A-Z][a-z]+(?:(?: (?:of|for|and|the))* [A-Z][a-z]+)+")
_ASIDE = re.compile(r"\([^()]*\)")  # what stands in brackets explains
_ZH = re.compile(r"[\u3400-\u9fff]+")
_STOP_ZH = re.compile(
    r"不得?(?:低|少|高|大|小|多)于|不?(?:得|应)?超过|(?:低|少|高|大|小|多)于|不足|以上|以下|以内|不满|达到|至少|最高|最低|左右|大约|"
    r"之日|的|之|了|为|是|在|和|与|或者?|及|等|按照?|对|以|其|应当?|须|需要?|可以?|并|也|均|都|只|仅|这|那|该|所|含|至|约|"
    r"适用|要求|即|由|从|提高到|提升到|增加到|降低?到|下调到|放宽到|改为|变为|调整为|资料[中里]?|因此|所以|如果|其中|包括|进行|相关|有关|方面|情况|必须|现行|现有|当前|目前|现在|人数|数量|金额|总数|已|被|将|先|但|而?且|(?<![\u3400-\u9fff])(?:年?底前?|[内起止满前末初])(?![\u3400-\u9fff])"
)
_STOP_EN = frozenset(
    stem(word)
    for word in re.findall(
        r"\w+",
        """a an the is are was were be been being to of in on at by for from with and or as that this these
        those it its they them their there has have had do does did will would should shall may can
        must least most more than less over under about up within per each every only also not no
        yes which who what when where how many much between into i e g s get set needed need
        required requirement current longer currently instead exactly fall band rather
        plus since above so raised lowered changed increased reduced became becomes""",
    )
)
_NEGATION = re.compile(r"(?:不|未|没有?|无|非|勿)(?:再|被|予|得|会|曾|必|须)*$")
_NEGATION_EN = frozenset(("not", "no", "never", "without", "cannot", "neither", "nor"))


def says_it_of_the_opposite(fact: str, text: str) -> bool:
    """Does the text name only the opposite of something that the fact names?"""
    plain, said = aligned(fact), aligned(text)
    return any(
        one in plain and one not in said and other in said
        for pair in OPPOSITE
        for one, other in (pair, pair[::-1])
    )


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a fact: any of ``forms`` covers it, where the answer denies it as the fact does."""

    forms: Mapping[str, bool]  # form -> is it denied in the fact?
    weight: float
    part: int  # which member of an enumeration it belongs to


@dataclass(frozen=True, slots=True)
class Coverage:
    """``share`` of the weight found, None where a fact has no wording; ``denied``: spoken against.

    ``least`` is the share of the member of an enumeration that is covered least.
    """

    share: float | None
    least: float
    denied: bool


Vocabulary = Mapping[str, frozenset[bool]]  # form -> is it affirmed (False), denied (True), or both?


def vocabulary(text: str, glossary: Glossary) -> Vocabulary:
    """Every form in ``text``, with whether it is affirmed or denied there."""
    found: dict[str, set[bool]] = {}
    plain = aligned(text)
    for start, _, form in (*_names(plain, glossary), *_stems(plain), *_acronyms(text), *_initials(text)):
        found.setdefault(form, set()).add(_denied(plain, start))
    for run in _ZH.finditer(plain):
        for start in range(run.start(), run.end()):
            found.setdefault(plain[start], set()).add(_denied(plain, start))
            if start + 1 < run.end():
                found.setdefault(plain[start : start + 2], set()).add(_denied(plain, start))
    return {form: frozenset(marks) for form, marks in found.items()}


def units(
    fact: str, asked: Vocabulary, glossary: Glossary, skip: Sequence[tuple[int, int]] = ()
) -> list[Unit]:
    """The units of ``fact``; ``skip`` are spans (quantities, verdicts) that other checks answer for."""
    whole = aligned(fact)
    plain = _blank(whole, skip)
    names = _names(plain, glossary)
    breaks = member_breaks(fact)
    aside = [match.span() for match in _ASIDE.finditer(whole)]
    aside += [match.span() for match in _KIND.finditer(whole)]
    aside.append((0, whole.find(":")))  # what stands before a colon only says whose fact it is
    found: list[Unit] = []

    def add(start: int, end: int, forms: Mapping[str, int], weight: float) -> None:
        spanning = {form: left for left, right, form in names if left <= start and end <= right}
        denied = {form: _denied(whole, at) for form, at in {**forms, **spanning}.items()}
        if any(a <= start < b for a, b in aside) or any(form in asked for form in denied):
            weight *= ASKED
        found.append(Unit(denied, weight, bisect(breaks, start)))

    acronyms = {start: form for start, _, form in _acronyms(fact)}
    for start, end, form in _stems(plain):
        if form not in _STOP_EN:
            add(start, end, {form: start}, 1.0)
        elif start in acronyms:  # MOST is a ministry
            add(start, end, {acronyms[start]: start}, 1.0)
    for start, end in _content(plain):
        for place in range(start, end):
            pairs = {plain[i : i + 2]: i for i in (place - 1, place) if start <= i and i + 2 <= end}
            add(place, place + 1, pairs or {plain[place]: place}, 0.5)
    return found


def member_breaks(fact: str) -> list[int]:
    """Where one member of an enumeration ends: "A类为6倍，B类为4倍" has two."""
    return [match.start() for match in _MEMBER.finditer(aligned(fact))]


def weight(wanted: Sequence[Unit]) -> float:
    """The weight of ``wanted`` together: 1 is a word or so."""
    return sum(unit.weight for unit in wanted)


def coverage(
    wanted: Sequence[Unit], said: Vocabulary, extra: Sequence[bool] = (), *, whatever_denied: bool = False
) -> Coverage:
    """How much of ``wanted`` is in ``said``.

    ``extra`` are further units, already judged, of weight 1. ``whatever_denied`` counts a word also where
    one of the two denies it.
    """
    total = sum(unit.weight for unit in wanted) + len(extra)
    covered, against = float(sum(extra)), False
    members: dict[int, list[float]] = {}  # member -> weight, weight covered
    for unit in wanted:
        member = members.setdefault(unit.part, [0.0, 0.0])
        member[0] += unit.weight
        marks = {(said_so == denied) for form, denied in unit.forms.items() for said_so in said.get(form, ())}
        if True in marks or (marks and whatever_denied):
            covered += unit.weight
            member[1] += unit.weight
        elif marks:
            against = True
    least = min((got / of for of, got in members.values() if of >= MEMBER), default=1.0)
    return Coverage(covered / total if total else None, least, against)


def _names(plain: str, glossary: Glossary) -> list[tuple[int, int, str]]:
    """Spans of glossary terms and of words from `SAME`, under one form for all their names."""
    terms = [(m.start, m.end, f"term:{m.term.zh}|{m.term.en}") for m in glossary.mentions(plain)]
    same = [(m.span(), group) for m in _SAME.finditer(plain) for group in _GROUPS[m.group()]]
    return [*terms, *((start, end, f"same:{group}") for (start, end), group in same)]


def _stems(plain: str) -> Iterator[tuple[int, int, str]]:
    """Stems of words, and "A类" or "category A" as one form."""
    for match in _CLASS.finditer(plain):
        yield (*match.span(), f"class:{match.group(1) or match.group(2)}")
    for match in _WORD.finditer(plain):
        yield (*match.span(), stem(match.group()))


def _acronyms(text: str) -> Iterator[tuple[int, int, str]]:
    """Words in capitals, under a form of their own."""
    for match in _ACRONYM.finditer(text):
        yield (*match.span(), f"acronym:{match.group()}")


def _initials(text: str) -> Iterator[tuple[int, int, str]]:
    """The acronyms of a name: MST, MOST and MOSAT for the Ministry of Science and Technology."""
    for match in _NAME.finditer(text):
        words = match.group().split()
        for silent in ((), ("and", "the"), ("and", "the", "of", "for")):
            letters = "".join(word[0].upper() for word in words if word not in silent)
            yield (*match.span(), f"acronym:{letters}")


def _content(plain: str) -> Iterator[tuple[int, int]]:
    """Runs of Chinese characters between function words."""
    marked = _STOP_ZH.sub(lambda match: " " * len(match.group()), plain)
    return (run.span() for run in _ZH.finditer(marked))


def _denied(plain: str, start: int) -> bool:
    """Does a negation stand directly before ``start``?"""
    before = plain[max(0, start - 24) : start]
    if _NEGATION.search(before):
        return True
    for word in reversed(re.split(r"[^a-z']+", re.split(r"[.,;:!?]", before)[-1])[-5:]):
        if word in _NEGATION_EN or word.endswith("n't"):
            return True
        if word and stem(word) not in _STOP_EN:
            return False
    return False


def _blank(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_GROUPS: dict[str, list[int]] = {}
for _number, _group in enumerate(SAME):
    for _word in _group:
        _GROUPS.setdefault(_word, []).append(_number)
_SAME = re.compile(
    "|".join(
        rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
        for word in sorted(_GROUPS, key=len, reverse=True)
    )
)
