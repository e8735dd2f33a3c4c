"""The built-in embedder: a vector per term, learned from the corpus itself at ingest. No key, no download.

Terms that occur in the same chunks get similar vectors (a truncated singular value decomposition of the
weighted chunk-term matrix, after Deerwester et al. 1990, found with the randomised method of Halko et al.
2011); a text is the sum of its terms' vectors, rarer terms counting more. It adds what the words alone
miss, and little more, hence its small share in fusion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embeddings.embedder import Vectors
from assistant.language.tokens import terms

_DIMENSIONS = 256
_VOCABULARY = 200_000
_WEIGHT = 0.15


@dataclass(frozen=True)
class StaticEmbedder:
    """A trained table of term vectors; see `Embedder`."""

    name: str
    fingerprint: str
    index: dict[str, int]
    vectors: Vectors
    weight: float = _WEIGHT
    costly: bool = False

    def texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        return np.stack([self.query(text) for text in texts])

    def query(self, text: str) -> Vectors:
        """The vector of a question (one dimension)."""
        counts = Counter(i for term in terms(text) if (i := self.index.get(term)) is not None)
        if not counts:
            return np.full(self.vectors.shape[1], self.vectors.shape[1] ** -0.5, np.float32)
        weights = 1 + np.log(np.fromiter(counts.values(), np.float32))
        total = weights @ self.vectors[list(counts)]
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


class BuiltinEmbedder:
    """Trains `StaticEmbedder`; see `CorpusEmbedder`."""

    name = "builtin"
    fingerprint = "builtin-1"

    def train(self, texts: Iterable[str], file: Path) -> StaticEmbedder:
        """Learn from ``texts`` and write the model to ``file``."""
        matrix, vocabulary = _count(texts)
        dimensions = min(_DIMENSIONS, len(vocabulary), matrix.rows)
        vectors = _term_vectors(matrix, len(vocabulary), dimensions)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            np.savez(out, vectors=vectors, terms=np.array("\n".join(vocabulary)))
        return self.load(file)

    def load(self, file: Path) -> StaticEmbedder:
        """The embedder that `train` wrote."""
        with np.load(file) as stored:
            vectors = stored["vectors"]
            vocabulary = str(stored["terms"]).split("\n")
        digest = sha256(file.read_bytes()).hexdigest()[:16]
        index = {term: i for i, term in enumerate(vocabulary)}
        return StaticEmbedder(self.name, f"{self.fingerprint}-{digest}", index, vectors)


@dataclass(frozen=True)
class _Matrix:
    """A sparse matrix by rows."""

    offsets: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    @property
    def rows(self) -> int:
        return len(self.offsets) - 1

    def times(self, dense: Vectors) -> Vectors:
        """This matrix times a dense one."""
        result = np.zeros((self.rows, dense.shape[1]), np.float32)
        for row in range(self.rows):
            a, b = self.offsets[row], self.offsets[row + 1]
            result[row] = self.values[a:b] @ dense[self.columns[a:b]]
        return result

    def transposed_times(self, dense: Vectors, columns: int) -> Vectors:
        """The transpose of this matrix times a dense one."""
        result = np.zeros((columns, dense.shape[1]), np.float32)
        for row in range(self.rows):
            a, b = self.offsets[row], self.offsets[row + 1]
            result[self.columns[a:b]] += self.values[a:b, None] * dense[row]  # columns differ within a row
        return result


def _count(texts: Iterable[str]) -> tuple[_Matrix, list[str]]:
    counted = [Counter(terms(text)) for text in texts]
    frequency = Counter(term for counts in counted for term in counts)
    common = [term for term, n in frequency.most_common(_VOCABULARY) if n > 1] or list(frequency) or [" "]
    index = {term: i for i, term in enumerate(common)}
    total = len(counted)
    idf = np.log(1 + total / np.array([max(frequency[t], 1) for t in common], np.float32))
    offsets, columns, values = [0], [], []
    for counts in counted:
        known = [(index[t], n) for t, n in counts.items() if t in index]
        row = np.array([c for c, _ in known], np.int32)
        weights = (1 + np.log(np.array([n for _, n in known], np.float32))) * idf[row]
        columns.append(row)
        values.append(weights / max(float(np.linalg.norm(weights)), 1e-9))
        offsets.append(offsets[-1] + len(row))
    return _Matrix(np.array(offsets), np.concatenate(columns), np.concatenate(values)), common


def _term_vectors(matrix: _Matrix, vocabulary: int, dimensions: int) -> Vectors:
    random = np.random.default_rng(0)
    guess = random.standard_normal((vocabulary, dimensions), np.float32)
    for _ in range(2):
        guess = matrix.transposed_times(np.linalg.qr(matrix.times(guess))[0], vocabulary)
    basis = np.linalg.qr(guess)[0]
    return np.asarray(basis, np.float32)
