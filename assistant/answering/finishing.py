"""The finished answer: status, notices, disagreements and the trace of how it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.answering import wording
from assistant.answering.abstaining import Abstention
from assistant.answering.composer import Composed
from assistant.answering.conflicts import KnownConflict, touched
from assistant.answering.drafting import Attempt
from assistant.answering.notices import notices_for
from assistant.answering.reading import Want, read
from assistant.answering.understanding import Understood
from assistant.domain import Answer, Evidence, Status, Trace


class Times:
    """Seconds spent per stage."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, clock()
        self.seconds: dict[str, float] = {}

    def passed(self, stage: str) -> None:
        """The stage ends now."""
        now = self._clock()
        self.seconds[stage] = now - self._last
        self._last = now


def answered(
    understood: Understood,
    attempt: Attempt,
    evidence: Sequence[Evidence],
    conflicts: Sequence[KnownConflict],
    *,
    answerability: float | None,
    seconds: Mapping[str, float],
) -> Answer:
    """An answer from clauses; partial where a part of the question stays open."""
    language = understood.language
    about_validity = Want.VALIDITY in read(understood.question, language).wants
    notices = [*understood.notices, *attempt.notices]
    notices += notices_for(attempt.shown, evidence, language, status=about_validity)
    if attempt.held_back:
        notices.append(wording.HELD_BACK.say(language, count=len(attempt.held_back)))
    citations = [citation for sentence in attempt.shown for citation in sentence.citations]
    labels = {citation.label for citation in citations}
    return Answer(
        question=understood.asked,
        language=language,
        status=Status.PARTIAL if attempt.composed.unanswered else Status.ANSWERED,
        sentences=attempt.shown,
        evidence=tuple(item for item in evidence if item.label in labels),
        conflicts=touched(conflicts, understood.asked, language, {c.instrument_id for c in citations}),
        held_back=attempt.held_back,
        notices=tuple(dict.fromkeys(notices)),
        missing_facts=attempt.composed.missing_facts,
        trace=_trace(understood, attempt, answerability, seconds),
    )


def abstained(
    understood: Understood,
    abstention: Abstention,
    *,
    answerability: float | None = None,
    seconds: Mapping[str, float],
    attempt: Attempt | None = None,
) -> Answer:
    """An answer that claims nothing from the sources."""
    return Answer(
        question=understood.asked,
        language=understood.language,
        status=abstention.status,
        sentences=abstention.sentences,
        evidence=abstention.evidence,
        held_back=attempt.held_back if attempt else (),
        notices=(*understood.notices, *(attempt.notices if attempt else ())),
        missing_facts=abstention.missing_facts,
        options=abstention.options,
        searched=abstention.searched,
        trace=_trace(understood, attempt, answerability, seconds),
    )


def _trace(
    understood: Understood,
    attempt: Attempt | None,
    answerability: float | None,
    seconds: Mapping[str, float],
) -> Trace:
    composed = attempt.composed if attempt else Composed()
    return Trace(
        composer=attempt.composer if attempt else "none",
        standalone_question=understood.question,
        answerability=answerability,
        prompt_digests={**understood.prompt_digests, **composed.prompt_digests},
        usage=composed.usage,
        seconds=dict(seconds),
    )
