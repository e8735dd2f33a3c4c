"""Answer a figure that somebody believes the rule demands: is it the current one, an old one, or neither?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.domain import Language, Sentence
from assistant.eligibility.case import Case
from assistant.eligibility.model import Criterion, Version
from assistant.eligibility.phrases import demand, shown
from assistant.eligibility.sources import Sources, sentence
from assistant.eligibility.told import Claim
from assistant.validity import last_day


def corrected(case: Case, sources: Sources, language: Language) -> Iterator[Sentence]:
    """A sentence for every claimed figure that the applicable version does not have."""
    version = case.check.version
    for claim in case.dossier.claims:
        current = [c for c in version.criteria if c.attribute in claim.attributes]
        if not current or any(c.threshold == claim.value for c in current):
            continue
        yield from _former(claim, current, case, sources, language)


def _former(
    claim: Claim, current: list[Criterion], case: Case, sources: Sources, language: Language
) -> Iterator[Sentence]:
    zh = language == "zh"
    version = case.check.version
    citations = [sources.criterion(case.check.scheme, version, c) for c in current]
    now = _now(current, case, language)
    for criterion in current:
        for former in criterion.former:
            if former.threshold == claim.value:
                text = former.text(language).rstrip("。.")
                was = sources.stated(
                    version.instrument, former, threshold=former.threshold, unit=criterion.unit
                )
                yield sentence(f"{text}。{now}" if zh else f"{text}. {now}", [was, *citations])
                return
    for old in case.check.scheme.versions:
        same = next((c for c in _on(old, current) if c.threshold == claim.value), None)
        if old is not version and same is not None:
            until = _until(old, language)
            text = (
                f"{claim.said}是旧标准（{until}）。{now}"
                if zh
                else f"{claim.said} is the old standard ({until}). {now}"
            )
            yield sentence(text, [sources.criterion(case.check.scheme, old, same), *citations])
            return
    text = (
        f"资料中的现行要求不是{claim.said}。{now}"
        if zh
        else f"{claim.said} is not what the sources require. {now}"
    )
    yield sentence(text, citations)


def _on(version: Version, current: list[Criterion]) -> list[Criterion]:
    names = {c.attribute for c in current}
    return [c for c in version.criteria if c.attribute in names and isinstance(c.threshold, Decimal)]


def _now(current: list[Criterion], case: Case, language: Language) -> str:
    """What applies instead."""
    zh = language == "zh"
    attribute = case.profile.attributes.get(current[0].attribute)
    name = attribute.label(language) if attribute else ""
    if len(current) == 1:
        needs = demand(current[0], attribute, language)
        return f"现行要求是{name}{needs}。" if zh else f"The rule now is: {name} {needs}."
    steps = (
        "；".join(c.text(language) for c in current) if zh else "; ".join(c.text(language) for c in current)
    )
    return f"现行要求：{steps}。" if zh else f"The rule now is: {steps}."


def _until(version: Version, language: Language) -> str:
    if version.valid_until is None:
        return "以前的规定" if language == "zh" else "an earlier rule"
    day = shown(last_day(version.valid_until), None, language)
    return f"适用至{day}" if language == "zh" else f"until {day}"
