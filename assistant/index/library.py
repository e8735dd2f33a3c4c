"""The catalogue as the work sees it: `ports.Library` over SQLite."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Chunk, Document, Instrument, Section
from assistant.index import records
from assistant.index.catalogue import Catalogue


class CatalogueLibrary:
    """Reads live texts and records; see `ports.Library`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def instruments(self) -> Sequence[Instrument]:
        """Every instrument, in manifest order."""
        rows = self._catalogue.query("SELECT record FROM instruments ORDER BY ordinal, id")
        return tuple(records.instrument_of(row[0]) for row in rows)

    def instrument(self, instrument_id: str) -> Instrument | None:
        """One instrument, or None."""
        rows = self._catalogue.query("SELECT record FROM instruments WHERE id = ?", (instrument_id,))
        return records.instrument_of(rows[0][0]) if rows else None

    def documents(self, instrument_id: str) -> Sequence[Document]:
        """The live texts of an instrument."""
        rows = self._select("documents", "instrument_id = ? ORDER BY id", instrument_id)
        return tuple(records.document_of(row) for row in rows)

    def document(self, document_id: str) -> Document | None:
        """One live text, or None."""
        rows = self._select("documents", "id = ?", document_id)
        return records.document_of(rows[0]) if rows else None

    def sections(self, document_id: str) -> Sequence[Section]:
        """The structure of a text, in document order."""
        rows = self._select("sections", "document_id = ? ORDER BY ordinal", document_id)
        return tuple(records.section_of(row) for row in rows)

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        """The chunks of a text, in document order."""
        rows = self._select("chunks", "document_id = ? ORDER BY ordinal", document_id)
        return tuple(records.chunk_of(row) for row in rows)

    def chunk(self, chunk_id: str) -> Chunk | None:
        """One live chunk, or None."""
        rows = self._select("chunks", "id = ?", chunk_id)
        return records.chunk_of(rows[0]) if rows else None

    def _select(self, table: str, where: str, value: str) -> list[records.Row]:
        columns = {
            "documents": records.DOCUMENT_COLUMNS,
            "sections": records.SECTION_COLUMNS,
            "chunks": records.CHUNK_COLUMNS,
        }[table]
        return self._catalogue.query(f"SELECT {columns} FROM {table} WHERE {where}", (value,))  # noqa: S608
