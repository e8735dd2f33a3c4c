"""The built-in embedder: a vector per term, learned from the corpus itself. No key, no download.

Terms that occur in the same stretches of text get similar vectors. The stretches are windows of
neighbouring clauses, so that a clause is also found by the words of its neighbours, and by those of its
twin in the other language. The vectors come from correspondence analysis: a truncated singular value
decomposition of the window-term table after each cell has been divided by the roots of its row and column
sums (Hirschfeld 1935; Benzécri 1973), found by random projection (Halko, Martinsson and Tropp 2011). On
55,000 articles it beat plain LSA by ten points of recall, and training term vectors to tell clauses apart
added nothing (docs/decisions/0041).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log10
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embeddings.embedder import Lessons, Vectors
from assistant.language.tokens import terms

_DIMENSIONS = 256
_VOCABULARY = 120_000
_PASSES = 2
_MANY = 20_000  # texts, from which on a term must occur in three of them, not two
_SPARE = 10  # extra random directions; they make the projection exact enough
_FEW = 8  # with fewer windows there is nothing to learn: terms get random vectors

_Ids = NDArray[np.int32]
_Counts = NDArray[np.int64]


@dataclass(frozen=True)
class StaticEmbedder:
    """A trained table of term vectors; see `Embedder`."""

    fingerprint: str
    terms: Mapping[str, int]
    table: NDArray[np.float16]  # one row per term, longer for rarer terms
    lessons: int
    name: str = "builtin"
    costly: bool = False

    @property
    def weight(self) -> float:
        """More text makes better vectors: .1 for 600 chunks, .35 for 3,000, .8 for 60,000 (decision 0041)."""
        return min(max(0.1 + 0.35 * (log10(max(self.lessons, 1)) - 2.8), 0.1), 0.8)

    def texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """The vector of a question (one dimension)."""
        counts = Counter(row for term in terms(text) if (row := self.terms.get(term)) is not None)
        total = np.full(self.table.shape[1], 1e-6, np.float32)  # a text of unknown words has a direction, too
        if counts:
            weights = 1 + np.log(np.fromiter(counts.values(), np.float32))
            total += weights @ self.table[list(counts)].astype(np.float32)
        return np.asarray(total / np.linalg.norm(total), np.float32)


class BuiltinEmbedder:
    """Trains `StaticEmbedder`; see `CorpusEmbedder`."""

    name = "builtin"
    fingerprint = "builtin-2"

    def train(self, lessons: Lessons, folder: Path) -> StaticEmbedder:
        """Learn, and write the model to ``folder``."""
        known, frequency, texts = _numbered(lessons.texts)
        windows = [np.unique(np.concatenate([texts[i] for i in window])) for window in lessons.together]
        vectors = _term_vectors([window for window in windows if len(window)], len(known))
        rarity = np.log1p((len(texts) + 0.5) / (frequency + 0.5))
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / "table.npy", (vectors * rarity[:, None]).astype(np.float16))
        (folder / "terms.txt").write_text("\n".join((str(len(texts)), *known)), encoding="utf-8")
        return self.load(folder)

    def load(self, folder: Path) -> StaticEmbedder:
        """The embedder that `train` wrote."""
        table = np.load(folder / "table.npy", mmap_mode="r")
        lessons, *known = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")
        digest = sha256(table[:64].tobytes() + "\n".join(known).encode()).hexdigest()[:16]
        positions = {term: i for i, term in enumerate(known)}
        return StaticEmbedder(f"{self.fingerprint}-{digest}", positions, table, int(lessons))


def _numbered(texts: Sequence[str]) -> tuple[list[str], _Counts, list[_Ids]]:
    """The terms worth learning, most frequent first; in how many texts each is; and the texts as numbers."""
    numbers: dict[str, int] = {}
    rows = [
        np.unique(np.array([numbers.setdefault(term, len(numbers)) for term in terms(text)], np.int32))
        for text in texts
    ]
    frequency = np.bincount(np.concatenate(rows), minlength=len(numbers))
    least = 2 if len(texts) < _MANY else 3
    kept = np.argsort(-frequency, kind="stable")[:_VOCABULARY]
    kept = kept[frequency[kept] >= least]
    place = np.full(len(numbers) + 1, -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    names = list(numbers)
    return (
        [names[number] for number in kept] or ["·"],
        frequency[kept] if len(kept) else np.ones(1, np.int64),
        [place[row][place[row] >= 0] for row in rows],
    )


def _term_vectors(windows: Sequence[_Ids], size: int) -> Vectors:
    """A vector of length 1 for each of ``size`` terms, from the windows they occur in."""
    random = np.random.default_rng(0)
    if len(windows) < _FEW:
        return _unit(random.standard_normal((size, _DIMENSIONS), np.float32))
    table = _Table(windows, size)
    wanted = min(_DIMENSIONS, len(windows), size)
    guess = random.standard_normal((size, min(wanted + _SPARE, len(windows), size)), np.float32)
    for _ in range(_PASSES):
        guess = table.transposed_times(np.linalg.qr(table.times(guess))[0])
    basis = np.linalg.qr(guess)[0]
    _, strength, turn = np.linalg.svd(table.times(basis), full_matrices=False)
    directions = (basis @ turn.T)[:, :wanted]
    return _unit(directions * np.sqrt(strength[:wanted]) / table.column_roots[:, None])


class _Table:
    """The window-term table as correspondence analysis wants it: only its ones are kept.

    Each cell is divided by the roots of its row and column sums, and what these sums alone would predict is
    taken away.
    """

    def __init__(self, windows: Sequence[_Ids], size: int) -> None:
        self._windows = windows
        totals = np.bincount(np.concatenate(windows), minlength=size).astype(np.float32)
        self.column_roots: Vectors = np.sqrt(np.maximum(totals, 1))
        self._row_roots = np.sqrt(np.array([len(window) for window in windows], np.float32))
        root_of_all = np.sqrt(totals.sum())
        self._column_share = np.sqrt(totals) / root_of_all
        self._row_share = self._row_roots / root_of_all

    def times(self, dense: Vectors) -> Vectors:
        """The table times a dense one."""
        scaled = dense / self.column_roots[:, None]
        sums = np.asarray([scaled[window].sum(axis=0) for window in self._windows], np.float32)
        expected = np.outer(self._row_share, self._column_share @ dense)
        return np.asarray(sums / self._row_roots[:, None] - expected, np.float32)

    def transposed_times(self, dense: Vectors) -> Vectors:
        """The table turned on its side times a dense one."""
        total = np.zeros((len(self.column_roots), dense.shape[1]), np.float32)
        for window, row in zip(self._windows, dense / self._row_roots[:, None], strict=True):
            total[window] += row
        expected = np.outer(self._column_share, self._row_share @ dense)
        return np.asarray(total / self.column_roots[:, None] - expected, np.float32)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
