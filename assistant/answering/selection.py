"""Which units answer one part of a question.

Scores combine what a unit is about (`Relevance`) with whether it is the sort of thing asked for: a question
for an amount is answered by a unit with an amount. A question for a list or for conditions takes the whole
list that fits best, not its best items.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.reading import Part, Want
from assistant.answering.relevance import Relevance
from assistant.answering.units import Unit
from assistant.language.quantities import quantities

#: A unit is shown beside the best one when it is nearly as good, or stands beside it and is half as good.
NEARLY, BESIDE = 0.75, 0.45
#: So many for a question that one figure answers, and for any other.
_FEW, _SOME = 2, 3
_WHOLE_LISTS = frozenset({Want.LIST, Want.CONDITION, Want.PROCEDURE})
#: Units of an instrument that the question names.
_FOCUS = 1.25
_GAP = re.compile(
    r"(?:未查到|没有查到|查不到|未找到|没有找到|未读到|没有读到|未见到|不详)[^，；。]{0,12}[。）]?(?:（[^）]*）)?$"
    r"|\b(?:was|were|is|are|has been|have been|could)? ?not (?:be |been )?(?:found|read|seen|known)\b[^,;]*$|\bnot found\b",
    re.IGNORECASE,
)
_GAP_SECTION = re.compile(r"未查到|没有查到|未找到|缺失|not found|missing|gaps?\b", re.IGNORECASE)
_OUTDATED = re.compile(
    r"旧(?:标准|办法|规定|门槛|比例|文本|条件)|已不(?:再)?适用|不再适用|仍流传|网上仍|已被.{0,14}(?:取代|替代)|早期(?:规定|文本)"
    r"|\bold (?:rates?|rules?|text|standards?|thresholds?|conditions?)\b|\bno longer\b|\bsuperseded\b|\bstill (?:on line|online|circulat)",
    re.IGNORECASE,
)
_ABOUT_TEXT = re.compile(r"文件说明|关于本(?:文|页)|about this (?:document|page|text)", re.IGNORECASE)
_ASKS_ABOUT_TEXT = re.compile(
    r"文号|文件|发布|印发|公布|施行|生效|有效|哪年出台|什么时候出|最新|版本|来源|可靠|是什么$"
    r"|document number|\bissued?\b|\bpublish|\beffect\b|\bin force\b|\bversion\b|\bsource\b|\bvalid",
    re.IGNORECASE,
)
_ASKS_PAST = re.compile(
    r"旧|老|以前|原来|曾经|过去|废止|取代|替代|失效|有(?:的|人|网站)说|为什么|听谁|还有效|还在|复审|仍|最新|不一样|矛盾|为何"
    r"|\bold\b|\bformer|\bprevious|\bearlier\b|\bsupersed|\brepeal|\bstill\b|\bwhy\b|\btoday\b|\bconflict",
    re.IGNORECASE,
)
_FITS: Mapping[Want, re.Pattern[str]] = {
    Want.WHO: re.compile(
        r"负责|牵头|主管|责任单位|发布|印发|批准|通过|由.{1,20}(?:认定|备案|审核|推荐)"
        r"|\bissued\b|\bresponsib|\badopted\b|\bapproved\b|\bin charge\b",
        re.IGNORECASE,
    ),
    Want.DEFINITION: re.compile(
        r"^[^：:。]{1,30}[：:]|是指|指的?是|，指|合称|简称|是[^，。]{2,40}的[^，。]{1,12}[。，]|\bmeans\b|\brefers? to\b|\bis an?\b|\bcounts? as\b",
        re.IGNORECASE,
    ),
    Want.PROCEDURE: re.compile(
        r"申请|申报|填报|提交|公示|推荐|备案|审核|登记|\bsubmit|\bfile\b|\bapply|\bapplication|\breport\b|\bpublici",
        re.IGNORECASE,
    ),
}
_SECTIONS: Mapping[Want, re.Pattern[str]] = {
    Want.CONDITION: re.compile(
        r"条件|要求|标准|门槛|资格|condition|criteri|requirement|eligib", re.IGNORECASE
    ),
    Want.PROCEDURE: re.compile(r"程序|流程|办理|申报|procedure|process|how to", re.IGNORECASE),
    Want.DEFINITION: re.compile(r"定义|术语|含义|definition|terms?\b", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit with its score for one part of the question."""

    unit: Unit
    score: float


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


def is_gap(unit: Unit) -> bool:
    """Does the unit say that something was not found?"""
    return bool(_GAP.search(unit.text)) or bool(unit.path and _GAP_SECTION.search(unit.path[-1]))


