"""What a question claims of an instrument itself, held against its record: who issued it, and its dates.

"是工信部发的，对吧" shares no word with the clause that says who did. The record tells whether the claim is
right; what is shown is the sentence of the instrument's own text that says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.signs import sign
from assistant.answering.units import Unit
from assistant.domain import Instrument, Language
from assistant.language.quantities import quantities

_BODY = re.compile(
    r"(?:是|由)(?P<zh>[\u4e00-\u9fff、]{2,20}?)(?:联合)?(?:印发|发布|公布|出台|制定|通过|颁布|发|定)的"
    r"|\b(?:issued|published|made|adopted|passed|released|written) by (?:the )?(?P<en>[A-Z][\w&. -]+)"
)
_ISSUES = sign("unit.issues")
_EVENTS = (
    (sign("asks.commences"), ("effective",)),
    (sign("asks.expires"), ("expires",)),
    (sign("asks.issued"), ("issued", "published")),
)
_SMALL = frozenset(("the", "of", "and", "people", "s"))


@dataclass(frozen=True, slots=True)
class Recorded:
    """The sentence that tells what was claimed, and whether it says the same."""

    unit: Unit
    agrees: bool


def claims_issuer(question: str) -> bool:
    """Does ``question`` claim who issued something? The record answers that, whatever words it shares."""
    return bool(_BODY.search(question))


def recorded(question: str, subject: Instrument, units: Sequence[Unit]) -> Recorded | None:
    """What the text of ``subject`` says of the claim that ``question`` makes about it, or None."""
    own = [unit for unit in units if unit.instrument_id == subject.id]
    return _body(question, subject, own) or _day(question, subject, own)


def _body(question: str, subject: Instrument, own: Sequence[Unit]) -> Recorded | None:
    found = _BODY.search(question)
    language: Language = "zh" if found and found["zh"] else "en"
    issuer = subject.issuer(language)
    if found is None or not issuer:
        return None
    saying = next((u for u in own if _ISSUES.search(u.text) and issuer.split("、")[0] in u.text), None)
    return Recorded(saying, _named(found[language], issuer, language)) if saying else None


def _named(claimed: str, issuer: str, language: Language) -> bool:
    """Is ``claimed`` the issuer, in full or for short: 工信部 for 工业和信息化部?"""
    if language == "en":
        words = set(re.findall(r"\w+", claimed.casefold())) - _SMALL
        return bool(words & set(re.findall(r"\w+", issuer.casefold())))
    rest = iter(issuer)
    return all(character in rest for character in claimed) or issuer in claimed


def _day(question: str, subject: Instrument, own: Sequence[Unit]) -> Recorded | None:
    claimed = [q for q in quantities(question) if q.kind == "date"]
    fields = next((fields for event, fields in _EVENTS if event.search(question)), ())
    days = [str(day) for field in fields if (day := getattr(subject, field))]
    if len(claimed) != 1 or not days:
        return None
    agrees = any(day.startswith(claimed[0].key) or claimed[0].key.startswith(day) for day in days)
    for unit in own:
        if any(q.kind == "date" and q.key == day for q in quantities(unit.text) for day in days):
            return Recorded(unit, agrees)
    return None
