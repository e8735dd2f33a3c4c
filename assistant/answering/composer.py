"""What a composer is given and what it hands back, whichever way it writes.

Two composers stand behind this interface: `extractive` quotes clauses and needs no model, `generative`
lets a chat model write. Neither decides what the reader sees: the pipeline checks every draft first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from assistant.answering.computation import Computation
from assistant.domain import Conversation, Evidence, Language, Usage


@dataclass(frozen=True, slots=True)
class ComposeTask:
    """One question with the evidence it may be answered from, under labels 1..n."""

    question: str  # standalone: follow-ups have been resolved
    language: Language  # of the answer
    evidence: tuple[Evidence, ...]
    as_of: str  # ISO date
    conversation: Conversation = Conversation()
    context: tuple[tuple[str, float], ...] = ()  # words of earlier turns with their weights
    before: str = ""  # the question that this one leans on
    focus: tuple[str, ...] = ()  # ids of the instruments it is about


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a chunk's text that a draft rests on."""

    label: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One sentence (or list item) before it is checked.

    ``labels`` are as the composer gave them and may be wrong. ``spans`` say which characters of the
    cited chunks are quoted, where the composer knows. ``computed`` are figures that our own code worked
    out; a model never fills it.
    """

    text: str
    labels: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    computed: tuple[Computation, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """The composer is done; always its last item. ``refused``: it found no answer in the evidence.

    ``gap`` is what the evidence itself says it does not hold, ``unanswered`` the parts of the question that
    stay open, ``missing_facts`` what the asker would have to tell.
    """

    refused: bool = False
    gap: str = ""
    unanswered: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    usage: Usage | None = None
    prompt_digests: dict[str, str] = field(default_factory=dict)


class Composer(Protocol):
    """Writes drafts from evidence."""

    @property
    def name(self) -> str:
        """``extractive``, or the model's name."""
        ...

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        """Drafts in reading order, then one `Composed`. Raises `ModelError` when a model fails."""
        ...
