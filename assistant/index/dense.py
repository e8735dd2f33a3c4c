"""Vectors follow the catalogue: embed what is new, publish a finished collection, open what is published."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.errors import IndexMismatch
from assistant.index.catalogue import Catalogue
from assistant.index.embeddings.embedder import CorpusEmbedder, Embedder, Vectors
from assistant.index.lessons import embedded_texts, lessons
from assistant.index.neighbours import leaning, with_neighbours
from assistant.index.vectors import LocalVectors, ServedVectors, VectorStore

_BATCH = 5000  # chunks; as many as Chroma takes at once
_RETRAIN = 0.2  # share of changed chunks after which a corpus-trained embedder learns anew
_REBUILD = 0.3  # share of changed chunks after which a fresh collection beats a patched one


@dataclass(frozen=True, slots=True)
class Published:
    """What readers use: a collection, the trained model behind it, and how both have aged."""

    name: str
    model: str | None
    chunks: int  # when the collection was last made from nothing
    changed: int  # since then
    place: str = "local"  # or the server's address


@dataclass(frozen=True, slots=True)
class Dense:
    """A published collection, open, with the embedder that made its vectors."""

    published: Published
    embedder: Embedder
    store: VectorStore

    def search(self, texts: Sequence[tuple[str, float]], limit: int) -> dict[str, float]:
        """The nearest chunk ids with their cosine."""
        return self.store.search(self.vector(texts), limit)

    def score(self, texts: Sequence[tuple[str, float]], chunk_ids: Sequence[str]) -> dict[str, float]:
        """The cosines of given chunks."""
        return self.store.score(self.vector(texts), chunk_ids)

    def vector(self, texts: Sequence[tuple[str, float]]) -> Vectors:
        """The direction of weighted texts taken together."""
        total = np.sum([weight * self.embedder.query(text) for text, weight in texts], axis=0)
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


class DenseIndex:
    """Publishes and opens collections of vectors for one catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        home: Path,
        embedder: Embedder | CorpusEmbedder,
        collections: LocalVectors | ServedVectors,
    ) -> None:
        self._catalogue, self._home = catalogue, home
        self._embedder, self._collections = embedder, collections

    @property
    def published(self) -> Published | None:
        """What readers are pointed to."""
        stored = self._catalogue.get("vectors")
        return Published(**json.loads(stored)) if stored else None

    def open(self) -> Dense | None:
        """The published collection, or None before the first."""
        published = self.published
        if published is None:
            return None
        if not self._there(published):
            raise IndexMismatch(
                zh=f"索引的向量不在 {self._collections.place}。",
                en=f"The vectors of the index are not to be found ({self._collections.place}).",
                hint_zh="请运行：policy-assistant ingest",
                hint_en="Run: policy-assistant ingest",
            )
        return Dense(published, self._ready(published), self._collections.open(published.name))

    def heal(self) -> None:
        """Start anew where the published collection is gone or was made in another place."""
        published = self.published
        if published is not None and not self._there(published):
            self.forget()

    def forget(self) -> None:
        """Point readers to nothing; the next refresh starts anew."""
        self._catalogue.set(vectors="")
        self._catalogue.note_all("vectors")

    def refresh(self, progress: Callable[[int], None]) -> int:
        """Publish vectors of every live chunk; returns how many chunks were looked at."""
        before, pending = self.published, self._catalogue.waiting("vectors")
        if not pending:
            return 0
        chunks = self._catalogue.count("chunks")
        changed = pending + (before.changed if before else 0)
        trained = isinstance(self._embedder, CorpusEmbedder)
        anew = before is None or changed > (_RETRAIN if trained else _REBUILD) * before.chunks
        generation = int(self._catalogue.get("generation") or 0) + 1
        self._catalogue.set(generation=str(generation))
        name = f"vectors-{generation:06d}"
        if not chunks:
            self._publish(None)
            return pending
        if before is None or anew:
            after = Published(name, name if trained else None, chunks, 0, self._collections.place)
            embedder, base = self._fresh(name), None
            batches: Iterable[Sequence[str]] = self._catalogue.chunk_ids(_BATCH)
        else:
            kept = before.name if isinstance(self._collections, ServedVectors) else name
            after = replace(before, name=kept, changed=changed)
            embedder, base = self._ready(before), before.name
            ids = self._catalogue.pending("vectors")
            ids = with_neighbours(self._catalogue, ids) if trained else ids
            batches = (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
        store = self._collections.draft(after.name, base)
        looked_at = 0
        try:
            for batch in batches:
                texts = embedded_texts(self._catalogue, batch)
                store.replace(batch if base else (), list(texts), self._vectors(embedder, texts))
                looked_at += len(batch)
                progress(len(batch))
        finally:
            store.close()
        self._publish(after)
        self._sweep({name for p in (before, after) if p for name in (p.name, p.model) if name})
        return looked_at

    def _there(self, published: Published) -> bool:
        learned = published.model is None or (self._home / published.model).is_dir()
        here = published.place == self._collections.place
        return learned and here and self._collections.has(published.name)

    def _publish(self, published: Published | None) -> None:
        with self._catalogue.transaction():
            self._catalogue.settle("vectors")
            self._catalogue.set(vectors=json.dumps(asdict(published)) if published else "")

    def _sweep(self, keep: set[str]) -> None:
        """Remove what nobody points to; the last generation stays for readers who are about to notice."""
        self._collections.sweep(keep)
        for folder in self._home.glob("*"):
            if folder.name not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    def _fresh(self, name: str) -> Embedder:
        if isinstance(self._embedder, CorpusEmbedder):
            return self._embedder.train(lessons(self._catalogue), self._home / name)
        return self._embedder

    def _ready(self, published: Published) -> Embedder:
        if isinstance(self._embedder, CorpusEmbedder):
            return self._embedder.load(self._home / str(published.model))
        return self._embedder

    def _vectors(self, embedder: Embedder, texts: Mapping[str, str]) -> Vectors:
        if not texts:
            return np.zeros((0, 0), np.float32)
        if isinstance(self._embedder, CorpusEmbedder):
            return leaning(self._catalogue, texts, embedder)
        return self._embed(embedder, list(texts.values()))

    def _embed(self, embedder: Embedder, texts: Sequence[str]) -> Vectors:
        if not embedder.costly:
            return embedder.texts(texts)
        digests = [sha256(text.encode()).hexdigest() for text in texts]
        known = self._known(embedder.fingerprint, digests)
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        if new:
            vectors = embedder.texts(list(new.values()))
            known |= dict(zip(new, vectors, strict=True))
            with self._catalogue.transaction():
                self._catalogue.connection.executemany(
                    "INSERT OR REPLACE INTO embeddings VALUES(?, ?, ?)",
                    [(embedder.fingerprint, digest, known[digest].tobytes()) for digest in new],
                )
        return np.stack([known[digest] for digest in digests])

    def _known(self, model: str, digests: Sequence[str]) -> dict[str, Vectors]:
        rows = self._catalogue.query_in(
            "SELECT digest, vector FROM embeddings WHERE model = ? AND digest IN ({})", digests, model
        )
        return {digest: np.frombuffer(vector, np.float32) for digest, vector in rows}
