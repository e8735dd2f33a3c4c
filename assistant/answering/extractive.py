"""Answers without a model: the clauses that answer are picked and quoted.

Knows nothing of how passages were found or of what the reader finally sees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.composer import Composed, ComposeTask, Draft, Span
from assistant.answering.reading import read
from assistant.answering.relevance import Relevance
from assistant.answering.selection import is_gap, rank, select
from assistant.answering.units import Unit, units
from assistant.language.glossary import Glossary


class ExtractiveComposer:
    """Quotes the units of the evidence that answer the question."""

    def __init__(self, glossary: Glossary | None = None) -> None:
        self._glossary = glossary or Glossary()

    @property
    def name(self) -> str:
        """How answers made this way are marked."""
        return "extractive"

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        """Drafts that are quotations, in the order of the question's parts, then `Composed`."""
        found = [unit for evidence in task.evidence for unit in units(evidence)]
        relevance = Relevance.of(found, self._glossary)
        reading = read(task.question, task.language)
        shown: list[Unit] = []
        for part in reading.parts:
            weights = relevance.weights(part.text)
            for term, weight in relevance.weights(reading.given).items():
                weights.setdefault(term, weight * 0.4)
            selected = select(part, rank(part, found, relevance, weights))
            for unit in selected.units:
                if unit not in shown and not is_gap(unit.text):
                    shown.append(unit)
                    yield quote(unit)
        yield Composed(refused=not shown)


def quote(unit: Unit) -> Draft:
    """A unit as a draft that quotes it."""
    return Draft(unit.text, (unit.label,), (Span(unit.label, unit.start, unit.end),))


__all__: Sequence[str] = ("ExtractiveComposer", "quote")
