"""Answers to "do we qualify?": every condition that the asker's figures touch, with its verdict.

The conclusion comes first and claims no more than was checked; conditions that nothing was told about are
listed as open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from assistant.answering.bounds import condition
from assistant.answering.composer import Draft
from assistant.answering.figures import Figure, figures, things
from assistant.answering.judging import Verdict, judge
from assistant.answering.reading import Part, Want
from assistant.answering.selection import Scored, is_gap, is_outdated
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, resting_on
from assistant.domain import Language
from assistant.language.tokens import terms

_MET = Wording("满足", "met")
_NOT_MET = Wording("不满足", "not met")
_SHUT_OUT = Wording("属于该情形，不能享受", "falls under this exclusion")
_ALL_MET = Wording(
    "按给出的数据，核对到的条件均满足。",
    "On the figures given, every condition that could be checked is met.",
)
_FAILS = Wording(
    "按给出的数据，有条件不满足，不符合要求：{which}。",
    "No: on the figures given, not every condition is met: {which}.",
)
_UNSURE = Wording(
    "数量达到要求，但条款另有限定，还须确认是否都符合：{which}",
    "The number is reached, but the clause counts only a narrower sort; please confirm that all of them are: {which}",
)
_DEPENDS = Wording(
    "按给出的数据，结论取决于适用哪一档，各档如下。",
    "On the figures given, the result depends on which of these cases applies.",
)
_OPEN = Wording(
    "其余条件没有给出信息，需另行确认：{which}", "Nothing was told about the other conditions: {which}"
)
_CHECKED = Wording("（核对：{formula}，{verdict}）", " (check: {formula}, {verdict})")
_CONDITION_OF = re.compile(
    r"([^，,的]{0,10})(?:条件|要求|比例|占比|门槛|指标|关(?=吗|么|\W|$))"
    r"|([\w&\s-]{0,24})\b(?:ratio|requirements?|conditions?|threshold|test)\b",
    re.IGNORECASE,
)
#: Units this near to the best one are looked at; lists this near to the best are tried; so many are shown.
_NEAR, _LIKELY, _OPEN_SHOWN = 0.2, 0.5, 8


def judged(
    part: Part, told: str, ranked: Sequence[Scored], language: Language, focus: Collection[str] = ()
) -> Worked | None:
    """Set the figures in ``told`` against the conditions of the programme asked about; None if none fit."""
    given = [figure for figure in figures(told) if not figure.claimed]
    if not given:
        return None
    for items in _programmes(part, told, ranked, focus):
        found = _judge(part, items, given, language)
        if found:
            return found
    return None


def _judge(part: Part, items: Sequence[Unit], given: Sequence[Figure], language: Language) -> Worked | None:
    conditions = [found for unit in items if (found := condition(unit))]
    verdicts = _asked(part, judge(conditions, given))
    checked = [v for v in verdicts if v.met is not None]
    if not checked:
        return None
    drafts = [*_conclusion(part, checked, language), *(_line(v, language) for v in checked)]
    used = [v.condition.unit for v in checked]
    applying = {id(v.condition.unit) for v in verdicts}
    bounding = {id(c.unit) for c in conditions}
    left = [u for u in items if u not in used and (id(u) in applying or id(u) not in bounding)]
    if left and _asks_for_all(part):
        drafts.append(_open(left[:_OPEN_SHOWN], language))
        return Worked(tuple(drafts), (*used, *left), tuple(unit.text for unit in left))
    return Worked(tuple(drafts), tuple(used))


def _programmes(
    part: Part, told: str, ranked: Sequence[Scored], focus: Collection[str]
) -> list[Sequence[Unit]]:
    """Lists of conditions that may be asked about, likest first, each in its own order.

    A list is what stands under one heading of one text; a question for a class ("A or B?") looks at all
    headings of the text, because each class may have its own.
    """
    fitting = [s for s in ranked if not is_gap(s.unit) and not is_outdated(s.unit.text)]
    if any(s.unit.instrument_id in focus and condition(s.unit) for s in fitting):
        fitting = [s for s in fitting if s.unit.instrument_id in focus]
    whole = not _asks_yes_no(part)
    groups: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for scored in fitting:
        document, _ = scored.unit.group
        groups[document, "" if whole else _heading(scored.unit)].append(scored)
    asked = set(terms(f"{part.text} {told}"))

    def fit(group: Sequence[Scored]) -> float:
        bounding = [s.score for s in group if condition(s.unit)][:3]
        heading = [t for t in terms(_heading(group[0].unit)) if len(t) > 1]
        share = sum(t in asked for t in heading) / len(heading) if heading else 0.0
        return max(bounding, default=0.0) * (0.8 + 0.2 * share)

    likely = sorted(groups.values(), key=fit, reverse=True)
    best = fit(likely[0]) if likely else 0.0
    return [_in_order(group) for group in likely if fit(group) > _LIKELY * best]


def _in_order(group: Sequence[Scored]) -> Sequence[Unit]:
    floor = _NEAR * group[0].score
    return sorted(
        (s.unit for s in group if s.score >= floor and not s.unit.introduces), key=lambda u: u.place
    )


def _asks_yes_no(part: Part) -> bool:
    return bool(part.wants & {Want.YES_NO, Want.CONDITION})


def _heading(unit: Unit) -> str:
    """The outermost heading; conditions of one programme may stand under several inner ones."""
    return unit.path[0] if unit.path else ""


def _asked(part: Part, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Only the conditions about the things that the question names, where it names some."""
    named = _things_asked(part)
    narrowed = [v for v in verdicts if any(b.things & named for b in v.condition.bounds)]
    return narrowed if any(v.met is not None for v in narrowed) else verdicts


