"""Answers: sentences bound to clauses, how well they are grounded, and the conversation they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from assistant.domain.law import Language
from assistant.domain.retrieval import Passage


class Status(StrEnum):
    """What kind of answer this is; every door shows it."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"
    OUT_OF_SCOPE = "out_of_scope"
    NEEDS_FACTS = "needs_facts"
    DECLINED = "declined"

    @property
    def is_refusal(self) -> bool:
        """True where nothing is claimed from the sources."""
        return self not in (Status.ANSWERED, Status.PARTIAL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage as it was given to a composer, under its label (1..n)."""

    label: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Citation:
    """Binds a sentence to characters of a clause; it can be reopened later.

    ``start`` and ``end`` count in the document whose bytes had ``document_digest``; ``quote`` is that
    text.
    """

    label: int
    chunk_id: str
    instrument_id: str
    document_id: str
    document_digest: str
    path: tuple[str, ...]
    start: int
    end: int
    quote: str


class Support(StrEnum):
    """Outcome of the grounding check of one sentence."""

    SUPPORTED = "supported"
    WEAK = "weak"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"  # greetings, headings, words about the sources themselves


@dataclass(frozen=True, slots=True)
class Conflict:
    """A typed contradiction between a sentence and its evidence, e.g. ``number``: 5% against 4%."""

    type: str
    claimed: str
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounding:
    """Is the sentence supported by what it cites? Conflicts lock; ``score`` (0..1) only marks."""

    support: Support
    conflicts: tuple[Conflict, ...] = ()
    score: float | None = None
    reason_zh: str = ""
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or list item) of an answer with its citations.

    ``computed`` holds the sums that code worked out for it, e.g. ``600万 ÷ 9000万 = 6.67%``: their results
    stand in no clause.
    """

    text: str
    citations: tuple[Citation, ...] = ()
    grounding: Grounding = Grounding(Support.NOT_CHECKABLE)
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceConflict:
    """Live sources disagree: what each says and which reading is recommended."""

    id: str
    topic_zh: str
    topic_en: str
    claims: tuple[tuple[str, str], ...]  # (instrument id, what it says)
    resolution_zh: str
    resolution_en: str
    confidence: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model call took, as the endpoint reported it; ``cost`` in the currency of the prices, if set."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def priced(self, prices: tuple[float, float] | None) -> Usage:
        """With its cost; ``prices`` are those of a million prompt and completion tokens."""
        if prices is None:
            return self
        prompt, completion = prices
        cost = (self.prompt_tokens * prompt + self.completion_tokens * completion) / 1_000_000
        return replace(self, cost=cost)


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about: enough to explain it and to repeat it."""

    composer: str = "extractive"  # or the model's name
    standalone_question: str = ""
    answerability: float | None = None
    prompt_digests: Mapping[str, str] = field(default_factory=dict)
    usage: Usage | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets: sentences bound to clauses, or an honest refusal.

    ``held_back`` are sentences the grounding check did not let through; ``notices`` are words about the
    answer (a fallback was used, a rule is outdated), never claims about policy. ``options`` are what the
    reader is asked to choose among, in the order shown.
    Raises `ValueError` when it claims to answer without a citation, or cites under a refusal.
    """

    question: str
    language: Language
    status: Status
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[SourceConflict, ...] = ()
    held_back: tuple[Sentence, ...] = ()
    notices: tuple[str, ...] = ()
    missing_facts: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    searched: str = ""
    trace: Trace = Trace()

    def __post_init__(self) -> None:
        cited = any(sentence.citations for sentence in self.sentences)
        if self.status is Status.ANSWERED and not cited:
            raise ValueError("an answered question needs at least one citation")
        if self.status.is_refusal and self.status is not Status.NEEDS_FACTS and cited:
            raise ValueError(f"{self.status} must not show sources as support")

    @property
    def text(self) -> str:
        """The sentences as plain text with their labels, e.g. ``……不低于60%。[1]``."""
        lines = []
        for sentence in self.sentences:
            labels = "".join(f"[{c.label}]" for c in sentence.citations)
            lines.append(f"{sentence.text}{labels}")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the answer that the reader saw."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns so far, oldest first; doors keep one per session."""

    turns: tuple[Turn, ...] = ()

    def then(self, question: str, answer: Answer) -> Conversation:
        """This conversation with one more turn."""
        return Conversation((*self.turns, Turn(question, answer)))


# --- What a door sees while an answer is being made ---


@dataclass(frozen=True, slots=True)
class Progress:
    """Work has reached a stage: ``understanding``, ``searching``, ``composing``."""

    stage: str


@dataclass(frozen=True, slots=True)
class SentenceReleased:
    """A sentence has passed the check and may be shown."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete. Always the last event; replaces whatever was streamed."""

    answer: Answer


Event = Progress | SentenceReleased | Finished
