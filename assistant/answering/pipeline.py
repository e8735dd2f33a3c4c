"""From a question to a checked answer: the job `ask` in one page.

Understand, search, compose, check. No sentence is shown before its citations resolve to evidence that was
given and its figures stand in it; where nothing answers, the answer is an honest refusal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering import abstaining, advising, wording
from assistant.answering.absence import find_absence
from assistant.answering.abstaining import Abstention
from assistant.answering.asking import ask_back
from assistant.answering.citing import Checker, released
from assistant.answering.comparing import Side, compares, sides
from assistant.answering.composer import Composed, Composer, ComposeTask, Draft, Span
from assistant.answering.conflicts import KnownConflict, asked_about, readings, touched
from assistant.answering.evidence import pack
from assistant.answering.notices import notices_for
from assistant.answering.reading import Want, read
from assistant.answering.survey import Survey
from assistant.answering.understanding import Understood, understand
from assistant.domain import (
    Answer,
    Conversation,
    Event,
    Evidence,
    Filters,
    Finished,
    Instrument,
    Language,
    Passage,
    Progress,
    Query,
    Retrieval,
    Sentence,
    SentenceReleased,
    Status,
    Trace,
)
from assistant.eligibility.adviser import Adviser
from assistant.errors import ModelError
from assistant.language.glossary import Glossary
from assistant.ports import Library, Retriever

#: Below this, nothing found is about the question (docs/decisions/0051).
ANSWERABLE = 0.33
#: Passages added for each side of a comparison or disagreement.
FURTHER_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What one composer made of the evidence."""

    composer: str
    shown: tuple[Sentence, ...]
    held_back: tuple[Sentence, ...]
    composed: Composed
    notices: tuple[str, ...] = ()


