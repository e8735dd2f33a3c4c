"""Puts a public set of passages on the assistant's own shelf, and asks it for them.

A benchmark that comes as passages is indexed through the same doors as a user's files, from the catalogue
on; only reading and cutting are left out. No label of a set is ever used for anything but the score.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.domain import Authority, Chunk, Document, Instrument, Kind, Language, Query, Section
from assistant.index.embeddings import Embedder
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from assistant.index.weights import Weights
from assistant.language.lay_terms import LayTerms
from assistant.resources import data_folder
from eval.errors import DataMissing
from eval.ranking import first_finds, recall, reciprocal_rank
from eval.statistics import interval


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage of a public set."""

    id: str
    text: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """The passages of one document, in order."""

    id: str
    title: str
    clauses: Sequence[Clause]
    kind: Kind = Kind.OTHER
    authority: Authority = Authority.NORMATIVE


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the passages that answer it; those of one ``cluster`` stand or fall together."""

    query: Query
    gold: frozenset[str]
    cluster: str = field(default="")


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    """The records of a gzipped file of JSON lines. Raises `DataMissing`."""
    file = folder / f"{name}.jsonl.gz"
    if not file.is_file():
        raise DataMissing(
            zh=f"缺少 {file}。",
            en=f"{file} is missing.",
            hint_zh="--data 应指向这个数据集的文件夹。",
            hint_en="--data must name the folder of this data set.",
        )
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


@contextmanager
def shelved(
    works: Sequence[Work], language: Language, embedder: Embedder | BuiltinEmbedder | None = None
) -> Iterator[Index]:
    """An index of ``works`` in a folder that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as state,
        Index.open(Path(state), embedder=embedder or BuiltinEmbedder(), write=True) as index,
    ):
        shelve(index, works, language)
        yield index


def shelve(index: Index, works: Sequence[Work], language: Language, *, refresh: bool = True) -> None:
    """Put ``works`` into ``index`` and bring words and vectors up to date."""
    with index.batch():
        index.put_instruments(
            [
                Instrument(
                    work.id,
                    title_zh=work.title if language == "zh" else None,
                    title_en=work.title if language == "en" else None,
                    kind=work.kind,
                    authority=work.authority,
                )
                for work in works
            ]
        )
        for work in works:
            index.replace(*_parts(work, language), "benchmark")
    if refresh:
        index.refresh()


def _parts(work: Work, language: Language) -> tuple[Document, list[Section], list[Chunk]]:
    sections, chunks, start = [], [], 0
    for ordinal, clause in enumerate(work.clauses):
        end = start + len(clause.text)
        sections.append(Section(work.id, ordinal, clause.path, start, end, len(clause.path)))
        chunks.append(
            Chunk(
                *(clause.id, work.id, work.id, language, ordinal, clause.path),
                *(start, end, clause.text, len(clause.text)),
            )
        )
        start = end + 1
    text = "\n".join(clause.text for clause in work.clauses)
    return Document(work.id, work.id, language, work.id, "text", work.id, work.title, text), sections, chunks


def found(index: Index, questions: Sequence[Query], weights: Weights = Weights()) -> list[list[str]]:
    """The ids found for each question, best first."""
    lay_terms = LayTerms.load(data_folder("corpus") / "lay-terms.yaml")
    retriever = HybridRetriever(index, lay_terms=lay_terms, weights=weights)
    return [[p.chunk.id for p in retriever.retrieve(query).passages] for query in questions]


def scores(
    index: Index, asked: Sequence[Asked], ks: Sequence[int], weights: Weights = Weights()
) -> Mapping[str, float]:
    """Recall at each depth with its 95% interval, and the mean reciprocal rank of the first ten."""
    marks = [
        first_finds(ranked, question.gold)
        for ranked, question in zip(found(index, [q.query for q in asked], weights), asked, strict=True)
    ]
    clusters = [question.cluster or str(i) for i, question in enumerate(asked)]
    figures: dict[str, float] = {"n": len(asked)}
    for k in ks:
        values = [recall(mark, k, len(question.gold)) for mark, question in zip(marks, asked, strict=True)]
        figures[f"recall@{k}"] = sum(values) / len(values)
        if bounds := interval(values, clusters):
            figures[f"recall@{k} low"], figures[f"recall@{k} high"] = bounds.low, bounds.high
    figures["mrr@10"] = sum(reciprocal_rank(mark[:10]) for mark in marks) / len(marks)
    return figures
