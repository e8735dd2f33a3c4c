"""From a question to a checked answer: the job `ask` in one page.

Understand, search, compose, check. No sentence is shown before its citations resolve to evidence that was
given and its figures stand in it; where nothing answers, the answer is an honest refusal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering import wording
from assistant.answering.citing import Checker, released
from assistant.answering.composer import Composed, ComposeTask, Composer, Draft
from assistant.answering.conflicts import KnownConflict
from assistant.answering.evidence import pack
from assistant.answering.intake import clean
from assistant.domain import (
    Answer,
    Conversation,
    Event,
    Evidence,
    Filters,
    Finished,
    Language,
    Progress,
    Query,
    Sentence,
    SentenceReleased,
    Status,
    Trace,
)
from assistant.errors import ModelError
from assistant.language.detect import detect
from assistant.language.glossary import Glossary
from assistant.ports import Library, Retriever

PASSAGES = 20


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one composer made of the evidence."""

    composer: str
    shown: tuple[Sentence, ...]
    held_back: tuple[Sentence, ...]
    composed: Composed


class Answering:
    """Answers questions from a library; see the module's docstring for the way it takes."""

    def __init__(
        self,
        *,
        retriever: Retriever,
        library: Library,
        extractive: Composer,
        generative: Composer | None = None,
        conflicts: Sequence[KnownConflict] = (),
        glossary: Glossary | None = None,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._retriever = retriever
        self._library = library
        self._extractive = extractive
        self._generative = generative
        self._conflicts = conflicts
        self._glossary = glossary
        self._today = today
        self._clock = clock

    def ask(
        self,
        question: str,
        conversation: Conversation = Conversation(),
        *,
        filters: Filters = Filters(),
        language: Language | None = None,
    ) -> Iterator[Event]:
        """Events while the answer is made; the last is `Finished`. Raises `QuestionError`."""
        started = self._clock()
        text = clean(question)
        yield Progress("understanding")
        spoken = language or detect(text)
        as_of = filters.as_of or self._today().isoformat()
        yield Progress("searching")
        query = Query(text, filters=replace(filters, as_of=as_of), limit=PASSAGES)
        found = self._retriever.retrieve(query)
        searched = self._clock()
        evidence = pack(found.passages, spoken)
        task = ComposeTask(text, spoken, evidence, as_of, conversation)
        yield Progress("composing")
        attempt, notices = yield from self._compose(task)
        seconds = {"searching": searched - started, "composing": self._clock() - searched}
        yield Finished(
            Answer(
                question=text,
                language=spoken,
                status=Status.ANSWERED if attempt.shown else Status.NO_EVIDENCE,
                sentences=attempt.shown or (Sentence(wording.NO_EVIDENCE.say(spoken)),),
                evidence=evidence if attempt.shown else (),
                held_back=attempt.held_back,
                notices=notices,
                trace=Trace(
                    composer=attempt.composer,
                    standalone_question=text,
                    answerability=found.answerability,
                    prompt_digests=attempt.composed.prompt_digests,
                    usage=attempt.composed.usage,
                    seconds=seconds,
                ),
            )
        )

    def _compose(self, task: ComposeTask) -> Iterator[Event]:
        """The model's answer where there is one and it can be checked, else the quoted one."""
        notices: tuple[str, ...] = ()
        if self._generative is not None and task.evidence:
            try:
                attempt = yield from self._attempt(self._generative, task)
                reason = wording.REASON_REFUSED if attempt.composed.refused else wording.REASON_EMPTY
            except ModelError:
                attempt, reason = None, wording.REASON_FAILED
            if attempt is not None and attempt.shown and not attempt.composed.refused:
                return attempt, notices
            notices = (wording.FELL_BACK.say(task.language, reason=reason.say(task.language)),)
        attempt = yield from self._attempt(self._extractive, task)
        return attempt, notices

    def _attempt(self, composer: Composer, task: ComposeTask) -> Iterator[Event]:
        checker = Checker(
            task.question,
            task.language,
            {e.label: e for e in task.evidence},
            self._digest,
        )
        shown: list[Sentence] = []
        held: list[Sentence] = []
        composed = Composed()
        for item in composer.compose(task):
            if isinstance(item, Draft):
                sentence = checker.check(item)
                if released(sentence):
                    shown.append(sentence)
                    yield SentenceReleased(sentence)
                else:
                    held.append(sentence)
            else:
                composed = item
        return _Attempt(composer.name, tuple(shown), tuple(held), composed)

    def _digest(self, document_id: str) -> str:
        document = self._library.document(document_id)
        return document.digest if document else ""
