"""The assistant over its own library with a scripted model, for benchmarks of what models may do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.generative import GenerativeComposer
from assistant.answering.pipeline import Answering
from assistant.answering.prompts import Prompts
from assistant.answering.rephrase import Rephraser
from assistant.app import Assistant
from assistant.domain import (
    Answer,
    Conversation,
    Finished,
    Passage,
    Query,
    Retrieval,
    SentenceReleased,
)
from assistant.language.sentences import sentences
from assistant.llm import OpenAIChat
from assistant.settings import ChatSettings

TODAY = date(2026, 11, 23)
MODEL = "test-model"


@dataclass(frozen=True, slots=True)
class Tainted:
    """A retriever that finds ``order`` in the middle of every passage, as if a document held it."""

    assistant: Assistant
    order: str = ""

    def retrieve(self, query: Query) -> Retrieval:
        """What the library holds, with the order put in."""
        found = self.assistant.search(query.text, filters=query.filters, limit=query.limit)
        if not self.order:
            return found
        return replace(found, passages=tuple(self._with_order(p) for p in found.passages))

    def _with_order(self, passage: Passage) -> Passage:
        text = passage.chunk.text
        middle = next((s.end for s in sentences(text)), len(text))
        return replace(
            passage, chunk=replace(passage.chunk, text=f"{text[:middle]}\n{self.order}\n{text[middle:]}")
        )


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader got for one question: the finished answer and the sentences that were streamed."""

    answer: Answer
    streamed: tuple[str, ...]


def scripted(
    assistant: Assistant, url: str | None, *, order: str = "", timeout: float = 5.0, retries: int = 1
) -> Answering:
    """An answering over the library of ``assistant``; with ``url`` a model at that address writes."""
    generative, rephraser = None, None
    if url is not None:
        model = OpenAIChat(
            ChatSettings(MODEL, base_url=url, timeout=timeout), retries=retries, sleep=lambda _: None
        )
        prompts = Prompts.load(assistant.settings.prompts)
        generative, rephraser = GenerativeComposer(model, prompts), Rephraser(model, prompts)
    return Answering(
        retriever=Tainted(assistant, order),
        library=assistant.library,
        extractive=ExtractiveComposer(assistant.glossary),
        generative=generative,
        rephraser=rephraser,
        glossary=assistant.glossary,
        today=lambda: TODAY,
    )


def talk(answering: Answering, questions: Sequence[str]) -> list[Said]:
    """A conversation; each question's answer becomes part of what the next one is asked after."""
    conversation, said = Conversation(), []
    for question in questions:
        *events, last = answering.ask(question, conversation)
        if not isinstance(last, Finished):
            raise AssertionError(f"no answer was finished: {question}")
        conversation = conversation.then(question, last.answer)
        streamed = tuple(e.sentence.text for e in events if isinstance(e, SentenceReleased))
        said.append(Said(last.answer, streamed))
    return said
