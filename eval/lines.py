"""JSON lines that survive a kill: each is on disk before the next is made, a line cut off is dropped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def append(path: Path, data: Any) -> None:
    """Add one line; it is on disk when this returns."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(data, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Iterator[tuple[int, Any]]:
    """Every whole line with the byte it begins at; nothing for a file that is not there."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        offset = 0
        for line in file:
            if line.endswith(b"\n"):
                yield offset, json.loads(line)
            offset += len(line)


def read_at(path: Path, offset: int) -> Any:
    """The line that begins at ``offset``."""
    with path.open("rb") as file:
        file.seek(offset)
        return json.loads(file.readline())


def repair(path: Path) -> None:
    """Drop a last line that a kill cut off, so that the next one starts anew."""
    if path.is_file():
        with path.open("rb+") as file:
            content = file.read()
            if content and not content.endswith(b"\n"):
                file.truncate(content.rfind(b"\n") + 1)
