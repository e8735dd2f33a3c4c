"""What the sources do not hold, where that can be told for sure: an article, a year, a final text, validity.

Each rule answers a question honestly with what is known instead: which part was read, which year there is,
that only a draft was found. Rules look at records and headings, never at one document in particular.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering import wording
from assistant.answering.reading import Reading, Want
from assistant.domain import Evidence, Instrument, Kind, Language, Passage, ValidityStatus
from assistant.language.quantities import quantities
from assistant.validity import first_day, last_day

_FINAL = re.compile(
    r"正式(?:稿|版|文本|文件|实施|施行|出台|印发|通过)|什么时候(?:实施|施行|生效)|何时(?:实施|施行|生效)|(?:通过|生效|实施|施行)了吗|最终稿"
    r"|\bfinal\b|\badopted\b|\btake effect\b|\bcome into force\b|\bin force\b|\benacted\b",
    re.IGNORECASE,
)
_IS_OFFICIAL = re.compile(
    r"(?:是|算|属于).{0,4}正式(?:文件|的)|\ban? (?:final|official|formal) document\b", re.IGNORECASE
)
_ORDINAL = re.compile(
    r"第\s*[\d一二三四五六七八九十百]+\s*[条项款章点]|\b(?:article|item|section|chapter|clause)\s+\d+",
    re.IGNORECASE,
)
_UNSURE = (ValidityStatus.UNKNOWN, ValidityStatus.HISTORICAL)


@dataclass(frozen=True, slots=True)
class Absence:
    """Something the sources do not hold: the sentences to say, and whose record says so."""

    sentences: tuple[str, ...]
    instrument: Instrument


def find_absence(
    reading: Reading, evidence: Sequence[Evidence], focus: Sequence[Instrument]
) -> Absence | None:
    """The first absence that answers the question; ``focus``: the instruments the question is about."""
    subject = focus[0] if focus else _leading(evidence)
    if subject is None:
        return None
    passages = [e.passage for e in evidence]
    for rule in (_article, _year, _lapsed, _draft, _validity):
        found = rule(reading, subject, passages, bool(focus))
        if found:
            issuer = subject.issuer(reading.language)
            ask = (wording.ASK_BODY.say(reading.language, issuer=issuer),) if issuer else ()
            return Absence((found, *ask), subject)
    return None


def _leading(evidence: Sequence[Evidence]) -> Instrument | None:
    return evidence[0].passage.instrument if evidence else None


def _article(reading: Reading, subject: Instrument, passages: Sequence[Passage], named: bool) -> str | None:
    """The question asks for an article or item by number, and no heading or clause has it."""
    match = _ORDINAL.search(reading.text)
    asked = [q for q in quantities(reading.text) if q.kind == "article"]
    if not match or not asked:
        return None
    for passage in passages:
        if passage.instrument.id != subject.id:
            continue
        held = quantities(" ".join((*passage.chunk.path, passage.chunk.text)))
        if any(q.kind == "article" and q.agrees(asked[0]) for q in held) or _numbered(passage, asked[0].text):
            return None
    return wording.NO_EVIDENCE_ARTICLE.say(
        reading.language,
        title=subject.title(reading.language),
        article=match.group(),
        coverage=_coverage(subject, reading.language),
    )


def _numbered(passage: Passage, asked: str) -> bool:
    number = re.search(r"\d+", asked)
    heads = (*passage.chunk.path, *passage.chunk.text.splitlines())
    return bool(number) and any(re.match(rf"\s*[（(]?{number.group()}[)）.、\s]", head) for head in heads)


def _year(reading: Reading, subject: Instrument, passages: Sequence[Passage], named: bool) -> str | None:
    """The question asks for this year's call, and the record is of another year."""
    title = subject.title(reading.language)
    held = re.search(r"(20\d\d)", title)
    asked = re.search(r"(20\d\d)\s*年?", reading.text)
    yearly = subject.status in (
        ValidityStatus.HISTORICAL,
        ValidityStatus.WINDOW_CLOSED,
        ValidityStatus.EXPIRED,
    )
    if not (named and yearly and held and asked) or held[1] == asked[1]:
        return None
    return wording.ONLY_YEAR.say(reading.language, held=held[1], asked=asked[1], title=title)


def _lapsed(reading: Reading, subject: Instrument, passages: Sequence[Passage], named: bool) -> str | None:
    """The question is about a day after the only instrument found had ended."""
    if Want.VALIDITY in reading.wants or subject.superseded_by or not subject.expires:
        return None
    asked = [
        q
        for q in quantities(reading.text)
        if q.kind == "date" and len(q.key) >= len("2026-10") and q.key[0] != "-"
    ]
    if len(asked) != 1 or first_day(asked[0].key) <= last_day(subject.expires):
        return None
    title = subject.title(reading.language)
    return wording.LAPSED.say(reading.language, title=title, expires=subject.expires, asked=asked[0].text)


def _draft(reading: Reading, subject: Instrument, passages: Sequence[Passage], named: bool) -> str | None:
    """The question takes a draft for a final text."""
    if _IS_OFFICIAL.search(reading.text):
        return None  # the clauses say what it is
    is_draft = subject.kind is Kind.DRAFT or subject.status is ValidityStatus.DRAFT
    if is_draft and _FINAL.search(reading.text):
        return wording.ONLY_DRAFT.say(reading.language, title=subject.title(reading.language))
    return None


def _validity(reading: Reading, subject: Instrument, passages: Sequence[Passage], named: bool) -> str | None:
    """The question is whether an instrument is in force, and its record does not tell."""
    if not named or Want.VALIDITY not in reading.wants or subject.status not in _UNSURE:
        return None
    validity = next((p.validity for p in passages if p.instrument.id == subject.id), None)
    if validity is None or validity.in_force is not None:
        return None
    note = validity.note_zh if reading.language == "zh" else validity.note_en
    return wording.NO_EVIDENCE_VALIDITY.say(
        reading.language, title=subject.title(reading.language), note=note
    )


def _coverage(instrument: Instrument, language: Language) -> str:
    pair = (instrument.coverage_zh, instrument.coverage_en)
    known = (pair if language == "zh" else pair[::-1])[0] or pair[0] or pair[1]
    return (known or ("未说明" if language == "zh" else "not stated")).rstrip("。.")
