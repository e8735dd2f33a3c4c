"""A filled form decided: every scheme asked about, its verdict, and the clause behind each condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain import Citation, Language
from assistant.eligibility.change import Change, changes
from assistant.eligibility.check import Check, applicable, check
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.model import Scheme, Verdict
from assistant.eligibility.profile import Profile
from assistant.eligibility.rulebook import Rulebook
from assistant.web.check_form import Filled, profile_of

_ORDER = (Verdict.MET, Verdict.UNKNOWN, Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One scheme decided. ``in_force`` is false where its last known rules had ended by that day."""

    check: Check
    profile: Profile
    changes: tuple[tuple[Change, ...], ...]
    in_force: bool


def decide(filled: Filled, rulebook: Rulebook) -> tuple[Outcome, ...]:
    """The outcomes, eligible ones first; a scheme without any rule by that day is left out."""
    profile = profile_of(filled, rulebook)
    schemes = [filled.scheme] if filled.scheme else list(rulebook.schemes.values())
    found = [outcome for scheme in schemes if (outcome := _outcome(scheme, profile))]
    return tuple(sorted(found, key=lambda outcome: _ORDER.index(outcome.check.verdict)))


def _outcome(scheme: Scheme, profile: Profile) -> Outcome | None:
    told = profile.value(scheme.dated_by) if scheme.dated_by else None
    dated = profile.dated(told) if isinstance(told, date) else profile
    rules = applicable(scheme, dated.on)
    if rules is None:
        return None
    done = check(scheme, rules.version, dated)
    return Outcome(done, dated, changes(done, dated), rules.in_force)


def cite(outcome: Outcome, clauses: Clauses, language: Language) -> Mapping[str, Citation]:
    """The clause that states each criterion, by its id; one that no text states has none."""
    found = {}
    for finding in outcome.check.findings:
        criterion = finding.criterion
        threshold = None if isinstance(criterion.threshold, tuple) else criterion.threshold
        citation = clauses.cite(
            outcome.check.version.instrument,
            criterion,
            language,
            threshold=threshold,
            unit=criterion.unit,
        )
        if citation is not None:
            found[criterion.id] = citation
    return found


def cannot_be_combined(outcomes: Sequence[Outcome]) -> tuple[tuple[Scheme, Scheme], ...]:
    """The pairs among the eligible that the rules do not allow together."""
    open_to = {o.check.scheme.id: o.check.scheme for o in outcomes if o.check.verdict is Verdict.MET}
    pairs = [
        (scheme, open_to[other])
        for scheme in open_to.values()
        for other in scheme.excludes
        if other in open_to
    ]
    seen: dict[frozenset[str], tuple[Scheme, Scheme]] = {}
    for pair in pairs:
        seen.setdefault(frozenset(s.id for s in pair), pair)
    return tuple(seen.values())
