"""One scheme checked for one asker, with what was asked about it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.eligibility.check import Check
from assistant.eligibility.dossier import Dossier
from assistant.eligibility.lines import Lines
from assistant.eligibility.logic import decide
from assistant.eligibility.model import Node, Verdict
from assistant.eligibility.profile import Profile


@dataclass(frozen=True, slots=True)
class Case:
    """One scheme checked for the asker. ``part`` is what was asked about; ``now`` what this turn told.

    ``full``: the reasons were asked for; ``hinders``: whether the part stands in the way.
    """

    check: Check
    profile: Profile
    dossier: Dossier
    in_force: bool
    part: Node
    topics: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    full: bool = False
    hinders: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict on the part that was asked about."""
        found = {f.criterion.id: f.verdict for f in self.check.findings}
        return decide(self.part, lambda c: found.get(c.id, Verdict.UNKNOWN), self.profile.value)

    @property
    def unread(self) -> tuple[str, ...]:
        """What the last turn said and was not used; what the scheme brings (120%) is none of them."""
        texts = [t for b in self.check.version.benefits for t in (b.text_zh, b.text_en)]
        return tuple(said for said in self.dossier.unread if not any(said in t for t in texts))

    @property
    def touched(self) -> bool:
        """Does anything that was told bear on it?"""
        return bool(Lines.of(self.check, self.profile, "zh").write(self.part))
