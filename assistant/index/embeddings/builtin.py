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
_ROWS = 4096  # of a table that are worked on at once, so that no second table is needed
_FEW = 8  # with fewer windows there is nothing to learn: terms get random vectors

_Ids = NDArray[np.int32]
_Counts = NDArray[np.int64]
_Doubles = NDArray[np.float64]


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
        held = [self._held(text) for text in texts]
        used = np.zeros(len(self.table), bool)
        for rows, _ in held:
            used[rows] = True
        table = self.table[used].astype(np.float32)  # once for all: most terms occur in many passages
        place = np.cumsum(used) - 1
        return np.stack([self._sum(weights @ table[place[rows]]) for rows, weights in held])

    def query(self, text: str) -> Vectors:
        """The vector of a question (one dimension)."""
        rows, weights = self._held(text)
        return self._sum(weights @ self.table[rows].astype(np.float32))

    def _held(self, text: str) -> tuple[_Ids, Vectors]:
        """The known terms of a text as rows of the table, each with how much it weighs."""
        counts = Counter(map(self.terms.get, terms(text)))
        counts.pop(None, None)
        times = np.fromiter(counts.values(), np.float32, len(counts))
        return np.fromiter(counts, np.int32, len(counts)), 1 + np.log(times)

    @staticmethod
    def _sum(total: Vectors) -> Vectors:
        total = total + np.float32(1e-6)  # a text of unknown words has a direction, too
        return np.asarray(total / np.linalg.norm(total), np.float32)


class BuiltinEmbedder:
    """Trains `StaticEmbedder`; see `CorpusEmbedder`."""

    name = "builtin"
    fingerprint = "builtin-4"

    def train(self, lessons: Lessons, folder: Path) -> StaticEmbedder:
        """Learn, and write the model to ``folder``."""
        known, frequency, texts = _numbered(lessons.texts)
        windows = [np.unique(np.concatenate([texts[i] for i in window])) for window in lessons.together]
        vectors = _term_vectors([window for window in windows if len(window)], len(known))
        rarity = np.log1p((len(texts) + 0.5) / (frequency + 0.5))
        folder.mkdir(parents=True, exist_ok=True)
        vectors *= rarity[:, None].astype(np.float32)
        np.save(folder / "table.npy", vectors.astype(np.float16))
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
        guess = table.transposed_times(_orthonormal(table.times(guess)))
    basis = _orthonormal(guess)
    strength, turn = _axes(table.times(basis))
    _turn(basis, turn * np.sqrt(strength))
    return _unit(basis[:, :wanted] / table.column_roots[:, None])


def _axes(tall: Vectors) -> tuple[_Doubles, _Doubles]:
    """The singular values of a tall table, largest first, and its right singular vectors as columns."""
    gram = np.zeros((tall.shape[1], tall.shape[1]))
    for start in range(0, len(tall), _ROWS):
        part = tall[start : start + _ROWS].astype(np.float64)
        gram += part.T @ part
    squares, vectors = np.linalg.eigh(gram)
    return np.sqrt(np.maximum(squares[::-1], 0)), vectors[:, ::-1]


def _orthonormal(tall: Vectors) -> Vectors:
    """``tall`` itself, its columns made orthonormal; those that others make up are noise."""
    strength, turn = _axes(tall)
    _turn(tall, turn / np.maximum(strength, 1e-6 * strength[0]))
    return tall


def _turn(tall: Vectors, matrix: _Doubles) -> None:
    """``tall`` times a small ``matrix``, in its own place: the table of terms is too large for copies."""
    for start in range(0, len(tall), _ROWS):
        tall[start : start + _ROWS] = tall[start : start + _ROWS] @ matrix.astype(np.float32)


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
        sums = np.empty((len(self._windows), dense.shape[1]), np.float32)
        for i, window in enumerate(self._windows):
            sums[i] = (1 / self.column_roots[window]) @ dense[window]
        sums /= self._row_roots[:, None]
        return _less(sums, self._row_share, self._column_share @ dense)

    def transposed_times(self, dense: Vectors) -> Vectors:
        """The table turned on its side times a dense one."""
        total = np.zeros((len(self.column_roots), dense.shape[1]), np.float32)
        for window, row in zip(self._windows, dense / self._row_roots[:, None], strict=True):
            total[window] += row
        total /= self.column_roots[:, None]
        return _less(total, self._column_share, self._row_share @ dense)


def _less(table: Vectors, column: Vectors, row: Vectors) -> Vectors:
    """``table`` itself less ``column`` times ``row``."""
    for start in range(0, len(table), _ROWS):
        table[start : start + _ROWS] -= np.outer(column[start : start + _ROWS], row)
    return table


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
