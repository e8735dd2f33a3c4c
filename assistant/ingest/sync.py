"""Brings the index in line with files: what is new, changed, renamed, gone or there twice.

Files are compared by the digest of their bytes and by the fingerprint of the code that reads them, so an
upgraded reader reads again what it would now read differently. Each batch of documents is one transaction
of the catalogue; a run that is killed is taken up by the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from assistant.errors import AssistantError
from assistant.ingest.chunks import BUDGET, bare
from assistant.ingest.documents import Prepared, prepare
from assistant.ingest.files import Scan, SourceFile, digest_of, scan
from assistant.ingest.ledger import Ledger
from assistant.ingest.report import FileReport, Outcome, Stage, SyncProgress, SyncReport
from assistant.ingest.shelf import Shelf
from assistant.ingest.versions import linked, newer

_BATCH = 2000  # chunks in one transaction: about a second's work is lost by a crash
Progress = Callable[[SyncProgress], None]


@cache
def fingerprint() -> str:
    """The digest of the code that reads and cuts, with the chunk budget."""
    folder = Path(__file__).parent
    code = sha256(str(BUDGET).encode())
    for file in sorted(folder.rglob("*.py")):
        code.update(file.read_bytes())
    return code.hexdigest()[:16]


def sync(paths: Sequence[Path], index: Shelf, *, progress: Progress | None = None) -> SyncReport:
    """Bring ``index`` in line with the files under ``paths``; what lies elsewhere is left alone.

    A folder with a ``manifest.yaml`` is a corpus; in other files the record is read from the text. A file
    that cannot be read is reported and the others go on. Raises `ReadError` for a path that does not exist
    and `CorpusError` for a bad manifest, before anything is changed.
    """
    started = time.perf_counter()
    found = scan(paths)
    ledger = Ledger(index.known_documents(), [file.path for file in found.files])
    run = _Sync(index, ledger, _Progress(progress))
    retitled = run.put_records(found)
    run.read(run.changed(found.files, retitled))
    run.drop_lost(found)
    run.link_versions()
    run.refresh()
    run.reports += [
        FileReport(str(path), Outcome.IGNORED, reason_zh="不支持的格式", reason_en="format not supported")
        for path in found.ignored
    ]
    counts = run.chunks
    return SyncReport(
        tuple(run.reports), counts.added, counts.removed, counts.kept, time.perf_counter() - started
    )


@dataclass(slots=True)
class _Counts:
    added: int = 0
    removed: int = 0
    kept: int = 0


class _Progress:
    """Tells the listener how far a stage is, with the time it has taken."""

    def __init__(self, listener: Progress | None) -> None:
        self._listener = listener
        self._stage: Stage = "scanning"
        self._started = 0.0

    def begin(self, stage: Stage) -> None:
        self._stage, self._started = stage, time.perf_counter()

    def __call__(self, done: int, total: int, current: str = "") -> None:
        if self._listener is not None:
            seconds = time.perf_counter() - self._started
            self._listener(SyncProgress(self._stage, done, total, seconds, current))


@dataclass(slots=True)
class _Sync:
    """One run over the files: each method is a step, in the order in which `sync` takes them."""

    index: Shelf
    ledger: Ledger
    progress: _Progress
    reports: list[FileReport] = field(default_factory=list)
    chunks: _Counts = field(default_factory=_Counts)
    digests: dict[Path, str] = field(default_factory=dict)
    waiting: list[Prepared] = field(default_factory=list)
    waiting_chunks: int = 0
    touched: bool = False

    def put_records(self, found: Scan) -> set[str]:
        """Write the manifest's records that differ; returns the ids whose title, part of every text, did."""
        retitled, changed = set(), []
        for instrument in found.instruments:
            before = self.index.library.instrument(instrument.id)
            if before == instrument:
                continue
            changed.append(instrument)
            if before and (before.title_zh, before.title_en) != (instrument.title_zh, instrument.title_en):
                retitled.add(instrument.id)
        if changed:
            self.index.put_instruments(changed)
        return retitled

    def changed(self, files: Sequence[SourceFile], retitled: set[str]) -> list[SourceFile]:
        """The files that must be read; the texts of the others are claimed."""
        to_read = []
        self.progress.begin("scanning")
        for i, source in enumerate(files, 1):
            self.progress(i, len(files), source.path.name)
            try:
                digest = self.digests[source.path] = digest_of(source.path.read_bytes())
            except OSError as error:
                self._fail(source, str(error), str(error))
                continue
            text = self.ledger.unchanged(source, digest, fingerprint())
            if text is None or self.ledger.known[text].instrument_id in retitled:
                to_read.append(source)
                continue
            known = self.ledger.known[text]
            self.ledger.claim(text, source.path, known.instrument_id)
            self.reports.append(FileReport(str(source.path), Outcome.UNCHANGED, known.instrument_id))
        return to_read

    def read(self, files: Sequence[SourceFile]) -> None:
        """Read what is new or changed and put it on the shelf, batch by batch."""
        holders = {self.ledger.known[text].digest: claim.path for text, claim in self.ledger.claimed.items()}
        self.progress.begin("reading")
        for i, source in enumerate(files, 1):
            digest = self.digests[source.path]
            if source.instrument is None and digest in holders:
                self._duplicate(source, holders[digest])
            else:
                holders[digest] = source.path
                self._read_one(source)
            self.progress(i, len(files), source.path.name)
        self._flush()

    def _read_one(self, source: SourceFile) -> None:
        try:
            raw = source.path.read_bytes()
            prepared = prepare(source, raw, lambda id_, lang: self.ledger.name(id_, lang, source.path))
        except AssistantError as error:
            self._fail(source, error.localized("zh"), error.localized("en"))
        except OSError as error:
            self._fail(source, str(error), str(error))
        else:
            twin = None if source.instrument else self._twin(prepared)
            if twin:
                self._duplicate(source, twin)
            else:
                self._take(source, prepared)

    def _twin(self, prepared: Prepared) -> Path | None:
        """The file that holds the same words in another format, if one has been taken already."""
        document = prepared.document
        words = bare(document.text)
        for text in self.ledger.claimed_for(document.instrument_id, document.language):
            waiting = (p.document for p in self.waiting if p.document.id == text)
            other = next(waiting, None) or self.index.library.document(text)
            if other and bare(other.text) == words:
                return self.ledger.claimed[text].path
        return None

    def _take(self, source: SourceFile, prepared: Prepared) -> None:
        document, reading = prepared.document, prepared.reading
        before = self.ledger.known.get(document.id)
        outcome = Outcome.ADDED
        if before is not None:
            moved = before.path != document.path and before.digest == document.digest
            outcome = Outcome.RENAMED if moved else Outcome.CHANGED
        self.ledger.claim(document.id, source.path, document.instrument_id)
        self.waiting.append(prepared)
        self.reports.append(
            FileReport(
                document.path,
                outcome,
                document.instrument_id,
                sections=len(prepared.sections),
                chunks=len(prepared.chunks),
                tables=len(reading.tables),
                footnotes=reading.footnotes,
                unread=reading.unread,
                read_fields=prepared.instrument.read_fields,
            )
        )
        self.waiting_chunks += len(prepared.chunks)
        if self.waiting_chunks >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if not self.waiting:
            return
        self.touched = True
        with self.index.batch():
            records = [p.instrument for p in self.waiting if p.instrument.read_fields]
            if records:
                self.index.put_instruments(records)
            for p in self.waiting:
                changes = self.index.replace(p.document, p.sections, p.chunks, fingerprint())
                self.chunks.added += changes.added
                self.chunks.removed += changes.removed
                self.chunks.kept += changes.kept
        self.waiting.clear()
        self.waiting_chunks = 0

    def drop_lost(self, found: Scan) -> None:
        """Remove the texts whose file is gone; keep those whose place a newer version has taken."""
        lost = self.ledger.lost(found.roots)
        failed = {report.path for report in self.reports if report.outcome is Outcome.FAILED}
        removed = []
        for text in lost:
            known = self.ledger.known[text]
            if known.path in failed:
                continue  # better an older text than none; the failure is in the report
            if self._is_older_version(text):
                self.reports.append(FileReport(known.path, Outcome.SUPERSEDED, known.instrument_id))
            else:
                removed.append(text)
        if not removed:
            return
        self.touched = True
        with self.index.batch():
            for text in removed:
                known = self.ledger.known[text]
                self.index.remove(text)
                self.reports.append(FileReport(known.path, Outcome.REMOVED, known.instrument_id))
            listed = {instrument.id for instrument in found.instruments}
            owners = {self.ledger.known[text].instrument_id for text in removed} - listed
            self.index.remove_instruments(
                [id_ for id_ in sorted(owners) if not self.index.library.documents(id_)]
            )

    def _is_older_version(self, text: str) -> bool:
        """Whether the file of this text now holds a later edition of the same instrument."""
        successor = self.ledger.successor(text)
        old = self.index.library.instrument(self.ledger.known[text].instrument_id)
        new = self.index.library.instrument(successor) if successor else None
        return old is not None and new is not None and newer(new, old)

    def link_versions(self) -> None:
        """Mark the older editions of the same title, wherever their files lie."""
        if self.touched:
            changed = linked(self.index.library.instruments())
            if changed:
                self.index.put_instruments(changed)

    def refresh(self) -> None:
        """Let words and vectors follow, also after a run that was killed before it came to this."""
        self.progress.begin("indexing")
        self.index.refresh(self.progress)

    def _duplicate(self, source: SourceFile, twin: Path) -> None:
        self.reports.append(
            FileReport(
                str(source.path),
                Outcome.DUPLICATE,
                reason_zh=f"与 {twin.name} 内容相同",
                reason_en=f"same content as {twin.name}",
            )
        )

    def _fail(self, source: SourceFile, zh: str, en: str) -> None:
        id_ = source.instrument.id if source.instrument else None
        self.reports.append(FileReport(str(source.path), Outcome.FAILED, id_, reason_zh=zh, reason_en=en))
