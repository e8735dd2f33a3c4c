"""Which units answer one part of a question.

Scores combine what a unit is about (`Relevance`) with whether it is the sort of thing asked for: a question
for an amount is answered by a unit with an amount. A question for a list or for conditions takes the whole
list that fits best, not its best items.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.reading import Part, Want
from assistant.answering.relevance import Relevance
from assistant.answering.units import Unit
from assistant.language.quantities import quantities

#: A unit is shown beside the best one when it is nearly as good.
NEARLY = 0.75
_GAP = re.compile(
    r"未查到|没有查到|查不到|未找到|没有找到|未读到|没有读到|未能?核实|无法核实|未确认|未能确认|不详|未载明|未列出|没有给出|未给出"
    r"|\bnot found\b|\bnot (?:been )?(?:read|seen|confirmed|stated|given|known)\b|\bunconfirmed\b|\bunknown\b|\bcould not be\b",
    re.IGNORECASE,
)
_FITS: Mapping[Want, re.Pattern[str]] = {
    Want.WHO: re.compile(
        r"负责|牵头|主管|发布|印发|批准|通过|部门|由.{1,20}(?:认定|备案|审核|推荐)|局[、，。]"
        r"|\bissued\b|\bresponsib|\badopted\b|\bapproved\b|\bbureau|\bby the\b",
        re.IGNORECASE,
    ),
    Want.DEFINITION: re.compile(
        r"^[^：:。]{1,30}[：:]|是指|指的?是|，指|合称|简称|\bmeans\b|\brefers? to\b|\bis an?\b", re.IGNORECASE
    ),
    Want.PROCEDURE: re.compile(
        r"申请|申报|填报|提交|公示|推荐|备案|审核|登记|\bsubmit|\bfile\b|\bapply|\bapplication|\breport\b|\bpublicity\b",
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
    """The units that answer a part, in the order they should be read. ``coverage``: how well the best fits."""

    part: Part
    units: tuple[Unit, ...]
    coverage: float
    whole_list: bool = False


def is_gap(text: str) -> bool:
    """Does the text say that something was not found?"""
    return bool(_GAP.search(text))


def rank(
    part: Part, units: Sequence[Unit], relevance: Relevance, weights: Mapping[str, float]
) -> list[Scored]:
    """The units, best first."""
    top = max((u.evidence.passage.score for u in units), default=1.0) or 1.0
    scored = []
    for unit in units:
        score = relevance.score(unit, weights) * (0.75 + 0.25 * unit.evidence.passage.score / top)
        scored.append(Scored(unit, score * _fit(part, unit)))
    return sorted(scored, key=lambda s: -s.score)


def _fit(part: Part, unit: Unit) -> float:
    fit = 1.0
    if part.kinds:
        fit *= 1.3 if any(q.kind in part.kinds for q in quantities(unit.text)) else 0.75
    for want in part.wants:
        words, section = _FITS.get(want), _SECTIONS.get(want)
        if words is not None and words.search(unit.text):
            fit *= 1.15
        if section is not None and section.search(" ".join(unit.path)):
            fit *= 1.15
    return fit


def select(part: Part, ranked: Sequence[Scored]) -> Selected:
    """The units to show for ``part``."""
    if not ranked:
        return Selected(part, (), 0.0)
    best = ranked[0]
    if part.wants & {Want.LIST, Want.CONDITION, Want.PROCEDURE} and not part.kinds:
        items = _best_list(ranked)
        if items:
            return Selected(part, items, best.score, whole_list=True)
    limit = 2 if part.kinds else 3
    near = [s.unit for s in ranked[:limit] if s.score >= NEARLY * best.score]
    return Selected(part, tuple(near), best.score)


def _best_list(ranked: Sequence[Scored]) -> tuple[Unit, ...]:
    """The list whose items fit best together; empty where the best unit stands in none."""
    best = ranked[0]
    groups: dict[tuple[str, tuple[str, ...]], list[Scored]] = defaultdict(list)
    for scored in ranked:
        if scored.unit.item >= 0:
            groups[scored.unit.evidence.passage.chunk.document_id, scored.unit.path].append(scored)
    lists = {key: sum(s.score for s in found[:3]) / 3 for key, found in groups.items() if len(found) >= 2}
    if not lists:
        return ()
    key, score = max(lists.items(), key=lambda pair: pair[1])
    if score < 0.5 * best.score:
        return ()
    return tuple(sorted((s.unit for s in groups[key]), key=lambda u: (u.label, u.order)))
