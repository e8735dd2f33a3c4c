"""Words for rules that have ended: when, and what took their place."""

from __future__ import annotations

from datetime import date

from assistant.domain import Language
from assistant.eligibility.model import Scheme
from assistant.eligibility.phrases import shown
from assistant.eligibility.rulebook import Rulebook


def ended_words(scheme: Scheme, ended: date | None, rulebook: Rulebook, language: Language) -> str:
    """That the rules ended on ``ended``, and that the verdict goes by them all the same; empty for None."""
    if ended is None:
        return ""
    day = shown(ended, None, language)
    successor = rulebook.schemes.get(scheme.successor or "")
    if language == "zh":
        after = f"此后适用“{successor.name_zh}”（{successor.id}）" if successor else "此后的标准没有查到"
        return f"所依据的规则已于{day}到期，{after}；按到期前的规则判断，结果仅供参考。"
    after = f"since then: {successor.name_en} ({successor.id})" if successor else "later rules were not found"
    return f"these rules ended on {day}; {after}; judged by them as they were, for orientation only."
