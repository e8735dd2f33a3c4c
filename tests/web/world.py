"""A small made-up world for the web tests: two instruments, their clauses, and a scripted assistant.

The regulation and every figure in it are invented.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain import (
    Answer,
    Authority,
    Chunk,
    Citation,
    Conflict,
    Conversation,
    Document,
    Event,
    Evidence,
    Filters,
    Finished,
    Grounding,
    Instrument,
    Kind,
    Language,
    Level,
    Passage,
    Progress,
    Query,
    Retrieval,
    Section,
    Sentence,
    SentenceReleased,
    Source,
    SourceConflict,
    Status,
    Support,
    Trace,
    Validity,
    ValidityStatus,
)
from assistant.settings import Settings
from assistant.validity import validity_on

TODAY = "2026-11-23"
CLAUSE = "第五条 申请登记的工坊，上一年度研发投入不低于销售收入的4.5%，专职人员不少于12人。"
BEFORE = "第四条 登记工作每年九月办理一次。"
AFTER = "第六条 登记有效期为三年。"
TEXT = "\n".join((BEFORE, CLAUSE, AFTER))
NEWS = "据报道，研发投入门槛拟提高到5%。"


def instrument(instrument_id: str = "workshop", **fields: object) -> Instrument:
    """The made-up regulation."""
    given: dict[str, object] = {
        "title_zh": "云溪市工坊登记办法",
        "title_en": "Yunxi Workshop Registration Measures",
        "kind": Kind.NORMATIVE,
        "level": Level.MUNICIPAL,
        "authority": Authority.NORMATIVE,
        "issuer_zh": "云溪市人民政府",
        "issuer_en": "Yunxi Municipal Government",
        "doc_number": "云政规〔2024〕3号",
        "issued": "2024-05-01",
        "effective": "2024-06-01",
        "expires": "2029-05-31",
        "status": ValidityStatus.IN_FORCE,
        "sources": (Source("https://yunxi.example.org/measures", "official"),),
        "confidence": "medium",
        "coverage_zh": "全文",
        "coverage_en": "full text",
    }
    return Instrument(id=instrument_id, **{**given, **fields})  # type: ignore[arg-type]


MEASURES = instrument()
REPORT = instrument(
    "report",
    title_zh="云溪日报：门槛将提高",
    title_en="Yunxi Daily: threshold to rise",
    kind=Kind.NEWS,
    authority=Authority.NEWS,
    issuer_zh="云溪日报",
    issuer_en="Yunxi Daily",
    doc_number=None,
    expires=None,
    status=ValidityStatus.REFERENCE,
    sources=(),
)


def _document(owner: Instrument, text: str) -> Document:
    return Document(
        f"{owner.id}-zh", owner.id, "zh", f"{owner.id}.md", "md", "d" * 64, owner.title("zh"), text
    )


DOCUMENTS = (_document(MEASURES, TEXT), _document(REPORT, NEWS))


def _chunk(document: Document, text: str, ordinal: int, path: tuple[str, ...]) -> Chunk:
    start = document.text.index(text)
    chunk_id = f"{document.instrument_id}{ordinal:04x}"
    return Chunk(
        chunk_id, document.id, document.instrument_id, "zh", ordinal, path, start, start + len(text), text, 40
    )


CHUNKS = (
    _chunk(DOCUMENTS[0], BEFORE, 0, ("第四条",)),
    _chunk(DOCUMENTS[0], CLAUSE, 1, ("第五条 登记条件",)),
    _chunk(DOCUMENTS[0], AFTER, 2, ("第六条",)),
    _chunk(DOCUMENTS[1], NEWS, 0, ("报道内容",)),
)
FIFTH, NEWS_CHUNK = CHUNKS[1], CHUNKS[3]


def passage(chunk: Chunk, owner: Instrument) -> Passage:
    """``chunk`` as a retriever would give it."""
    return Passage(chunk, owner, validity_on(owner, TODAY), 0.9, {"words": 0.9})


EVIDENCE = (Evidence(1, passage(FIFTH, MEASURES)), Evidence(2, passage(NEWS_CHUNK, REPORT)))


def citation(label: int, chunk: Chunk, quote: str) -> Citation:
    """A citation of ``quote`` in ``chunk``."""
    start = chunk.start + chunk.text.index(quote)
    return Citation(
        label,
        chunk.id,
        chunk.instrument_id,
        chunk.document_id,
        "d" * 64,
        chunk.path,
        start,
        start + len(quote),
        quote,
    )


SUPPORTED = Grounding(Support.SUPPORTED, reason_zh="数字与条款一致", reason_en="the figures agree")
SENTENCES = (
    Sentence(
        "上一年度研发投入不低于销售收入的4.5%。",
        (citation(1, FIFTH, "研发投入不低于销售收入的4.5%"),),
        SUPPORTED,
    ),
    Sentence("专职人员不少于12人。", (citation(1, FIFTH, "专职人员不少于12人"),), SUPPORTED),
    Sentence(
        "有报道称门槛拟提高到5%。",
        (citation(2, NEWS_CHUNK, "研发投入门槛拟提高到5%"),),
        Grounding(Support.WEAK, reason_zh="来源为新闻", reason_en="the source is a news report"),
    ),
)
CONFLICT = SourceConflict(
    "threshold", "研发投入门槛", "R&D threshold", (("workshop", "4.5%"), ("report", "5%")),
    "以办法为准，报道所说尚未施行。", "The Measures decide; what the report says is not in force.",
)  # fmt: skip
HELD = Sentence(
    "人员不少于20人。",
    (),
    Grounding(
        Support.UNSUPPORTED, (Conflict("number", "20", ("12",)),), 0.1, "句中20，条款为12", "20 against 12"
    ),
)


def answer(question: str, **fields: object) -> Answer:
    """The answer that the scripted assistant gives."""
    given: dict[str, object] = {
        "language": "zh",
        "status": Status.ANSWERED,
        "sentences": SENTENCES,
        "evidence": EVIDENCE,
        "conflicts": (CONFLICT,),
        "held_back": (HELD,),
        "notices": ("其中一个来源是新闻报道。",),
        "searched": "2份文件",
        "trace": Trace(),
    }
    return Answer(question, **{**given, **fields})  # type: ignore[arg-type]


def events(question: str) -> Iterator[Event]:
    """Progress, sentences one by one, then the answer."""
    yield Progress("understanding")
    yield Progress("searching")
    for sentence in SENTENCES:
        yield SentenceReleased(sentence)
    yield Finished(answer(question))


@dataclass
class SmallLibrary:
    """`ports.Library` over the world above."""

    all_instruments: Sequence[Instrument] = (MEASURES, REPORT)
    all_documents: Sequence[Document] = DOCUMENTS
    all_chunks: Sequence[Chunk] = CHUNKS

    def instruments(self) -> Sequence[Instrument]:
        return self.all_instruments

    def instrument(self, instrument_id: str) -> Instrument | None:
        return next((i for i in self.all_instruments if i.id == instrument_id), None)

    def documents(self, instrument_id: str) -> Sequence[Document]:
        return [d for d in self.all_documents if d.instrument_id == instrument_id]

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self.all_documents if d.id == document_id), None)

    def sections(self, document_id: str) -> Sequence[Section]:
        return ()

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        return [c for c in self.all_chunks if c.document_id == document_id]

    def chunk(self, chunk_id: str) -> Chunk | None:
        return next((c for c in self.all_chunks if c.id == chunk_id), None)


@dataclass(frozen=True)
class Clause:
    """What `Assistant.cited` gives."""

    instrument: Instrument
    document: Document
    validity: Validity
    path: tuple[str, ...]
    section_text: str
    quote_start: int | None
    quote_end: int | None
    page: int | None = None


@dataclass(frozen=True)
class SmallStatus:
    """What `Assistant.status` gives."""

    mode: str
    instruments: int
    state: str = "/nowhere"
    corpus: str = "/nowhere"


Script = Callable[[str], Iterator[Event]]


@dataclass
class ScriptedAssistant:
    """An assistant that plays the next script for each question and remembers what it was asked."""

    settings: Settings = field(
        default_factory=lambda: Settings(Path("/nowhere"), Path("/nowhere"), Path("/nowhere"))
    )
    mode: str = "extractive"
    library: SmallLibrary = field(default_factory=SmallLibrary)
    scripts: list[Script] = field(default_factory=list)
    asked: list[tuple[str, Conversation, Filters]] = field(default_factory=list)
    search_notes: tuple[str, str] = ("", "")

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        *,
        filters: Filters = Filters(),
        language: Language | None = None,
    ) -> Iterator[Event]:
        self.asked.append((question, conversation, filters))
        return (self.scripts.pop(0) if self.scripts else events)(question)

    def search(self, text: str, *, filters: Filters = Filters(), limit: int = 10) -> Retrieval:
        found = tuple(e.passage for e in EVIDENCE)[:limit]
        return Retrieval(Query(text, filters=filters, limit=limit), found, 0.8, *self.search_notes)

    def cited(self, cited: Citation) -> Clause | None:
        document = self.library.document(cited.document_id)
        owner = self.library.instrument(cited.instrument_id)
        chunk = self.library.chunk(cited.chunk_id)
        if document is None or owner is None or chunk is None:
            return None
        return Clause(
            owner,
            document,
            validity_on(owner, TODAY),
            chunk.path,
            chunk.text,
            cited.start - chunk.start,
            cited.end - chunk.start,
        )

    def status(self) -> SmallStatus:
        return SmallStatus(self.mode, len(self.library.all_instruments))
