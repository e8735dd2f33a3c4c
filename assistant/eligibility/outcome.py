"""One scheme, or all of them, decided for one profile: the same at every door.

The day of the profile chooses the rules, or a told day where the scheme goes by it. Where the last rules have
ended by then, they are used all the same and the outcome says so: silence would look like a scheme that
never was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.eligibility.change import Change, changes
from assistant.eligibility.check import Check, applicable, check, version_on
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Scheme, Verdict
from assistant.eligibility.profile import Profile
from assistant.validity import last_day

_ORDER = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scheme decided. ``in_force`` is false where its last known rules had ended by that day."""

    check: Check
    profile: Profile
    changes: tuple[tuple[Change, ...], ...]
    in_force: bool

    @property
    def ended(self) -> date | None:
        """The last day of the rules, where they had ended by the day of the check."""
        until = self.check.version.valid_until
        return last_day(until) if until and not self.in_force else None


def decide(scheme: Scheme, profile: Profile) -> Outcome | None:
    """The outcome for one scheme; None where its first rules began later."""
    dated = profile.dated(rules_day(scheme, profile))
    rules = applicable(scheme, dated.on)
    if rules is None:
        return None
    done = check(scheme, rules.version, dated)
    return Outcome(done, dated, changes(done, dated), rules.in_force)


def screen(schemes: Iterable[Scheme], profile: Profile) -> tuple[Outcome, ...]:
    """The outcomes for every scheme that had rules by then: eligible first, ended rules last among equals."""
    found = [outcome for scheme in schemes if (outcome := decide(scheme, profile))]
    return tuple(sorted(found, key=lambda o: (_ORDER.index(o.check.verdict), not o.in_force)))


def rules_day(scheme: Scheme, profile: Profile) -> date:
    """The day whose rules apply: a told one where the scheme goes by it, else the day of the profile."""
    value = profile.value(scheme.dated_by) if scheme.dated_by else None
    if isinstance(value, date):
        return value
    if isinstance(value, Interval) and isinstance(value.low, date) and isinstance(value.high, date):
        first, last = version_on(scheme, value.low), version_on(scheme, value.high)
        if first is last:
            return value.high
    return profile.on
