"""Answers to "do we qualify?": every condition that the asker's figures touch, with its verdict.

The conclusion comes first and claims no more than was checked; conditions that nothing was told about are
listed as open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.answering.bounds import condition
from assistant.answering.composer import Draft
from assistant.answering.figures import Figure, figures, things
from assistant.answering.fitting import Scored
from assistant.answering.judging import Verdict, judge
from assistant.answering.reading import Part, Want
from assistant.answering.signs import sign
from assistant.answering.standing import binds, negates
from assistant.answering.units import Unit
from assistant.answering.wording import Wording
from assistant.answering.workings import Worked, quote, resting_on
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.tokens import terms

_MET = Wording("{figure}，满足{demand}", "{figure}, which meets {demand}")
_NOT_MET = Wording("{figure}，不满足{demand}", "{figure}, which does not meet {demand}")
_SHUT_OUT = Wording(
    "{figure}，属于{demand}的情形，不能享受", "{figure}, which falls under {demand} and is excluded"
)
_NOT_SHUT_OUT = Wording("{figure}，不属于{demand}的情形", "{figure}, which does not fall under {demand}")
_CASE = Wording("{figure}，适用{demand}一档：", "{figure} falls in the case {demand}: ")
_PERIOD = Wording("（条款按近{years}年合计）", " (the clause counts the last {years} years together)")
_EITHER = Wording("（满足其一即可）", " (either is enough)")
_ALL_MET = Wording("核对到的条件均满足：{checks}。", "Yes, as far as the figures go: {checks}.")
_FAILS = Wording("不符合：{checks}。", "No: {checks}.")
_DEPENDS = Wording("取决于适用哪一档：{checks}。", "It depends on which case applies: {checks}.")
_CHECKED = Wording("核对：{checks}。", "Check: {checks}.")
_UNSURE = Wording(
    "{checks}，数量达到要求；但条款另有限定，还须确认是否都符合。",
    "{checks}; the number is reached, but the clause counts only a narrower sort, "
    "so please confirm that all of them are.",
)
_OPEN = Wording(
    "其余条件没有给出信息，需另行确认：{which}", "Nothing was told about the other conditions: {which}"
)
_CONDITION_OF = re.compile(
    r"([^，,的]{0,10})(?:条件|要求|比例|占比|门槛|指标|关(?=吗|么|\W|$))"
    r"|([\w&\s-]{0,24})\b(?:ratio|requirements?|conditions?|threshold|test)\b",
    re.IGNORECASE,
)
_ASKS_CLASS = sign("asker.class")
#: "30万元奖励" names a rule and tells nothing of the asker.
_REWARD = re.compile(r"奖|补[助贴]|资助|减免|\b(?:award|reward|bonus|subsid(?:y|ies)|grant)\b", re.IGNORECASE)
_OR = re.compile(r"[\s，,]*(?:还是|或者?|or)[\s，,]*(?:是)?", re.IGNORECASE)
_ONE_CONDITION = re.compile(r"比例|占比|门槛|指标|\b(?:ratio|threshold|percentage|share)\b", re.IGNORECASE)
#: Units this near to the best one are looked at; lists this near to the best are tried; so many are shown.
_NEAR, _LIKELY, _OPEN_SHOWN = 0.2, 0.5, 8


def judged(
    part: Part, told: str, ranked: Sequence[Scored], language: Language, focus: Collection[str] = ()
) -> Worked | None:
    """Set the figures in ``told`` against the conditions of the programme asked about; None if none fit."""
    given = [f for f in figures(told) if not f.claimed and not _REWARD.search(f.about)]
    if not given or Want.VALIDITY in part.wants or _is_choice(part.text):
        return None
    for items in _programmes(part, told, ranked, focus):
        found = _judge(part, items, given, language)
        if found:
            return found
    return None


def _is_choice(asked: str) -> bool:
    """70%还是75%: two figures to choose between are nobody's own."""
    held = quantities(asked)
    return any(
        one.kind == other.kind and _OR.fullmatch(asked[one.end : other.start])
        for one, other in pairwise(held)
    )


