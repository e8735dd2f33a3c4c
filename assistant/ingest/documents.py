"""From a file's bytes to everything the index wants of it: record, document, sections, chunks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain import Chunk, Document, Instrument, Language, Section
from assistant.ingest.chunks import cut
from assistant.ingest.files import SourceFile, digest_of
from assistant.ingest.metadata import completed, read_record
from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from assistant.ingest.reading import Reading
from assistant.language.detect import detect

#: Gives a text its id, from the instrument's id and the language.
Naming = Callable[[str, Language], str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready for the index, with the reading it came from."""

    instrument: Instrument
    document: Document
    sections: tuple[Section, ...]
    chunks: tuple[Chunk, ...]
    reading: Reading


def prepare(source: SourceFile, raw: bytes, naming: Naming) -> Prepared:
    """Read, structure and cut one file. Raises `ReadError` when it cannot be read."""
    reading = read(source.path, raw)
    language = source.language or detect(reading.text[:4000])
    instrument = read_record(reading, source.path, language)
    if source.instrument:
        instrument = completed(source.instrument, instrument)
    document = Document(
        id=naming(instrument.id, language),
        instrument_id=instrument.id,
        language=language,
        path=str(source.path),
        format=reading.format,
        digest=digest_of(raw),
        title=instrument.title(language),
        text=reading.text,
        page_starts=reading.page_starts,
    )
    found = outline(reading)
    return Prepared(instrument, document, found.sections(document.id), cut(document, found), reading)
