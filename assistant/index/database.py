"""The SQLite file of the catalogue: its tables, connections and transactions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import IndexMismatch, IndexMissing

SCHEMA = "1"
_CACHE = 32_000  # KiB a connection: ids are digests, so that each insertion meets another page

_TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE instruments(id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE documents(
  id TEXT PRIMARY KEY, instrument_id TEXT NOT NULL, language TEXT NOT NULL, path TEXT NOT NULL,
  format TEXT NOT NULL, digest TEXT NOT NULL, title TEXT NOT NULL, text TEXT NOT NULL,
  page_starts TEXT NOT NULL, fingerprint TEXT NOT NULL);
CREATE INDEX documents_of_instrument ON documents(instrument_id, language);
CREATE TABLE sections(
  document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, path TEXT NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, level INTEGER NOT NULL, PRIMARY KEY(document_id, ordinal)) WITHOUT ROWID;
CREATE TABLE chunks(
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document_id TEXT NOT NULL,
  instrument_id TEXT NOT NULL, language TEXT NOT NULL, ordinal INTEGER NOT NULL, path TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, tokens INTEGER NOT NULL, page INTEGER);
CREATE INDEX chunks_of_document ON chunks(document_id, ordinal);
CREATE INDEX chunks_of_instrument ON chunks(instrument_id);
CREATE TABLE outbox(
  target TEXT NOT NULL, chunk_id TEXT NOT NULL, PRIMARY KEY(target, chunk_id)) WITHOUT ROWID;
CREATE TABLE embeddings(
  model TEXT NOT NULL, digest TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY(model, digest)) WITHOUT ROWID;
INSERT INTO meta VALUES('schema', '{SCHEMA}');
INSERT INTO meta VALUES('revision', '0');
"""


class Database:
    """The catalogue's file: each thread has its own connection."""

    def __init__(self, path: Path, *, create: bool, renew: bool = False) -> None:
        """``create`` makes the file where there is none; ``renew`` replaces one of another version."""
        self.path = path
        if not path.exists() and not create:
            raise _missing(path.parent)
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._depth = 0
        if not self.query("SELECT name FROM sqlite_master WHERE name = 'meta'"):
            if not create:
                raise _missing(path.parent)
            self.connection.executescript(f"BEGIN; {_TABLES} COMMIT;")
        if self.get("schema") != SCHEMA:
            if renew:
                self.close()
                path.unlink()
                self.connection.executescript(f"BEGIN; {_TABLES} COMMIT;")
                return
            raise IndexMismatch(
                zh="索引由另一版本的程序建立。",
                en="The index was built by another version of this program.",
                hint_zh="请运行：policy-assistant ingest --rebuild",
                hint_en="Run: policy-assistant ingest --rebuild",
            )

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self.path, timeout=30, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            self._local.connection = connection
            self._all.append(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._all:
            connection.close()
        self._all.clear()
        self._local = threading.local()

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a SELECT."""
        return self.connection.execute(sql, values).fetchall()

    def each(self, sql: str) -> Iterator[Any]:
        """The rows of a SELECT one by one, for those that fill memory together."""
        return iter(self.connection.execute(sql))

    def query_in(self, sql: str, values: Iterable[Any], *before: Any) -> Iterator[Any]:
        """Rows of a SELECT whose ``{}`` is a list of any length: ``... WHERE id IN ({})``.

        ``before`` are the values of placeholders that stand before the list.
        """
        pending = list(values)
        for start in range(0, len(pending), 900):
            part = pending[start : start + 900]
            yield from self.connection.execute(sql.format(",".join("?" * len(part))), (*before, *part))

    def get(self, key: str) -> str | None:
        """A value kept about the index itself."""
        rows = self.query("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    def set(self, **values: str) -> None:
        """Keep values about the index itself."""
        with self.transaction():
            self.connection.executemany("INSERT OR REPLACE INTO meta VALUES(?, ?)", list(values.items()))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Nested ones join the outer one; the revision goes up once."""
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self.connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            self.connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        finally:
            self._depth = 0


def _missing(state: Path) -> IndexMissing:
    return IndexMissing(
        zh=f"{state} 中还没有索引。",
        en=f"There is no index in {state} yet.",
        hint_zh="请先运行：policy-assistant ingest",
        hint_en="Run first: policy-assistant ingest",
    )
