"""Whole laws put together again from a file of single articles, as benchmarks hand them out.

A law is its title, its history and its articles under their 编, 章 and 节; what the parser has to find again
stands beside the text.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from eval.errors import DataMissing


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number as written, the headings above it, its words, one paragraph a line."""

    number: str
    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Law:
    """A law with what is known of its edition."""

    id: str
    title: str
    history: tuple[str, ...]
    version: str | None
    superseded: bool
    articles: tuple[Article, ...]

    def lines(self, *, gap: str = "\u3000") -> Iterator[tuple[str, str]]:
        """Kind and words of each line in order: title, history, heading, article, paragraph.

        ``gap`` stands between an article's number and its words.
        """
        yield "title", self.title
        for note in self.history:
            yield "history", f"（{note}）"
        above: tuple[str, ...] = ()
        for article in self.articles:
            same = 0
            while same < min(len(above), len(article.path)) and above[same] == article.path[same]:
                same += 1
            for heading in article.path[same:]:
                yield "heading", heading
            above = article.path
            first, *more = article.text.split("\n")
            yield "article", f"{article.number}{gap}{first}"
            for line in more:
                yield "paragraph", line

    def text(self, *, gap: str = "\u3000") -> str:
        """The law as plain text, one paragraph a line."""
        return "\n".join(words for _, words in self.lines(gap=gap)) + "\n"


def laws(folder: Path, limit: int | None = None) -> list[Law]:
    """The laws of a benchmark folder, at most ``limit`` articles of them, articles in order.

    Either ``documents.jsonl.gz`` with ``articles.jsonl.gz``, or one ``corpus.jsonl.gz`` of articles.
    """
    flat = (folder / "corpus.jsonl.gz").is_file()
    articles: dict[str, list[Article]] = {}
    for row in islice(rows(folder / ("corpus.jsonl.gz" if flat else "articles.jsonl.gz")), limit):
        lines = (line.strip("\u200b\xa0\t \u3000") for line in row["text"].split("\n"))
        text = "\n".join(line for line in lines if line)
        path = tuple(" ".join(heading.split()) for heading in row["path"])
        articles.setdefault(row["title" if flat else "doc_id"], []).append(
            Article(row["article"], path, text)
        )
    if flat:
        return [Law(title, title, (), None, False, tuple(found)) for title, found in articles.items()]
    return [
        Law(
            row["doc_id"],
            row["title"],
            tuple(row["history"]),
            row["version_date"],
            row["superseded"],
            tuple(articles[row["doc_id"]]),
        )
        for row in rows(folder / "documents.jsonl.gz")
        if row["doc_id"] in articles
    ]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON-lines file. Raises `DataMissing` when it is not there."""
    if not path.is_file():
        raise DataMissing(
            zh=f"找不到 {path}。",
            en=f"{path} is not there.",
            hint_zh="--data 应为评测数据所在的文件夹。",
            hint_en="--data names the folder of the benchmark.",
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
