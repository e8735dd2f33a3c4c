"""Benchmark ``retrieval-speed``: how long a full retrieval takes as the corpus grows.

Measured at 55,000 chunks, with ``--split large`` at 200,000 too, with ``--split full`` at a million as well:
the first question in a fresh process whose files are not in memory, questions one after another with and
without filters, 32 askers at once, memory of the reading process and disk; beside it LlamaIndex's own
retriever over Chroma with the same chunks, the same embedder and metadata filters. ``--data`` names the
folder of ``laws_zh``. The indexes stay in ``.state/retrieval-speed`` and are used again, so that a broken
run goes on; ``retrieval-speed.svg`` is drawn there.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from eval import speed_builder, speed_corpus, speed_reader
from eval.plots import growth
from eval.shelving import lines

_SIZES: Mapping[str, Sequence[int]] = {
    "dev": (55_000,),
    "large": (55_000, 200_000),
    "full": (55_000, 200_000, 1_000_000),
}
_PLAIN_MOST = 200_000  # its store takes hours to fill beyond
_QUESTIONS = 200
_HOME = Path(".state/retrieval-speed")


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Seconds, milliseconds and megabytes at each size."""
    articles = [line["text"] for line in lines(data, "articles")]
    questions = speed_corpus.questions(articles, _QUESTIONS)
    figures: dict[str, float] = {}
    for size in _SIZES.get(split, _SIZES["dev"]):
        state, beside = _HOME / f"{size}", _HOME / f"{size}-plain"
        found = {**_fresh(speed_builder.ours, state, articles, size)}
        speed_reader.forget(state)
        found |= _fresh(speed_reader.ours, state, questions)
        found["disk MB"] = _megabytes(state)
        if size <= _PLAIN_MOST:
            model = speed_builder.trained(state)
            _fresh(speed_builder.plain, beside, model, articles, size)
            speed_reader.forget(beside)
            found |= _fresh(speed_reader.plain, beside, model, questions)
            found["plain disk MB"] = _megabytes(beside)
        for name, value in found.items():
            figures[f"{size} {name}"] = value
            print(f"  {size} {name} {value:.4g}", flush=True)
    drawn = growth(_curves(figures), across="chunks", up="ms")
    (_HOME / "retrieval-speed.svg").write_text(drawn, encoding="utf-8")
    return figures


def _fresh(function: Callable[..., Mapping[str, float] | None], *arguments: Any) -> Mapping[str, float]:
    """What ``function`` returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *arguments).result() or {}


def _megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20


def _curves(figures: Mapping[str, float]) -> Mapping[str, Sequence[tuple[float, float]]]:
    """Milliseconds of processor time by size, for each way to ask that was timed."""
    ways = ("p50 cpu ms", "p95 cpu ms", "p95 cpu ms by kind")
    shown = (*ways, *(f"plain {name}" for name in ways[1:]))
    return {
        name: [(size, figures[f"{size} {name}"]) for size in _SIZES["full"] if f"{size} {name}" in figures]
        for name in shown
    }
