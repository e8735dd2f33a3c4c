"""Wiring: settings become an `Assistant`. The one place where engines are chosen.

Doors (command line, web, evaluation) use `Assistant` and nothing beneath it. Heavy imports happen inside
functions, so that ``--help`` and the tests of the work stay instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING

from assistant.answering.composer import Composer
from assistant.answering.conflicts import load_conflicts
from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.pipeline import Answering
from assistant.answering.rephrase import Rephraser
from assistant.domain import (
    Answer,
    Citation,
    Conversation,
    Document,
    Event,
    Filters,
    Finished,
    Instrument,
    Language,
    Query,
    Retrieval,
    Validity,
)
from assistant.eligibility.adviser import Adviser
from assistant.eligibility.rulebook import load_rulebook
from assistant.followed import Followed
from assistant.language.glossary import Glossary
from assistant.language.lay_terms import LayTerms
from assistant.ports import Library, Retriever
from assistant.resources import data_folder
from assistant.settings import Settings
from assistant.validity import validity_on

if TYPE_CHECKING:
    from assistant.answering.fact_proposals import FactProposer
    from assistant.index.index import Index, IndexStatus
    from assistant.ingest.report import SyncProgress, SyncReport

_USUAL = ("政策支持哪些企业", "which enterprises are supported")  # any question in each language


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A citation reopened: the clause as it stands now and where the quote lies in it.

    ``quote_start`` and ``quote_end`` count in ``section_text``; they are None when the text has changed
    since the answer was given, so that nothing wrong is ever highlighted.
    """

    instrument: Instrument
    document: Document
    validity: Validity
    path: tuple[str, ...]
    section_text: str
    quote_start: int | None
    quote_end: int | None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class AssistantStatus:
    """What the assistant has to work with."""

    mode: str
    index: IndexStatus
    instruments: int
    state: str
    corpus: str


