"""Words about an advice: how the asker was understood, and how far the rule can be relied on."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain import Language
from assistant.eligibility.case import Case
from assistant.eligibility.phrases import shown
from assistant.validity import last_day


def remarks(case: Case, language: Language) -> Iterator[str]:
    """The echo of what was understood first, then cautions."""
    zh = language == "zh"
    yield from echo(case, language)
    for told in case.dossier.doubtful:
        label = case.profile.attributes[told.attribute].label(language)
        yield (
            f"“{told.said}”看起来不合理（{label}），没有采用，请核对。"
            if zh
            else f"“{told.said}” does not look right ({label}) and was not used; please check it."
        )
    version = case.check.version
    name = case.check.scheme.name(language)
    if not case.in_force and version.valid_until:
        until = shown(last_day(version.valid_until), None, language)
        yield (
            f"{name}：所依据的标准只适用至{until}，当前标准未查到；结果仅供参考。"
            if zh
            else f"{name}: the standard used applied until {until}; the current one was not found, so the "
            "result is for orientation only."
        )
    caution = version.caution(language)
    if caution:
        yield f"{name}：{caution}" if zh else f"{name}: {caution}"


def echo(case: Case, language: Language) -> Iterator[str]:
    """How the asker was understood."""
    zh = language == "zh"
    parts = []
    for name, fact in case.profile.facts.items():
        attribute = case.profile.attributes[name]
        value = shown(fact.value, attribute, language)
        about = ("约" if zh else "about ") if fact.about else ""
        supposed = ("（假设）" if zh else " (supposed)") if name in case.dossier.supposed else ""
        parts.append(f"{attribute.label(language)}{'' if zh else ' '}{about}{value}{supposed}")
    if parts:
        listed = ("；" if zh else "; ").join(parts)
        yield (
            f"按您提供的信息理解为：{listed}。如有不对，请直接更正。"
            if zh
            else f"Understood as told: {listed}. Please correct anything that is wrong."
        )
