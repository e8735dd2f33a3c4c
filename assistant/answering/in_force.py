"""Is a rule still in force, and until when: the verdict first, with the words of the text that say so.

The record of an instrument decides (its validity on the day asked about); what is quoted beside the verdict
stands in the instrument itself or in the one that replaced it. Where the text says nothing of the kind, no
verdict is worked out and the notices of the answer tell the record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.composer import Draft
from assistant.answering.fitting import Scored
from assistant.answering.reading import Part, Want
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap
from assistant.answering.survey import Survey
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Instrument, Language, Validity, ValidityStatus
from assistant.language.quantities import quantities

_OWN = sign("asker.own")
_ASKS_IN_FORCE, _ASKS_ENDS = sign("asks.in_force"), sign("asks.ends")
_SAYS_OVER, _SAYS_IN_FORCE = sign("unit.over"), sign("unit.in_force")
_PRESUMED = sign("unit.status")
_SAYS_ENDS, _SAYS_NEXT = sign("unit.ends"), sign("unit.next")
_OVER = Wording("不再有效：{quote}", "No longer in force: {quote}")
_IN_FORCE = Wording("仍然有效：{quote}", "Still in force: {quote}")
_ENDED = (ValidityStatus.SUPERSEDED, ValidityStatus.EXPIRED, ValidityStatus.WINDOW_CLOSED)

_BINDING = (ValidityStatus.IN_FORCE, ValidityStatus.IN_FORCE_PRESUMED)


def asks_standing(text: str) -> bool:
    """Does the question ask whether a rule is in force, or until when?"""
    return bool(_ASKS_IN_FORCE.search(text) or _ASKS_ENDS.search(text))


def in_force(part: Part, survey: Survey, language: Language) -> Worked | None:
    """The verdict on the rule that ``part`` asks about, or None where it asks no such thing."""
    if not asks_standing(part.text):
        return None
    ranked = survey.ranked(part)
    subject = _subject(survey, ranked)
    gone = _replaced(part, ranked, subject[0].doc_number if subject else "")
    if gone is not None:
        return Worked((_said(_OVER, gone, language),), (gone,))
    if subject is None:
        return None
    instrument, validity = subject
    own = [s for s in ranked if s.unit.instrument_id == instrument.id]
    if _ASKS_IN_FORCE.search(part.text) or Want.VALIDITY in part.wants:
        named = bool(survey.focus) and not survey.context
        found = _verdict(instrument, validity, own, ranked, language)
        if found is not None and (named or (validity.in_force is False and not _OWN.search(part.text))):
            return found
    return _end(own, language) if _ASKS_ENDS.search(part.text) else None


def _subject(survey: Survey, ranked: Sequence[Scored]) -> tuple[Instrument, Validity] | None:
    """The one instrument that is named, or the one that the best unit stands in."""
    named = {instrument.id for instrument in survey.focus}
    if len(named) > 1:
        return None
    best = next((s.unit for s in ranked if not named or s.unit.instrument_id in named), None)
    if best is None:
        return None
    passage = best.evidence.passage
    return passage.instrument, passage.validity


def _replaced(part: Part, ranked: Sequence[Scored], own: str | None) -> Unit | None:
    """The clause by which another text tells that the document whose number is named was replaced.

    ``own`` is the number of the instrument asked about, which tells for itself.
    """
    asked = [q for q in quantities(part.text) if q.kind == "doc_number" and q.text not in (own or "")]
    for unit in (s.unit for s in ranked if _SAYS_OVER.search(s.unit.text) and not is_gap(s.unit)):
        validity = unit.evidence.passage.validity
        if validity.in_force is False and validity.status in _BINDING:
            continue  # the text that replaced it had not begun on the day asked about
        held = [q for q in quantities(unit.text) if q.kind == "doc_number"]
        if held and any(a.agrees(held[0]) for a in asked) and not _replaces(unit, held[0].start):
            return unit
    return None


def _replaces(unit: Unit, before: int) -> bool:
    """Is the document named at ``before`` the one that replaces another ("第7号替代了...")?"""
    return bool(re.match(r"[^，。；]{0,12}(?:取代|替代)了", unit.text[before:]))


def _said(said: Wording, unit: Unit, language: Language) -> Draft:
    return resting_on(said.say(language, quote=quote(unit, language).text), (unit,))


def _verdict(
    instrument: Instrument,
    validity: Validity,
    own: Sequence[Scored],
    ranked: Sequence[Scored],
    language: Language,
) -> Worked | None:
    if validity.status is ValidityStatus.IN_FORCE_PRESUMED:  # its text says so without a verdict
        presumed = next((s.unit for s in own if _PRESUMED.search(s.unit.text)), None)
        return Worked((quote(presumed, language),), (presumed,)) if presumed is not None else None
    over = validity.status in _ENDED and validity.in_force is False
    if not over and not (validity.status is ValidityStatus.IN_FORCE and validity.in_force):
        return None
    says = _SAYS_OVER if over else _SAYS_IN_FORCE
    about = [s.unit for s in own if says.search(s.unit.text) and not is_gap(s.unit)]
    if over and instrument.superseded_by:  # the new rule says which one it replaced
        newer = [s.unit for s in ranked if s.unit.instrument_id == instrument.superseded_by]
        about += [unit for unit in newer if _SAYS_OVER.search(unit.text)]
    if not about:
        return None
    said = _OVER if over else _IN_FORCE
    drafts = [_said(said, about[0], language)]
    shown = [about[0]]
    if over:
        shown += _what_next(own, about)
        drafts += [quote(unit, language) for unit in shown[1:]]
    return Worked(tuple(drafts), tuple(shown))


def _what_next(own: Sequence[Scored], about: Sequence[Unit]) -> list[Unit]:
    """Which rule came after, or that the sources do not hold it."""
    successor = next((u for u in about[1:] if _SAYS_NEXT.search(u.text)), None)
    if successor is not None:
        return [successor]
    lacking = next((s.unit for s in own if is_gap(s.unit) and _SAYS_NEXT.search(s.unit.text)), None)
    return [lacking] if lacking is not None else []


def _end(own: Sequence[Scored], language: Language) -> Worked | None:
    """What the instrument says of its end, unless the best clause says it itself."""
    known = [s.unit for s in own if not is_gap(s.unit)]
    about = next((unit for unit in known if _SAYS_ENDS.search(unit.text)), None)
    if about is None or about is known[0]:
        return None
    return Worked((quote(about, language),), (about,))
