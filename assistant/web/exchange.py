"""What one visitor has asked and been told: the state of a session, and how a question moves it on.

Frozen values only. A session is never shared, and the page is drawn from it alone, so that a stop, an error
or a change of language can never lose what was already said.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.domain import (
    Answer,
    Conversation,
    Finished,
    Language,
    Progress,
    Sentence,
    SentenceReleased,
    Turn,
)
from assistant.errors import AssistantError
from assistant.web.words import WORDS

if TYPE_CHECKING:
    from assistant.app import Assistant

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer, in both languages, with what to do next."""

    zh: str
    en: str

    def localized(self, language: Language) -> str:
        """The message in ``language``."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what has become of it: still running, answered, failed or stopped."""

    question: str
    stage: str = "understanding"
    sentences: tuple[Sentence, ...] = ()
    answer: Answer | None = None
    problem: Problem | None = None
    stopped: bool = False

    @property
    def running(self) -> bool:
        """True while more may come."""
        return self.answer is None and self.problem is None and not self.stopped


@dataclass(frozen=True, slots=True)
class Session:
    """The exchanges of one visitor, oldest first."""

    exchanges: tuple[Exchange, ...] = ()

    @property
    def conversation(self) -> Conversation:
        """The answered questions, as the assistant wants them for follow-ups."""
        return Conversation(tuple(Turn(e.question, e.answer) for e in self.exchanges if e.answer))

    @property
    def last_question(self) -> str | None:
        """The question asked last."""
        return self.exchanges[-1].question if self.exchanges else None

    def settled(self) -> Session:
        """The session with nothing left running: an unfinished exchange counts as stopped."""
        return Session(tuple(replace(e, stopped=True) if e.running else e for e in self.exchanges))

    def without_last(self) -> Session:
        """The session before its last question, to ask it again."""
        return Session(self.exchanges[:-1])


def converse(assistant: Assistant, session: Session, question: str) -> Iterator[Session]:
    """The session after each event of answering ``question``. Never raises: failures become a `Problem`."""
    before = session.settled()
    for now in _steps(assistant, before.conversation, Exchange(question)):
        yield Session((*before.exchanges, now))


def _steps(assistant: Assistant, conversation: Conversation, now: Exchange) -> Iterator[Exchange]:
    yield now
    try:
        for event in assistant.ask(now.question, conversation):
            match event:
                case Progress(stage):
                    now = replace(now, stage=stage)
                case SentenceReleased(sentence):
                    now = replace(now, sentences=(*now.sentences, sentence))
                case Finished(answer):
                    now = replace(now, answer=answer)
            yield now
    except AssistantError as error:
        yield replace(now, problem=Problem(error.localized("zh"), error.localized("en")))
        return
    except Exception:  # noqa: BLE001 - the last line of defence: the page must stay usable
        yield replace(now, problem=unexpected())
        return
    if now.answer is None:
        yield replace(now, problem=unexpected("the assistant ended without an answer"))


def unexpected(what: str = "an unexpected error") -> Problem:
    """A polite problem for the visitor, and the details in the log under the same reference."""
    reference = secrets.token_hex(4)
    _log.error("%s [%s]", what, reference, exc_info=True)
    zh, en = WORDS["zh"], WORDS["en"]
    return Problem(
        zh=zh.failed + zh.reference.format(reference=reference),
        en=f"{en.failed} {en.reference.format(reference=reference)}",
    )
