"""A file of words that people edit while the assistant runs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from assistant.errors import CorpusError

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class Followed(Generic[T]):
    """What ``load`` makes of ``file``; the first reading raises what ``load`` raises.

    A later one with a mistake is reported in the log, and the last good one stays.
    """

    def __init__(self, file: Path, load: Callable[[Path], T]) -> None:
        self._file, self._load = file, load
        self._seen = self._written()
        self.value = load(file)

    def look(self) -> bool:
        """Read the file again if it was written since; True where that changed the value."""
        written = self._written()
        if written == self._seen:
            return False
        self._seen = written
        try:
            self.value = self._load(self._file)
        except CorpusError as error:
            _LOG.warning("%s stays as it was: %s", self._file.name, error)
            return False
        return True

    def _written(self) -> int | None:
        """Nanoseconds; None where there is no file."""
        return self._file.stat().st_mtime_ns if self._file.is_file() else None
