"""What an outcome says, in words, for the page and for the printed report alike. Nothing is escaped here."""

from __future__ import annotations

from assistant.domain import Instrument, Language
from assistant.eligibility.check import Finding
from assistant.eligibility.ended import ended_words
from assistant.eligibility.model import Verdict
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.phrases import shown
from assistant.eligibility.profile import Profile
from assistant.eligibility.report import criterion_words
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.workings import working
from assistant.presentation import pick
from assistant.web import check_words as words


def fact_used(finding: Finding, profile: Profile, language: Language) -> str:
    """The value that decided, with its working, e.g. ``100万元 ÷ 2500万元 = 4%``; empty while unknown."""
    if finding.known is None:
        return ""
    value = shown(finding.known.value, profile.attributes.get(finding.criterion.attribute), language)
    worked = working(finding.known, profile, language)
    return f"{worked} = {value}" if worked else value


def verdict_of(finding: Finding, language: Language) -> str:
    """The verdict on one criterion, and whether it was missed by little."""
    near = f" ({pick(words.NEAR, language)})" if finding.near_miss else ""
    return f"{criterion_words(finding.verdict, language)}{near}"


def remark(outcome: Outcome, language: Language) -> str:
    """How far it is from a yes: what is not met, what is open, and whether the rules have ended."""
    counts = {v: sum(f.verdict is v for f in outcome.check.findings) for v in Verdict}
    parts = ((words.UNMET, counts[Verdict.NOT_MET]), (words.OPEN, counts[Verdict.UNKNOWN]))
    told = [pick(text, language).format(count=count) for text, count in parts if count]
    if outcome.check.verdict is Verdict.MET:
        told = []
    if outcome.ended:
        told.append(pick(words.ENDED, language).format(day=shown(outcome.ended, None, language)))
    return pick(("，", ", "), language).join(told)


def rules_applied(outcome: Outcome, instrument: Instrument | None, language: Language) -> str:
    """Which instrument's rules, and for which time."""
    version = outcome.check.version
    name = instrument.title(language) if instrument else version.instrument
    span = f"{version.valid_from or '…'} – {version.valid_until or '…'}"
    return f"{name} ({span}) · {outcome.check.on.isoformat()}"


def cautions(outcome: Outcome, rulebook: Rulebook, language: Language) -> tuple[str, ...]:
    """What to know before relying on the outcome."""
    ended = ended_words(outcome.check.scheme, outcome.ended, rulebook, language)
    return tuple(filter(None, (ended, outcome.check.version.caution(language))))
