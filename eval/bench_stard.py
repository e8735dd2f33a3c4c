"""Benchmark ``stard``: lay questions on 55,000 articles of Chinese statutes (Su et al. 2024)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.domain import Authority, Kind, Query
from eval.shelving import Asked, Clause, Work, lines, scores, shelved

#: Folders of the source that hold no statutes, with the rank of what they hold.
_RANKS = {
    "行政法规": (Kind.REGULATION, Authority.NORMATIVE),
    "部门规章": (Kind.NORMATIVE, Authority.NOTICE),
    "司法解释": (Kind.REGULATION, Authority.REGULATION),
}


def works(data: Path) -> Sequence[Work]:
    """The statutes with their articles, in order."""
    articles: dict[tuple[str, str], list[Clause]] = {}
    for line in lines(data, "corpus"):
        path = (*line["path"], line["article"])
        clause = Clause(line["doc_id"], line["text"], path)
        articles.setdefault((line["title"], line["file"].split("/")[0]), []).append(clause)
    found = []
    for (title, folder), clauses in articles.items():
        kind, authority = _RANKS.get(folder, (Kind.LAW, Authority.LAW))
        found.append(Work(f"{title}/{folder}", title, clauses, kind, authority))
    return found


def questions(data: Path, split: str) -> Sequence[Asked]:
    """The questions with their gold articles."""
    return [
        Asked(Query(line["query"], limit=100), frozenset(g["doc_id"] for g in line["gold"]), line["id"])
        for line in lines(data, f"queries.{split}")
    ]


def measure(data: Path, split: str) -> Mapping[str, float]:
    """Recall@10 and @100."""
    with shelved(works(data), "zh") as index:
        return scores(index, questions(data, split), (10, 100))
