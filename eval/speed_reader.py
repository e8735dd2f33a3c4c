"""Times questions to an index, in a process of its own that has read nothing yet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from assistant.domain import Filters, Kind, Query
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from eval.speed_builder import open_plain

_ASKERS = 32
_PLAIN_QUESTIONS = 40  # a filter inside Chroma takes seconds at a million
Ask = Callable[[str], object]


def ours(state: Path, questions: Sequence[str]) -> Mapping[str, float]:
    """Seconds and milliseconds of a full retrieval, and the memory of the process."""
    began = time.perf_counter()
    with Index.open(state, embedder=BuiltinEmbedder()) as index:
        retriever = HybridRetriever(index)
        law = Filters(kinds=(Kind.LAW,), as_of="2026-11-23")
        one = Filters(instruments=("law-7",))

        def ask(question: str, filters: Filters = Filters()) -> Sequence[object]:
            return retriever.retrieve(Query(question, filters)).passages

        ask(questions[0])
        figures = {"first question s": time.perf_counter() - began}
        # Every question is asked with and without the filter in turn: other work on the machine hits both.
        figures |= _percentiles(
            {"": ask, " by kind": lambda q: ask(q, law), " by instrument": lambda q: ask(q, one)}, questions
        )
        with ThreadPoolExecutor(_ASKERS) as pool:
            began = time.perf_counter()
            found = list(pool.map(ask, questions))
            figures["32 askers per s"] = len(found) / (time.perf_counter() - began)
            figures["32 askers empty-handed"] = sum(not passages for passages in found)
    figures["memory MB"] = _peak_memory()
    return figures


def plain(state: Path, model: Path, questions: Sequence[str]) -> Mapping[str, float]:
    """The same questions to LlamaIndex's retriever over Chroma, with a metadata filter and without."""
    from llama_index.core.vector_stores import MetadataFilter, MetadataFilters

    began = time.perf_counter()
    _, index = open_plain(state, model)

    def asker(**wanted: str) -> Ask:
        filters = [MetadataFilter(key=key, value=value) for key, value in wanted.items()]
        retriever = index.as_retriever(
            similarity_top_k=10, filters=MetadataFilters(filters=filters) if filters else None
        )
        return lambda question: retriever.retrieve(question)

    ways = {"": asker(), " by kind": asker(kind="law"), " by instrument": asker(instrument="law-7")}
    ways[""](questions[0])
    figures = {"plain first question s": time.perf_counter() - began}
    timed = _percentiles(ways, questions[:_PLAIN_QUESTIONS])
    return {**figures, **{f"plain {name}": value for name, value in timed.items()}}


def forget(folder: Path) -> None:
    """Let the system forget what it holds in memory of the files in ``folder``, so that a start is cold."""
    for file in folder.rglob("*"):
        if file.is_file() and hasattr(os, "posix_fadvise"):
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
                os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _percentiles(ways: Mapping[str, Ask], questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds by the clock, and of processor time, which other work on the machine hardly touches."""
    clock: dict[str, list[float]] = {name: [] for name in ways}
    processor: dict[str, list[float]] = {name: [] for name in ways}
    for question in questions:
        for name, ask in ways.items():
            began, used = time.perf_counter(), time.process_time()
            ask(question)
            clock[name].append(1000 * (time.perf_counter() - began))
            processor[name].append(1000 * (time.process_time() - used))
    return {
        f"p{q} {unit}{name}": float(np.percentile(taken[name], q))
        for name in ways
        for unit, taken in (("ms", clock), ("cpu ms", processor))
        for q in (50, 95)
    }


def _peak_memory() -> float:
    """Most memory this process has held, in megabytes (getrusage would count its parent's, too)."""
    status = Path("/proc/self/status")
    if not status.is_file():  # not Linux
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
