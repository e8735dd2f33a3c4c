"""A library of a few lines and a search by shared words, for the tests of answering.

Real enough for the work: clauses keep their place in a document, scores come from words in common.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.conflicts import KnownConflict
from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.pipeline import Answering
from assistant.domain import (
    Answer,
    Chunk,
    Conversation,
    Document,
    Filters,
    Finished,
    Instrument,
    Language,
    Passage,
    Query,
    Retrieval,
    Section,
)
from assistant.language.glossary import Glossary
from assistant.language.tokens import terms, without_boilerplate
from assistant.validity import validity_on

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class SmallLibrary:
    """`ports.Library` and `ports.Retriever` over texts given in the test."""

    records: tuple[Instrument, ...]
    texts: Mapping[str, Document]
    cut: Mapping[str, tuple[Chunk, ...]]
    asked: list[Query] = field(default_factory=list)

    def instruments(self) -> Sequence[Instrument]:
        return self.records

    def instrument(self, instrument_id: str) -> Instrument | None:
        return next((i for i in self.records if i.id == instrument_id), None)

    def documents(self, instrument_id: str) -> Sequence[Document]:
        return [d for d in self.texts.values() if d.instrument_id == instrument_id]

    def document(self, document_id: str) -> Document | None:
        return self.texts.get(document_id)

    def sections(self, document_id: str) -> Sequence[Section]:
        return []

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        return self.cut.get(document_id, ())

    def chunk(self, chunk_id: str) -> Chunk | None:
        return next((c for chunks in self.cut.values() for c in chunks if c.id == chunk_id), None)

    def retrieve(self, query: Query) -> Retrieval:
        self.asked.append(query)
        wanted = dict.fromkeys(terms(without_boilerplate(query.text)), 1.0)
        for text, weight in query.context:
            for term in terms(text):
                wanted.setdefault(term, weight)
        found = []
        for record in self.records:
            if query.filters.instruments and record.id not in query.filters.instruments:
                continue
            validity = validity_on(record, query.filters.as_of or TODAY.isoformat())
            for document in self.documents(record.id):
                for chunk in self.cut[document.id]:
                    words = set(terms(f"{record.title(chunk.language)} {' '.join(chunk.path)} {chunk.text}"))
                    score = sum(weight for term, weight in wanted.items() if term in words)
                    if score:
                        found.append(Passage(chunk, record, validity, score / 10))
        found.sort(key=lambda p: (-p.score, p.chunk.id))
        return Retrieval(query, tuple(found[: query.limit]))


def library(*texts: tuple[Instrument, Language, Mapping[str, Sequence[str]]]) -> SmallLibrary:
    """A library of instruments, each with the lines under its headings ("above › below")."""
    documents: dict[str, Document] = {}
    cut: dict[str, tuple[Chunk, ...]] = {}
    for instrument, language, sections in texts:
        name = f"{instrument.id}-{language}"
        whole = "\n\n".join(f"{heading}\n" + "\n".join(lines) for heading, lines in sections.items())
        chunks = []
        for ordinal, (heading, lines) in enumerate(sections.items()):
            text = "\n".join(lines)
            start = whole.index(text)
            chunks.append(
                Chunk(
                    id=f"{name}-{ordinal}",
                    document_id=name,
                    instrument_id=instrument.id,
                    language=language,
                    ordinal=ordinal,
                    path=tuple(heading.split(" › ")),
                    start=start,
                    end=start + len(text),
                    text=text,
                    tokens=max(1, len(text) // 2),
                )
            )
        documents[name] = Document(
            name,
            instrument.id,
            language,
            f"{name}.md",
            "md",
            f"digest-{name}",
            instrument.title(language),
            whole,
        )
        cut[name] = tuple(chunks)
    records = tuple({instrument.id: instrument for instrument, _, _ in texts}.values())
    return SmallLibrary(records, documents, cut)


def answering(
    held: SmallLibrary, glossary: Glossary | None = None, conflicts: Sequence[KnownConflict] = ()
) -> Answering:
    """An answering without a model over ``held``, on 23 November 2026."""
    return Answering(
        retriever=held,
        library=held,
        extractive=ExtractiveComposer(glossary),
        conflicts=conflicts,
        glossary=glossary,
        today=lambda: TODAY,
        clock=lambda: 0.0,
    )


def ask(asked: Answering, *questions: str, filters: Filters = Filters()) -> Answer:
    """The answer to the last of ``questions``, asked one after another in one conversation."""
    conversation = Conversation()
    answer: Answer | None = None
    for question in questions:
        events = list(asked.ask(question, conversation, filters=filters))
        finished = events[-1]
        assert isinstance(finished, Finished)
        answer = finished.answer
        conversation = conversation.then(question, answer)
    assert answer is not None
    return answer
