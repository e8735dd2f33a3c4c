"""Reads files and puts their texts on the shelf, batch by batch; each batch is one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.domain import Instrument
from assistant.errors import AssistantError
from assistant.ingest.chunks import bare
from assistant.ingest.documents import Prepared, prepare
from assistant.ingest.files import SourceFile
from assistant.ingest.ledger import Ledger
from assistant.ingest.report import FileReport, Outcome
from assistant.ingest.shelf import Shelf
from assistant.ingest.tally import Tally

_BATCH = 2000  # chunks in one transaction: about a second's work is lost by a crash


@dataclass(slots=True)
class Intake:
    """One run's reading. ``records`` are the instruments as they are known so far, by id."""

    index: Shelf
    ledger: Ledger
    tally: Tally
    fingerprint: str
    records: dict[str, Instrument] = field(default_factory=dict)
    _waiting: list[Prepared] = field(default_factory=list)
    _chunks: int = 0
    _holders: dict[str, Path] | None = None

    def take(self, source: SourceFile, digest: str) -> None:
        """Read a file, unless the same bytes have been taken from another."""
        holders = self._known_holders()
        if source.instrument is None and digest in holders:
            self.tally.duplicate(source, holders[digest])
            return
        if source.instrument:
            source = replace(source, instrument=self.records.get(source.instrument.id, source.instrument))
        try:
            raw = source.path.read_bytes()
            prepared = prepare(source, raw, lambda id_, lang: self.ledger.name(id_, lang, source.path))
        except AssistantError as error:
            self.tally.failed(source, error.localized("zh"), error.localized("en"))
        except OSError as error:
            self.tally.failed(source, str(error), str(error))
        else:
            holders[digest] = source.path  # bytes that could not be read may be read under another name
            twin = None if source.instrument else self._twin(prepared)
            if twin:
                self.tally.duplicate(source, twin)
            else:
                self._accept(source, prepared)

    def _known_holders(self) -> dict[str, Path]:
        """Which file holds the bytes with a digest."""
        if self._holders is None:
            known = self.ledger.known
            self._holders = {known[text].digest: claim.path for text, claim in self.ledger.claimed.items()}
        return self._holders

    def _twin(self, prepared: Prepared) -> Path | None:
        """The file that holds the same words in another format, if one has been taken already."""
        document = prepared.document
        words = bare(document.text)
        for text in self.ledger.claimed_for(document.instrument_id, document.language):
            waiting = (p.document for p in self._waiting if p.document.id == text)
            other = next(waiting, None) or self.index.library.document(text)
            if other and bare(other.text) == words:
                return self.ledger.claimed[text].path
        return None

    def _accept(self, source: SourceFile, prepared: Prepared) -> None:
        document = prepared.document
        before = self.ledger.known.get(document.id)
        outcome = Outcome.ADDED
        if before is not None:
            moved = before.path != document.path and before.digest == document.digest
            outcome = Outcome.RENAMED if moved else Outcome.CHANGED
        self.ledger.claim(document.id, source.path, document.instrument_id)
        self.records[prepared.instrument.id] = prepared.instrument
        self.tally.files.append(_report(prepared, outcome))
        self._waiting.append(prepared)
        self._chunks += len(prepared.chunks)
        if self._chunks >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Put on the shelf what is waiting."""
        if not self._waiting:
            return
        with self.index.batch():
            read = {p.instrument.id: self.records[p.instrument.id] for p in self._waiting}
            self.index.put_instruments([record for record in read.values() if record.read_fields])
            for p in self._waiting:
                changes = self.index.replace(p.document, p.sections, p.chunks, self.fingerprint)
                self.tally.count(changes)
        self._waiting.clear()
        self._chunks = 0


def _report(prepared: Prepared, outcome: Outcome) -> FileReport:
    reading = prepared.reading
    return FileReport(
        prepared.document.path,
        outcome,
        prepared.instrument.id,
        sections=len(prepared.sections),
        chunks=len(prepared.chunks),
        tables=len(reading.tables),
        footnotes=reading.footnotes,
        unread=reading.unread,
        read_fields=prepared.instrument.read_fields,
    )
