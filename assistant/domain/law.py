"""Law: instruments, their texts, and the parts of a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


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
