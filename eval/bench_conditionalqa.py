"""Benchmark ``conditionalqa``: a scenario and a question on UK government pages (Sun et al. 2022).

The scenario goes with the question as earlier words of the conversation do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answering.followup import EARLIER_QUESTION
from assistant.domain import Query
from eval.shelving import Asked, Clause, Work, lines, scores, shelved


def works(data: Path) -> Sequence[Work]:
    """The pages with their sections."""
    pages: dict[tuple[str, str], list[Clause]] = {}
    for line in lines(data, "sections"):
        clause = Clause(line["doc_id"], line["text"], tuple(line["path"]))
        pages.setdefault((line["page"], line["title"]), []).append(clause)
    return [Work(page, title, clauses) for (page, title), clauses in pages.items()]


def questions(data: Path, split: str) -> Sequence[Asked]:
    """The questions that have evidence on the page."""
    return [
        Asked(
            Query(line["question"], context=((line["scenario"], EARLIER_QUESTION),), limit=10),
            frozenset(line["gold_sections"]),
            line["page"],
        )
        for line in lines(data, f"questions.{split}")
        if line["gold_sections"]
    ]


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall@5 and @10."""
    with shelved(works(data), "en") as index:
        return scores(index, questions(data, split), (5, 10))
