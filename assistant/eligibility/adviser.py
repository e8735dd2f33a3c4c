"""Advice in chat: does the asker qualify, as far as can be told? Decided by dated rules, clause by clause.

`Adviser.advise` returns None for everything that is not about somebody's own case; such questions stay with
retrieval. Knows nothing of how the rest of a question is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import Conversation, Language, Level
from assistant.eligibility.advice import Advice, write
from assistant.eligibility.case import Case
from assistant.eligibility.check import applicable, check
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.dossier import gather
from assistant.eligibility.extract import FactReader, extractor_for
from assistant.eligibility.logic import criteria_of, restricted
from assistant.eligibility.model import Criterion, Scheme
from assistant.eligibility.needs import needed
from assistant.eligibility.outcome import rules_day
from assistant.eligibility.overview import screened, what_to_tell, which_at_all, which_one
from assistant.eligibility.profile import Profile
from assistant.eligibility.proposals import AssistedExtractor, Proposer
from assistant.eligibility.recognise import Recogniser, Request
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.sources import Sources
from assistant.eligibility.spoken import applying_day, plainly
from assistant.ports import Library

#: Turns that still count.
REMEMBERED = 8
#: More schemes than this in one question are compared by retrieval.
_MOST_SCHEMES = 3
#: Who names a scheme and tells so many facts, or tells any and asks for nothing else, wants a verdict.
_TELLING = 3


class Adviser:
    """Advises from one rulebook and one library; ``proposer`` lets a model help to read what was told."""

    def __init__(self, rulebook: Rulebook, library: Library, proposer: Proposer | None = None) -> None:
        self._rulebook = rulebook
        self._library = library
        self._clauses = Clauses(library)
        catalogue = rulebook.catalogue
        self._needs = {scheme.id: needed(scheme, rulebook) for scheme in rulebook.schemes.values()}
        self._recogniser = Recogniser(rulebook.schemes, catalogue.topics)
        self._extractor = extractor_for(rulebook)
        self._assisted = (
            AssistedExtractor(self._extractor, proposer, rulebook.attributes) if proposer else None
        )

    def advise(
        self, question: str, conversation: Conversation, *, language: Language, on: date
    ) -> Advice | None:
        """The advice, or None where the question is not about the asker's own case."""
        on = applying_day(plainly(question, on)) or on
        told = [turn.question for turn in conversation.turns][-REMEMBERED:]
        request = self._request(question, on)
        turns = [*told, question]
        schemes = request.schemes or self._talked_about(told, request)
        sources = Sources(self._library, self._clauses, language, on.isoformat())
        if not schemes:
            return self._overview(request, turns, on, sources, language)
        if len(schemes) > _MOST_SCHEMES:
            return None
        if request.otherwise:
            schemes = tuple(
                dict.fromkeys(s for name in schemes for s in (name, *self._rulebook.schemes[name].otherwise))
            )
        cases = [
            case
            for scheme in schemes
            if (case := self._case(self._rulebook.schemes[scheme], request, turns, on))
        ]
        answered = [case for case in cases if self._is_asked(case, request, bool(told))]
        return write(answered, sources, language, self._rulebook) if answered else None

    def _overview(
        self, request: Request, turns: Sequence[str], on: date, sources: Sources, language: Language
    ) -> Advice | None:
        """Advice where no scheme was named: which ones come into question, or which one is meant."""
        if request.own and request.verdict and not (request.topics or request.which):
            request = replace(request, topics=self._topics_told(turns[-1], on))
        if not request.own or not (request.which or (request.verdict and (request.topics or request.bare))):
            return None
        cases = [
            case
            for scheme in sorted(self._rulebook.schemes.values(), key=self._standing)
            if scheme.subject == "enterprise" and (case := self._case(scheme, request, turns, on))
        ]
        cases = [case for case in cases if case.in_force]
        if request.which:
            known = screened(cases, sources, language, self._rulebook)
            return known or (what_to_tell(cases, self._rulebook, language) if request.bare else None)
        if not request.topics:
            return which_at_all(cases, language)
        on_topic = [case for case in cases if case.topics and self._is_measured(case)]
        if len(on_topic) == 1:
            return write(on_topic, sources, language, self._rulebook)
        return which_one(on_topic, sources, language, self._rulebook)

    def _topics_told(self, question: str, on: date) -> tuple[str, ...]:
        """What the facts of a question are about."""
        facts = self._extractor.extract(question, on=on).facts
        topics = [topic for fact in facts for topic in self._rulebook.attributes[fact.attribute].topics]
        return tuple(dict.fromkeys(topics))

    def _standing(self, scheme: Scheme) -> tuple[int, str]:
        """National schemes come before those of a province or city."""
        instrument = self._library.instrument(scheme.versions[-1].instrument)
        levels = [Level.NATIONAL, Level.PROVINCIAL, Level.MUNICIPAL]
        known = instrument is not None and instrument.level in levels
        return (levels.index(instrument.level) if instrument and known else len(levels), scheme.id)

    # --- what is asked ---

    def _request(self, question: str, on: date) -> Request:
        plain = plainly(question)
        return self._recogniser.request(plain, self._extractor.extract(plain, on=on).phrases)

    def _talked_about(self, told: Sequence[str], request: Request) -> tuple[str, ...]:
        """The schemes of the last turn that named any, for a question that names none."""
        if request.which:
            return ()
        for turn in reversed(told):
            schemes = self._request(turn, date.max).schemes
            if schemes:
                return schemes
        return ()

    def _is_asked(self, case: Case, request: Request, goes_on: bool) -> bool:
        """Is this about somebody's own case: facts that bear on it, and a verdict wanted?"""
        if request.amount and not (case.now and request.verdict):
            return False
        if case.now:
            told = (
                case.touched and bool(request.schemes) and (len(case.now) >= _TELLING or not request.general)
            )
            asked = request.verdict or request.own or request.goes_on or told
            return asked or (goes_on and not (request.amount or request.general))
        if case.dossier.profile.facts and goes_on and case.touched:
            of_rules = request.general and not (request.own or request.verdict)
            return request.goes_on or request.why or (bool(request.schemes) and not of_rules)
        plain = request.bare or bool(request.topics)
        return request.own and request.verdict and plain and bool(request.schemes)

    def _is_measured(self, case: Case) -> bool:
        """Does the part asked about set a figure?"""
        return any(not isinstance(c.threshold, bool) for c in criteria_of(case.part))

    # --- one scheme ---

    def _reader(self, request: Request, turns: Sequence[str]) -> FactReader:
        """A model may help to read where somebody speaks of their own; rules alone read anything else."""
        speaks = request.own or len(turns) > 1
        return self._assisted if self._assisted is not None and speaks else self._extractor

    def _case(self, scheme: Scheme, request: Request, turns: Sequence[str], on: date) -> Case | None:
        prefer = self._needs[scheme.id]
        dossier = gather(
            turns, self._reader(request, turns), Profile(self._rulebook.attributes, {}, on), prefer
        )
        day = rules_day(scheme, dossier.profile)
        found = applicable(scheme, day)
        if found is None:
            return None
        version = found.version
        topics = set(request.topics)
        if topics:
            part = restricted(version.requires, lambda c: bool(topics & self._topics_of(c)))
            if part is None:
                topics = set()
        profile = dossier.profile.dated(day)
        done = check(scheme, version, profile)
        return Case(
            check=done,
            profile=profile,
            dossier=replace(dossier, profile=profile),
            in_force=found.in_force,
            topics=tuple(t for t in self._rulebook.catalogue.topics if t in topics),
            part=part if topics and part is not None else version.requires,
            now=tuple(name for name in dossier.now if name in prefer),
            full=request.why,
            hinders=request.hinders and bool(topics),
        )

    def _topics_of(self, criterion: Criterion) -> set[str]:
        return set(self._rulebook.attributes[criterion.attribute].topics)
