"""Say what would change a "no": the smallest changes, with amounts worked back through the formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.domain import Language, Sentence
from assistant.eligibility import formula
from assistant.eligibility.case import Case
from assistant.eligibility.change import Change
from assistant.eligibility.phrases import demand, shown
from assistant.eligibility.sources import Sources, sentence


def remedy(
    case: Case, options: Sequence[tuple[Change, ...]], sources: Sources, language: Language
) -> Iterator[Sentence]:
    """One sentence with the alternatives, the smallest first; none where nothing can be computed."""
    zh = language == "zh"
    ways: list[str] = []
    used: list[Change] = []
    for option in options:
        steps = [step for change in option if (step := _step(change, case, language))]
        worked_back = any(change.input != change.finding.criterion.attribute for change in option)
        if steps and len(steps) == len(option) and worked_back:
            ways.append(("，并且" if zh else " and ").join(steps))
            used += option
    if not ways:
        return
    text = ("；或者" if zh else "; or ").join(ways)
    citations = [
        sources.criterion(case.check.scheme, case.check.version, change.finding.criterion) for change in used
    ]
    lead = "其他情况不变时，要达到这项要求：" if zh else "Other things equal, this would be met with "
    yield sentence(f"{lead}{text}{'。' if zh else '.'}", citations)


def _step(change: Change, case: Case, language: Language) -> str:
    criterion = change.finding.criterion
    attribute = case.profile.attributes.get(change.input or "")
    if attribute is None or not isinstance(change.needed, Decimal):
        return ""
    label = attribute.label(language)
    if change.input == criterion.attribute:
        needs = demand(criterion, attribute, language)
        return f"{label}{needs}" if language == "zh" else f"{label} {needs}"
    value = shown(change.needed, attribute, language)
    steps = _in_sight(change, case, language)
    given = case.profile.value(change.input or "")
    fewer = isinstance(given, Decimal) and change.needed < given
    if language == "zh":
        return f"{label}{'降到' if fewer else '达到'}{steps}{value}"
    return f"{label} {'down to' if fewer else 'of'} {steps}{value}"


def _in_sight(change: Change, case: Case, language: Language) -> str:
    """The sum for a share of a known whole: ``2500万元 × 5% = ``."""
    criterion = change.finding.criterion
    attribute = case.profile.attributes[criterion.attribute]
    for text in attribute.formulas:
        names = formula.names(text)
        if text == f"{names[0]} / {names[-1]} * 100" and change.input == names[0]:
            whole = case.profile.value(names[-1])
            if isinstance(whole, Decimal) and isinstance(criterion.threshold, Decimal):
                of = shown(whole, case.profile.attributes.get(names[-1]), language)
                share = shown(criterion.threshold, attribute, language)
                return f"{of} × {share} = "
    return ""
