"""What a question takes for granted and is not so: a figure, a draft taken for final, a claim.

"既然负债率不能超过70%" is answered with the clause that has another figure, and with the clause that says
where the wrong one comes from, if there is one. A claim put up for confirmation is answered "no" with the
clause that denies it in as many words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from assistant.answering import wording
from assistant.answering.absence import doubts_draft, is_draft, takes_as_final
from assistant.answering.composer import Draft
from assistant.answering.computation import Computation, Operand
from assistant.answering.figures import Figure, as_money, comparable, figures, things
from assistant.answering.fitting import Scored
from assistant.answering.recorded import recorded
from assistant.answering.signs import sign
from assistant.answering.standing import is_gap, is_outdated
from assistant.answering.units import Unit
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Instrument, Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity
from assistant.language.tokens import terms, without_boilerplate

#: A clause this near to the best one may correct a premise or tell where it comes from.
_NEAR = 0.4
#: A clause that denies a claim has to be this near.
_DENIES_NEAR = 0.8
#: A word that more than this share of the clauses have tells nothing of what is denied.
_COMMON = 0.7
#: Where nothing measured is named, a clause is about the same thing that has this share of the claim's words.
_SAME_THING = 0.7
_CONFIRMS, _DENIES, _NOT_FINAL = sign("asks.confirms"), sign("unit.denies"), sign("unit.not_final")
_ASKS_WHICH = sign("asks.which")
_BARS, _OPENS, _LIMITS = sign("claim.bars"), sign("unit.opens"), sign("unit.limits")
#: So many words of the claim a clause must have that says the opposite in other words.
_SAME_MATTER = 3
_CLAUSE = re.compile(r"[，；。,;]")


def corrected(
    question: str,
    ranked: Sequence[Scored],
    language: Language,
    focus: Sequence[Instrument] = (),
    on_subject: Callable[[Unit], bool] = lambda _unit: True,
) -> Worked | None:
    """The correction of what the question wrongly takes for granted, or None where nothing is wrong.

    ``focus`` are the instruments that it names; a figure is corrected only by a unit ``on_subject``.
    """
    return (
        _of_record(question, ranked, language, focus)
        or _other_figure(question, [s for s in ranked if on_subject(s.unit)], language)
        or _not_final(question, ranked, language)
        or _barred(question, ranked, language, focus)
        or _denied(question, ranked, language, focus)
    )


def _of_record(
    question: str, ranked: Sequence[Scored], language: Language, focus: Sequence[Instrument]
) -> Worked | None:
    """Who issued the instrument that is spoken of, or a date of it, put up for confirmation."""
    if not ranked or len(focus) > 1 or not _CONFIRMS.search(question):
        return None
    subject = focus[0] if focus else ranked[0].unit.evidence.passage.instrument
    found = recorded(question, subject, [s.unit for s in ranked])
    if found is None:
        return None
    return (
        Worked((quote(found.unit, language),), (found.unit,)) if found.agrees else _no(found.unit, language)
    )


def _not_final(question: str, ranked: Sequence[Scored], language: Language) -> Worked | None:
    """A draft taken for a rule in force: the clause that says what it is."""
    if not ranked:
        return None
    subject = ranked[0].unit.evidence.passage.instrument
    if not (doubts_draft(question, subject) or (is_draft(subject) and takes_as_final(question, language))):
        return None
    units = [s.unit for s in ranked if s.unit.instrument_id == subject.id]
    saying = next((unit for unit in units if _NOT_FINAL.search(unit.text)), None)
    return _no(saying, language) if saying else None


def _barred(
    question: str, ranked: Sequence[Scored], language: Language, focus: Sequence[Instrument]
) -> Worked | None:
    """A claim that somebody is shut out, and the best clause lets them in without reserve."""
    named = {instrument.id for instrument in focus}
    known = [s.unit for s in ranked if not s.unit.introduces and not is_gap(s.unit)]
    best = next((unit for unit in known if not named or unit.instrument_id in named), None)
    if best is None or not (_CONFIRMS.search(question) and _BARS.search(question)):
        return None
    claim = _BARS.sub(" ", _CONFIRMS.sub(" ", question))
    shared = set(terms(best.text)) & set(terms(without_boilerplate(claim)))
    clear = _OPENS.search(best.text) and not _LIMITS.search(best.text) and not is_outdated(best)
    same = sum(len(term) > 1 and "_" not in term for term in shared) >= _SAME_MATTER
    return _no(best, language) if clear and same else None


def _denied(
    question: str, ranked: Sequence[Scored], language: Language, focus: Sequence[Instrument]
) -> Worked | None:
    """A claim put up for confirmation, and a clause as near as the best that denies such a thing."""
    named = {instrument.id for instrument in focus}
    known = [s for s in ranked if not s.unit.introduces and not is_gap(s.unit)]
    known = [s for s in known if not named or s.unit.instrument_id in named]
    if not known or not _CONFIRMS.search(question) or _ASKS_WHICH.search(question):
        return None
    claim = _CONFIRMS.sub(" ", question)
    if _DENIES.search(claim):
        return None
    near = [s.unit for s in known if s.score >= _DENIES_NEAR * known[0].score]
    held = Counter(term for unit in near for term in set(terms(unit.text)))
    common = {term for term, count in held.items() if count > max(1, _COMMON * len(near))}
    shared = {unit: _denied_words(unit, claim, common) for unit in near}
    denying = max(near, key=lambda unit: shared[unit])  # the first where several share as much
    return _no(denying, language) if shared[denying] else None


def _denied_words(unit: Unit, claim: str, common: Collection[str]) -> int:
    """How many words of the claim the very words hold that deny something, without the ``common`` ones."""
    denials = [piece for piece in _CLAUSE.split(unit.text) if _DENIES.search(piece)]
    shared = set(terms(" ".join(denials))) & set(terms(without_boilerplate(claim)))
    return sum(len(term) > 1 for term in shared - set(common))


def _no(unit: Unit, language: Language) -> Worked:
    text = wording.PREMISE_DENIED.say(language, quote=quote(unit, language).text)
    return Worked((resting_on(text, (unit,)),), (unit,))


def _other_figure(question: str, ranked: Sequence[Scored], language: Language) -> Worked | None:
    """The clause with another figure for what the question has one for."""
    claims = [figure for figure in figures(question) if figure.claimed]
    known = [s for s in ranked if not is_gap(s.unit) and not s.unit.introduces]
    if not known or len(claims) != 1:  # two figures are a question which of them holds
        return None
    near = [s.unit for s in known if s.score >= _NEAR * known[0].score]
    current = [unit for unit in near if not is_outdated(unit)]
    for claim in claims:
        rivals = [unit for unit in current if _rivals(unit, claim)]
        if not rivals:
            continue
        # the first where several share as much; one that bounds nothing has to share more
        looser = [unit for unit in current if _compares(unit, claim) and not _has(unit, claim)]
        right = max((*rivals, *looser), key=lambda unit: _shared(unit, claim))
        if any(_has(unit, claim) and _shared(unit, claim) >= _shared(right, claim) for unit in current):
            continue
        origin = next((unit for unit in near if unit is not right and _has(unit, claim)), None)
        drafts = [_correction(claim, right, language, _ASKS_WHICH.search(question) is None)]
        if origin is not None:
            drafts.append(quote(origin, language))
        return Worked(tuple(drafts), (right, *((origin,) if origin else ())))
    return None


def _has(unit: Unit, claim: Figure) -> bool:
    return any(as_money(q).agrees(claim.quantity) for q in quantities(unit.text))


def _rivals(unit: Unit, claim: Figure) -> bool:
    """Does the unit give another figure for the same thing?"""
    others = _compares(unit, claim)
    if _has(unit, claim):
        return False
    if claim.things & things(unit.text):
        return any(q.comparator.direction for q in others)
    words = {term for term in terms(claim.about) if len(term) > 1 and not re.search(r"\d", term)}
    return bool(others) and len(words & set(terms(unit.text))) >= _SAME_THING * max(2, len(words))


def _compares(unit: Unit, claim: Figure) -> Sequence[Quantity]:
    """The figures of the unit that may be set against the claim."""
    return [q for q in quantities(unit.text) if comparable(as_money(q), claim.quantity)]


def _shared(unit: Unit, claim: Figure) -> int:
    return len(set(terms(unit.text)) & set(terms(claim.about)))


def _correction(claim: Figure, unit: Unit, language: Language, flatly: bool) -> Draft:
    """``flatly``: the question states the figure, so that the answer begins with a "no"."""
    computation = Computation(claim.named, (Operand(claim.text, "question"),), claim.text)
    text = wording.PREMISE_CORRECTED.say(language, claimed=claim.named, quote=quote(unit, language).text)
    said = wording.PREMISE_DENIED.say(language, quote=text) if flatly else text
    return resting_on(said, (unit,), (computation,))