def _judge(part: Part, items: Sequence[Unit], given: Sequence[Figure], language: Language) -> Worked | None:
    conditions = [found for unit in items if (found := condition(unit))]
    verdicts = _asked(part, judge(conditions, given))
    checked = [v for v in verdicts if v.met is not None]
    if not checked:
        return None
    drafts = [*_summary(part, checked, language)]
    for verdict in checked:
        drafts.append(quote(verdict.condition.unit, language))
        if asks_class(part):
            drafts.append(_draft(_CHECKED.say(language, checks=_checks(verdict, language)), [verdict]))
    used = [v.condition.unit for v in checked]
    applying = {v.condition.unit for v in verdicts}
    bounding = {c.unit for c in conditions}
    left = [u for u in items if u not in used and (u in applying or u not in bounding)]
    if left and _asks_for_all(part):
        drafts.append(_open(left[:_OPEN_SHOWN], language))
    # a case that does not apply is dealt with, too
    return Worked(tuple(drafts), tuple(dict.fromkeys((*used, *left, *bounding))))


def _programmes(
    part: Part, told: str, ranked: Sequence[Scored], focus: Collection[str]
) -> list[Sequence[Unit]]:
    """Lists of conditions that may be asked about, likest first, each in its own order.

    A list is what stands under one heading of one text; a question for a class ("A or B?") looks at all
    headings of the text, because each class may have its own.
    """
    fitting = [s for s in ranked if binds(s.unit) and not negates(part, s.unit)]
    if any(s.unit.instrument_id in focus and condition(s.unit) for s in fitting):
        fitting = [s for s in fitting if s.unit.instrument_id in focus]
    whole = asks_class(part)
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


def asks_class(part: Part) -> bool:
    """Does the question ask which class or band the figures fall into?"""
    return bool(_ASKS_CLASS.search(part.text))


def _heading(unit: Unit) -> str:
    """The outermost heading; conditions of one programme may stand under several inner ones."""
    return unit.path[0] if unit.path else ""


def _asked(part: Part, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Only the conditions about the things that the question names, where it names some."""
    named = _things_asked(part)
    narrowed = [v for v in verdicts if any(b.things & named for b in v.condition.bounds)]
    return narrowed if any(v.met is not None for v in narrowed) else verdicts


def _things_asked(part: Part) -> frozenset[str]:
    """The things whose condition is asked about: "研发条件", "the R&D ratio"; not a programme's name."""
    return frozenset(
        thing for match in _CONDITION_OF.finditer(part.text) for thing in things(match[1] or match[2] or "")
    )


def _asks_for_all(part: Part) -> bool:
    return not asks_class(part) and not _things_asked(part) and not _ONE_CONDITION.search(part.text)


def _summary(part: Part, checked: Sequence[Verdict], language: Language) -> list[Draft]:
    """The conclusion with the comparisons it rests on, what fails first."""
    if asks_class(part):
        return []
    firm = [v for v in checked if not v.depends]
    cases = [v for v in checked if v.depends]
    failed = [v for v in firm if v.met is False]
    unsure = [v for v in checked if v.met and not all(check.sure for check in v.checks)]
    wording = _ALL_MET
    if cases and not failed and len({v.met for v in cases}) > 1:
        wording = _DEPENDS
    elif failed or (cases and all(v.met is False for v in cases)):
        wording = _FAILS
    elif unsure:
        wording = _UNSURE
    separator = "；" if language == "zh" else "; "
    ordered = sorted(checked, key=lambda v: v.met is not False)
    checks = separator.join(_checks(verdict, language) for verdict in ordered)
    return [_draft(wording.say(language, checks=checks), ordered)]


def _checks(verdict: Verdict, language: Language) -> str:
    """The comparisons of one condition in words."""
    met, not_met = (_SHUT_OUT, _NOT_SHUT_OUT) if verdict.condition.shuts_out else (_MET, _NOT_MET)
    texts = [
        (met if check.met else not_met).say(
            language, figure=check.computation.formula, demand=check.bound.demand
        )
        for check in verdict.checks
    ]
    either = verdict.condition.either and len(texts) > 1
    joined = ("；" if language == "zh" else "; ").join(texts)
    years = next((check.years for check in verdict.checks if check.years), None)
    joined += _PERIOD.say(language, years=years) if years else ""
    cases = "".join(
        _CASE.say(language, figure=case.computation.formula, demand=case.bound.demand)
        for case in verdict.cases[-1:]
    )
    return cases + joined + (_EITHER.say(language) if either else "")


def _draft(text: str, verdicts: Sequence[Verdict]) -> Draft:
    computed = tuple(check.computation for v in verdicts for check in (*v.cases, *v.checks))
    return resting_on(text, [v.condition.unit for v in verdicts], computed)


def _open(units: Sequence[Unit], language: Language) -> Draft:
    texts = [unit.text.rstrip("。.；;") for unit in units]
    which = ("；" if language == "zh" else "; ").join(texts) + ("。" if language == "zh" else ".")
    return resting_on(_OPEN.say(language, which=which), units)
