"""What the index needs of an embedder, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors of length 1, one row per text.

    Vectors of embedders with the same ``fingerprint`` may be compared. ``weight`` is the vectors' vote in
    fusion, where the words have 1. ``costly`` vectors are kept in the catalogue, so that no text is ever
    sent twice.
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
        """The vectors' vote in fusion."""
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


@dataclass(frozen=True, slots=True)
class Lessons:
    """What an embedder learns from: texts, and which of them stand together (positions in ``texts``)."""

    texts: Sequence[str]
    together: Sequence[Sequence[int]]


@runtime_checkable
class CorpusEmbedder(Protocol):
    """An embedder that has first to be trained on the corpus; what it learns is kept in a folder."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever models trained by it cannot be read any more."""
        ...

    def train(self, lessons: Lessons, folder: Path) -> Embedder:
        """Learn, and write the model to ``folder``."""
        ...

    def load(self, folder: Path) -> Embedder:
        """The embedder that `train` wrote."""
        ...
