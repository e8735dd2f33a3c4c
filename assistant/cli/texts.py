"""The corpus as a library, read from its files: what `rules lint` and `rules draft` look clauses up in.

Texts are read when they are asked for, so nothing has to be ingested first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.domain import Chunk, Document, Instrument, Language, Section
from assistant.ingest.documents import Prepared, prepare
from assistant.ingest.files import SourceFile
from assistant.ingest.manifest import load_manifest


class CorpusTexts:
    """A `ports.Library` over the folder of a corpus with its manifest."""

    def __init__(self, corpus: Path) -> None:
        manifest = load_manifest(corpus)
        self._instruments = {instrument.id: instrument for instrument in manifest.instruments}
        self._files = manifest.files
        self._prepared: dict[Path, Prepared] = {}

    def instruments(self) -> Sequence[Instrument]:
        """Every instrument, in manifest order."""
        return tuple(self._instruments.values())

    def instrument(self, instrument_id: str) -> Instrument | None:
        """One instrument, or None."""
        return self._instruments.get(instrument_id)

    def documents(self, instrument_id: str) -> Sequence[Document]:
        """The texts of an instrument."""
        return tuple(prepared.document for prepared in self._texts(instrument_id))

    def document(self, document_id: str) -> Document | None:
        """One text, or None."""
        found = self._by_document(document_id)
        return found.document if found else None

    def sections(self, document_id: str) -> Sequence[Section]:
        """The structure of a text."""
        found = self._by_document(document_id)
        return found.sections if found else ()

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        """The chunks of a text."""
        found = self._by_document(document_id)
        return found.chunks if found else ()

    def chunk(self, chunk_id: str) -> Chunk | None:
        """One chunk of a text that has been read, or None."""
        chunks = (chunk for prepared in self._prepared.values() for chunk in prepared.chunks)
        return next((chunk for chunk in chunks if chunk.id == chunk_id), None)

    def _by_document(self, document_id: str) -> Prepared | None:
        instrument_id = document_id.partition("@")[0]
        texts = self._texts(instrument_id)
        return next((prepared for prepared in texts if prepared.document.id == document_id), None)

    def _texts(self, instrument_id: str) -> Iterator[Prepared]:
        for file in self._files:
            if file.instrument_id != instrument_id:
                continue
            if file.path not in self._prepared:
                source = SourceFile(file.path, self._instruments[instrument_id], file.language)
                self._prepared[file.path] = prepare(source, file.path.read_bytes(), _name)
            yield self._prepared[file.path]


def _name(instrument_id: str, language: Language) -> str:
    return f"{instrument_id}@{language}"
