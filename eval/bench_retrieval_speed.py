"""Benchmark ``retrieval-speed``: how long a full retrieval takes as the corpus grows.

The articles of real laws are mixed anew (each synthetic article takes its sentences from two) until there
are 55,000, 200,000 and, with ``--split full``, 1,000,000 chunks. Measured at each size: time to ingest,
the first question in a fresh process, questions one after another with and without filters, 32 askers at
once, memory of the reading process and disk. ``--data`` names the folder of ``laws_zh``.
"""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import count
from pathlib import Path

import numpy as np

from assistant.domain import Authority, Filters, Kind, Query
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from eval.shelving import Clause, Work, lines, shelve

_SIZES: Mapping[str, Sequence[int]] = {
    "dev": (55_000,),
    "large": (55_000, 200_000),
    "full": (55_000, 200_000, 1_000_000),
}
_ASKERS, _QUESTIONS, _ARTICLES = 32, 200, 50


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Seconds, milliseconds and megabytes at each size."""
    articles = [line["text"] for line in lines(data, "articles")]
    questions = _questions(articles)
    works = _works(articles)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        state, held = Path(folder), 0
        for size in _SIZES.get(split, _SIZES["dev"]):
            began = time.perf_counter()
            with Index.open(state, embedder=BuiltinEmbedder(), write=True) as index:
                while held < size:
                    batch = [next(works) for _ in range(min(2000, (size - held) // _ARTICLES + 1))]
                    shelve(index, batch, "zh", refresh=False)
                    held += _ARTICLES * len(batch)
                index.refresh()
            found = {"ingest s": time.perf_counter() - began, **_read(state, questions)}
            for name, value in found.items():
                figures[f"{size} {name}"] = value
                print(f"  {size} {name} {value:.4g}", flush=True)
    return figures


def _read(state: Path, questions: Sequence[str]) -> dict[str, float]:
    """What a reader meets; a fresh process first."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
        figures = dict(fresh.submit(_cold, state, questions).result())
    disk = sum(file.stat().st_size for file in state.rglob("*") if file.is_file())
    return {**figures, "disk MB": disk / 2**20}


def _cold(state: Path, questions: Sequence[str]) -> Mapping[str, float]:
    began = time.perf_counter()
    with Index.open(state, embedder=BuiltinEmbedder()) as index:
        retriever = HybridRetriever(index)
        retriever.retrieve(Query(questions[0]))
        figures = {"first question s": time.perf_counter() - began}
        law = Filters(kinds=(Kind.LAW,), as_of="2026-11-23")
        one = Filters(instruments=("law-7",))
        for name, filters in (("", Filters()), (" by kind", law), (" by instrument", one)):
            times = [_seconds(retriever, Query(question, filters)) for question in questions]
            figures[f"p50 ms{name}"] = 1000 * float(np.percentile(times, 50))
            figures[f"p95 ms{name}"] = 1000 * float(np.percentile(times, 95))
        with ThreadPoolExecutor(_ASKERS) as pool:
            began = time.perf_counter()
            found = list(pool.map(lambda q: retriever.retrieve(Query(q)).passages, questions))
            figures["32 askers per s"] = len(found) / (time.perf_counter() - began)
            figures["32 askers empty-handed"] = sum(not passages for passages in found)
    figures["memory MB"] = _peak_memory()
    return figures


def _peak_memory() -> float:
    """Most memory this process has held, in megabytes (getrusage would count its parent's, too)."""
    status = Path("/proc/self/status")
    if not status.is_file():  # not Linux
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _seconds(retriever: HybridRetriever, query: Query) -> float:
    began = time.perf_counter()
    retriever.retrieve(query)
    return time.perf_counter() - began


def _works(articles: Sequence[str]) -> Iterator[Work]:
    """Laws without end, each of as many articles, each mixed from two real ones."""
    chance = random.Random(7)  # noqa: S311 - no secret, the same every time
    for number in count():
        clauses = []
        for i in range(_ARTICLES):
            one, other = chance.choice(articles).split("。"), chance.choice(articles).split("。")
            text = "。".join((*one[: len(one) // 2 + 1], *other[len(other) // 2 :]))
            clauses.append(Clause(f"law-{number}-{i}", text, (f"第{i + 1}条",)))
        kind, authority = (Kind.LAW, Authority.LAW) if number % 2 else (Kind.NOTICE, Authority.NOTICE)
        yield Work(f"law-{number}", f"第{number}号规定", clauses, kind, authority)


def _questions(articles: Sequence[str]) -> list[str]:
    """Stretches of articles, asked as people ask."""
    chance = random.Random(11)  # noqa: S311 - no secret, the same every time
    long = [text for text in articles if len(text) > 60]
    starts = ((text, chance.randrange(len(text) - 30)) for text in chance.sample(long, _QUESTIONS))
    return [f"请问{text[at : at + chance.randint(8, 24)]}有什么规定？" for text, at in starts]
