"""Benchmark ``abstention``: does retrieval's own score tell questions it can answer from those it cannot?

Four kinds, each as the area under the ROC curve (0.5: no better than a coin):

* ``strange``: questions of the demo corpus against general-knowledge questions of RGB;
* ``missing``: answerable against unanswerable questions of the demo corpus;
* ``negatives``: RGB questions whose answering passages are indexed against those with only near misses;
* ``removed``: STARD questions whose articles are indexed against those whose articles were taken out.

``--data`` names the folder that holds ``rgb`` and ``stard``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np

from assistant.domain import Query
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from assistant.ingest.sync import sync
from assistant.language.glossary import Glossary
from assistant.resources import data_folder
from eval import bench_stard
from eval.shelving import Clause, Work, lines, shelved
from eval.suites import load_suite

_CASES = Path(__file__).parent / "cases"
_DEPTH = 24


def measure(data: Path, split: str) -> Mapping[str, float]:
    """The four areas, with how many questions stand on each side."""
    general = [line["query"] for line in lines(data / "rgb", f"items.{split}")]
    answerable, unanswerable, strange = _demo(general)
    figures: dict[str, float] = {}
    for name, good, bad in (
        ("strange", answerable, strange),
        ("missing", answerable, unanswerable),
        ("negatives", *_negatives(data / "rgb", split)),
        ("removed", *_removed(data / "stard", split)),
    ):
        figures |= {f"auroc {name}": auroc(good, bad), f"n {name}": len(good) + len(bad)}
    return figures


def auroc(good: Sequence[float], bad: Sequence[float]) -> float:
    """How often a good one is above a bad one; ties count half."""
    above = np.subtract.outer(np.asarray(good), np.asarray(bad))
    return float((above > 0).mean() + (above == 0).mean() / 2)


def _demo(general: Sequence[str]) -> tuple[list[float], list[float], list[float]]:
    cases = load_suite(_CASES)
    glossary = Glossary.load(data_folder("corpus") / "glossary.yaml")
    with (
        tempfile.TemporaryDirectory() as state,
        Index.open(Path(state), embedder=BuiltinEmbedder(), write=True) as index,
    ):
        sync([data_folder("corpus")], index)
        retriever = HybridRetriever(index, glossary)
        known = [case for case in cases if case.answerable]
        unknown = [case for case in cases if not case.answerable]
        return (
            _scores(retriever, [case.question for case in known]),
            _scores(retriever, [case.question for case in unknown]),
            _scores(retriever, general),
        )


def _negatives(data: Path, split: str) -> tuple[list[float], list[float]]:
    items = [line for line in lines(data, f"items.{split}") if line["subset"] == "zh_refine"]
    works = []
    for item in items:
        passages = [*item["negative"], *(_flat(item["positive"]) if _kept(item["id"]) else ())]
        for i, passage in enumerate(dict.fromkeys(passages)):
            key = f"{item['id']}-{i}"
            works.append(Work(key, "", [Clause(key, passage)]))
    with shelved(works, "zh") as index:
        retriever = HybridRetriever(index)
        return (
            _scores(retriever, [item["query"] for item in items if _kept(item["id"])]),
            _scores(retriever, [item["query"] for item in items if not _kept(item["id"])]),
        )


def _removed(data: Path, split: str) -> tuple[list[float], list[float]]:
    asked = bench_stard.questions(data, split)
    gone = {article for question in asked if not _kept(question.cluster) for article in question.gold}
    works = (
        replace(work, clauses=[clause for clause in work.clauses if clause.id not in gone])
        for work in bench_stard.works(data)
    )
    with shelved([work for work in works if work.clauses], "zh") as index:
        retriever = HybridRetriever(index)
        whole = [q.query.text for q in asked if not q.gold & gone]
        return (
            _scores(retriever, whole),
            _scores(retriever, [q.query.text for q in asked if not _kept(q.cluster)]),
        )


def _scores(retriever: HybridRetriever, questions: Sequence[str]) -> list[float]:
    found = (retriever.retrieve(Query(question, limit=_DEPTH)) for question in questions)
    return [retrieval.answerability or 0.0 for retrieval in found]


def _kept(key: str) -> bool:
    """Half of the questions keep their answers, by a hash of their id."""
    return int(sha256(key.encode()).hexdigest(), 16) % 2 == 1


def _flat(passages: Sequence[str | Sequence[str]]) -> Iterator[str]:
    for passage in passages:
        if isinstance(passage, str):
            yield passage
        else:
            yield from _flat(passage)
