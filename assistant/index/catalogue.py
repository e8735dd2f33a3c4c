"""The catalogue: one SQLite file that is the only truth about what has been ingested.

Words (tantivy) and vectors (Chroma) are derived from it. Every change here also notes, in the same
transaction, which chunks they have to catch up with: the ``outbox``. A note says only "look again", so
draining it twice, or after a crash in the middle, ends in the same state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.domain import Chunk, Document, Instrument, Section
from assistant.index import records
from assistant.index.database import Database

Target = Literal["words", "vectors"]


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What the catalogue holds of one file, for deciding whether to read it again."""

    instrument_id: str
    path: str
    digest: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Chunks that a replaced document gained, lost and kept."""

    added: int
    removed: int
    kept: int


class Catalogue(Database):
    """Writes and reads what the file holds."""

    # --- Writing -------------------------------------------------------------------------------------

    def put_instruments(self, instruments: Sequence[Instrument]) -> None:
        """Write records; new ones are placed after the known ones, in the order given."""
        with self.transaction():
            (last,) = self.query("SELECT coalesce(max(ordinal), -1) FROM instruments")[0]
            for ordinal, instrument in enumerate(instruments, start=last + 1):
                record = records.instrument_record(instrument)
                known = self.query("SELECT record FROM instruments WHERE id = ?", (instrument.id,))
                if known and known[0][0] == record:
                    continue
                self.connection.execute(
                    "INSERT INTO instruments VALUES(?, ?, ?) "
                    "ON CONFLICT(id) DO UPDATE SET record = excluded.record",
                    (instrument.id, ordinal, record),
                )
                # names and numbers of the instrument are indexed with each of its chunks
                ids = self.query("SELECT id FROM chunks WHERE instrument_id = ?", (instrument.id,))
                self.note(("words",), [row[0] for row in ids])

    def remove_instruments(self, ids: Iterable[str]) -> None:
        """Forget instruments and all their texts."""
        with self.transaction():
            for instrument_id in ids:
                for (document_id,) in self.query(
                    "SELECT id FROM documents WHERE instrument_id = ?", (instrument_id,)
                ):
                    self.remove(document_id)
                self.connection.execute("DELETE FROM instruments WHERE id = ?", (instrument_id,))

    def replace(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk], fingerprint: str
    ) -> Changes:
        """Put a text in place of what was known under its id."""
        with self.transaction():
            known = self.query("SELECT title FROM documents WHERE id = ?", (document.id,))
            rows = self.query("SELECT id FROM chunks WHERE document_id = ? ORDER BY ordinal", (document.id,))
            before = [row[0] for row in rows]
            had, has = set(before), {chunk.id for chunk in chunks}
            execute, many = self.connection.execute, self.connection.executemany
            execute("DELETE FROM sections WHERE document_id = ?", (document.id,))
            execute(
                f"INSERT OR REPLACE INTO documents({records.DOCUMENT_COLUMNS}, fingerprint) "
                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*records.document_row(document), fingerprint),
            )
            many(
                f"INSERT INTO sections({records.SECTION_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?)",
                [records.section_row(section) for section in sections],
            )
            many("DELETE FROM chunks WHERE id = ?", [(chunk_id,) for chunk_id in had - has])
            many(
                f"INSERT INTO chunks({records.CHUNK_COLUMNS}) "
                "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
                "document_id = excluded.document_id, instrument_id = excluded.instrument_id, "
                'ordinal = excluded.ordinal, start = excluded.start, "end" = excluded."end", '
                "tokens = excluded.tokens, page = excluded.page",
                [records.chunk_row(chunk) for chunk in chunks],
            )
            retitled = bool(known) and known[0][0] != document.title
            self.note(("words", "vectors"), (had ^ has) | (has if retitled else set()))
            # a vector may lean on the clauses beside it, so those beside a removed one are looked at again
            beside = {pair[i] for pair in pairwise(before) for i in (0, 1) if pair[1 - i] not in has}
            self.note(("vectors",), beside & has)
            return Changes(added=len(has - had), removed=len(had - has), kept=len(had & has))

    def remove(self, document_id: str) -> None:
        """Forget one text."""
        with self.transaction():
            ids = [r[0] for r in self.query("SELECT id FROM chunks WHERE document_id = ?", (document_id,))]
            for table, column in (
                ("chunks", "document_id"),
                ("sections", "document_id"),
                ("documents", "id"),
            ):
                self.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (document_id,))  # noqa: S608
            self.note(("words", "vectors"), ids)

    def note(self, targets: Sequence[Target], chunk_ids: Iterable[str]) -> None:
        """Have words or vectors look at these chunks again."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO outbox VALUES(?, ?)",
            [(target, chunk_id) for chunk_id in chunk_ids for target in targets],
        )

    def note_all(self, target: Target) -> None:
        """Have words or vectors look at every chunk again."""
        with self.transaction():
            self.connection.execute("INSERT OR IGNORE INTO outbox SELECT ?, id FROM chunks", (target,))

    # --- Reading -------------------------------------------------------------------------------------

    def known_documents(self) -> Mapping[str, KnownDocument]:
        """Every live text by id."""
        return {
            document_id: KnownDocument(instrument_id, path, digest, fingerprint)
            for document_id, instrument_id, path, digest, fingerprint in self.query(
                "SELECT id, instrument_id, path, digest, fingerprint FROM documents"
            )
        }

    def count(self, table: Literal["instruments", "documents", "sections", "chunks"]) -> int:
        """Rows of a table."""
        return int(self.query(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608

    def chunk_ids(self, size: int) -> Iterator[list[str]]:
        """The ids of all live chunks in the order of their rows, ``size`` at a time."""
        last = -1
        while rows := self.query(
            "SELECT row, id FROM chunks WHERE row > ? ORDER BY row LIMIT ?", (last, size)
        ):
            last = rows[-1][0]
            yield [row[1] for row in rows]

    def pending(self, target: Target, limit: int = -1) -> list[str]:
        """Chunk ids that words or vectors have to look at."""
        rows = self.query("SELECT chunk_id FROM outbox WHERE target = ? LIMIT ?", (target, limit))
        return [row[0] for row in rows]

    def waiting(self, target: Target) -> int:
        """How many chunks words or vectors have to look at."""
        return int(self.query("SELECT count(*) FROM outbox WHERE target = ?", (target,))[0][0])

    def settle(self, target: Target, chunk_ids: Iterable[str] | None = None) -> None:
        """These chunks have been looked at; or all of them."""
        with self.transaction():
            if chunk_ids is None:
                self.connection.execute("DELETE FROM outbox WHERE target = ?", (target,))
                return
            self.connection.executemany(
                "DELETE FROM outbox WHERE target = ? AND chunk_id = ?",
                [(target, chunk_id) for chunk_id in chunk_ids],
            )
