"""Benchmark ``doc2dial``: the last turn of a talk about US government pages, with what was said before.

Earlier turns carry the weights that follow-ups have in the assistant (`assistant.answering.followup`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.answering.followup import EARLIER_QUESTION, LAST_ANSWER, REMEMBERED
from assistant.domain import Query
from eval.shelving import Asked, Clause, Work, lines, scores, shelved


def works(data: Path) -> Sequence[Work]:
    """The pages with their passages."""
    pages: dict[tuple[str, str], list[Clause]] = {}
    for line in lines(data, "passages"):
        pages.setdefault((line["doc_id"], line["title"]), []).append(Clause(line["passage_id"], line["text"]))
    return [Work(doc_id, title, clauses) for (doc_id, title), clauses in pages.items()]


def questions(data: Path, split: str) -> Sequence[Asked]:
    """The turns of a user with their gold passages."""
    return [
        Asked(
            Query(line["query"], context=context(line["history"]), limit=10),
            frozenset(line["gold_passages"]),
            line["dial_id"],
        )
        for line in lines(data, f"turns.{split}")
    ]


def context(history: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, float], ...]:
    """Earlier turns with their weights: the user's, and the agent's last."""
    earlier = [(turn["text"], EARLIER_QUESTION) for turn in history if turn["role"] == "user"][-REMEMBERED:]
    answers = [(turn["text"], LAST_ANSWER) for turn in history if turn["role"] != "user"]
    return (*earlier, *answers[-1:])


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall@5 and @10."""
    with shelved(works(data), "en") as index:
        return scores(index, questions(data, split), (5, 10))
