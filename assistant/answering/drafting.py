"""From evidence to checked sentences: a composer drafts, every draft is checked, a model may fail.

Sentences leave one by one, each only after its check; those that fail it are kept apart and never shown.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from assistant.answering import wording
from assistant.answering.citing import Checker, released
from assistant.answering.composer import Composed, Composer, ComposeTask
from assistant.answering.conflicts import KnownConflict, readings
from assistant.domain import Event, Sentence, SentenceReleased
from assistant.errors import ModelError


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one composer made of the evidence."""

    composer: str
    shown: tuple[Sentence, ...]
    held_back: tuple[Sentence, ...]
    composed: Composed
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafting:
    """Composes and checks; ``digest`` gives the digest of a document's bytes for the citations."""

    extractive: Composer
    generative: Composer | None
    digest: Callable[[str], str]

    def compose(self, task: ComposeTask) -> Generator[Event, None, Attempt]:
        """The model's answer where there is one and it can be checked, else the quoted one."""
        if self.generative is None:
            return (yield from self._attempt(self.extractive, task))
        try:
            attempt = yield from self._attempt(self.generative, task)
        except ModelError:
            reason = wording.REASON_FAILED
        else:
            if attempt.shown and not attempt.composed.refused:
                return attempt
            reason = wording.REASON_REFUSED if attempt.composed.refused else wording.REASON_EMPTY
        quoted = yield from self._attempt(self.extractive, task)
        notice = wording.FELL_BACK.say(task.language, reason=reason.say(task.language))
        return replace(quoted, notices=(notice,))

    def disagreements(
        self, task: ComposeTask, attempt: Attempt, conflicts: Sequence[KnownConflict]
    ) -> Generator[Event, None, Attempt]:
        """The attempt with the recommended reading of each of ``conflicts`` that its clauses support."""
        shown = list(attempt.shown)
        checker = self.checker(task)
        for conflict in conflicts:
            for draft in readings(conflict, task.evidence, task.language):
                sentence = checker.check(draft)
                if released(sentence) and all(sentence.text != other.text for other in shown):
                    shown.append(sentence)
                    yield SentenceReleased(sentence)
        return replace(attempt, shown=tuple(shown))

    def checker(self, task: ComposeTask) -> Checker:
        """The check of everything that is drafted for ``task``."""
        told = "\n".join([*(turn.question for turn in task.conversation.turns), task.question])
        return Checker(told, task.language, {e.label: e for e in task.evidence}, self.digest)

    def _attempt(self, composer: Composer, task: ComposeTask) -> Generator[Event, None, Attempt]:
        checker = self.checker(task)
        shown: list[Sentence] = []
        held: list[Sentence] = []
        composed = Composed()
        for item in composer.compose(task):
            if isinstance(item, Composed):
                composed = item
                continue
            sentence = checker.check(item)
            (shown if released(sentence) else held).append(sentence)
            if released(sentence):
                yield SentenceReleased(sentence)
        return Attempt(composer.name, tuple(shown), tuple(held), composed)
