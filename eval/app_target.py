"""The assistant in this process as a target. Its objects become plain records here and go no further."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant import app
from assistant.app import Assistant, build
from assistant.domain import Answer, Citation, Conversation, Evidence, Filters, Passage, Sentence
from assistant.settings import Settings
from eval.cases import Case
from eval.record import FoundPassage, GivenEvidence, StoredCitation, StoredSentence, TurnRecord
from eval.retrieval import DEPTH, Structure
from eval.target import Talk


class AppTarget:
    """`assistant.app.Assistant` built from ``settings``."""

    def __init__(self, settings: Settings) -> None:
        self._assistant = build(settings)

    @property
    def key(self) -> str:
        """Models, texts, rules, prompts and code: an answer is repeated only when none of them changed."""
        settings = self._assistant.settings
        digest = hashlib.sha256(repr(services(settings)).encode())
        for file in read_files(settings):
            digest.update(file.read_bytes())
        library = self._assistant.library
        for instrument in library.instruments():
            digest.update(repr(instrument).encode())
            for document in library.documents(instrument.id):
                digest.update(document.digest.encode())
        embedding = ":".join(filter(None, (settings.embedding.kind, settings.embedding.model)))
        return f"app {self._assistant.mode} {embedding} {digest.hexdigest()[:16]}"

    def structure(self) -> Structure:
        """Heading path and text of every chunk, by instrument."""
        library = self._assistant.library
        return {
            instrument.id: [
                (chunk.path, chunk.text)
                for document in library.documents(instrument.id)
                for chunk in library.chunks(document.id)
            ]
            for instrument in library.instruments()
        }

    def talk(self, case: Case) -> Talk:
        """A new conversation."""
        kept: tuple[str, ...] = ()
        if case.without:
            kept = tuple(i.id for i in self._assistant.library.instruments() if i.id not in case.without)
        filters = Filters(as_of=case.as_of, languages=case.only_languages, instruments=kept)
        return AppTalk(self._assistant, filters)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._assistant.close()


def services(settings: Settings) -> list[str | None]:
    """Which models answer, embed and rerank; no key and no patience, which change no answer."""
    chat, embedding, reranker = settings.chat, settings.embedding, settings.reranker
    return [
        *((chat.model, chat.base_url) if chat else ()),
        *(embedding.kind, embedding.model, embedding.base_url, str(embedding.dimensions)),
        *(reranker.kind, reranker.model, reranker.url),
    ]


def read_files(settings: Settings) -> list[Path]:
    """Everything that answers are made with beside the ingested texts: code and its data, rules, prompts."""
    package = Path(app.__file__).parent
    return sorted(
        path
        for folder, suffixes in (
            (package, (".py", ".yaml", ".json", ".txt")),
            (settings.corpus, (".yaml", ".yml")),
            (settings.prompts, (".md",)),
        )
        for path in folder.rglob("*")
        if path.suffix in suffixes and path.is_file()
    )


class AppTalk:
    """One conversation with the assistant."""

    def __init__(self, app: Assistant, filters: Filters) -> None:
        self._app, self._filters = app, filters
        self._conversation = Conversation()

    def ask(self, question: str) -> TurnRecord:
        """Ask the next turn; then search once more for the ranking, outside the clock."""
        began = time.perf_counter()
        answer = self._app.answer(question, self._conversation, filters=self._filters)
        seconds = time.perf_counter() - began
        self._conversation = self._conversation.then(question, answer)
        standalone = answer.trace.standalone_question or question
        retrieval = self._app.search(standalone, filters=self._filters, limit=DEPTH)
        usage = answer.trace.usage
        return TurnRecord(
            question=question,
            seconds=seconds,
            status=str(answer.status),
            sentences=tuple(self._sentence(sentence, answer) for sentence in answer.sentences),
            beside=tuple(_beside(answer)),
            evidence=tuple(_evidence(evidence) for evidence in answer.evidence),
            found=tuple(_found(passage) for passage in retrieval.passages),
            held_back=tuple(sentence.text for sentence in answer.held_back),
            standalone=standalone,
            composer=answer.trace.composer,
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
        )

    def _sentence(self, sentence: Sentence, answer: Answer) -> StoredSentence:
        return StoredSentence(
            sentence.text,
            tuple(
                StoredCitation(
                    c.label, c.instrument_id, c.path, c.chunk_id, c.quote, self._problem(c, answer)
                )
                for c in sentence.citations
            ),
        )

    def _problem(self, citation: Citation, answer: Answer) -> str | None:
        """Why a citation cannot be reopened, or None: it resolves to the words it quotes."""
        given = {evidence.label: evidence.passage.chunk.id for evidence in answer.evidence}
        if given.get(citation.label) != citation.chunk_id:
            return "its label is not that of the evidence it names"
        document = self._app.library.document(citation.document_id)
        if document is None:
            return "its document is not in the corpus"
        if document.digest != citation.document_digest:
            return "its document has other bytes"
        if document.text[citation.start : citation.end] != citation.quote:
            return "the quote is not the text at its place"
        if document.instrument_id != citation.instrument_id:
            return "its document belongs to another instrument"
        return None


def _beside(answer: Answer) -> Iterator[str]:
    """What the reader sees beside the sentences."""
    yield from answer.notices
    yield from answer.missing_facts
    if answer.searched:
        yield answer.searched
    for conflict in answer.conflicts:
        yield conflict.resolution_zh if answer.language == "zh" else conflict.resolution_en


def _evidence(evidence: Evidence) -> GivenEvidence:
    passage = evidence.passage
    return GivenEvidence(
        label=evidence.label,
        instrument=passage.instrument.id,
        title=" ".join(filter(None, (passage.instrument.title_zh, passage.instrument.title_en))),
        path=passage.chunk.path,
        chunk=passage.chunk.id,
        text=passage.chunk.text,
        language=passage.chunk.language,
        in_force=passage.validity.in_force,
    )


def _found(passage: Passage) -> FoundPassage:
    chunk = passage.chunk
    return FoundPassage(passage.instrument.id, chunk.path, chunk.id, round(passage.score, 6), chunk.text)
