"""Words about an advice: how the asker was understood, and how far the rule can be relied on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain import Language
from assistant.eligibility.case import Case
from assistant.eligibility.ended import ended_words
from assistant.eligibility.phrases import shown
from assistant.eligibility.rulebook import Rulebook
from assistant.validity import last_day


def remarks(case: Case, rulebook: Rulebook, language: Language) -> Iterator[str]:
    """The echo of what was understood first, then cautions."""
    zh = language == "zh"
    yield from echo([case], language)
    for told in case.dossier.doubtful:
        label = case.profile.attributes[told.attribute].label(language)
        yield (
            f"“{told.said}”看起来不合理（{label}），没有采用，请核对。"
            if zh
            else f"“{told.said}” does not look right ({label}) and was not used; please check it."
        )
    if case.unread:
        listed = ("、" if zh else ", ").join(case.unread)
        yield f"没有用上的内容：{listed}。" if zh else f"Not used: {listed}."
    version = case.check.version
    name = case.check.scheme.name(language)
    ended = None if case.in_force or version.valid_until is None else last_day(version.valid_until)
    if words := ended_words(case.check.scheme, ended, rulebook, language):
        yield f"{name}：{words}" if zh else f"{name}: {words}"
    caution = version.caution(language)
    if caution:
        yield f"{name}：{caution}" if zh else f"{name}: {caution}"


def echo(cases: Sequence[Case], language: Language) -> Iterator[str]:
    """How the asker was understood, in all of ``cases``: each reads only the facts that bear on it."""
    zh = language == "zh"
    parts = []
    facts = {name: (fact, case) for case in reversed(cases) for name, fact in case.profile.facts.items()}
    for name, (fact, case) in facts.items():
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
