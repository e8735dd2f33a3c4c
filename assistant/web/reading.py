"""Reads uploaded files into the index in the background, in a process of its own.

A hostile or broken file can exhaust its process, never the chat: memory, time and pages are limited there,
and the index is only changed by whole transactions. The serving process sees the new texts as soon as they
are committed. One reading at a time; what arrives meanwhile waits.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from secrets import token_urlsafe
from typing import Any, Literal

from assistant.errors import AssistantError, ReadError
from assistant.settings import Settings
from assistant.web.exchange import Problem, unexpected

MAX_PAGES = 3000
MAX_SECONDS = 1800
_MEMORY = 6 * 2**30
_log = logging.getLogger(__name__)

State = Literal["waiting", "reading", "done", "failed"]
Message = tuple[str, Any]  # ("progress", {...}), ("report", {...}) or ("problem", (zh, en))
Reader = Callable[[Settings, Sequence[Path], Callable[[Message], None]], None]


@dataclass(frozen=True, slots=True)
class Job:
    """One reading and how far it has come; ``names`` are the files it was started for."""

    id: str
    names: tuple[str, ...] = ()
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    report: dict[str, Any] | None = None
    problem: Problem | None = None


class Readings:
    """The jobs of one server, newest last, worked off by one thread."""

    def __init__(self, settings: Settings, folder: Path, reader: Reader | None = None) -> None:
        self.folder = folder
        self._settings = settings
        self._reader = reader or read_in_process
        self._jobs: dict[str, Job] = {}
        self._waiting: SimpleQueue[str] = SimpleQueue()
        self._worker: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self, names: Sequence[str]) -> Job:
        """Bring the index in line with the folder, after what already waits."""
        job = Job(token_urlsafe(9), tuple(names))
        with self._lock:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-100]:
                del self._jobs[old]
            if self._worker is None:
                self._worker = threading.Thread(target=self._work, name="readings", daemon=True)
                self._worker.start()
        self._waiting.put(job.id)
        return job

    def find(self, job_id: str) -> Job | None:
        """A job by its id, or None."""
        return self._jobs.get(job_id)

    def _work(self) -> None:
        while True:
            job_id = self._waiting.get()
            self._move(job_id, state="reading")
            try:
                self._reader(self._settings, [self.folder], partial(self._hear, job_id))
            except Exception:  # noqa: BLE001 - a thread of its own: nobody else would hear of it
                self._move(job_id, state="failed", problem=unexpected("reading uploaded files failed"))
            job = self._jobs.get(job_id)
            if job is not None and job.state == "reading":
                self._move(job_id, state="failed", problem=unexpected("the reading process ended early"))

    def _hear(self, job_id: str, message: Message) -> None:
        kind, content = message
        if kind == "progress":
            self._move(job_id, **content)
        elif kind == "report":
            self._discard_unread(content)
            self._move(job_id, state="done", report=content)
        else:
            self._move(job_id, state="failed", problem=Problem(*content))

    def _move(self, job_id: str, **changes: Any) -> None:
        job = self._jobs.get(job_id)
        if job is not None:
            self._jobs[job_id] = replace(job, **changes)

    def _discard_unread(self, report: dict[str, Any]) -> None:
        """Files that could not be read are not kept: the next reading would only fail on them again."""
        for file in report.get("files", ()):
            path = Path(file["path"])
            if file["outcome"] in ("failed", "ignored", "duplicate") and path.parent == self.folder:
                path.unlink(missing_ok=True)


def read_in_process(settings: Settings, paths: Sequence[Path], tell: Callable[[Message], None]) -> None:
    """Read ``paths`` in a new process and pass on what it tells."""
    context = multiprocessing.get_context("spawn")
    hears, tells = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(settings, list(paths), tells), daemon=True)
    process.start()
    tells.close()
    try:
        while hears.poll(MAX_SECONDS):
            tell(hears.recv())
    except EOFError:
        pass
    finally:
        hears.close()
        process.join(timeout=10)
        if process.is_alive():
            process.kill()
            process.join()


def _read(settings: Settings, paths: list[Path], tells: Connection) -> None:
    """In the new process: limits first, then the ordinary ingest."""
    with suppress(ImportError, OSError, ValueError):  # not every system can limit a process
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    from assistant.app import build

    try:
        for path in paths:
            for file in path.glob("*.pdf"):
                _check_pages(file)
        with build(settings) as assistant:
            report = assistant.ingest(
                paths,
                progress=lambda p: tells.send(
                    ("progress", {"stage": p.stage, "done": p.done, "total": p.total})
                ),
            )
        tells.send(("report", report.to_json()))
    except AssistantError as error:
        tells.send(("problem", (error.localized("zh"), error.localized("en"))))
    finally:
        tells.close()


def _check_pages(file: Path) -> None:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(file) as document:
            pages = len(document)
    except pypdfium2.PdfiumError:
        return  # the reader says what is wrong with it
    if pages > MAX_PAGES:
        file.unlink()
        raise ReadError(
            zh=f"没有接收 {file.name}：共 {pages} 页，超过 {MAX_PAGES} 页。",
            en=f"{file.name} was not taken in: {pages} pages, more than {MAX_PAGES}.",
            hint_zh="请拆分后再上传。",
            hint_en="Split it and upload the parts.",
        )
