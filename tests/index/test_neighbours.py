"""A clause's vector leans towards the clauses beside it, and follows them when they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Instrument
from assistant.index.embeddings.embedder import Embedder, Lessons, Vectors
from assistant.index.index import Index
from tests.index.shelf import Clauses, document

_LETTERS = "甲乙丙丁戊己"
CLAUSES: Clauses = (("一", "甲"), ("二", "乙"), ("三", "丙"), ("四", "丁"))


@dataclass(frozen=True)
class Letters:
    """An embedder with one direction for each letter; stands in for one trained on a large corpus."""

    weight: float
    name: str = "letters"
    fingerprint: str = "letters"
    costly: bool = False

    def texts(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        return np.asarray([letter in text for letter in _LETTERS], np.float32)


@dataclass(frozen=True)
class Trainer:
    """Gives `Letters` of one weight, whatever there is to learn from."""

    weight: float
    name: str = "letters"
    fingerprint: str = "letters"

    def train(self, lessons: Lessons, folder: Path) -> Embedder:
        folder.mkdir(parents=True, exist_ok=True)
        return self.load(folder)

    def load(self, folder: Path) -> Embedder:
        return Letters(self.weight)


def cosines(state: Path, weight: float, clauses: Clauses, letter: str) -> list[float]:
    """The cosine of each clause with ``letter`` after ``clauses`` have been put in."""
    text, sections, chunks = document("law", clauses, title="")
    with Index.open(state, embedder=Trainer(weight), write=True) as index:
        index.put_instruments([Instrument("law")])
        index.replace(text, sections, chunks, "v1")
        index.refresh()
        dense = index.dense()
        assert dense is not None
        found = dense.score([(letter, 1.0)], [chunk.id for chunk in chunks])
        return [found[chunk.id] for chunk in chunks]


def test_a_vector_has_a_share_of_those_beside_it(tmp_path: Path) -> None:
    length = np.sqrt(1 + 2 * 0.3**2)
    one_side = np.sqrt(1 + 0.3**2)
    assert cosines(tmp_path, 0.8, CLAUSES, "乙") == pytest.approx(
        [0.3 / one_side, 1 / length, 0.3 / length, 0], abs=1e-3
    )


def test_a_changed_clause_changes_its_neighbours_vectors(tmp_path: Path) -> None:
    long = tuple((f"{i}", "戊") for i in range(20))  # so that one change does not start all anew
    cosines(tmp_path, 0.8, (*CLAUSES, *long), "乙")
    changed = (CLAUSES[0], ("二", "己"), *CLAUSES[2:], *long)
    assert cosines(tmp_path, 0.8, changed, "乙")[:4] == pytest.approx([0, 0, 0, 0], abs=1e-3)


def test_a_removed_clause_leaves_no_trace_beside_it(tmp_path: Path) -> None:
    long = tuple((f"{i}", "戊") for i in range(20))
    cosines(tmp_path, 0.8, (*CLAUSES, *long), "乙")
    left = (CLAUSES[0], *CLAUSES[2:], *long)
    assert cosines(tmp_path, 0.8, left, "乙")[:3] == pytest.approx([0, 0, 0], abs=1e-3)


def test_a_corpus_too_small_to_learn_from_keeps_each_clause_to_itself(tmp_path: Path) -> None:
    assert cosines(tmp_path, 0.1, CLAUSES, "乙") == pytest.approx([0, 1, 0, 0], abs=1e-3)
