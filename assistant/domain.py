"""The words of the house: what every other module talks about.

Frozen dataclasses, standard library only. This module knows nothing of files, databases, models or
screens. Foreign types (Chroma results, OpenAI responses, LlamaIndex nodes) become one of these in the
module that received them. Dates are ISO 8601 strings that may be partial (``2023-09``), because sources
often give no day; `validity.py` compares them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


# --- Law: instruments, their texts and the parts of a text -------------------------------------------


class Level(StrEnum):
    """Who made the instrument; ``international`` is for reference material such as rankings."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    INTERNATIONAL = "international"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of text the instrument is."""

    LAW = "law"
    REGULATION = "regulation"
    NORMATIVE = "normative"
    PLAN = "plan"
    NOTICE = "notice"
    DRAFT = "draft"
    REFERENCE = "reference"
    NEWS = "news"
    OTHER = "other"


class Authority(IntEnum):
    """How much weight an instrument has when two of them disagree: law first, news last."""

    NEWS = 10
    REFERENCE = 20
    DRAFT = 30
    OTHER = 40
    NOTICE = 50
    PLAN = 55
    NORMATIVE = 60
    REGULATION = 70
    LAW = 80


class ValidityStatus(StrEnum):
    """What is known about an instrument's validity, as its record says."""

    IN_FORCE = "in_force"
    IN_FORCE_PRESUMED = "in_force_presumed"  # no repeal seen, not confirmed
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    WINDOW_CLOSED = "window_closed"  # a yearly call that is over
    HISTORICAL = "historical"  # an old call; later ones were not found
    DRAFT = "draft"
    REFERENCE = "reference"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an instrument's record comes from."""

    url: str
    type: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One policy document or regulation as a legal object; its texts are `Document`s.

    ``read_fields`` names the fields that were read from the text and not given by a manifest.
    """

    id: str
    title_zh: str | None = None
    title_en: str | None = None
    kind: Kind = Kind.OTHER
    level: Level = Level.UNKNOWN
    authority: Authority = Authority.OTHER
    issuer_zh: str | None = None
    issuer_en: str | None = None
    doc_number: str | None = None
    issued: str | None = None
    published: str | None = None
    effective: str | None = None
    expires: str | None = None
    status: ValidityStatus = ValidityStatus.UNKNOWN
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    aliases: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: str | None = None
    coverage_zh: str | None = None
    coverage_en: str | None = None
    read_fields: tuple[str, ...] = ()

    def title(self, language: Language) -> str:
        """The title in ``language``, else in the other one, else the id."""
        first, second = (self.title_zh, self.title_en) if language == "zh" else (self.title_en, self.title_zh)
        return first or second or self.id

    def issuer(self, language: Language) -> str | None:
        """The issuing body in ``language``, else in the other one."""
        if language == "zh":
            return self.issuer_zh or self.issuer_en
        return self.issuer_en or self.issuer_zh

    @property
    def url(self) -> str | None:
        """The address of the best source: an official one if there is any."""
        ranked = sorted(self.sources, key=lambda s: 0 if s.type.startswith("official") else 1)
        return next((s.url for s in ranked if s.url.startswith(("http://", "https://"))), None)


@dataclass(frozen=True, slots=True)
class Validity:
    """What may be said of an instrument's validity on one day."""

    on: str
    in_force: bool | None  # None: the record does not tell
    status: ValidityStatus
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class Document:
    """One readable text of an instrument, in one language.

    ``text`` is the normalised text; every character span in the system counts in it. ``digest`` is the
    SHA-256 of the original bytes. ``page_starts[i]`` is the offset at which page i + 1 begins.
    """

    id: str
    instrument_id: str
    language: Language
    path: str
    format: str
    digest: str
    title: str
    text: str
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A node of a document's own structure: ``path`` holds the headings from the top, its own last."""

    document_id: str
    ordinal: int
    path: tuple[str, ...]
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit that is indexed: whole clauses of one section under a token budget.

    ``id`` is derived from content. ``text`` is exactly ``document.text[start:end]``; the title and the
    ``path`` travel beside it and are indexed with it.
    """

    id: str
    document_id: str
    instrument_id: str
    language: Language
    ordinal: int
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    tokens: int
    page: int | None = None


# --- Retrieval ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be searched. Empty tuples mean no restriction."""

    as_of: str | None = None  # ISO date; None: today
    languages: tuple[Language, ...] = ()
    levels: tuple[Level, ...] = ()
    kinds: tuple[Kind, ...] = ()
    issuers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    include_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A standalone question for the retrievers.

    ``context`` carries words of earlier turns with their weights (the question itself weighs 1);
    ``focus`` names instruments that the conversation is about.
    """

    text: str
    filters: Filters = Filters()
    context: tuple[tuple[str, float], ...] = ()
    focus: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question, with where it stands in law.

    ``found_by`` maps a retriever's name to the normalised score it gave.
    """

    chunk: Chunk
    instrument: Instrument
    validity: Validity
    score: float
    found_by: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The passages found, best first, and how likely they are to hold the answer (0..1 or unknown)."""

    query: Query
    passages: tuple[Passage, ...]
    answerability: float | None = None


# --- Answers -----------------------------------------------------------------------------------------


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
    """One sentence (or list item) of an answer with its citations."""

    text: str
    citations: tuple[Citation, ...] = ()
    grounding: Grounding = Grounding(Support.NOT_CHECKABLE)


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
    """What a model call cost, as the endpoint reported it."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


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
    answer (a fallback was used, a rule is outdated), never claims about policy.
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


# --- What a door sees while an answer is being made ---------------------------------------------------


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