def is_outdated(text: str) -> bool:
    """Does the text speak of rules that are no more?"""
    return bool(_OUTDATED.search(text))


def rank(
    part: Part,
    units: Sequence[Unit],
    relevance: Relevance,
    weights: Mapping[str, float],
    focus: Collection[str] = (),
) -> list[Scored]:
    """The units, best first; ``focus`` holds the ids of instruments that the question is about."""
    top = max((u.evidence.passage.score for u in units), default=1.0) or 1.0
    scored = []
    for unit in units:
        score = relevance.score(unit, weights) * (0.8 + 0.2 * unit.evidence.passage.score / top)
        score *= _fit(part, unit) * _standing(part, unit)
        scored.append(Scored(unit, score * (_FOCUS if unit.instrument_id in focus else 1.0)))
    return sorted(scored, key=lambda s: -s.score)


def _fit(part: Part, unit: Unit) -> float:
    """Is it the sort of thing that was asked for?"""
    fit = 1.0
    if part.kinds and not is_gap(unit):
        fit *= 1.3 if any(q.kind in part.kinds for q in quantities(unit.text)) else 0.7
    for want in part.wants:
        words, section = _FITS.get(want), _SECTIONS.get(want)
        if words is not None and words.search(unit.text):
            fit *= 1.2
        if section is not None and section.search(" ".join(unit.path)):
            fit *= 1.15
    return fit


def _standing(part: Part, unit: Unit) -> float:
    """Rules come before remarks: about the text itself, or about rules that are no more."""
    standing = 1.0
    if _ABOUT_TEXT.search(" ".join(unit.path)) and not (
        part.wants & {Want.VALIDITY} or _ASKS_ABOUT_TEXT.search(part.text)
    ):
        standing *= 0.6
    if is_outdated(unit.text) and not (_ASKS_PAST.search(part.text) or Want.VALIDITY in part.wants):
        standing *= 0.65
    return standing


def select(
    part: Part, ranked: Sequence[Scored], relevance: Relevance, weights: Mapping[str, float]
) -> Selected:
    """The units to show for ``part``."""
    known = [s for s in ranked if not is_gap(s.unit) and not s.unit.introduces]
    gap = next((s for s in ranked if is_gap(s.unit)), None)
    if gap is not None and (not known or gap.score > known[0].score):
        return Selected(part, (), relevance.coverage((gap.unit,), weights), gap.unit)
    if not known:
        return Selected(part, ())
    if part.wants & _WHOLE_LISTS and not part.kinds:
        items = _best_list(part, ranked, known[0].score)
        if items:
            return Selected(part, items, relevance.coverage(items, weights), whole_list=True)
    limit = _FEW if part.kinds else _SOME
    near = [s.unit for s in known[:limit] if s.score >= NEARLY * known[0].score]
    if not part.kinds:
        near += _beside(known, near)
    return Selected(part, tuple(near), relevance.coverage(near, weights))


def _best_list(part: Part, ranked: Sequence[Scored], best: float) -> tuple[Unit, ...]:
    """The list whose items fit best together; empty where the best unit stands in none.

    A list that its heading or its opening words announce as what was asked for goes before a chance
    gathering of sentences.
    """
    groups: dict[tuple[str, tuple[str, ...]], list[Scored]] = defaultdict(list)
    for scored in ranked:
        groups[scored.unit.group].append(scored)
    fitting: dict[tuple[str, tuple[str, ...]], float] = {}
    for key, found in groups.items():
        items = [s for s in found if not s.unit.introduces and not is_gap(s.unit)]
        if len(items) < 2:
            continue
        middle = items[: max(2, len(items) // 2)]
        fitting[key] = sum(s.score for s in middle) / len(middle)
        if any(s.unit.introduces for s in found):
            fitting[key] = 1.15 * max(fitting[key], *(s.score for s in found if s.unit.introduces))
    if not fitting:
        return ()
    key, score = max(fitting.items(), key=lambda pair: pair[1])
    if score < 0.55 * best:
        return ()
    return tuple(sorted((s.unit for s in groups[key] if not is_gap(s.unit)), key=lambda u: u.place))


def _beside(known: Sequence[Scored], chosen: Sequence[Unit]) -> list[Unit]:
    """What stands under the same heading as the best unit and is about the question too: its other half."""
    best = chosen[0]
    others = [
        s.unit
        for s in known
        if s.unit not in chosen and s.unit.group == best.group and s.score >= BESIDE * known[0].score
    ]
    return sorted(others[:2], key=lambda u: u.place)
