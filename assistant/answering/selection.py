"""Which units answer one part of a question.

Scores combine what a unit is about (`Relevance`) with whether it is the sort of thing asked for: a question
for an amount is answered by a unit with an amount. A question for a list or for conditions takes the whole
list that fits best, not its best items.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.details import holds_what_is_asked
from assistant.answering.fitting import FITS, Scored, says_kind
from assistant.answering.lists import best_list
from assistant.answering.reading import Part, Want
from assistant.answering.relevance import Relevance
from assistant.answering.standing import asks_past, is_gap, is_outdated, standing, tells_past
from assistant.answering.units import Unit
from assistant.language.quantities import quantities

#: A further unit must be this good beside the best one, and meet this share of what is not met yet.
_GOOD, _GAIN = 0.4, 0.15
#: A unit nearly as good as the best is shown even where it meets nothing new.
_NEARLY = 0.8
_NEAR_KIND, _NEAR_SUBJECT = 0.6, 0.3
#: A unit that says this much of what the best one says is about the same thing.
_ON_TOPIC = 0.4
_BESIDE_OLD = 0.3
#: Units this near to each other fit alike.
_ALIKE = 0.95
_AMOUNT = re.compile(r"金额|数额|\bamounts?\b", re.IGNORECASE)
_AND = re.compile(r"和|与|以及|、|\band\b", re.IGNORECASE)
#: What stands this low is no rule but a word about a text.
_REMARK = 0.5
#: So many for a question that one figure answers, and for any other.
_FEW, _SOME = 3, 4
_WHOLE_LISTS = frozenset({Want.LIST, Want.CONDITION, Want.PROCEDURE})
#: A question for one of these is not answered with a whole list, whatever else it asks for.
_ONE_THING = frozenset({Want.VALUE, Want.WHO})


@dataclass(frozen=True, slots=True)
class Selected:
    """The units that answer a part, in the order they should be read.

    ``coverage`` is the share of the part's weight that they meet; ``gap`` is set where the sources say that
    they do not hold what is asked.
    """

    part: Part
    units: tuple[Unit, ...]
    coverage: float = 0.0
    gap: Unit | None = None
    whole_list: bool = False


def _can_answer(part: Part, known: Sequence[Scored], relevance: Relevance, subjects: Collection[str]) -> bool:
    """Do the texts that speak of a subject that is named hold the details asked for, near the best clause?"""
    if subjects:
        within = (s.unit for s in known if s.score >= _NEAR_SUBJECT * known[0].score)
        on = (unit for unit in within if any(relevance.all_met(unit, (name,)) for name in subjects))
        homes = {unit.instrument_id for unit in on}
        known = [s for s in known if s.unit.instrument_id in homes]
    near = [s.unit for s in known if s.score >= _NEAR_KIND * known[0].score]
    return holds_what_is_asked(part, near)


def _tells_figure(part: Part, gap: Unit) -> bool:
    """Does the gap say that the very figure asked for was not found?"""
    return "money" in part.kinds and bool(_AMOUNT.search(gap.text))


def _with_figure_first(
    part: Part, known: list[Scored], relevance: Relevance, weights: Mapping[str, float]
) -> list[Scored]:
    """Where the best unit has no figure of the kind asked for, one of its text that has goes before it."""
    if not part.kinds or says_kind(part, known[0].unit):
        return known
    home, floor = known[0].unit.instrument_id, _ON_TOPIC * relevance.score(known[0].unit, weights)
    beside = [s for s in known if s.unit.instrument_id == home and s.score >= _NEAR_KIND * known[0].score]
    first = next(
        (s for s in beside if says_kind(part, s.unit) and relevance.score(s.unit, weights) >= floor), None
    )
    return _led_by(first, known)


def _with_rule_first(part: Part, known: list[Scored]) -> list[Scored]:
    """Where the best unit tells of a rule that is no more, the rule of the same text goes before it."""
    best = known[0]
    if not tells_past(best.unit) or asks_past(part):
        return known
    beside = (s for s in known if s.unit.instrument_id == best.unit.instrument_id)
    rules = (s for s in beside if s.score >= _NEAR_KIND * best.score and _same_sort(part, s.unit))
    first = next((s for s in rules if not tells_past(s.unit) and standing(part, s.unit) > _REMARK), None)
    return _led_by(first, known)


def _led_by(first: Scored | None, known: list[Scored]) -> list[Scored]:
    return known if first is None else [first, *(s for s in known if s is not first)]


def select(
    part: Part,
    ranked: Sequence[Scored],
    relevance: Relevance,
    weights: Mapping[str, float],
    named: Sequence[str] = (),
    subjects: Collection[str] = (),
) -> Selected:
    """The units to show for ``part``; ``named`` are the instruments that the question itself names.

    ``subjects`` are the titles, programmes and instruments that it names; one of them has to be met.
    """
    known = [s for s in ranked if not is_gap(s.unit) and not s.unit.introduces]
    gap = next((s for s in ranked if is_gap(s.unit)), None)
    if gap is not None and (gap is ranked[0] or not known):
        return Selected(part, (), relevance.coverage((gap.unit,), weights), gap.unit)
    if not known:
        return Selected(part, ())
    if not _can_answer(part, known, relevance, subjects):
        lacking = (gap.unit,) if gap is not None and _tells_figure(part, gap.unit) else ()
        return Selected(part, (), relevance.coverage(lacking, weights), *lacking)
    known = _with_rule_first(part, _with_figure_first(part, known, relevance, weights))
    if part.wants & _WHOLE_LISTS and not (part.kinds or part.wants & _ONE_THING):
        items = best_list(part, ranked, known[0])
        if items:
            return Selected(part, items, relevance.coverage(items, weights), whole_list=True)
    few = part.kinds or Want.WHO in part.wants
    chosen = cover(part, known, relevance, weights, _FEW if few else _SOME)
    chosen += _current(part, known, chosen)
    chosen += _of_each(part, known, chosen, named)
    return Selected(part, _by_text(chosen), relevance.coverage(chosen, weights))


def _by_text(chosen: Sequence[Unit]) -> tuple[Unit, ...]:
    """What stands in one text is read together, the text of the best unit first."""
    texts = list(dict.fromkeys(unit.instrument_id for unit in chosen))
    return tuple(sorted(chosen, key=lambda unit: texts.index(unit.instrument_id)))


def cover(
    part: Part, known: Sequence[Scored], relevance: Relevance, weights: Mapping[str, float], limit: int
) -> tuple[Unit, ...]:
    """The best unit, then those that meet what is not met yet: a question about two things needs both.

    What stands under the same heading as the best unit is preferred: it is often the other half of a rule.
    """
    best = known[0]
    fitting = [s for s in known[1:] if s.score >= _GOOD * best.score and standing(part, s.unit) > _REMARK]
    rivals = [s for s in fitting if _same_sort(part, s.unit)]
    rivals += _joined(part, best, [s for s in fitting if s not in rivals], relevance, weights)
    chosen = [best.unit, *_other_kinds(part, best.unit, rivals), *_body(part, best.unit, known)]
    rivals = [s for s in rivals if s.unit not in chosen]
    while len(chosen) < limit and rivals:
        left = relevance.unmet(chosen, weights)
        gains = [
            (relevance.gain(s.unit, left) * (1.25 if s.unit.group == best.unit.group else 1.0), s)
            for s in rivals
        ]
        gain, winner = max(gains, key=lambda pair: (pair[0], pair[1].score))
        if gain < _GAIN:
            winner = rivals[0]
            if winner.score < _NEARLY * best.score:
                break
        chosen.append(winner.unit)
        rivals.remove(winner)
    return tuple(chosen)


def _joined(
    part: Part,
    best: Scored,
    others: Sequence[Scored],
    relevance: Relevance,
    weights: Mapping[str, float],
) -> Sequence[Scored]:
    """Figures of another kind that fit no worse: "the number of centers and the share of firms"."""
    if not part.kinds or not _AND.search(part.text):
        return ()
    floor = relevance.score(best.unit, weights)
    return [s for s in others if quantities(s.unit.text) and relevance.score(s.unit, weights) >= floor]


def _other_kinds(part: Part, best: Unit, rivals: Sequence[Scored]) -> Sequence[Unit]:
    """For each kind of figure asked for that ``best`` lacks, the best unit with one: "share and years"."""
    held = {q.kind for q in quantities(best.text)}
    missing = [kinds for kinds in part.asked if not kinds & held]
    found = (
        next((s.unit for s in rivals if any(q.kind in kinds for q in quantities(s.unit.text))), None)
        for kinds in missing
    )
    return list(dict.fromkeys(unit for unit in found if unit is not None))


def _body(part: Part, best: Unit, known: Sequence[Scored]) -> Sequence[Unit]:
    """Who does it, where the best unit does not say and another under its heading does."""
    says = FITS[Want.WHO]
    if Want.WHO not in part.wants or says.search(best.text):
        return ()
    beside = (s.unit for s in known if s.unit.group == best.group and says.search(s.unit.text))
    return [unit for unit in (next(beside, None),) if unit is not None]


def _of_each(
    part: Part, known: Sequence[Scored], chosen: Sequence[Unit], named: Sequence[str]
) -> tuple[Unit, ...]:
    """The best unit of every instrument that is named beside another and not quoted yet."""
    if len(named) < 2:
        return ()
    quoted = {unit.instrument_id for unit in chosen}
    found = []
    for name in (name for name in named if name not in quoted):
        own = [s for s in known if s.unit.instrument_id == name and _same_sort(part, s.unit)]
        own = [s for s in own if standing(part, s.unit) > _REMARK]
        best = [s.unit for s in own if s.score >= _ALIKE * own[0].score]
        found += [max(best, key=_latest)] if best else []
    return tuple(found)


def _latest(unit: Unit) -> Decimal:
    """The latest date it speaks of: of two editions of one figure the new one is meant."""
    return max((q.value for q in quantities(unit.text) if q.kind == "date"), default=Decimal(0))


def _current(part: Part, known: Sequence[Scored], chosen: Sequence[Unit]) -> tuple[Unit, ...]:
    """The rule of today beside words about an old one: whoever asks about 50% wants to know what holds."""
    asked = [q for q in quantities(part.text) if q.kind in ("percent", "money", "count")]
    if not asked or not asks_past(part):
        return ()
    for scored in known:
        held = quantities(scored.unit.text)
        if (
            is_outdated(scored.unit)
            or standing(part, scored.unit) < 1
            or any(a.agrees(q) for a in asked for q in held)
        ):
            continue
        if scored.score >= _BESIDE_OLD * known[0].score and any(
            a.kind == q.kind for a in asked for q in held
        ):
            return () if scored.unit in chosen else (scored.unit,)
    return ()


def _same_sort(part: Part, unit: Unit) -> bool:
    """Where a figure or a body is asked for, a unit without one adds nothing."""
    if part.kinds and not says_kind(part, unit):
        return False
    words = FITS.get(Want.WHO) if Want.WHO in part.wants else None
    return words is None or bool(words.search(unit.text))
