"""The dense index: Chroma, with ids and vectors only.

A local Chroma folder is neither safe against a killed process nor for two processes. So a published folder
is never changed: a writer copies it, changes the copy, closes it, and the catalogue then points to the new
one. Readers that still have the old folder open keep it until they notice. A killed writer leaves a
folder that nobody points to. On a Chroma server one collection is changed in place, since the server is
its only writer.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from assistant.errors import ModelUnavailable
from assistant.index.embeddings.embedder import Vectors

_LOG = logging.getLogger(__name__)
_COLLECTION = "chunks"
_BATCH = 5000  # Chroma refuses more than 5,461 at once
#: Recall of the defaults (16 neighbours, 100 looked at) falls on vectors without clusters (decision 0036).
_HNSW = {"space": "cosine", "ef_construction": 64, "max_neighbors": 32, "ef_search": 400}


class VectorStore:
    """One open collection of vectors."""

    def __init__(self, client: Any, collection: Any) -> None:
        self._client, self._collection = client, collection

    def __len__(self) -> int:
        return int(self._collection.count())

    def search(self, vector: Vectors, limit: int) -> dict[str, float]:
        """The nearest chunk ids with their cosine."""
        found = self._collection.query(
            query_embeddings=vector[None, :], n_results=limit, include=["distances"]
        )
        return {
            chunk_id: 1.0 - float(distance)
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        }

    def score(self, vector: Vectors, chunk_ids: Sequence[str]) -> dict[str, float]:
        """The cosines of given chunks; none where Chroma loses one while a new folder is being written.

        That was seen once, under load ("Error finding id"); a question is then answered by the words found.
        """
        from chromadb.errors import InternalError  # loaded with the collection, and slow to load

        if not chunk_ids:
            return {}
        try:
            found = self._collection.get(ids=list(chunk_ids), include=["embeddings"])
        except InternalError:
            _LOG.warning("Chroma could not give the vectors of %d chunks", len(chunk_ids), exc_info=True)
            return {}
        cosines = np.asarray(found["embeddings"], np.float32).reshape(-1, len(vector)) @ vector
        return dict(zip(found["ids"], map(float, cosines), strict=True))

    def replace(self, gone: Sequence[str], ids: Sequence[str], vectors: Vectors) -> None:
        """Drop ``gone`` and put ``vectors`` under ``ids`` (adding alone would silently keep an old one)."""
        for start in range(0, len(gone), _BATCH):
            self._collection.delete(ids=list(gone[start : start + _BATCH]))
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            self._collection.add(ids=list(ids[part]), embeddings=vectors[part])

    def close(self) -> None:
        """Write everything down and let go of the folder."""
        self._client.close()


class LocalVectors:
    """Chroma folders of our own; ``name`` is the published folder."""

    place = "local"

    def __init__(self, home: Path) -> None:
        self._home = home

    def has(self, name: str) -> bool:
        """Is the folder there?"""
        return (self._home / name).is_dir()

    def open(self, name: str) -> VectorStore:
        """Open a published folder for reading."""
        client = _local_client(self._home / name)
        return VectorStore(client, client.get_collection(_COLLECTION, embedding_function=None))

    def draft(self, name: str, base: str | None) -> VectorStore:
        """Open a new folder for writing: a copy of ``base``, or an empty one."""
        folder = self._home / name
        shutil.rmtree(folder, ignore_errors=True)
        if base is not None:
            shutil.copytree(self._home / base, folder)
            return self.open(name)
        client = _local_client(folder)
        return VectorStore(client, _create(client, _COLLECTION))

    def sweep(self, keep: Collection[str]) -> None:
        """Remove folders that nobody points to."""
        if self._home.is_dir():
            for folder in self._home.iterdir():
                if folder.name not in keep:
                    shutil.rmtree(folder, ignore_errors=True)


class ServedVectors:
    """Collections on a Chroma server; ``name`` is the published collection."""

    def __init__(self, url: str, prefix: str) -> None:
        self._url, self._prefix = url, prefix
        self.place = url

    def has(self, name: str) -> bool:
        """Is the collection there?"""
        client = self._client()
        try:
            return any(collection.name == self._full(name) for collection in client.list_collections())
        finally:
            client.close()

    def open(self, name: str) -> VectorStore:
        """Open a published collection for reading."""
        client = self._client()
        return VectorStore(client, client.get_collection(self._full(name), embedding_function=None))

    def draft(self, name: str, base: str | None) -> VectorStore:
        """The collection ``base`` itself, changed in place, or a new one."""
        if base is not None:
            return self.open(base)
        client = self._client()
        return VectorStore(client, _create(client, self._full(name)))

    def sweep(self, keep: Collection[str]) -> None:
        """Remove our collections that nobody points to."""
        client = self._client()
        kept = {self._full(name) for name in keep}
        for collection in client.list_collections():
            if collection.name.startswith(f"{self._prefix}-") and collection.name not in kept:
                client.delete_collection(collection.name)
        client.close()

    def _full(self, name: str) -> str:
        return f"{self._prefix}-{name}"

    def _client(self) -> Any:
        chromadb, settings = _chroma()
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        try:
            return chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 80),
                ssl=secure,
                settings=settings,
            )
        except Exception as error:  # chromadb raises bare ValueError for every connection failure
            raise ModelUnavailable(
                zh=f"连接不上 Chroma 服务器 {self._url}：{error}。",
                en=f"The Chroma server at {self._url} cannot be reached: {error}.",
                hint_zh="请检查 POLICY_ASSISTANT_CHROMA_URL，或去掉它以使用本地文件夹。",
                hint_en="Check POLICY_ASSISTANT_CHROMA_URL, or unset it to use a local folder.",
            ) from error


def _chroma() -> tuple[Any, Any]:
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # read when onnxruntime is imported by chromadb
    import chromadb
    from chromadb.config import Settings

    return chromadb, Settings(anonymized_telemetry=False)


def _local_client(folder: Path) -> Any:
    chromadb, settings = _chroma()
    return chromadb.PersistentClient(str(folder), settings=settings)


def _create(client: Any, name: str) -> Any:
    return client.create_collection(name, embedding_function=None, configuration={"hnsw": _HNSW})
