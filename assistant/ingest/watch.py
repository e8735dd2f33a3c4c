"""Keeps an eye on folders and ingests when something in them has changed and come to rest.

Looks at names, sizes and times every few seconds; that works on network drives, where notifications do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

from assistant.errors import IndexLocked, ReadError
from assistant.ingest.files import scan
from assistant.ingest.report import SyncReport

#: What a look sees: for each file its size and the time of its last change.
Sight = dict[Path, tuple[int, int]]

_PATIENCE = 10  # looks to wait after a failure that only a person, or time, can mend
_RESTLESS = 15  # looks after which changes are taken in though more keep coming


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
    failed: Callable[[Exception], object] = lambda _: None,
) -> None:
    """Call ``ingest`` once the files have come to rest, and again after each change, until ``stop`` is set.

    Two looks in a row must see the same, so that a file is not read while it is being copied; where changes
    never cease, they are taken in from time to time, and a file that was half there is read again when it
    is whole. No failure ends the watch: each is told once. When all files vanish at once, a drive has more
    likely been unplugged than a folder emptied: that is told and nothing is removed. While another process
    writes to the index, it is tried again at the next look.
    """
    ingested: Sight = {}
    before: Sight | None = None
    unrest, told, first = 0, "", True
    while not stop.is_set():
        pause = every
        try:
            now = look(paths)
            if ingested and not now:
                raise _all_gone()
            unrest = unrest + 1 if now != before else 0
            if (first or now != ingested) and (now == before or unrest > _RESTLESS):
                done(ingest())
                ingested, unrest, first = now, 0, False
            before, told = now, ""
        except IndexLocked:
            pass  # its turn comes
        except Exception as error:  # noqa: BLE001 -- a watch outlives whatever happens to a drive
            if str(error) != told:
                failed(error)
            told, before, pause = str(error), None, every * _PATIENCE
        stop.wait(pause)


def _all_gone() -> ReadError:
    return ReadError(
        zh="所有文件都不见了，索引暂不改动。",
        en="All files are gone; the index is left as it is.",
        hint_zh="请检查磁盘或网络盘是否已连接；如确要清空，请另行运行 policy-assistant ingest。",
        hint_en="Check that the drive is connected. To empty the index, run policy-assistant ingest.",
    )
