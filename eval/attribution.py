"""Why did a case fail? One cause each, the earliest that explains it: the chain is search, choose, say."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from eval.abstention import Outcome
from eval.amounts import amounts, missing
from eval.cases import Case
from eval.record import Record, TurnRecord
from eval.said import FactOutcome


class Cause(StrEnum):
    """What went wrong first."""

    TARGET_FAILED = "the target failed"
    WRONGLY_REFUSED = "wrongly refused"
    SHOULD_HAVE_REFUSED = "should have refused"
    OTHER_STATUS = "refused under another status"
    FORBIDDEN = "said what it must not say"
    RETRIEVAL_MISSED = "retrieval missed the instrument"
    EVIDENCE_LEFT_OUT = "found, but not given to the composer"
    WRONG_VERSION = "rests on a text that is not in force"
    NOT_WORKED_OUT = "figure not worked out"
    NOT_DECIDED = "no verdict given"
    EVIDENCE_IGNORED = "evidence given, fact not said"


def attribute(
    case: Case,
    record: Record,
    facts: Sequence[FactOutcome],
    outcomes: Sequence[Outcome],
    violated: Sequence[str],
) -> Cause | None:
    """The cause of the failure; None where nothing failed."""
    if record.error is not None:
        return Cause.TARGET_FAILED
    for outcome in outcomes:
        if not outcome.status_right:
            if outcome.must_abstain:
                return Cause.OTHER_STATUS if outcome.abstained else Cause.SHOULD_HAVE_REFUSED
            return Cause.WRONGLY_REFUSED
    if violated:
        return Cause.FORBIDDEN
    missed = [fact for fact in facts if not fact.said]
    return _of_missing(case, record.turns[missed[0].turn], missed[0]) if missed else None


def _of_missing(case: Case, turn: TurnRecord, fact: FactOutcome) -> Cause:
    """Why a fact was not said: by how far its gold came."""
    gold = {g.instrument for g in case.gold}
    given = {e.instrument for e in turn.evidence}
    if gold and not gold & given:
        found = {passage.instrument for passage in turn.found or ()}
        return Cause.EVIDENCE_LEFT_OUT if gold & found else Cause.RETRIEVAL_MISSED
    cited = {c.chunk for s in turn.sentences for c in s.citations}
    resting_on = [e for e in turn.evidence if e.chunk in cited]
    if (
        gold
        and not gold & {e.instrument for e in resting_on}
        and any(e.in_force is False for e in resting_on)
    ):
        return Cause.WRONG_VERSION
    if fact.reason.startswith("does not decide"):
        return Cause.NOT_DECIDED
    known = [a for text in (turn.question, *(e.text for e in turn.evidence)) for a in amounts(text)]
    if fact.reason.startswith("figure missing") and turn.evidence and missing(amounts(fact.fact), known):
        return Cause.NOT_WORKED_OUT
    return Cause.EVIDENCE_IGNORED
