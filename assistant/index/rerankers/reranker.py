"""What the index needs of a reranker, in its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Reranker(Protocol):
    """Says how well each text answers a question."""

    @property
    def name(self) -> str:
        """What a person calls it."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """One finite score per text, in their order, higher for better; any scale.

        Raises `ModelError` when they cannot be had, `SettingsError` when the model cannot be loaded.
        """
        ...
