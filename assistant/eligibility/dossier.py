"""Everything an asker told over a conversation: later facts correct earlier ones.

What is only supposed ("如果研发是600万") counts for the turn that supposes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility import signs
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.doubts import doubts
from assistant.eligibility.extract import FactReader
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.reading import read
from assistant.eligibility.spoken import plainly
from assistant.eligibility.told import Claim, Extraction, Told
from assistant.eligibility.unread import unread
from assistant.eligibility.values import plausible
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Dossier:
    """The facts as they stand. ``now`` names those of the last turn, ``doubtful`` those not believed;
    ``unread`` what the last turn said in vain.
    """

    profile: Profile
    now: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    doubtful: tuple[Told, ...] = ()
    unread: tuple[str, ...] = ()


def gather(turns: Sequence[str], reader: FactReader, empty: Profile, prefer: Sequence[str]) -> Dossier:
    """The dossier after the last of ``turns`` (what the asker said, oldest first)."""
    profile = empty
    now: list[str] = []
    supposed: list[str] = []
    doubtful: list[Told] = []
    claims: tuple[Claim, ...] = ()
    left: tuple[str, ...] = ()
    before: list[str] = []
    for number, text in enumerate(turns):
        last = number == len(turns) - 1
        found = reader.extract(text, prefer, empty.on)
        corrected = _corrections(text, found, before, profile)
        told = found.facts if corrected is None else corrected
        left = () if corrected else unread(text, found, empty.on)
        now = []
        for fact in told:
            if fact.hypothetical and not last:
                continue
            if not plausible(profile.attributes[fact.attribute], fact.value):
                doubtful += [fact] if last else []
                continue
            heard = Fact(fact.attribute, fact.value, fact.said, empty.on.isoformat(), fact.about, fact.parts)
            if any(fact.attribute in doubt.attributes for doubt in doubts(profile.with_fact(heard))):
                doubtful += [fact] if last else []
                continue
            profile = profile.with_fact(heard)
            now.append(fact.attribute)
            supposed += [fact.attribute] if fact.hypothetical else []
        before = now or before
        claims = found.claims
    return Dossier(profile, tuple(dict.fromkeys(now)), tuple(supposed), claims, tuple(doubtful), left)


def _corrections(
    text: str, found: Extraction, before: Sequence[str], profile: Profile
) -> Sequence[Told] | None:
    """ "不对，是600万", "如果是70人呢": a bare figure is the one earlier fact that it can be.

    Where it can be several it is none of them; None where the text tells more or corrects nothing.
    """
    plain = plainly(text)
    figures = found.homeless or tuple(quantities(plain))
    if len(figures) != 1 or len(found.facts) > 1 or any(f.attribute in before for f in found.facts[:1]):
        return None
    quantity = figures[0]
    start, _, end = plain.partition(quantity.text)
    bare = signs.is_told_anew(start, end)
    fitting = [name for name in before if _can_be(profile.attributes[name], quantity)]
    if not fitting or not (bare or (signs.CORRECTS.search(text) and not found.facts)):
        return None
    value = read(profile.attributes[fitting[0]], quantity) if len(fitting) == 1 else None
    supposed = bool(signs.HYPOTHETICAL.search(text))
    return [Told(fitting[0], value.value, quantity.text, value.about, supposed)] if value else []


def _can_be(attribute: Attribute, quantity: Quantity) -> bool:
    return read(attribute, quantity) is not None
