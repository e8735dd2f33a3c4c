"""One ingest in a process of its own, so that its time and its memory are its own.

``python -m eval.ingest_worker ours FILES STATE [MODEL]`` runs the assistant's `sync` over the folder FILES
into a new folder STATE; ``plain FILES STATE MODEL`` the pipeline of LlamaIndex's own guide. MODEL is an
embedder that `ours` has trained: the folder under STATE/embedder that holds ``table.npy``. Prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

_CHUNK_TOKENS = 400  # the assistant's own budget, so that both make chunks of a size


def ours(folder: Path, state: Path, model: Path | None = None) -> dict[str, float]:
    """The assistant: read, cut, catalogue, words, vectors; it trains its embedder unless ``model`` is one."""
    import chromadb  # noqa: F401 -- loaded before the clock starts, as for `plain`
    import tantivy  # noqa: F401

    from assistant.index.embeddings import open_embedder
    from assistant.index.embeddings.builtin import BuiltinEmbedder
    from assistant.index.index import Index
    from assistant.ingest.report import SyncProgress
    from assistant.ingest.sync import sync
    from assistant.settings import EmbeddingSettings

    stages: dict[str, float] = {}
    peaks: dict[str, float] = {}  # how memory grows on the way

    def listen(progress: SyncProgress) -> None:
        stages[progress.stage] = progress.seconds
        tenth = 10 * progress.done // max(progress.total, 1)
        peaks.setdefault(f"{progress.stage}_{10 * tenth}_percent_peak_mb", _peak_mb())

    embedder = BuiltinEmbedder().load(model) if model else open_embedder(EmbeddingSettings())
    started, work_before = time.perf_counter(), time.process_time()
    with Index.open(state, embedder=embedder, write=True) as index:
        report = sync([folder], index, progress=listen)
        seconds, work = time.perf_counter() - started, time.process_time() - work_before
        chunks = index.status().chunks
    after_scan = report.seconds - stages.get("scanning", 0.0)
    timed = {f"{stage}_s": took for stage, took in stages.items()}
    return {
        "seconds": seconds,
        "cpu_s": work,
        "after_scan": after_scan,
        "chunks": chunks,
        **timed,
        **peaks,
    }


def plain(folder: Path, state: Path, model: Path) -> dict[str, float]:
    """SimpleDirectoryReader, SentenceSplitter and VectorStoreIndex over Chroma, nothing else."""
    import chromadb
    from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from assistant.index.embeddings.builtin import BuiltinEmbedder
    from assistant.index.embeddings.llama import AsLlamaIndex

    embedding = AsLlamaIndex(BuiltinEmbedder().load(model), embed_batch_size=512)
    started, work_before = time.perf_counter(), time.process_time()
    collection = chromadb.PersistentClient(str(state)).create_collection("plain", embedding_function=None)
    documents = SimpleDirectoryReader(str(folder), recursive=True).load_data()
    VectorStoreIndex.from_documents(
        documents,
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        embed_model=embedding,
        transformations=[SentenceSplitter(chunk_size=_CHUNK_TOKENS, chunk_overlap=0)],
    )
    work = time.process_time() - work_before
    return {"seconds": time.perf_counter() - started, "cpu_s": work, "chunks": collection.count()}


def main(which: str, *paths: str) -> None:
    """Run and print, with the peak of memory in MB."""
    folders = [Path(path) for path in paths]
    figures = ours(*folders) if which == "ours" else plain(*folders)
    figures["peak_mb"] = _peak_mb()
    print(json.dumps(figures))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
