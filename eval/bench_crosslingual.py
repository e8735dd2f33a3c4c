"""Benchmark ``crosslingual``: an English question on Chinese texts, without a model.

Two corpora. The demo corpus with its English texts taken away: English development questions, found with
the glossary, against Chinese ones. And STARD: 80 questions in our own English (stard_questions_en.yaml)
against the same questions in Chinese. ``kept`` is the English share of the Chinese recall@10. ``--data``
names the folder of STARD.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from assistant.domain import Language, Query
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from assistant.language.glossary import Glossary
from eval import bench_stard
from eval.cases import Case
from eval.demo_corpus import demo_glossary, demo_index
from eval.shelving import scores, shelved
from eval.suites import load_suite

_HERE = Path(__file__).parent


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall@10 in both languages, and the share kept."""
    return {**_demo(), **_stard(data, split)}


def _demo() -> dict[str, float]:
    cases = [case for case in load_suite(_HERE / "cases") if case.gold]
    glossary = demo_glossary()
    with demo_index() as index:
        both = _recall(index, glossary, cases, "en")
        with index.batch():
            for document_id in index.known_documents():
                document = index.library.document(document_id)
                if document is not None and document.language == "en":
                    index.remove(document_id)
        index.refresh()
        english = _recall(index, glossary, cases, "en")
        raw = _recall(index, None, cases, "en")
    return {
        "demo n": sum(case.language == "en" for case in cases),
        "demo recall@10 en, both texts": both,
        "demo recall@10 en, Chinese text only": english,
        "demo recall@10 en, no glossary": raw,
        "demo kept": english / both,
    }


def _recall(index: Index, glossary: Glossary | None, cases: Sequence[Case], language: Language) -> float:
    """Share of the gold instruments among the first ten passages."""
    retriever = HybridRetriever(index, glossary)
    shares = []
    for case in cases:
        if case.language == language:
            wanted = {gold.instrument for gold in case.gold}
            found = {p.instrument.id for p in retriever.retrieve(Query(case.question)).passages}
            shares.append(len(wanted & found) / len(wanted))
    return sum(shares) / len(shares)


def _stard(data: Path, split: str) -> dict[str, float]:
    english: dict[str, str] = yaml.safe_load((_HERE / "stard_questions_en.yaml").read_text(encoding="utf-8"))
    asked = [question for question in bench_stard.questions(data, split) if question.cluster in english]
    translated = [replace(q, query=replace(q.query, text=english[q.cluster])) for q in asked]
    with shelved(bench_stard.works(data), "zh") as index:
        zh, en = (scores(index, questions, (10, 100)) for questions in (asked, translated))
    return {
        "stard n": len(asked),
        "stard recall@10 zh": zh["recall@10"],
        "stard recall@10 en": en["recall@10"],
        "stard kept": en["recall@10"] / zh["recall@10"],
    }
