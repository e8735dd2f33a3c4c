"""Which language the command line speaks, and how it says things in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain import Language


@dataclass(frozen=True, slots=True)
class Speech:
    """Picks the Chinese or the English wording."""

    language: Language

    def __call__(self, zh: str, en: str) -> str:
        """``zh`` or ``en``, whichever the interface speaks."""
        return zh if self.language == "zh" else en


def interface_language(env: Mapping[str, str]) -> Language:
    """``POLICY_ASSISTANT_LANGUAGE`` if set, else English where the locale says so, else Chinese."""
    chosen = env.get("POLICY_ASSISTANT_LANGUAGE", "").strip()
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    locale = env.get("LC_ALL") or env.get("LC_MESSAGES") or env.get("LANG") or ""
    return "en" if locale.lower().startswith("en") else "zh"
