"""Benchmark ``or_sharc``: which rule decides this question in this scenario? (Gao et al. 2021)

Follow-up questions of the data quote the rule and are left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answering.followup import EARLIER_QUESTION
from assistant.domain import Query
from eval.shelving import Asked, Clause, Work, lines, scores, shelved


def works(data: Path) -> Sequence[Work]:
    """Rule texts under the heading they begin with."""
    pages: dict[str, list[Clause]] = {}
    for line in lines(data, "snippets"):
        heading, _, body = line["text"].partition("\n")
        headed = heading.startswith("#")
        title = heading.lstrip("# ") if headed else line["doc_id"]
        text = (body.strip() if headed else line["text"]) or line["text"]
        pages.setdefault(title, []).append(Clause(line["doc_id"], text))
    return [Work(title, title, clauses) for title, clauses in pages.items()]


def questions(data: Path, split: str) -> Sequence[Asked]:
    """Question and scenario with the rule that decides."""
    return [
        Asked(
            Query(line["question"], context=((line["scenario"], EARLIER_QUESTION),), limit=10),
            frozenset((line["gold_snippet"],)),
            line["tree_id"],
        )
        for line in lines(data, f"utterances.{split}")
    ]


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall@1 and @5."""
    with shelved(works(data), "en") as index:
        return scores(index, questions(data, split), (1, 5))
