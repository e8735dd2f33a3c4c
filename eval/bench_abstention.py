"""Benchmark ``abstention``: does retrieval's own score tell questions it can answer from those it cannot?

Each kind of question as the area under the ROC curve (0.5: no better than a coin):

* ``strange``: questions of the demo corpus against general-knowledge questions of RGB;
* ``missing``: answerable against unanswerable questions of the demo corpus;
* ``negatives``: RGB questions whose answering passages are indexed against those with only near misses;
* ``removed``: STARD questions whose articles are indexed against those whose articles were taken out, and the
  same with the rules of OR-ShARC and the sections of ConditionalQA.

``left out``: the same area by weights that were fitted on the other kinds only, so it tells what transfers.
``--data`` names the folder that holds the public sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType

from assistant.domain import Language, Query
from assistant.index.answerability import Signs, answerability
from assistant.index.retriever import HybridRetriever
from eval import bench_conditionalqa, bench_or_sharc, bench_stard
from eval.demo_corpus import demo_glossary, demo_index
from eval.fit_abstention import Kind, auroc, fitted, scored
from eval.shelving import Clause, Work, lines, shelved
from eval.suites import load_suite

_SUITES = tuple(Path(__file__).parent / name for name in ("cases", "fresh"))
_DEPTH = 24


def measure(data: Path, split: str) -> Mapping[str, float]:
    """The areas, with how many questions stand on each side, and the areas by the weights of the others."""
    kinds = _kinds(data, split)
    figures: dict[str, float] = {}
    for name, kind in kinds.items():
        figures |= {
            f"auroc {name}": auroc(
                [answerability(signs) for signs in kind.good], [answerability(signs) for signs in kind.bad]
            ),
            f"n {name}": len(kind.good) + len(kind.bad),
        }
    for name, kind in kinds.items():
        weights = fitted([other for key, other in kinds.items() if key != name])
        figures[f"auroc {name}, left out"] = auroc(scored(kind.good, weights), scored(kind.bad, weights))
    everything = fitted(list(kinds.values()))
    return figures | {f"weight {name}": weight for name, weight in everything.items()}


def _kinds(data: Path, split: str) -> Mapping[str, Kind]:
    general = [line["query"] for line in lines(data / "rgb", f"items.{split}")]
    answerable, unanswerable, strange = _demo(general)
    return {
        "strange": Kind(answerable, strange),
        "missing": Kind(answerable, unanswerable),
        "negatives": _negatives(data / "rgb", split),
        "removed": _removed(bench_stard, data / "stard", split, "zh"),
        "removed or_sharc": _removed(bench_or_sharc, data / "or_sharc", split, "en"),
        "removed conditionalqa": _removed(bench_conditionalqa, data / "conditionalqa", split, "en"),
    }


def _demo(general: Sequence[str]) -> tuple[list[Signs | None], list[Signs | None], list[Signs | None]]:
    cases = [case for suite in _SUITES for case in load_suite(suite)]
    with demo_index() as index:
        retriever = HybridRetriever(index, demo_glossary())
        return (
            _signs(retriever, [Query(case.question) for case in cases if case.answerable]),
            _signs(retriever, [Query(case.question) for case in cases if not case.answerable]),
            _signs(retriever, [Query(question) for question in general]),
        )


def _negatives(data: Path, split: str) -> Kind:
    items = [line for line in lines(data, f"items.{split}") if line["subset"] == "zh_refine"]
    works = []
    for item in items:
        passages = [*item["negative"], *(_flat(item["positive"]) if _kept(item["id"]) else ())]
        for i, passage in enumerate(dict.fromkeys(passages)):
            key = f"{item['id']}-{i}"
            works.append(Work(key, "", [Clause(key, passage)]))
    with shelved(works, "zh") as index:
        retriever = HybridRetriever(index)
        return Kind(
            _signs(retriever, [Query(item["query"]) for item in items if _kept(item["id"])]),
            _signs(retriever, [Query(item["query"]) for item in items if not _kept(item["id"])]),
        )


def _removed(bench: ModuleType, data: Path, split: str, language: Language) -> Kind:
    """Questions of ``bench`` after the passages that answer every second of them were taken out."""
    asked = bench.questions(data, split)
    gone = {passage for question in asked if not _kept(question.cluster) for passage in question.gold}
    works = (
        replace(work, clauses=[clause for clause in work.clauses if clause.id not in gone])
        for work in bench.works(data)
    )
    with shelved([work for work in works if work.clauses], language) as index:
        retriever = HybridRetriever(index)
        return Kind(
            _signs(retriever, [q.query for q in asked if not q.gold & gone]),
            _signs(retriever, [q.query for q in asked if not _kept(q.cluster)]),
        )


def _signs(retriever: HybridRetriever, queries: Sequence[Query]) -> list[Signs | None]:
    return [retriever.signs(replace(query, limit=_DEPTH)) for query in queries]


def _kept(key: str) -> bool:
    """Half of the questions keep their answers, by a hash of their id."""
    return int(sha256(key.encode()).hexdigest(), 16) % 2 == 1


def _flat(passages: Sequence[str | Sequence[str]]) -> Iterator[str]:
    for passage in passages:
        if isinstance(passage, str):
            yield passage
        else:
            yield from _flat(passage)
