"""The follow-up that only moves to another year ("今年呢？"): the last question, asked of that year."""

from __future__ import annotations

import re
from datetime import date

from assistant.domain import Conversation

_AGO = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1} | {
    "this year": 0,
    "last year": -1,
    "next year": 1,
}
_YEAR = rf"(?:{'|'.join(_AGO)}|(?:19|20)\d\d年?度?)"
_ONLY_YEAR = re.compile(
    r"\s*(?:那么?|and|so|what about|how about)?\s*(?:in|for)?\s*"
    rf"(?P<year>{_YEAR})的?(?:呢|怎么样|如何)?\s*[？?]?\s*",
    re.IGNORECASE,
)
_A_YEAR = re.compile(_YEAR, re.IGNORECASE)


def of_another_year(question: str, conversation: Conversation, today: date) -> str | None:
    """The last question with the year that ``question`` names, or None where it says anything else."""
    moved = _ONLY_YEAR.fullmatch(question)
    if moved is None or not conversation.turns:
        return None
    asked = moved["year"].casefold()
    digits = re.match(r"\d+", asked)
    year = int(digits.group()) if digits else today.year + _AGO[asked]
    before = conversation.turns[-1].question
    zh = bool(re.search(r"[\u4e00-\u9fff]", before))
    named = f"{year}年" if zh else str(year)
    restated, count = _A_YEAR.subn(named, before, count=1)
    if count:
        return restated
    return f"{named}{before}" if zh else f"{before.rstrip('? ')} in {named}?"
