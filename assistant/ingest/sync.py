"""Brings the index in line with files: what is new, changed, renamed, gone or there twice.

Files are compared by the digest of their bytes and by the fingerprint of the code that reads them, so an
upgraded reader reads again what it would now read differently. Each batch of documents is one transaction
of the catalogue; a run that is killed is taken up by the next.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from assistant.ingest.chunks import BUDGET
from assistant.ingest.files import Scan, SourceFile, digest_of, scan
from assistant.ingest.intake import Intake
from assistant.ingest.ledger import Ledger
from assistant.ingest.metadata import kept
from assistant.ingest.report import Outcome, Stage, SyncProgress, SyncReport
from assistant.ingest.shelf import Shelf
from assistant.ingest.tally import Tally
from assistant.ingest.versions import linked, newer

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
    tally = Tally()
    intake = Intake(index, ledger, tally, fingerprint())
    tell = _Teller(progress)
    retitled = _put_records(found, intake)
    _read(_changed(found.files, retitled, ledger, tally, tell), intake, tell)
    _drop_lost(found, index, ledger, tally)
    if any(file.outcome is not Outcome.UNCHANGED for file in tally.files):
        index.put_instruments(linked(index.library.instruments()))
    tell.begin("indexing")
    index.refresh(tell)  # also the repair after a run that was killed before it came to this
    for path in found.ignored:
        tally.ignored(path)
    return tally.report(time.perf_counter() - started)


class _Teller:
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


def _put_records(found: Scan, intake: Intake) -> set[str]:
    """Write the manifest's records that differ; returns the ids whose title, part of every text, did."""
    retitled, changed = set(), []
    for given in found.instruments:
        before = intake.index.library.instrument(given.id)
        record = intake.records[given.id] = kept(given, before)
        if before == record:
            continue
        changed.append(record)
        if before and (before.title_zh, before.title_en) != (record.title_zh, record.title_en):
            retitled.add(record.id)
    if changed:
        intake.index.put_instruments(changed)
    return retitled


def _changed(
    files: Sequence[SourceFile], retitled: set[str], ledger: Ledger, tally: Tally, tell: _Teller
) -> list[tuple[SourceFile, str]]:
    """The files that must be read, with their digests; the texts of the others are claimed."""
    to_read = []
    tell.begin("scanning")
    for i, source in enumerate(files, 1):
        tell(i, len(files), source.path.name)
        try:
            digest = digest_of(source.path.read_bytes())
        except OSError as error:
            tally.failed(source, str(error), str(error))
            continue
        text = ledger.unchanged(source, digest, fingerprint())
        if text is None or ledger.known[text].instrument_id in retitled:
            to_read.append((source, digest))
            continue
        owner = ledger.known[text].instrument_id
        ledger.claim(text, source.path, owner)
        tally.note(str(source.path), Outcome.UNCHANGED, owner)
    return to_read


def _read(files: Sequence[tuple[SourceFile, str]], intake: Intake, tell: _Teller) -> None:
    tell.begin("reading")
    for i, (source, digest) in enumerate(files, 1):
        intake.take(source, digest)
        tell(i, len(files), source.path.name)
    intake.flush()


def _drop_lost(found: Scan, index: Shelf, ledger: Ledger, tally: Tally) -> None:
    """Remove the texts whose file is gone; keep those whose place a later edition has taken.

    A text whose file could not be read this time stays: an older text is better than none.
    """
    failed = {file.path for file in tally.files if file.outcome is Outcome.FAILED}
    removed = []
    for text in ledger.lost(found.roots):
        known = ledger.known[text]
        if known.path in failed:
            continue
        if _is_older_edition(text, index, ledger):
            tally.note(known.path, Outcome.SUPERSEDED, known.instrument_id)
        else:
            removed.append(text)
            tally.note(known.path, Outcome.REMOVED, known.instrument_id)
    if not removed:
        return
    with index.batch():
        for text in removed:
            index.remove(text)
        listed = {instrument.id for instrument in found.instruments}
        owners = {ledger.known[text].instrument_id for text in removed} - listed
        index.remove_instruments([owner for owner in sorted(owners) if not index.library.documents(owner)])


def _is_older_edition(text: str, index: Shelf, ledger: Ledger) -> bool:
    """Whether the file of this text now holds a later edition of the same instrument."""
    successor = ledger.successor(text)
    old = index.library.instrument(ledger.known[text].instrument_id)
    new = index.library.instrument(successor) if successor else None
    return old is not None and new is not None and newer(new, old)
