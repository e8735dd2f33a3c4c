"""Keeps an eye on folders and ingests when something in them has changed and come to rest.

Looks at names, sizes and times every few seconds; that works on network drives, where notifications do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from assistant.errors import AssistantError, IndexLocked
from assistant.ingest.files import scan
from assistant.ingest.report import SyncReport

#: What a look sees: for each file its size and the time of its last change.
Sight = dict[Path, tuple[int, int]]

_PATIENCE = 10  # looks to wait after a failure that only a person, or time, can mend


def look(paths: Sequence[Path]) -> Sight:
    """The files under ``paths`` as they are now; one that vanishes meanwhile is left out."""
    found = scan(paths)
    seen: Sight = {}
    for file in (*(source.path for source in found.files), *found.manifests):
        try:
            status = file.stat()
        except OSError:
            continue
        seen[file] = (status.st_size, status.st_mtime_ns)
    return seen


def watch(
    paths: Sequence[Path],
    ingest: Callable[[], SyncReport],
    *,
    stop: Event,
    every: float = 2.0,
    done: Callable[[SyncReport], object] = lambda _: None,
    failed: Callable[[AssistantError], object] = lambda _: None,
) -> None:
    """Call ``ingest`` now and after each change, until ``stop`` is set.

    A change counts once two looks in a row see the same, so that a file is not read while it is being
    copied. While another process writes to the index, it is tried again at the next look.
    """
    ingested: Sight | None = None
    before: Sight | None = None
    while not stop.is_set():
        pause = every
        try:
            now = look(paths)
            if now != ingested and (now == before or ingested is None):
                done(ingest())
                ingested = now
            before = now
        except IndexLocked:
            pass  # its turn comes
        except AssistantError as error:
            failed(error)
            pause = every * _PATIENCE
        stop.wait(pause)
