"""Say what would change a "no": the smallest changes, with amounts worked back through the formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.domain import Language, Sentence
from assistant.eligibility import formula
from assistant.eligibility.case import Case
from assistant.eligibility.change import Change
from assistant.eligibility.phrases import demand, shown
from assistant.eligibility.profile import Profile
from assistant.eligibility.sources import Sources, sentence
from assistant.eligibility.workings import worked_back


def remedy(
    case: Case, options: Sequence[tuple[Change, ...]], sources: Sources, language: Language
) -> Iterator[Sentence]:
    """One sentence with the alternatives, the smallest first; none where nothing can be computed."""
    zh = language == "zh"
    ways: list[str] = []
    used: list[Change] = []
    for option in options:
        worked_out = any(change.input != change.finding.criterion.attribute for change in option)
        if worked_out and all(change.needed is not None for change in option):
            steps = [step(change, case.profile, language) for change in option]
            ways.append(("，并且" if zh else " and ").join(steps))
            used += option
    if not ways:
        return
    text = ("；或者" if zh else "; or ").join(ways)
    check = case.check
    citations = [sources.criterion(check.scheme, check.version, change.finding.criterion) for change in used]
    lead = "其他情况不变时，要达到这项要求：" if zh else "Other things equal, this would be met with "
    sums = [f"{worked_back(c, case.profile, language)} = {_needed(c, case.profile, language)}" for c in used
            if worked_back(c, case.profile, language)]  # fmt: skip
    yield sentence(f"{lead}{text}{'。' if zh else '.'}", citations, sums)


def step(change: Change, profile: Profile, language: Language) -> str:
    """One thing to change: ``研发费用达到2500万元 × 5% = 125万元``; else the condition."""
    zh = language == "zh"
    criterion = change.finding.criterion
    if change.input == formula.ON and isinstance(change.needed, date):
        day = f"{worked_back(change, profile, language)} = {_needed(change, profile, language)}"
        return f"申请日期不早于{day}" if zh else f"an application on or after {day}"
    attribute = profile.attributes.get(change.input or "")
    if attribute is None or change.needed is None or isinstance(change.needed, bool):
        return criterion.text(language)
    label, gap = attribute.label(language), "" if zh else " "
    if change.input == criterion.attribute:
        return f"{label}{gap}{demand(criterion, attribute, language)}"
    steps = worked_back(change, profile, language)
    value = f"{f'{steps} = ' if steps else ''}{_needed(change, profile, language)}"
    given = profile.value(change.input or "")
    fewer = isinstance(given, Decimal) and isinstance(change.needed, Decimal) and change.needed < given
    if zh:
        return f"{label}{'降到' if fewer else '达到'}{value}"
    return f"{label} {'down to' if fewer else 'of'} {value}"


def _needed(change: Change, profile: Profile, language: Language) -> str:
    if change.needed is None:
        return ""
    return shown(change.needed, profile.attributes.get(change.input or ""), language)