class Answering:
    """Answers questions from a library; the module's docstring tells the way an answer goes."""

    def __init__(
        self,
        *,
        retriever: Retriever,
        library: Library,
        extractive: Composer,
        generative: Composer | None = None,
        conflicts: Sequence[KnownConflict] = (),
        glossary: Glossary | None = None,
        adviser: Adviser | None = None,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._retriever = retriever
        self._library = library
        self._extractive = extractive
        self._generative = generative
        self._conflicts = conflicts
        self._glossary = glossary or Glossary()
        self._adviser = adviser
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
        times = _Times(self._clock)
        yield Progress("understanding")
        instruments = self._library.instruments()
        understood = understand(
            question,
            conversation,
            instruments,
            self._glossary,
            filters=filters,
            language=language,
            today=self._today(),
        )
        times.passed("understanding")
        if understood.abstention:
            yield Finished(self._abstained(understood, understood.abstention, None, times))
            return
        advice = advising.advise(self._adviser, understood, conversation)
        if advice:
            yield from map(SentenceReleased, advice.sentences)
            times.passed("composing")
            yield Finished(advising.answer(understood, advice, times.seconds))
            return
        yield Progress("searching")
        found = self._search(understood, instruments)
        evidence = pack(found.passages, understood.language, self._library.chunks)
        times.passed("searching")
        yield Progress("composing")
        survey = self._survey(understood, evidence)
        abstention = self._cannot(understood, conversation, survey, evidence, found, len(instruments))
        if abstention:
            yield Finished(self._abstained(understood, abstention, found, times))
            return
        attempt = yield from self._compose(_task(understood, evidence, conversation))
        if attempt.shown:
            attempt = yield from self._disagreements(understood, evidence, attempt)
        times.passed("composing")
        if not attempt.shown:
            nothing = abstaining.not_found(
                understood.language, found.passages, len(instruments), gap=attempt.composed.gap
            )
            yield Finished(self._abstained(understood, nothing, found, times, attempt))
            return
        yield Finished(self._answered(understood, attempt, evidence, found, times))

    # --- searching ---

    def _search(self, understood: Understood, instruments: Sequence[Instrument]) -> Retrieval:
        """What the question finds, and for a comparison what each of its sides finds."""
        found = self._retriever.retrieve(understood.query)
        more: list[Passage] = []
        for query in self._further(understood, found, instruments):
            more += self._retriever.retrieve(query).passages[:FURTHER_PASSAGES]
        if not more:
            return found
        best = {p.chunk.id: p for p in sorted((*more, *found.passages), key=lambda p: p.score)}
        return replace(found, passages=tuple(sorted(best.values(), key=lambda p: -p.score)))

    def _further(
        self, understood: Understood, found: Retrieval, instruments: Sequence[Instrument]
    ) -> Iterator[Query]:
        """What else must be looked for: the sides of a comparison, those who disagree on what is asked."""
        if compares(understood.question, understood.language):
            by_id = {instrument.id: instrument for instrument in instruments}
            met = dict.fromkeys(p.instrument.id for p in found.passages)
            near = [by_id[name] for name in met if name in by_id]
            near += [by_id[i.superseded_by] for i in near if i.superseded_by in by_id]
            pair = sides(understood.question, understood.focus, near, self._glossary, understood.language)
            yield from (_for_side(understood.query, side) for side in pair)
        for conflict in asked_about(self._conflicts, understood.asked, understood.before):
            for instrument, text in conflict.claims:
                claim = replace(understood.query, text=text[understood.language])
                yield _for_side(claim, Side("", instrument=instrument))

    # --- deciding ---

    def _survey(self, understood: Understood, evidence: Sequence[Evidence]) -> Survey:
        return Survey.of(
            understood.question,
            understood.language,
            evidence,
            self._glossary,
            context=understood.query.context,
            before=understood.before,
            focus=understood.query.focus,
        )

    def _cannot(
        self,
        understood: Understood,
        conversation: Conversation,
        survey: Survey,
        evidence: Sequence[Evidence],
        found: Retrieval,
        instruments: int,
    ) -> Abstention | None:
        """Why this question cannot be answered from what was found, or None."""
        language = understood.language
        if not evidence or _answerability(found, survey) < ANSWERABLE:
            return abstaining.not_found(language, found.passages, instruments)
        absence = find_absence(survey.reading, evidence, understood.focus)
        if absence:
            searched = abstaining.searched(language, found.passages, instruments)
            return abstaining.abstain(Status.NO_EVIDENCE, *absence.sentences, searched=searched)
        told = " ".join(turn.question for turn in conversation.turns)
        asking = ask_back(survey, told, named=bool(understood.focus))
        if asking is None:
            return None
        separator = "；" if language == "zh" else "; "
        checker = self._checker(understood, evidence)
        clauses = [
            checker.check(Draft(u.text, (u.label,), (Span(u.label, u.start, u.end),))) for u in asking.units
        ]
        ask = Sentence(wording.NEEDS_FACTS.say(language, facts=separator.join(asking.facts)))
        return Abstention(
            Status.NEEDS_FACTS,
            (ask, *(s for s in clauses if released(s))),
            missing_facts=asking.facts,
            evidence=tuple(evidence),
        )

    # --- composing ---

    def _compose(self, task: ComposeTask) -> Generator[Event, None, _Attempt]:
        """The model's answer where there is one and it can be checked, else the quoted one."""
        if self._generative is None:
            return (yield from self._attempt(self._extractive, task))
        try:
            attempt = yield from self._attempt(self._generative, task)
        except ModelError:
            reason = wording.REASON_FAILED
        else:
            if attempt.shown and not attempt.composed.refused:
                return attempt
            reason = wording.REASON_REFUSED if attempt.composed.refused else wording.REASON_EMPTY
        quoted = yield from self._attempt(self._extractive, task)
        notice = wording.FELL_BACK.say(task.language, reason=reason.say(task.language))
        return replace(quoted, notices=(notice,))

    def _attempt(self, composer: Composer, task: ComposeTask) -> Generator[Event, None, _Attempt]:
        told = "\n".join([*(turn.question for turn in task.conversation.turns), task.question])
        checker = Checker(told, task.language, {e.label: e for e in task.evidence}, self._digest)
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
        return _Attempt(composer.name, tuple(shown), tuple(held), composed)

    def _disagreements(
        self, understood: Understood, evidence: Sequence[Evidence], attempt: _Attempt
    ) -> Generator[Event, None, _Attempt]:
        """The answer with the recommended reading of disagreements that the question asks about."""
        shown = list(attempt.shown)
        checker = self._checker(understood, evidence)
        for conflict in asked_about(self._conflicts, understood.asked, understood.before):
            for draft in readings(conflict, evidence, understood.language):
                sentence = checker.check(draft)
                if released(sentence) and all(sentence.text != other.text for other in shown):
                    shown.append(sentence)
                    yield SentenceReleased(sentence)
        return replace(attempt, shown=tuple(shown))

    def _checker(self, understood: Understood, evidence: Sequence[Evidence]) -> Checker:
        labelled = {item.label: item for item in evidence}
        return Checker(understood.question, understood.language, labelled, self._digest)

    def _digest(self, document_id: str) -> str:
        document = self._library.document(document_id)
        return document.digest if document else ""

    # --- finishing ---

    def _answered(
        self,
        understood: Understood,
        attempt: _Attempt,
        evidence: tuple[Evidence, ...],
        found: Retrieval,
        times: _Times,
    ) -> Answer:
        language = understood.language
        notices = [*understood.notices, *attempt.notices]
        status = Want.VALIDITY in read(understood.question, language).wants
        notices += notices_for(attempt.shown, evidence, language, status=status)
        if attempt.held_back:
            notices.append(wording.HELD_BACK.say(language, count=len(attempt.held_back)))
        cited = {c.label for sentence in attempt.shown for c in sentence.citations}
        instruments = {c.instrument_id for sentence in attempt.shown for c in sentence.citations}
        partial = bool(attempt.composed.unanswered)
        return Answer(
            question=understood.asked,
            language=language,
            status=Status.PARTIAL if partial else Status.ANSWERED,
            sentences=attempt.shown,
            evidence=tuple(item for item in evidence if item.label in cited),
            conflicts=touched(self._conflicts, understood.asked, language, instruments),
            held_back=attempt.held_back,
            notices=tuple(notices),
            missing_facts=attempt.composed.missing_facts,
            trace=_trace(understood, found, times, attempt),
        )

    def _abstained(
        self,
        understood: Understood,
        abstention: Abstention,
        found: Retrieval | None,
        times: _Times,
        attempt: _Attempt | None = None,
    ) -> Answer:
        notices = [*understood.notices, *(attempt.notices if attempt else ())]
        return Answer(
            question=understood.asked,
            language=understood.language,
            status=abstention.status,
            sentences=abstention.sentences,
            evidence=abstention.evidence,
            held_back=attempt.held_back if attempt else (),
            notices=tuple(notices),
            missing_facts=abstention.missing_facts,
            searched=abstention.searched,
            trace=_trace(understood, found, times, attempt),
        )


class _Times:
    """Seconds spent per stage."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._last = clock, clock()
        self.seconds: dict[str, float] = {}

    def passed(self, stage: str) -> None:
        now = self._clock()
        self.seconds[stage] = now - self._last
        self._last = now


def _for_side(query: Query, side: Side) -> Query:
    if side.level is not None:
        return replace(query, filters=replace(query.filters, levels=(side.level,)), focus=())
    if side.instrument is None:
        return replace(query, context=(*query.context, (side.name, 1.0)))
    filters = replace(query.filters, instruments=(side.instrument,), include_superseded=True)
    return replace(query, filters=filters)


def _task(understood: Understood, evidence: tuple[Evidence, ...], conversation: Conversation) -> ComposeTask:
    return ComposeTask(
        understood.question,
        understood.language,
        evidence,
        understood.as_of,
        conversation,
        understood.query.context,
        understood.before,
        understood.query.focus,
    )


def _answerability(found: Retrieval, survey: Survey) -> float:
    """How likely the question can be answered: the mean of what the search and the clauses say.

    The two err on different questions: AUC .988 each, .995 together (docs/decisions/0051).
    """
    own = survey.answerability()
    return own if found.answerability is None else (own + found.answerability) / 2


def _trace(understood: Understood, found: Retrieval | None, times: _Times, attempt: _Attempt | None) -> Trace:
    composed = attempt.composed if attempt else Composed()
    return Trace(
        composer=attempt.composer if attempt else "none",
        standalone_question=understood.question,
        answerability=found.answerability if found else None,
        prompt_digests=composed.prompt_digests,
        usage=composed.usage,
        seconds=times.seconds,
    )
