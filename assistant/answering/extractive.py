"""Answers without a model: the clauses that answer are picked and quoted.

Knows nothing of how passages were found or of what the reader finally sees.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.composer import Composed, ComposeTask, Draft, Span
from assistant.language.sentences import sentences
from assistant.language.tokens import terms


class ExtractiveComposer:
    """Quotes the sentences of the evidence that answer the question."""

    @property
    def name(self) -> str:
        """How answers made this way are marked."""
        return "extractive"

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        """Drafts that are quotations, best clause first, then `Composed`."""
        wanted = set(terms(task.question))
        scored = []
        for evidence in task.evidence:
            for sentence in sentences(evidence.passage.chunk.text):
                words = set(terms(sentence.text))
                share = len(words & wanted) / (len(words | wanted) or 1)
                scored.append((share, evidence.label, sentence))
        scored.sort(key=lambda item: -item[0])
        found = [item for item in scored[:3] if item[0] > 0]
        for _, label, sentence in found:
            yield Draft(sentence.text, (label,), (Span(label, sentence.start, sentence.end),))
        yield Composed(refused=not found)
