"""Why did a case fail? One cause each, the earliest that explains it: the chain is search, choose, say."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from eval.abstention import Outcome
from eval.amounts import Amount, amounts, missing
from eval.cases import Case
from eval.record import Record, TurnRecord
from eval.retrieval import Structure
from eval.said import FactOutcome


class Cause(StrEnum):
    """What went wrong first."""

    TARGET_FAILED = "the target failed"
    WRONGLY_REFUSED = "wrongly refused"
    SHOULD_HAVE_REFUSED = "should have refused"
    OTHER_STATUS = "refused under another status"
    WRONG_VERDICT = "wrong verdict"
    FORBIDDEN = "said what it must not say"
    RETRIEVAL_MISSED = "retrieval missed the instrument"
    CLAUSE_MISSED = "retrieval missed the clause"
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
    structure: Structure,
    *,
    wrong_verdict: bool = False,
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
    if wrong_verdict:
        return Cause.WRONG_VERDICT
    missed = next((fact for fact in facts if not fact.said), None)
    return _of_missing(case, record.turns[missed.turn], missed, structure) if missed else None


def _of_missing(case: Case, turn: TurnRecord, fact: FactOutcome, structure: Structure) -> Cause:
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
    if fact.reason.startswith("figure missing"):
        return _of_figures(fact, turn, [text for name in gold for _, text in structure.get(name, ())])
    return Cause.EVIDENCE_IGNORED


def _of_figures(fact: FactOutcome, turn: TurnRecord, corpus: Sequence[str]) -> Cause:
    """Where the figures of a fact got lost: in the search, in the choice, or in the writing."""
    absent = _absent(fact, [turn.question, *(e.text for e in turn.evidence)])
    if not absent:
        return Cause.EVIDENCE_IGNORED
    if len(_absent(fact, [turn.question, *corpus])) == len(absent):
        return Cause.NOT_WORKED_OUT  # no clause has them either
    found = _absent(fact, [turn.question, *(p.text for p in turn.found or ())])
    return Cause.EVIDENCE_LEFT_OUT if len(found) < len(absent) else Cause.CLAUSE_MISSED


def _absent(fact: FactOutcome, texts: Sequence[str]) -> list[Amount]:
    return missing(amounts(fact.fact), [amount for text in texts for amount in amounts(text)])