def _things_asked(part: Part) -> frozenset[str]:
    """The things whose condition is asked about: "研发条件", "the R&D ratio"; not those of a programme's name."""
    return frozenset(
        thing for match in _CONDITION_OF.finditer(part.text) for thing in things(match[1] or match[2] or "")
    )


def _asks_for_all(part: Part) -> bool:
    return _asks_yes_no(part) and not _things_asked(part)


def _conclusion(part: Part, checked: Sequence[Verdict], language: Language) -> list[Draft]:
    if not _asks_yes_no(part):
        return []
    firm = [v for v in checked if not v.depends]
    cases = [v for v in checked if v.depends]
    failed = [v for v in firm if v.met is False]
    if cases and not failed and len({v.met for v in cases}) > 1:
        return [_draft(_DEPENDS.say(language), cases)]
    if cases and all(v.met is False for v in cases):
        failed += cases
    unsure = [v for v in checked if v.met and not all(check.sure for check in v.checks)]
    if not failed and unsure:
        which = unsure[0].condition.unit.text
        return [_draft(_UNSURE.say(language, which=which), unsure)]
    if not failed:
        return [_draft(_ALL_MET.say(language), checked)]
    separator = "；" if language == "zh" else "; "
    which = separator.join(
        c.computation.formula for v in failed for c in v.checks if c.met == v.condition.shuts_out
    )
    return [_draft(_FAILS.say(language, which=which), failed)]


def _draft(text: str, verdicts: Sequence[Verdict]) -> Draft:
    computed = tuple(check.computation for v in verdicts for check in v.checks)
    return resting_on(text, [v.condition.unit for v in verdicts], computed)


def _line(verdict: Verdict, language: Language) -> Draft:
    words = (_SHUT_OUT, _MET) if verdict.condition.shuts_out else (_MET, _NOT_MET)
    checks = "".join(
        _CHECKED.say(
            language,
            formula=check.computation.formula,
            verdict=(words[0] if check.met else words[1]).say(language),
        )
        for check in verdict.checks
    )
    return _draft(f"{verdict.condition.unit.text}{checks}", (verdict,))


def _open(units: Sequence[Unit], language: Language) -> Draft:
    texts = [unit.text.rstrip("。.；;") for unit in units]
    which = ("；" if language == "zh" else "; ").join(texts) + ("。" if language == "zh" else ".")
    return resting_on(_OPEN.say(language, which=which), units)
