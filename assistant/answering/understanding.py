"""What a person asked, made ready for searching: cleaned, judged, placed in time, standing on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering import places, wording
from assistant.answering.about import covered, library_words
from assistant.answering.abstaining import Abstention, abstain
from assistant.answering.followup import EARLIER_QUESTION, is_short, stand_alone
from assistant.answering.intake import clean, spelled_out
from assistant.answering.naming import Names
from assistant.answering.rephrase import Rephraser
from assistant.answering.short_reply import completed
from assistant.answering.timewords import time_scope, year_named
from assistant.answering.triage import Refusal, Triaged, topic, triage
from assistant.domain import Conversation, Filters, Instrument, Language, Query, Retrieval, Status
from assistant.language.detect import detect
from assistant.language.glossary import Glossary

PASSAGES = 24
#: Passages that tell which text a question is about.
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """A question ready to be searched; with ``abstention`` set, nothing will be searched.

    ``otherwise`` is what to say where nothing is found: a part of the question was declined.
    """

    asked: str
    question: str
    language: Language
    as_of: str
    query: Query
    focus: tuple[Instrument, ...] = ()
    before: str = ""
    notices: tuple[str, ...] = ()
    abstention: Abstention | None = None
    otherwise: Abstention | None = None
    prompt_digests: Mapping[str, str] = field(default_factory=dict)


def understand(
    typed: str,
    conversation: Conversation,
    instruments: Sequence[Instrument],
    glossary: Glossary,
    *,
    filters: Filters,
    language: Language | None,
    today: date,
    text_of: Callable[[str], str] = lambda _: "",
) -> Understood:
    """Read the question; ``text_of`` gives all that is held of an instrument.

    Raises `QuestionError` when there is no question, or too much of it.
    """
    asked = clean(typed)
    spoken = language or detect(asked)
    triaged = triage(spelled_out(asked))
    if triaged.set_aside and is_short(triaged.question, spoken):  # "目标是多少？" after a pasted sentence
        triaged = replace(triaged, question=f"{topic(triaged.set_aside)} {triaged.question}")
    by_id = {instrument.id: instrument for instrument in instruments}
    names = Names(instruments)
    whole = completed(triaged.question, conversation, glossary, names, today)
    if whole is not None:  # all of the last question is asked again, so nothing else is taken over
        triaged, conversation = replace(triaged, question=whole), Conversation()
    standing = stand_alone(triaged.question, conversation, spoken, names, by_id, glossary, text_of)
    moment = time_scope(triaged.question, today)
    as_of = filters.as_of or moment.as_of
    context = standing.context
    earlier = any(by_id[name].superseded_by for name in standing.focus if name in by_id)
    if triaged.set_aside:
        context = (*context, (triaged.set_aside, EARLIER_QUESTION))
    about = library_words(instruments, spoken) if triaged.notices else {}
    notices = [notice.say(spoken, **about) for notice in triaged.notices]
    if moment.moved and not filters.as_of:
        notices.append(wording.AS_OF.say(spoken, day=as_of))
    return Understood(
        asked=asked,
        question=standing.question,
        language=spoken,
        as_of=as_of,
        query=Query(
            f"{standing.before} {triaged.question}" if standing.bare else triaged.question,
            replace(
                filters,
                as_of=as_of,
                include_superseded=filters.include_superseded or moment.include_superseded or earlier,
            ),
            context=context,
            focus=standing.focus,
            limit=PASSAGES,
        ),
        focus=tuple(by_id[name] for name in standing.focus if name in by_id),
        before=standing.before,
        notices=tuple(notices),
        abstention=_refuse(triaged, instruments, spoken, named=bool(standing.focus)),
        otherwise=_said(triaged.otherwise, instruments, spoken) if triaged.otherwise else None,
    )


def restate(understood: Understood, conversation: Conversation, rephraser: Rephraser | None) -> Understood:
    """A follow-up restated in full by a model, where there is one and it only rearranged what was said."""
    if rephraser is None or not understood.before or understood.abstention:
        return understood
    restated = rephraser.standalone(understood.asked, conversation, understood.language)
    if not restated.by_model:
        return understood
    return replace(
        understood,
        question=restated.question,
        before="",
        query=replace(understood.query, text=restated.question, context=()),
        prompt_digests=restated.prompt_digests,
    )


def earlier_version(
    understood: Understood, found: Retrieval, instruments: Sequence[Instrument], today: date
) -> Understood | None:
    """The question as of the year it names, where what was found began later and replaced something.

    "2023年小巨人的负债率" means the rules of 2023; a year in a title or of a target replaced nothing then.
    """
    day = year_named(understood.question, today)
    if day is None or understood.focus or understood.as_of < today.isoformat():
        return None
    replaced = {instrument.superseded_by for instrument in instruments}
    near = [p.instrument for p in found.passages[:_NEAREST] if p.instrument.id in replaced]
    if not near or not near[0].effective or str(near[0].effective) <= day.isoformat():
        return None
    as_of = day.isoformat()
    filters = replace(understood.query.filters, as_of=as_of, include_superseded=True)
    notice = wording.AS_OF.say(understood.language, day=as_of)
    return replace(
        understood,
        as_of=as_of,
        query=replace(understood.query, filters=filters),
        notices=(*understood.notices, notice),
    )


def told(understood: Understood, found: Retrieval, prompt_digests: Mapping[str, str]) -> Understood:
    """With a notice of what the search had to do without, and the prompts that it used."""
    note = found.note_zh if understood.language == "zh" else found.note_en
    return replace(
        understood,
        notices=(*understood.notices, note) if note else understood.notices,
        prompt_digests={**understood.prompt_digests, **prompt_digests},
    )


def _refuse(
    triaged: Triaged, instruments: Sequence[Instrument], language: Language, *, named: bool
) -> Abstention | None:
    if triaged.refusal is not None:
        return _said(triaged.refusal, instruments, language)
    asked = [] if named else places.places(triaged.question)
    held = places.covered(instruments) if asked else frozenset()
    if not held or any(place in held for place in asked):
        return None
    place = asked[0] if language == "zh" else places.english(asked[0])
    words = wording.PLACE_NOT_COVERED.say(language, place=place, covered=covered(instruments, language))
    return abstain(Status.OUT_OF_SCOPE, words)


def _said(refusal: Refusal, instruments: Sequence[Instrument], language: Language) -> Abstention:
    status, words = refusal
    about = library_words(instruments, language)
    return abstain(status, *(each.say(language, **about) for each in words))
