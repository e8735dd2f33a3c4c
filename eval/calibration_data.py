"""Human-labelled sets, read into one shape: a text, its contexts, what people said, what must stay together.

The sets are not part of this repository; docs/faithfulness.md says where each comes from. ``<name>.<split>``
names the half: ``dev`` may be tuned on, ``heldout`` may not.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Any

from eval.errors import DataMissing


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text that people judged: ``unsupported`` as a whole, and in the given spans of it.

    ``cluster`` is what shares a source; ``kind`` tells sub-sets apart; ``rating`` is a mean of ratings.
    """

    text: str
    contexts: tuple[str, ...]
    question: str
    unsupported: bool
    cluster: str
    kind: str
    spans: tuple[tuple[int, int], ...] = ()
    errors: tuple[str, ...] = ()
    rating: float = 0.0


def ragtruth(data: Path, split: str) -> list[Labelled]:
    """Answers with labelled spans; ``kind`` is ``qa`` for the published test set, else ``other_<task>``."""
    return [
        Labelled(
            text=row["response"],
            contexts=_passages(row["context"]) if row["task"] == "QA" else (row["context"],),
            question=row["query"],
            unsupported=bool(row["hallucinated"]),
            cluster=row["group"],
            kind="qa" if row["origin"] == "qcnli_test" else f"other_{row['task'].lower()}",
            spans=tuple((span["start"], span["end"]) for span in row["spans"]),
            errors=tuple(sorted({span["type"] for span in row["spans"]})),
        )
        for row in rows(data / "ragtruth" / f"responses.{split}.jsonl.gz")
    ]


def mtrag(data: Path, split: str) -> list[Labelled]:
    """Answers of a conversation with ratings from 1 to 4; unsupported where the median is 2 or less."""
    return [
        Labelled(
            text=row["response"],
            contexts=tuple(context["text"] for context in row["contexts"]),
            question=row["query"],
            unsupported=median(row["human"]["faithfulness"]) <= 2,
            cluster=row["conversation_id"],
            kind=row["collection"],
            rating=fmean(row["human"]["faithfulness"]),
        )
        for row in rows(data / "mtrag" / f"human_eval.{split}.jsonl.gz")
    ]


def uhgeval(data: Path, split: str) -> list[Labelled]:
    """Keywords of Chinese news continuations; ``kind`` tells those with digits."""
    return [
        Labelled(
            text=keyword["keyword"],
            contexts=(f"{row['beginning']}\n{row['remainder']}",),
            question="",
            unsupported=not keyword["ok"],
            cluster=row["id"],
            kind="digits" if re.search(r"\d", keyword["keyword"]) else "words",
        )
        for row in rows(data / "uhgeval" / f"items.{split}.jsonl.gz")
        for keyword in row["keywords"]
    ]


def ocnli(data: Path, split: str) -> list[Labelled]:
    """Chinese sentence pairs; unsupported is what is not entailed, ``kind`` the genre (``gov``)."""
    return [
        Labelled(
            text=row["hypothesis"],
            contexts=(row["premise"],),
            question="",
            unsupported=row["label"] != "entailment",
            cluster=row["prem_id"],
            kind=row["genre"],
        )
        for row in rows(data / "ocnli" / f"pairs.{split}.jsonl.gz")
    ]


def _passages(context: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"passage \d+:", context) if part.strip())


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a compressed JSONL file. Raises `DataMissing`."""
    if not path.is_file():
        raise DataMissing(
            zh=f"找不到数据 {path}。",
            en=f"There is no data at {path}.",
            hint_zh="请用 --data 给出基准数据所在的文件夹。",
            hint_en="Name the folder of the benchmarks with --data.",
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
