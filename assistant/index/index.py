"""The index as a whole: the catalogue, and words and vectors that follow it.

Writers change the catalogue and then `refresh`; `refresh` is also the repair after a crash, because it
only brings words and vectors in line with what the catalogue says. Readers may be many.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from types import TracebackType

from assistant.domain import Chunk, Document, Instrument, Section
from assistant.errors import IndexMismatch, StateNotWritable
from assistant.index.catalogue import Catalogue, Changes, KnownDocument
from assistant.index.dense import Dense, DenseIndex
from assistant.index.embeddings.embedder import CorpusEmbedder, Embedder
from assistant.index.library import CatalogueLibrary
from assistant.index.lock import WriterLock
from assistant.index.vectors import LocalVectors, ServedVectors
from assistant.index.words import VERSION, Entry, Words
from assistant.language.tokens import terms

_CATALOGUE = "catalogue.sqlite3"
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What `Index.refresh` brought up to date."""

    words: int
    vectors: int
    seconds: float


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What the index holds, and how much words and vectors have still to catch up with."""

    instruments: int
    documents: int
    sections: int
    chunks: int
    words: int
    vectors: int
    pending_words: int
    pending_vectors: int
    embedder: str
    bytes_on_disk: int


class Index(AbstractContextManager["Index"]):
    """Open with `Index.open`; close it or use it in a ``with``."""

    def __init__(
        self, state: Path, catalogue: Catalogue, words: Words, dense: DenseIndex, lock: WriterLock | None
    ) -> None:
        self.library = CatalogueLibrary(catalogue)
        self.catalogue = catalogue
        self.words = words
        self._state, self._dense, self._lock = state, dense, lock
        self._opening = threading.Lock()
        self._seen: str | None = None
        self._opened: Dense | None = None
        self._retired: Dense | None = None  # another thread may still be asking it

    @classmethod
    def open(
        cls,
        state: Path,
        *,
        embedder: Embedder | CorpusEmbedder,
        chroma_url: str | None = None,
        write: bool = False,
        rebuild: bool = False,
    ) -> Index:
        """Open the index in the folder ``state``.

        ``write`` creates it where there is none and takes the writer's lock; ``rebuild`` makes words and
        vectors anew. Raises `IndexMissing`, `IndexLocked`, `IndexMismatch` or `StateNotWritable`.
        """
        lock = _writer(state) if write else None
        try:
            catalogue = Catalogue(state / _CATALOGUE, create=write, renew=write and rebuild)
            anew = rebuild or _replaced(embedder, catalogue, write=write)
            if write and (rebuild or catalogue.get("words") != VERSION):
                Words.erase(state / "words")
                catalogue.note_all("words")
                catalogue.set(words=VERSION)
            name = _name(catalogue) if write else catalogue.get("name") or "none"
            collections = ServedVectors(chroma_url, name) if chroma_url else LocalVectors(state / "vectors")
            dense = DenseIndex(catalogue, state / "embedder", embedder, collections)
            if anew:
                with catalogue.transaction():
                    dense.forget()
                    catalogue.set(embedder=embedder.fingerprint)
            elif write:
                dense.heal()
            return cls(state, catalogue, Words(state / "words"), dense, lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything; the writer's lock last."""
        for dense in (self._opened, self._retired):
            if dense is not None:
                dense.store.close()
        self._opened = self._retired = None
        self.catalogue.close()
        if self._lock is not None:
            self._lock.release()

    # --- Writing -------------------------------------------------------------------------------------

    def known_documents(self) -> Mapping[str, KnownDocument]:
        """Every live text by id, with what is needed to decide whether to read its file again."""
        return self.catalogue.known_documents()

    def put_instruments(self, instruments: Sequence[Instrument]) -> None:
        """Write records, new ones after the known ones."""
        self.catalogue.put_instruments(instruments)

    def remove_instruments(self, ids: Iterable[str]) -> None:
        """Forget instruments and their texts."""
        self.catalogue.remove_instruments(ids)

    def replace(
        self, document: Document, sections: Sequence[Section], chunks: Sequence[Chunk], fingerprint: str
    ) -> Changes:
        """Put a text in place of what was known under its id; ``fingerprint`` names reader and cutting."""
        return self.catalogue.replace(document, sections, chunks, fingerprint)

    def remove(self, document_id: str) -> None:
        """Forget one text."""
        self.catalogue.remove(document_id)

    def batch(self) -> AbstractContextManager[None]:
        """Many changes in one transaction: all are kept or none."""
        return self.catalogue.transaction()

    def refresh(self, progress: Callable[[int, int], None] | None = None) -> Refreshed:
        """Bring words and vectors in line with the catalogue. ``progress`` hears done and total.

        Safe to repeat and to interrupt at any moment.
        """
        started = time.perf_counter()
        words = self.catalogue.waiting("words")
        total = words + self.catalogue.waiting("vectors")
        done = 0

        def advance(count: int) -> None:
            nonlocal done, total
            done += count
            total = max(total, done)
            if progress is not None:
                progress(done, total)

        while batch := self.catalogue.pending("words", _BATCH):
            self.words.replace(batch, self._entries(batch))
            self.catalogue.settle("words", batch)
            advance(len(batch))
        vectors = self._dense.refresh(advance)
        return Refreshed(words, vectors, time.perf_counter() - started)

    def _entries(self, chunk_ids: Sequence[str]) -> Iterator[Entry]:
        rows = self.catalogue.query_in(
            "SELECT c.row, c.id, c.instrument_id, c.language, d.title, "
            "json_extract(i.record, '$.doc_number'), coalesce(json_extract(i.record, '$.aliases'), '[]'), "
            "c.path, c.text "
            "FROM chunks c JOIN documents d ON d.id = c.document_id "
            "LEFT JOIN instruments i ON i.id = c.instrument_id "
            "WHERE c.id IN ({})",
            chunk_ids,
        )
        for row, chunk_id, instrument_id, language, title, number, aliases, path, text in rows:
            header = (title, number or "", *json.loads(aliases), *json.loads(path))
            yield Entry(row, chunk_id, instrument_id, language, terms("\n".join((*header, text))))

    # --- Reading -------------------------------------------------------------------------------------

    @property
    def revision(self) -> str:
        """Changes with every write, by this process or another."""
        return self.catalogue.get("revision") or "0"

    def dense(self) -> Dense | None:
        """The published vectors, opened on first use; None while there are none."""
        self.follow()
        if self._opened is None:
            with self._opening:
                if self._opened is None:
                    self._opened = self._dense.open()
        return self._opened

    def follow(self) -> str:
        """Notice what another process has written since; returns the revision now seen."""
        revision = self.revision
        if revision != self._seen:
            with self._opening:
                self.words.reload()
                published = self._dense.published
                if self._opened is not None and self._opened.published != published:
                    if self._retired is not None:
                        self._retired.store.close()
                    self._opened, self._retired = None, self._opened
                self._seen = revision
        return revision

    def status(self) -> IndexStatus:
        """What there is, counted."""
        count = self.catalogue.count
        waiting = self.catalogue.waiting("vectors")
        return IndexStatus(
            instruments=count("instruments"),
            documents=count("documents"),
            sections=count("sections"),
            chunks=count("chunks"),
            words=len(self.words),
            vectors=count("chunks") - waiting if self._dense.published else 0,
            pending_words=self.catalogue.waiting("words"),
            pending_vectors=waiting,
            embedder=self.catalogue.get("embedder") or "",
            bytes_on_disk=sum(file.stat().st_size for file in self._state.rglob("*") if file.is_file()),
        )


