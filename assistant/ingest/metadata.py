"""Reads an instrument's record from its own text, for files that no manifest describes.

Every field found this way is named in ``read_fields``, so that doors can mark it as read and not given.
What the text does not say stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.domain import Authority, Instrument, Kind, Language, ValidityStatus
from assistant.ingest import chinese_record, english_record
from assistant.ingest.periods import Period, period_of
from assistant.ingest.reading import Reading
from assistant.ingest.titles import title_of

#: What a given record may still learn from the text; kind, level and status are a person's judgement.
_COMPLETED = ("doc_number", "issuer_zh", "issuer_en", "issued", "published", "effective", "expires")
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_DEFAULTS = {field.name: field.default for field in fields(Instrument)}


def read_record(reading: Reading, path: Path, language: Language) -> Instrument:
    """The record as far as the text tells; the title falls back on the name of the file."""
    text = reading.text.translate(_WIDE_DIGITS)
    title = title_of(reading, language)
    period = period_of(text, language, path.stem)
    published = _day(reading.declared.get("published"))
    found: dict[str, Any] = {
        "issued": period.issued or published,
        "published": published,
        "effective": period.effective,
        "expires": period.expires,
        **(_chinese(title or "", text) if language == "zh" else _english(title or "", text)),
    }
    found["status"] = _status(title or "", found["kind"], period)
    found = {name: value for name, value in found.items() if value and value != _DEFAULTS[name]}
    name = title or path.stem
    found["title_zh" if language == "zh" else "title_en"] = name
    if "kind" in found:
        found["authority"] = Authority[found["kind"].name]
    version = found.get("issued") or found.get("effective")
    return Instrument(
        id=instrument_id(name, found.get("doc_number"), version),
        read_fields=tuple(field for field in found if field != "aliases"),
        **found,
    )


def _chinese(title: str, text: str) -> dict[str, Any]:
    issuer = chinese_record.issuer_of(title, text)
    return {
        "doc_number": chinese_record.document_number(text),
        "issuer_zh": issuer,
        "kind": chinese_record.kind_of(title),
        "level": chinese_record.level_of(issuer or title, text),
        "supersedes": chinese_record.repealed(text, title),
        "aliases": chinese_record.aliases_of(title),
    }


def _english(title: str, text: str) -> dict[str, Any]:
    issuer = english_record.issuer_of(text)
    return {
        "doc_number": english_record.document_number(text),
        "issuer_en": issuer,
        "kind": english_record.kind_of(title),
        "level": english_record.level_of(f"{issuer or ''} {title}"),
    }


def completed(given: Instrument, read: Instrument) -> Instrument:
    """A manifest's record, with what it leaves open taken from the text and marked as read."""
    return _with(given, read, [name for name in _COMPLETED if name in read.read_fields])


def kept(given: Instrument, known: Instrument | None) -> Instrument:
    """A manifest's record with what had been read from the text before, where it still leaves that open."""
    return _with(given, known, known.read_fields) if known else given


def _with(given: Instrument, other: Instrument, names: Sequence[str]) -> Instrument:
    values = {name: getattr(other, name) for name in names if getattr(given, name) is None}
    return replace(given, **values, read_fields=(*given.read_fields, *values)) if values else given


def instrument_id(title: str, doc_number: str | None, version: str | None) -> str:
    """An id from what names the instrument, so that a renamed file stays the same instrument."""
    key = "\x1f".join(re.sub(r"\s", "", part or "") for part in (title, doc_number, version))
    return f"doc-{sha256(key.encode()).hexdigest()[:12]}"


def _status(title: str, kind: Kind, period: Period) -> ValidityStatus:
    if re.search(r"[（(](?:已)?(?:废止|失效|repealed|expired)[）)]", title, re.IGNORECASE):
        return ValidityStatus.EXPIRED
    if kind is Kind.DRAFT:
        return ValidityStatus.DRAFT
    if kind is Kind.REFERENCE:
        return ValidityStatus.REFERENCE
    return ValidityStatus.IN_FORCE_PRESUMED if period.issued or period.effective else ValidityStatus.UNKNOWN


def _day(text: str | None) -> str | None:
    match = re.match(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})", text or "")
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None
