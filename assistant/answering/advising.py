"""Questions about the asker's own case: decided by the dated rules, shown as an answer.

The rules decide before anything is searched; they pass on whatever is not theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.answering.conflicts import asks_which_figure
from assistant.answering.in_force import asks_standing
from assistant.answering.notices import notices_for
from assistant.answering.signs import sign
from assistant.answering.understanding import Understood
from assistant.domain import Answer, Conversation, Trace
from assistant.eligibility.advice import Advice
from assistant.eligibility.adviser import Adviser
from assistant.language.quantities import quantities

_OWN = sign("asker.own")
#: How answers made by rules are marked.
COMPOSER = "rules"


def advise(adviser: Adviser | None, understood: Understood, conversation: Conversation) -> Advice | None:
    """What the rules say; None where there are none, or where only part of the library may be used."""
    filters = understood.query.filters
    if adviser is None or filters.instruments or filters.levels or filters.kinds or filters.issuers:
        return None
    # "60分以上, 这个条件还有效吗？" and "60分还是50分？" ask about the rule; nobody told a score
    about_rule = asks_standing(understood.question) or asks_which_figure(understood.question)
    if about_rule and not _OWN.search(understood.question):
        return None
    # a follow-up is read as it was typed: the facts of earlier turns are taken from those turns
    corrects = _tells(understood.asked) and _by_rules(conversation)
    question = understood.asked if understood.before or corrects else understood.question
    return adviser.advise(
        question, conversation, language=understood.language, on=date.fromisoformat(understood.as_of)
    )


def _by_rules(conversation: Conversation) -> bool:
    """Was the last turn answered by the rules?"""
    return bool(conversation.turns) and conversation.turns[-1].answer.trace.composer == COMPOSER


def _tells(typed: str) -> bool:
    """Does it tell a figure? "不对，是700万" corrects a fact and asks nothing anew."""
    return any(q.kind not in ("date", "doc_number", "article") for q in quantities(typed))


def answer(understood: Understood, advice: Advice, seconds: Mapping[str, float]) -> Answer:
    """The advice as an answer like any other."""
    noted = notices_for(advice.sentences, advice.evidence, understood.language)
    return Answer(
        question=understood.asked,
        language=understood.language,
        status=advice.status,
        sentences=advice.sentences,
        evidence=advice.evidence,
        notices=tuple(dict.fromkeys((*understood.notices, *advice.notices, *noted))),
        missing_facts=advice.missing_facts,
        options=advice.options,
        trace=Trace(composer=COMPOSER, standalone_question=understood.question, seconds=dict(seconds)),
    )
