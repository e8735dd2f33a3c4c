"""One writer at a time, also across processes.

The lock is an exclusive transaction on a small SQLite file: the operating system releases it when the
process ends, however it ends, on every platform that SQLite runs on.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from assistant.errors import IndexLocked


class WriterLock:
    """Held from construction until `release`. Raises `IndexLocked` when another writer holds it."""

    def __init__(self, state: Path) -> None:
        self._connection = sqlite3.connect(
            state / "writer.lock", timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            raise IndexLocked(
                zh=f"另一个进程正在写入索引（{state}）。",
                en=f"Another process is writing to the index in {state}.",
                hint_zh="请等它结束后再试。",
                hint_en="Wait until it has finished, then try again.",
            ) from error

    def release(self) -> None:
        """Let the next writer in."""
        self._connection.close()