class Assistant(AbstractContextManager["Assistant"]):
    """The public face: ask, search, reopen citations, ingest, report."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.mode = settings.chat.model if settings.chat else "extractive"
        self._glossary = Followed(_own_or_shipped(settings, "glossary.yaml"), Glossary.load)
        self._lay_terms = Followed(_own_or_shipped(settings, "lay-terms.yaml"), LayTerms.load)
        self._index: Index | None = None
        self._reading: Retriever | None = None
        self._answering: Answering | None = None
        self._opening = RLock()

    # --- asking ---

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        *,
        filters: Filters = Filters(),
        language: Language | None = None,
    ) -> Iterator[Event]:
        """Events while the answer is made; the last is `Finished`.

        Raises `QuestionError` for an empty or overlong question and `IndexMissing` before any ingest.
        """
        return self._composed().ask(question, conversation, filters=filters, language=language)

    def answer(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        *,
        filters: Filters = Filters(),
        language: Language | None = None,
    ) -> Answer:
        """The finished answer; raises as `ask` does."""
        for event in self.ask(question, conversation, filters=filters, language=language):
            if isinstance(event, Finished):
                return event.answer
        raise RuntimeError("the pipeline ended without an answer")

    def search(self, text: str, *, filters: Filters = Filters(), limit: int = 10) -> Retrieval:
        """The passages for ``text``, best first, without composing an answer."""
        return self._retriever().retrieve(Query(text, filters=filters, limit=limit))

    def warm(self) -> None:
        """Open, load and read once everything that a first question needs; raises as `ask` does.

        Index, rules and lists of words take a second or more, for which no reader should wait. No chat model
        is asked.
        """
        self._composed()
        for question in _USUAL:
            self.search(question)

    def cited(self, citation: Citation) -> CitedClause | None:
        """The clause behind a citation, or None when its text is no longer in the corpus."""
        document = self.library.document(citation.document_id)
        instrument = self.library.instrument(citation.instrument_id)
        if document is None or instrument is None:
            return None
        chunk = self.library.chunk(citation.chunk_id)
        if chunk is not None:
            path, start, end, page = chunk.path, chunk.start, chunk.end, chunk.page
        else:
            path, start, end, page = citation.path, citation.start, citation.end, None
        unchanged = document.text[citation.start : citation.end] == citation.quote
        if chunk is None and not unchanged:
            return None
        inside = unchanged and start <= citation.start and citation.end <= end
        return CitedClause(
            instrument=instrument,
            document=document,
            validity=validity_on(instrument, date.today().isoformat()),  # noqa: DTZ011 - a local day
            path=path,
            section_text=document.text[start:end],
            quote_start=citation.start - start if inside else None,
            quote_end=citation.end - start if inside else None,
            page=page,
        )

    # --- the corpus ---

    @property
    def library(self) -> Library:
        """What has been ingested. Raises `IndexMissing` before any ingest."""
        return self._open().library

    @property
    def glossary(self) -> Glossary:
        """The glossary in use, with the edits made so far."""
        with self._opening:
            self._follow_lists()
            return self._glossary.value

    def ingest(
        self,
        paths: Sequence[Path] = (),
        *,
        progress: Callable[[SyncProgress], None] | None = None,
        rebuild: bool = False,
    ) -> SyncReport:
        """Bring the index in line with ``paths`` (default: the configured corpus).

        Questions go on being answered meanwhile: a reader follows what the writer publishes.
        """
        from assistant.index.embeddings import open_embedder
        from assistant.index.index import Index
        from assistant.ingest.sync import sync

        with Index.open(
            self.settings.state,
            embedder=open_embedder(self.settings.embedding),
            chroma_url=self.settings.chroma_url,
            write=True,
            rebuild=rebuild,
        ) as index:
            return sync(list(paths) or [self.settings.corpus], index, progress=progress)

    def status(self) -> AssistantStatus:
        """What there is to answer from. Raises `IndexMissing` before any ingest."""
        index = self._open()
        return AssistantStatus(
            mode=self.mode,
            index=index.status(),
            instruments=len(index.library.instruments()),
            state=str(self.settings.state),
            corpus=str(self.settings.corpus),
        )

    def close(self) -> None:
        """Release the index; the next call opens it again."""
        with self._opening:
            if self._index is not None:
                self._index.close()
            self._index = self._reading = self._answering = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # --- wiring ---

    def _open(self) -> Index:
        with self._opening:
            if self._index is None:
                from assistant.index.embeddings import open_embedder
                from assistant.index.index import Index

                self._index = Index.open(
                    self.settings.state,
                    embedder=open_embedder(self.settings.embedding),
                    chroma_url=self.settings.chroma_url,
                )
            return self._index

    def _follow_lists(self) -> None:
        """Take up lists of words that were edited since."""
        if any([self._glossary.look(), self._lay_terms.look()]):
            self._reading = self._answering = None

    def _retriever(self) -> Retriever:
        from assistant.index.rerankers import open_reranker
        from assistant.index.retriever import HybridRetriever

        with self._opening:
            self._follow_lists()
            if self._reading is None:
                self._reading = HybridRetriever(
                    self._open(),
                    glossary=self._glossary.value,
                    lay_terms=self._lay_terms.value,
                    reranker=open_reranker(self.settings.reranker),
                )
            return self._reading

    def _composed(self) -> Answering:
        with self._opening:
            self._follow_lists()
            if self._answering is None:
                generative, rephraser, proposer = _writers(self.settings)
                self._answering = Answering(
                    retriever=self._retriever(),
                    library=self.library,
                    extractive=ExtractiveComposer(self._glossary.value),
                    generative=generative,
                    rephraser=rephraser,
                    conflicts=load_conflicts(self.settings.corpus / "conflicts.yaml"),
                    glossary=self._glossary.value,
                    adviser=Adviser(load_rulebook(self.settings.corpus / "rules"), self.library, proposer),
                )
            return self._answering


def _own_or_shipped(settings: Settings, name: str) -> Path:
    """The corpus's own file of this name, else the one that ships with the code."""
    own = settings.corpus / name
    return own if own.is_file() else data_folder("corpus") / name


def _writers(settings: Settings) -> tuple[Composer | None, Rephraser | None, FactProposer | None]:
    """What writes answers, restates follow-ups and reads facts with a model, where one is configured."""
    if settings.chat is None:
        return None, None, None
    from assistant.answering.fact_proposals import FactProposer
    from assistant.answering.generative import GenerativeComposer
    from assistant.answering.prompts import Prompts
    from assistant.llm import OpenAIChat

    model, prompts = OpenAIChat(settings.chat), Prompts.load(settings.prompts)
    return GenerativeComposer(model, prompts), Rephraser(model, prompts), FactProposer(model, prompts)


def build(settings: Settings) -> Assistant:
    """An assistant for ``settings``; nothing is opened or loaded before it is needed."""
    return Assistant(settings)
