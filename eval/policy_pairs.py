"""Sentences of Chinese laws with a clause that supports them, or with the most similar one that does not.

Supported: a harmless rewrite with its own clause. Unsupported: a sentence with the neighbour article of the
same law that shares most of its words. The truth is known by construction; no person labelled anything.
"""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from assistant.answering.faithfulness_words import content
from assistant.language.sentences import sentences
from eval.bench_grounding import is_sentence
from eval.calibration_data import Labelled, rows
from eval.rewrites import changes

_LAWS = 150
_PER_LAW = 12


def policy_pairs(data: Path) -> list[Labelled]:
    """As many supported as unsupported pairs."""
    laws: dict[str, list[str]] = defaultdict(list)
    for row in rows(data / "laws_zh" / "articles.jsonl.gz"):
        laws[row["doc_id"]].append(row["text"])
    chance = random.Random(20261123)  # noqa: S311 - the same pairs in every run
    harmless = [
        change
        for change in changes()
        if change.language == "zh" and not change.harmful and change.name != "verbatim"
    ]
    found: list[Labelled] = []
    for law in chance.sample(sorted(laws), min(_LAWS, len(laws))):
        articles = [text for text in laws[law] if len(text) > 40]
        if len(articles) < 4:
            continue
        for index in chance.sample(range(len(articles)), min(_PER_LAW, len(articles))):
            units = [s.text for s in sentences(articles[index]) if is_sentence(s.text, "zh")]
            if units:
                unit = chance.choice(units)
                chance.shuffle(harmless)
                reworded = next(c for change in harmless if (c := change.rewrite(unit, chance)))
                found.append(_pair(reworded, articles[index], law, unsupported=False))
                others = [text for text in articles if text != articles[index] and unit not in text]
                found.append(_pair(unit, _nearest(unit, others), law, unsupported=True))
    return found


def _nearest(unit: str, articles: list[str]) -> str:
    words = set(content(unit))
    return max(articles, key=lambda text: len(words & set(content(text))))


def _pair(text: str, clause: str, law: str, *, unsupported: bool) -> Labelled:
    return Labelled(text, (clause,), "", unsupported, law, "policy")
