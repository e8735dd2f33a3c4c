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
from assistant.answering.signs import sign
from assistant.domain import Evidence, Instrument, Kind, Language, Passage, ValidityStatus
from assistant.language.numerals import parse
from assistant.language.quantities import quantities
from assistant.validity import first_day, last_day

_FINAL, _IS_OFFICIAL = sign("asks.final"), sign("asks.is_official")
_SUPPOSES = sign("asks.supposes")
_YEAR = re.compile(
    r"(?<!\d)(20\d\d)(?!\d|\s*(?:[万亿元家人个项.,%]|yuan|people|firms))"
)  # and no sum of 2000万
#: "2015年1月1日以后注册" names a day, and no edition.
_A_DAY = re.compile(r"20\d\d(?:\s*年\s*\d+\s*月|-\d\d)")
_UNSURE = (ValidityStatus.UNKNOWN, ValidityStatus.HISTORICAL)
_YEARLY = (ValidityStatus.HISTORICAL, ValidityStatus.WINDOW_CLOSED, ValidityStatus.EXPIRED)

_DIGITS = r"(?:\d+|[一二三四五六七八九十百]+)"
_NUMBER = re.compile(_DIGITS)
_BEGINS = re.compile(rf"\s*(?:[-*]\s*)?[（(]?({_DIGITS})[)）.、\s]")


@dataclass(frozen=True, slots=True)
class Absence:
    """Something the sources do not hold: the sentences to say, and whose record says so."""

    sentences: tuple[str, ...]
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the instrument it is about; ``named``: it names that instrument."""

    reading: Reading
    subject: Instrument
    passages: Sequence[Passage]
    named: bool

    @property
    def text(self) -> str:
        return self.reading.text

    @property
    def language(self) -> Language:
        return self.reading.language

    @property
    def title(self) -> str:
        return self.subject.title(self.language)


def find_absence(
    reading: Reading, evidence: Sequence[Evidence], focus: Sequence[Instrument]
) -> Absence | None:
    """The first absence that answers the question; ``focus``: the instruments the question is about."""
    passages = [item.passage for item in evidence]
    subject = focus[0] if focus else (passages[0].instrument if passages else None)
    if subject is None:
        return None
    asked = _Asked(reading, subject, passages, bool(focus))
    found = next(filter(None, (rule(asked) for rule in _RULES)), None)
    if found is None:
        return None
    issuer = subject.issuer(reading.language)
    ask = (wording.ASK_BODY.say(reading.language, issuer=issuer),) if issuer else ()
    return Absence((found, *ask), subject)


def names_unheld_document(text: str, evidence: Sequence[Evidence]) -> bool:
    """Does ``text`` name a document by a number that neither a record nor a clause found has?"""
    asked = [q for q in quantities(text) if q.kind == "doc_number"]
    if not asked:
        return False
    held = []
    for passage in (item.passage for item in evidence):
        instrument = passage.instrument
        names = filter(None, (instrument.doc_number, instrument.title_zh, *instrument.aliases))
        held += quantities(" ; ".join((*names, *passage.chunk.path, passage.chunk.text)))
    return not any(a.agrees(h) for a in asked for h in held if h.kind == "doc_number")


def _article(asked: _Asked) -> str | None:
    """The question asks for an article or item by number, and no heading or clause has it."""
    wanted = next((q for q in quantities(asked.text) if q.kind == "article"), None)
    if wanted is None:
        return None
    for passage in asked.passages:
        if passage.instrument.id == asked.subject.id:
            held = quantities(" ".join((*passage.chunk.path, passage.chunk.text)))
            if any(q.kind == "article" and q.agrees(wanted) for q in held) or _numbered(passage, wanted.text):
                return None
    return wording.NO_EVIDENCE_ARTICLE.say(
        asked.language,
        title=asked.title,
        article=wanted.text,
        coverage=_coverage(asked.subject, asked.language),
    )


def _numbered(passage: Passage, wanted: str) -> bool:
    """Does a heading or a line of ``passage`` begin with the number of ``wanted``: （二） for 第（二）项?"""
    number = _NUMBER.search(wanted)
    value = parse(number.group()) if number else None
    if value is None:
        return False
    heads = (*passage.chunk.path, *passage.chunk.text.splitlines())
    begins = filter(None, (_BEGINS.match(head) for head in heads))
    return any(parse(begin[1]) == value for begin in begins)


def _year(asked: _Asked) -> str | None:
    """The question asks for this year's call, and the record is of another year."""
    held, wanted = _YEAR.search(asked.title), _YEAR.search(_A_DAY.sub(" ", asked.text))
    if not (asked.named and asked.subject.status in _YEARLY and held and wanted) or held[1] == wanted[1]:
        return None
    return wording.ONLY_YEAR.say(asked.language, held=held[1], asked=wanted[1], title=asked.title)


def _lapsed(asked: _Asked) -> str | None:
    """The question is about a day after the only instrument found had ended."""
    expires = asked.subject.expires
    if Want.VALIDITY in asked.reading.wants or asked.subject.superseded_by or not expires:
        return None
    days = [q for q in quantities(asked.text) if q.kind == "date" and re.match(r"\d{4}-\d\d", q.key)]
    if len(days) != 1 or first_day(days[0].key) <= last_day(expires):
        return None
    return wording.LAPSED.say(asked.language, title=asked.title, expires=expires, asked=days[0].text)


def _draft(asked: _Asked) -> str | None:
    """The question is whether a draft is final. Whether it is a draft, the clauses say.

    Who takes it for final is corrected (`premises`), who asks what it would bring gets that.
    """
    if _SUPPOSES.search(asked.text) or takes_as_final(asked.text, asked.language):
        return None
    if not is_draft(asked.subject) or _IS_OFFICIAL.search(asked.text) or not _FINAL.search(asked.text):
        return None
    return wording.ONLY_DRAFT.say(asked.language, title=asked.title)


def is_draft(instrument: Instrument) -> bool:
    """Is it a text that was put out for comment only?"""
    return instrument.kind is Kind.DRAFT or instrument.status is ValidityStatus.DRAFT


def doubts_draft(text: str, instrument: Instrument) -> bool:
    """Does it ask whether a text put out for comment is official? Its record answers that."""
    return is_draft(instrument) and bool(_IS_OFFICIAL.search(text))


def takes_as_final(text: str, language: Language) -> bool:
    """Does it state that something was adopted, and asks no such thing?"""
    return bool(_FINAL.search(text)) and not sign(f"asks.{language}").search(text)


def _validity(asked: _Asked) -> str | None:
    """The question is whether an instrument is in force, and its record does not tell."""
    if not asked.named or Want.VALIDITY not in asked.reading.wants or asked.subject.status not in _UNSURE:
        return None
    if doubts_draft(asked.text, asked.subject):
        return None
    validity = next((p.validity for p in asked.passages if p.instrument.id == asked.subject.id), None)
    if validity is None or validity.in_force is not None:
        return None
    note = validity.note_zh if asked.language == "zh" else validity.note_en
    return wording.NO_EVIDENCE_VALIDITY.say(asked.language, title=asked.title, note=note)


_RULES = (_article, _year, _lapsed, _draft, _validity)


def _coverage(instrument: Instrument, language: Language) -> str:
    pair = (instrument.coverage_zh, instrument.coverage_en)
    known = (pair if language == "zh" else pair[::-1])[0] or pair[0] or pair[1]
    return (known or ("未说明" if language == "zh" else "not stated")).rstrip("。.")
