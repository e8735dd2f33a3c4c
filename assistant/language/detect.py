"""Which language is a text written in? Questions mix both, so function words weigh more than letters."""

from __future__ import annotations

import re

from assistant.domain import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]+")
_ENGLISH = re.compile(
    r"\b(?:what|which|who|when|where|why|how|is|are|was|were|does|do|did|can|could|may|must|should|would|will|"
    r"the|an?|of|for|to|in|on|and|or|if|my|our|your|we|with|under|by|from|that|this|about|tell|explain)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[的了吗呢是在有什么怎哪些如何请问能否可吧和与或为对把被及其]")


def detect(text: str) -> Language:
    """``zh`` or ``en``; a text with neither script counts as Chinese, the first language of the house.

    An English question about a Chinese title stays English, a Chinese one about "R&D" stays Chinese.
    """
    characters = len(_CJK.findall(text))
    words = len(_WORD.findall(text))
    if not characters:
        return "en" if words else "zh"
    if not words:
        return "zh"
    english = len(_ENGLISH.findall(text))
    chinese = len(_CHINESE.findall(text))
    if not chinese and english:  # nothing but a Chinese name inside an English sentence
        return "en"
    # two characters make about one word; function words show which language holds the sentence together
    return "en" if words + 3 * english > characters / 2 + 2 * chinese else "zh"
