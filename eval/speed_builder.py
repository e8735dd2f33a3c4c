"""Builds the two indexes whose speed is compared, each in a folder that can be used again.

`ours` goes through the assistant's own doors from the catalogue on. `plain` is what LlamaIndex's guide makes:
`VectorStoreIndex` over Chroma with the kind and the law as metadata, the same chunks and the same embedder.
Both go on where an earlier build stopped; only vectors of ours start anew, since a folder is published whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from eval.shelving import shelve
from eval.speed_corpus import ARTICLES, works

_LAWS = 400  # put down at once
_TENTH = 10


def ours(state: Path, articles: Sequence[str], size: int) -> None:
    """An index of ``size`` chunks in ``state``."""
    with Index.open(state, embedder=BuiltinEmbedder(), write=True) as index:
        say = _speaker(f"{size} ours, catalogue")
        laws = size // ARTICLES
        for first in range(index.catalogue.count("instruments"), laws, _LAWS):
            batch = list(works(articles, first, min(first + _LAWS, laws)))
            shelve(index, batch, "zh", refresh=False)
            say(first + len(batch), laws)
        index.refresh(_speaker(f"{size} ours, words and vectors"))


def plain(state: Path, model: Path, articles: Sequence[str], size: int) -> None:
    """The same chunks in LlamaIndex's store over Chroma in ``state``, embedded by the trained ``model``."""
    from llama_index.core.schema import TextNode

    say = _speaker(f"{size} plain")
    collection, index = open_plain(state, model)
    laws = size // ARTICLES
    for first in range(collection.count() // (ARTICLES * _LAWS) * _LAWS, laws, _LAWS):
        nodes = [
            TextNode(
                id_=clause.id,
                text="\n".join((work.title, *clause.path, clause.text)),
                metadata={"kind": work.kind.value, "instrument": work.id},
                excluded_embed_metadata_keys=["kind", "instrument"],
            )
            for work in works(articles, first, min(first + _LAWS, laws))
            for clause in work.clauses
        ]
        index.insert_nodes(nodes)
        say(min(first + _LAWS, laws), laws)


def open_plain(state: Path, model: Path) -> tuple[Any, Any]:
    """The Chroma collection in ``state`` and the LlamaIndex index over it."""
    import chromadb
    from llama_index.core import VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from assistant.index.embeddings.llama import AsLlamaIndex

    client = chromadb.PersistentClient(str(state))
    collection = client.get_or_create_collection("plain", embedding_function=None)
    embedding = AsLlamaIndex(BuiltinEmbedder().load(model), embed_batch_size=512)
    store = ChromaVectorStore(chroma_collection=collection)
    return collection, VectorStoreIndex.from_vector_store(store, embed_model=embedding)


def trained(state: Path) -> Path:
    """The folder of the model that `ours` trained in ``state``."""
    return next((state / "embedder").rglob("table.npy")).parent


def _speaker(what: str) -> Callable[[int, int], None]:
    """Prints a line at each tenth of the way."""
    began, told = time.perf_counter(), 0

    def say(done: int, total: int) -> None:
        nonlocal told
        tenth = _TENTH * done // max(total, 1)
        if tenth > told:
            told = tenth
            print(f"  {what}: {tenth * 10}% after {time.perf_counter() - began:.0f} s", flush=True)

    return say
