"""Where a text says that something was not found: an honest gap, and never the answer itself."""

from __future__ import annotations

import re

_SAID = re.compile(
    r"(?:未查到|没有查到|查不到|未找到|没有找到|未读到|没有读到|未见到|不详)[^，；。]{0,12}[。）]?(?:（[^）]*）)?$"
    r"|\b(?:was|were|is|are|has been|have been|could)? ?not (?:be |been )?(?:found|read|seen|known)\b[^,;]*$"
    r"|\bnot found\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"未查到|没有查到|未找到|缺失|not found|missing|gaps?\b", re.IGNORECASE)


def says_lacking(sentence: str, heading: str = "") -> bool:
    """Does the sentence, or the heading that it stands under, say that something was not found?"""
    return bool(_SAID.search(sentence) or _HEADING.search(heading))