def _writer(state: Path) -> WriterLock:
    try:
        state.mkdir(parents=True, exist_ok=True)
        writable = os.access(state, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise StateNotWritable(
            zh=f"无法写入状态文件夹 {state}。",
            en=f"The state folder {state} cannot be written.",
            hint_zh="请检查权限，或用 POLICY_ASSISTANT_STATE 指定另一个文件夹。",
            hint_en="Check its permissions, or name another folder with POLICY_ASSISTANT_STATE.",
        )
    return WriterLock(state)


def _replaced(embedder: Embedder | CorpusEmbedder, catalogue: Catalogue, *, write: bool) -> bool:
    """Whether ``embedder`` is to make all vectors; raises `IndexMismatch` where nobody agreed to that.

    A later version of the built-in embedder needs no consent: it costs neither money nor a download.
    """
    before, now = catalogue.get("embedder"), embedder.fingerprint
    if before == now:
        return False
    upgraded = isinstance(embedder, CorpusEmbedder) and _family(before) == _family(now)
    if write and (before is None or upgraded):
        return True
    hints = ("请运行：policy-assistant ingest", "Run: policy-assistant ingest")
    if not upgraded:
        hints = (
            "请恢复原来的设置，或运行：policy-assistant ingest --rebuild",
            "Restore the old settings, or run: policy-assistant ingest --rebuild",
        )
    raise IndexMismatch(
        zh=f"索引由另一种向量模型建立（{before}），现在的设置是 {now}。",
        en=f"The index was built with {before}, but the settings now say {now}.",
        hint_zh=hints[0],
        hint_en=hints[1],
    )


def _family(fingerprint: str | None) -> str:
    """``builtin-3`` is of the family ``builtin``."""
    return (fingerprint or "").rpartition("-")[0]


def _name(catalogue: Catalogue) -> str:
    """The name of this index among those that one Chroma server keeps, given at its first ingest."""
    if not catalogue.get("name"):
        catalogue.set(name=f"policy-{token_hex(4)}")
    return catalogue.get("name") or ""
