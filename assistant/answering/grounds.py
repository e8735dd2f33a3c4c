"""Where an answer says so: the clauses of the last answer, named and quoted once more."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering import wording
from assistant.answering.citing import released
from assistant.answering.grounding import check
from assistant.answering.reading import is_empty
from assistant.answering.signs import sign
from assistant.answering.units import shown
from assistant.domain import Answer, Citation, Conversation, Instrument, Language, Sentence, Status, Trace

_ASKS = sign("asks.grounds")
#: More clauses than this are no longer a pointer.
_MOST = 5
COMPOSER = "extractive"


def grounds(
    question: str,
    conversation: Conversation,
    language: Language,
    instrument: Callable[[str], Instrument | None],
) -> Answer | None:
    """Title, document number, place and words of every clause that the last answer with clauses rests on.

    None where the question asks anything but that ("依据是什么？", "Which article?"), or nothing was cited.
    """
    left, asks = _ASKS.subn(" ", question)
    if not asks or not is_empty(left, language):
        return None
    for turn in reversed(conversation.turns):
        cited: dict[str, Citation] = {}
        for citation in (c for s in turn.answer.sentences for c in s.citations):
            cited.setdefault(citation.chunk_id, citation)
        told = (_told(citation, language, instrument) for citation in cited.values())
        sentences = tuple(s for s in told if s is not None and released(s))[:_MOST]
        if sentences:
            labels = {c.label for s in sentences for c in s.citations}
            given = tuple(e for e in turn.answer.evidence if e.label in labels)
            trace = Trace(composer=COMPOSER, standalone_question=turn.question)
            return Answer(question, language, Status.ANSWERED, sentences, given, trace=trace)
    return None


def _told(
    citation: Citation, language: Language, instrument: Callable[[str], Instrument | None]
) -> Sentence | None:
    record = instrument(citation.instrument_id)
    if record is None:
        return None
    title, number = record.title(language), record.doc_number or ""
    where = " › ".join(part for part in citation.path if not part.endswith(("。", ".")))
    quoted = shown(citation.quote, language)
    text = wording.GROUNDS.say(
        language,
        title=title,
        number=number and (f"（{number}）" if language == "zh" else f" ({number})"),
        where=where,
        quote=quoted,
    )
    grounding = check(text, [citation.quote], language=language, titles=[title, number, where])
    return Sentence(text, (citation,), grounding)
