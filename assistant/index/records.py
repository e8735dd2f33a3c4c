"""How the words of the domain are written into SQLite rows and read back."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from functools import lru_cache
from typing import Any

from assistant.domain import (
    Authority,
    Chunk,
    Document,
    Instrument,
    Kind,
    Level,
    Section,
    Source,
    ValidityStatus,
)

Row = tuple[Any, ...]

DOCUMENT_COLUMNS = "id, instrument_id, language, path, format, digest, title, text, page_starts"
SECTION_COLUMNS = 'document_id, ordinal, path, start, "end", level'
CHUNK_COLUMNS = 'id, document_id, instrument_id, language, ordinal, path, start, "end", text, tokens, page'

_DEFAULTS = Instrument(id="")


def dump(value: object) -> str:
    """``value`` as JSON, the same text for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instrument_record(instrument: Instrument) -> str:
    """The record of an instrument as JSON; fields that keep their default are left out."""
    names = [field.name for field in fields(Instrument)]
    values = {name: getattr(instrument, name) for name in names}
    kept = {name: value for name, value in values.items() if value != getattr(_DEFAULTS, name)}
    if instrument.sources:
        kept["sources"] = [asdict(source) for source in instrument.sources]
    return dump(kept)


@lru_cache(maxsize=1024)
def instrument_of(record: str) -> Instrument:
    """The instrument that `instrument_record` wrote."""
    values: dict[str, Any] = json.loads(record)
    enums = {"kind": Kind, "level": Level, "authority": Authority, "status": ValidityStatus}
    for name, enum in enums.items():
        if name in values:
            values[name] = enum(values[name])
    for name in ("supersedes", "aliases", "read_fields"):
        if name in values:
            values[name] = tuple(values[name])
    if "sources" in values:
        values["sources"] = tuple(Source(**source) for source in values["sources"])
    return Instrument(**values)


def document_row(document: Document) -> tuple[Any, ...]:
    """Values in the order of `DOCUMENT_COLUMNS`."""
    d = document
    starts = dump(list(d.page_starts))
    return (d.id, d.instrument_id, d.language, d.path, d.format, d.digest, d.title, d.text, starts)


def document_of(row: Row) -> Document:
    """The document in a row of `DOCUMENT_COLUMNS`."""
    id_, instrument_id, language, path, format_, digest, title, text, starts = row
    return Document(
        id_, instrument_id, language, path, format_, digest, title, text, tuple(json.loads(starts))
    )


def section_row(section: Section) -> tuple[Any, ...]:
    """Values in the order of `SECTION_COLUMNS`."""
    s = section
    return (s.document_id, s.ordinal, dump(list(s.path)), s.start, s.end, s.level)


def section_of(row: Row) -> Section:
    """The section in a row of `SECTION_COLUMNS`."""
    return Section(row[0], row[1], tuple(json.loads(row[2])), row[3], row[4], row[5])


def chunk_row(chunk: Chunk) -> tuple[Any, ...]:
    """Values in the order of `CHUNK_COLUMNS`."""
    c = chunk
    return (
        *(c.id, c.document_id, c.instrument_id, c.language, c.ordinal),
        *(dump(list(c.path)), c.start, c.end, c.text, c.tokens, c.page),
    )


def chunk_of(row: Row) -> Chunk:
    """The chunk in a row of `CHUNK_COLUMNS`."""
    chunk_id, document_id, instrument_id, language, ordinal, path, start, end, text, tokens, page = row[:11]
    headings = tuple(json.loads(path))
    return Chunk(
        chunk_id, document_id, instrument_id, language, ordinal, headings, start, end, text, tokens, page
    )
