"""From a question to a checked answer: the job `ask` in one page.

Understand, search, compose, check. No sentence is shown before its citations resolve to evidence that was
given and its figures stand in it; where nothing answers, the answer is an honest refusal.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering import abstaining, advising, wording
from assistant.answering.absence import doubts_draft, find_absence, names_unheld_document
from assistant.answering.abstaining import Abstention
from assistant.answering.asking import ask_back, names_no_programme, names_nothing, which_programme
from assistant.answering.citing import released
from assistant.answering.composer import Composer, ComposeTask
from assistant.answering.conflicts import KnownConflict, asked_about
from assistant.answering.drafting import Drafting
from assistant.answering.finishing import Times, abstained, answered
from assistant.answering.grounds import grounds
from assistant.answering.hostile import without_orders
from assistant.answering.numbering import numbered
from assistant.answering.recorded import claims_issuer
from assistant.answering.rephrase import Rephraser
from assistant.answering.searching import Found, Search
from assistant.answering.survey import Survey
from assistant.answering.understanding import Understood, earlier_version, restate, told, understand
from assistant.answering.workings import quote
from assistant.domain import (
    Conversation,
    Event,
    Evidence,
    Filters,
    Finished,
    Language,
    Progress,
    Sentence,
    SentenceReleased,
    Status,
)
from assistant.eligibility.adviser import Adviser
from assistant.language.detect import detect
from assistant.language.glossary import Glossary
from assistant.ports import Library, Retriever

#: Below this, nothing found is about the question (docs/decisions/0051).
ANSWERABLE = 0.33
#: So much is needed where one figure is asked for: a clause with some figure is always found.
ANSWERABLE_FIGURE = 0.40
#: Below this, the closest text does not even tell whom to ask.
CLOSE = 0.25
#: So many texts are named to choose from.
_CHOICES = 6


class Answering:
    """Answers questions from a library; the module's docstring tells the way an answer goes."""

    def __init__(
        self,
        *,
        retriever: Retriever,
        library: Library,
        extractive: Composer,
        generative: Composer | None = None,
        rephraser: Rephraser | None = None,
        conflicts: Sequence[KnownConflict] = (),
        glossary: Glossary | None = None,
        adviser: Adviser | None = None,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._library = library
        self._glossary = glossary or Glossary()
        self._conflicts = conflicts
        self._rephraser = rephraser
        self._adviser = adviser
        self._search = Search(retriever, library, conflicts, self._glossary, rephraser)
        self._drafting = Drafting(extractive, generative, self._digest)
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
        return numbered(self._events(question, _heard(conversation), filters, language))

    def _events(
        self, question: str, conversation: Conversation, filters: Filters, language: Language | None
    ) -> Iterator[Event]:
        times = Times(self._clock)
        yield Progress("understanding")
        understood = self._understand(question, conversation, filters, language)
        times.passed("understanding")
        if understood.abstention:
            yield Finished(abstained(understood, understood.abstention, seconds=times.seconds))
            return
        pointer = grounds(understood.asked, conversation, understood.language, self._library.instrument)
        if pointer:
            yield from map(SentenceReleased, pointer.sentences)
            yield Finished(pointer)
            return
        advice = advising.advise(self._adviser, understood, conversation)
        if advice:
            yield from map(SentenceReleased, advice.sentences)
            times.passed("composing")
            yield Finished(advising.answer(understood, advice, times.seconds))
            return
        yield Progress("searching")
        instruments = self._library.instruments()
        found = self._search.find(understood, instruments)
        then = earlier_version(understood, found.retrieval, instruments, self._today())
        if then is not None:
            understood, found = then, self._search.find(then, instruments)
        understood = told(understood, found.retrieval, found.prompt_digests)
        times.passed("searching")
        yield Progress("composing")
        task = _task(understood, found, conversation)
        survey = Survey.of_task(task, self._glossary)
        likely = _answerability(found, survey, self._glossary)
        abstention = self._abstain(understood, task, survey, found, likely)
        if abstention:
            times.passed("composing")
            yield Finished(abstained(understood, abstention, answerability=likely, seconds=times.seconds))
            return
        attempt = yield from self._drafting.compose(task)
        if attempt.shown:
            asked = asked_about(self._conflicts, understood.asked, understood.before)
            attempt = yield from self._drafting.disagreements(task, attempt, asked)
        times.passed("composing")
        if not attempt.shown:
            nothing = self._not_found(understood, found, gap=attempt.composed.gap)
            yield Finished(
                abstained(understood, nothing, answerability=likely, seconds=times.seconds, attempt=attempt)
            )
            return
        yield Finished(
            answered(
                understood,
                attempt,
                found.evidence,
                self._conflicts,
                answerability=likely,
                seconds=times.seconds,
            )
        )

    def _understand(
        self, question: str, conversation: Conversation, filters: Filters, language: Language | None
    ) -> Understood:
        understood = understand(
            question,
            conversation,
            self._library.instruments(),
            self._glossary,
            filters=filters,
            language=language,
            today=self._today(),
            text_of=self._text,
        )
        return restate(understood, conversation, self._rephraser)

    # --- deciding ---

    def _abstain(
        self, understood: Understood, task: ComposeTask, survey: Survey, found: Found, likely: float
    ) -> Abstention | None:
        """Why this question cannot be answered from what was found, or None."""
        language = understood.language
        earlier = " ".join(turn.question for turn in task.conversation.turns)
        if not understood.focus and names_no_programme(survey.reading, earlier):
            facts = tuple(fact.say(language) for fact in wording.BASIC_FACTS)
            return _ask(facts, language)
        if not understood.focus and names_nothing(survey.reading, earlier):
            return _which(task)
        if not task.evidence or likely < _needed(survey, task):
            gaps = filter(None, (survey.gap(selected) for selected in survey.selected()))
            return self._not_found(understood, found, gap=next(gaps, ""))
        if names_unheld_document(task.question, task.evidence):
            return self._not_found(understood, found)
        absence = find_absence(survey.reading, task.evidence, understood.focus)
        if absence:
            searched = self._not_found(understood, found).searched
            return abstaining.abstain(Status.NO_EVIDENCE, *absence.sentences, searched=searched)
        asking = ask_back(survey, earlier, named=bool(understood.focus)) or which_programme(survey)
        if asking is None:
            return None
        checker = self._drafting.checker(task)
        clauses = [checker.check(quote(unit, language)) for unit in asking.units]
        asked = _ask(asking.facts, language, filter(released, clauses), task.evidence)
        return replace(asked, options=asking.options)

    def _not_found(self, understood: Understood, found: Found, gap: str = "") -> Abstention:
        if understood.otherwise:
            return understood.otherwise
        count = len(self._library.instruments())
        close = bool(understood.focus) or (found.retrieval.answerability or 0.0) >= CLOSE
        about = {named.id for named in understood.focus}
        passages = [
            p for p in found.retrieval.passages if p.instrument.id in about
        ] or found.retrieval.passages
        return abstaining.not_found(understood.language, passages, count, gap=gap, close=close)

    def _text(self, instrument_id: str) -> str:
        return "\n".join(document.text for document in self._library.documents(instrument_id))

    def _digest(self, document_id: str) -> str:
        document = self._library.document(document_id)
        return document.digest if document else ""


def _heard(conversation: Conversation) -> Conversation:
    """The conversation without orders: what an earlier question wanted said is no fact about its asker."""
    turns = (replace(turn, question=without_orders(turn.question)) for turn in conversation.turns)
    return replace(conversation, turns=tuple(turns))


def _task(understood: Understood, found: Found, conversation: Conversation) -> ComposeTask:
    return ComposeTask(
        understood.question,
        understood.language,
        found.evidence,
        understood.as_of,
        conversation,
        understood.query.context,
        understood.before,
        understood.query.focus,
    )


def _needed(survey: Survey, task: ComposeTask) -> float:
    """How likely an answer has to be before one is given."""
    named = survey.focus
    if named and (claims_issuer(task.question) or doubts_draft(task.question, named[0])):
        return 0.0
    own = any(item.passage.chunk.language == task.language for item in task.evidence)
    return ANSWERABLE_FIGURE if own and survey.reading.asks_figure else ANSWERABLE


def _ask(
    facts: tuple[str, ...],
    language: Language,
    clauses: Iterable[Sentence] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Abstention:
    """Ask for ``facts``; ``clauses`` are those that make them decisive."""
    listed = ("；" if language == "zh" else "; ").join(facts)
    ask = Sentence(wording.NEEDS_FACTS.say(language, facts=listed))
    return Abstention(Status.NEEDS_FACTS, (ask, *clauses), missing_facts=facts, evidence=evidence)


def _which(task: ComposeTask) -> Abstention:
    """Ask which of the closest texts that are in force is meant."""
    held = [e.passage for e in task.evidence if e.passage.validity.in_force is not False]
    titles = tuple(dict.fromkeys(p.instrument.title(task.language) for p in held))[:_CHOICES]
    options = ("、" if task.language == "zh" else "; ").join(titles)
    which = wording.WHICH_PROGRAMME.say(task.language, options=options)
    asked = abstaining.abstain(Status.NEEDS_FACTS, wording.NEEDS_CHOICE.say(task.language, facts=which))
    return replace(asked, missing_facts=(which,), options=titles)


def _answerability(found: Found, survey: Survey, glossary: Glossary) -> float:
    """How likely the question can be answered: the mean of what the search and the clauses say.

    The two err on different questions: AUC .988 each, .995 together (docs/decisions/0051). Clauses that a
    translation found are looked at through the translation as well.
    """
    own, searched = survey.answerability(), found.retrieval.answerability
    if found.translation:
        language = detect(found.translation)
        own = max(own, Survey.of(found.translation, language, found.evidence, glossary).answerability())
    return own if searched is None else (own + searched) / 2
