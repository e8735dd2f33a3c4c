"""What the index needs of an embedder, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, one row per text.

    Vectors of embedders with the same ``fingerprint`` may be compared. ``weight`` is the share of the
    vectors' vote beside the words' (0..1): small for a weak embedder, half for a strong one. ``costly``
    vectors are kept in the catalogue, so that no text is ever sent twice.
    """

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever old vectors cannot be compared with new ones."""
        ...

    @property
    def weight(self) -> float:
        """Share of the vectors in fusion."""
        ...

    @property
    def costly(self) -> bool:
        """True where asking again costs money or minutes."""
        ...

    def texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        ...

    def query(self, text: str) -> Vectors:
        """The vector of a question (one dimension)."""
        ...


@runtime_checkable
class CorpusEmbedder(Protocol):
    """An embedder that has first to be trained on the corpus; what it learns is kept in a file."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever models trained by it cannot be read any more."""
        ...

    def train(self, texts: Iterable[str], file: Path) -> Embedder:
        """Learn from ``texts`` and write the model to ``file``."""
        ...

    def load(self, file: Path) -> Embedder:
        """The embedder that `train` wrote."""
        ...
