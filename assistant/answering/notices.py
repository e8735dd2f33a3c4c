"""Words about an answer: a cited rule is no longer in force, a text is quoted in its own language.

Notices never state policy. They are computed from the records of what was cited, whatever composed it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering import wording
from assistant.answering.units import is_single_source
from assistant.domain import Evidence, Language, Sentence, ValidityStatus

#: Statuses that a reader must know of even where the record calls the instrument in force.
_SAID = (
    ValidityStatus.SUPERSEDED,
    ValidityStatus.EXPIRED,
    ValidityStatus.WINDOW_CLOSED,
    ValidityStatus.HISTORICAL,
    ValidityStatus.DRAFT,
    ValidityStatus.UNKNOWN,
)


def notices_for(
    sentences: Sequence[Sentence], evidence: Sequence[Evidence], language: Language, *, status: bool = False
) -> tuple[str, ...]:
    """What the reader must know about the clauses that were cited.

    With ``status`` the standing of every cited instrument is told: the question was about it.
    """
    by_label = {item.label: item.passage for item in evidence}
    cited = [by_label[c.label] for s in sentences for c in s.citations if c.label in by_label]
    notices: list[str] = []
    if any(p.chunk.language != language for p in cited):
        notices.append(wording.ORIGINAL_LANGUAGE.say(language))
    for passage in {p.instrument.id: p for p in cited}.values():
        if status or passage.validity.status in _SAID or passage.validity.in_force is False:
            note = passage.validity.note_zh if language == "zh" else passage.validity.note_en
            title = passage.instrument.title(language)
            notices.append(wording.NOT_IN_FORCE.say(language, title=title, note=note))
    if any(is_single_source(s.text) for s in sentences):
        notices.append(wording.SINGLE_SOURCE.say(language))
    return tuple(notices)
