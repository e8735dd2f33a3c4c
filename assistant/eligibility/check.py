"""Check a profile against a scheme: every criterion with its verdict, and what follows.

Code decides here; a model may only collect facts and phrase. The version of the rules in force on the
asked day applies. Nothing is rounded before it is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.eligibility.interval import Interval
from assistant.eligibility.logic import decide, open_choosers, relevant, undecided
from assistant.eligibility.model import Criterion, Scheme, Value, Verdict, Version
from assistant.eligibility.profile import Known, Profile
from assistant.validity import first_day, last_day

#: A failed threshold missed by no more than this share of it is called a near miss; so near decides only
#: what was told exactly.
NEAR = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one criterion: the verdict, the fact used and how it was computed."""

    criterion: Criterion
    verdict: Verdict
    known: Known | None
    near_miss: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome for one scheme on one day."""

    scheme: Scheme
    version: Version
    on: date
    verdict: Verdict
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]  # attributes to ask for, the most decisive first

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The criteria that are not met."""
        return tuple(f for f in self.findings if f.verdict is Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Applicable:
    """The version to judge by. ``in_force``: it applies on the asked day; else it is the last one known."""

    version: Version
    in_force: bool


def version_on(scheme: Scheme, on: date) -> Version | None:
    """The version in force on a day; of several, the one that began last."""
    live = [
        version
        for version in scheme.versions
        if (version.valid_from is None or first_day(version.valid_from) <= on)
        and (version.valid_until is None or on <= last_day(version.valid_until))
    ]
    return max(live, key=lambda v: v.valid_from or "", default=None)


def applicable(scheme: Scheme, on: date) -> Applicable | None:
    """The version in force, else the last one that ended before; None where the first began later."""
    version = version_on(scheme, on)
    if version is not None:
        return Applicable(version, in_force=True)
    ended = [v for v in scheme.versions if v.valid_until is not None and last_day(v.valid_until) < on]
    last = max(ended, key=lambda v: last_day(v.valid_until or ""), default=None)
    return Applicable(last, in_force=False) if last else None


def check(scheme: Scheme, version: Version, profile: Profile) -> Check:
    """Decide ``version`` of ``scheme`` for ``profile``."""
    findings = {c.id: judge(c, profile) for c in version.criteria}

    def verdict_of(criterion: Criterion) -> Verdict:
        return findings[criterion.id].verdict

    verdict = decide(version.requires, verdict_of, profile.value)
    shown = dict.fromkeys(c.id for c in relevant(version.requires, profile.value))
    return Check(
        scheme=scheme,
        version=version,
        on=profile.on,
        verdict=verdict,
        findings=tuple(findings[criterion_id] for criterion_id in shown),
        missing=missing(version, profile) if verdict is Verdict.UNKNOWN else (),
    )


def judge(criterion: Criterion, profile: Profile) -> Finding:
    """One criterion against the facts.

    A value of the wrong type decides nothing, nor does one told only roughly that is near the threshold.
    """
    known = profile.known(criterion.attribute)
    if known is None:
        return Finding(criterion, Verdict.UNKNOWN, None)
    met = holds(criterion, known.value)
    near = _near(criterion, known.value)
    if met is None or (near and any(profile.rough(criterion.attribute))):
        return Finding(criterion, Verdict.UNKNOWN, known)
    near = near and not met
    return Finding(criterion, Verdict.MET if met else Verdict.NOT_MET, known, near)


def holds(criterion: Criterion, value: Value) -> bool | None:
    """Does ``value`` satisfy the comparison? None when the two cannot be compared, or it depends."""
    threshold = criterion.threshold
    if criterion.comparator == "in":
        return value in threshold if isinstance(threshold, tuple) else None
    if criterion.comparator == "is":
        return value == threshold if isinstance(value, type(threshold)) else None
    bounds = value if isinstance(value, Interval) else _exactly(value)
    if bounds is None or not isinstance(threshold, Decimal | date) or not _alike(bounds, threshold):
        return None
    match criterion.comparator:
        case "gte":
            return bounds.reaches(threshold)
        case "gt" | "after":
            return bounds.reaches(threshold, strict=True)
        case "lte":
            return bounds.keeps_within(threshold)
        case _:
            return bounds.keeps_within(threshold, strict=True)


def _exactly(value: Value) -> Interval | None:
    return Interval(value, value) if isinstance(value, Decimal | date) else None


def _alike(bounds: Interval, threshold: Decimal | date) -> bool:
    """Numbers are compared with numbers, dates with dates."""
    ends = [end for end in (bounds.low, bounds.high) if end is not None]
    return all(isinstance(end, Decimal) == isinstance(threshold, Decimal) for end in ends)


def _near(criterion: Criterion, value: Value) -> bool:
    threshold = criterion.threshold
    if not (isinstance(value, Decimal) and isinstance(threshold, Decimal)):
        return False
    return abs(value - threshold) <= abs(threshold) * NEAR


def missing(version: Version, profile: Profile) -> tuple[str, ...]:
    """The attributes to ask for, most decisive first.

    An attribute that alone could settle the whole question comes first, then those that settle most
    criteria, then document order. What can no longer change the outcome is not asked.
    """

    def verdict_of(criterion: Criterion) -> Verdict:
        return judge(criterion, profile).verdict

    weights: dict[str, tuple[int, int]] = {}
    still_open = list(undecided(version.requires, verdict_of, profile.value))
    wanted: list[str] = [
        *open_choosers(version.requires, verdict_of, profile.value),
        *(c.attribute for c in still_open if verdict_of(c) is Verdict.UNKNOWN),
    ]
    for name in wanted:
        for needed in (*profile.missing_inputs(name), *profile.rough(name)):
            settles, touches = weights.get(needed, (0, 0))
            alone = settles or int(_settles(version, profile, name))
            weights[needed] = (alone, touches + 1)
    return tuple(sorted(weights, key=lambda n: (-weights[n][0], -weights[n][1])))


def _settles(version: Version, profile: Profile, attribute: str) -> bool:
    """Would a bad answer on this attribute alone settle the question?"""

    def pessimist(criterion: Criterion) -> Verdict:
        if criterion.attribute == attribute:
            return Verdict.NOT_MET
        return judge(criterion, profile).verdict

    return decide(version.requires, pessimist, profile.value) is Verdict.NOT_MET
