"""Everything that can be said about one recorded answer: a score or a reason for each metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.domain import Status
from assistant.language.glossary import Glossary
from eval.abstention import Outcome, outcome
from eval.attribution import Cause, attribute
from eval.behaviour import Expectation, expectation
from eval.cases import Case
from eval.record import Record, TurnRecord
from eval.relevance import score_relevance
from eval.retrieval import Structure, score_retrieval
from eval.said import FactOutcome, score_facts, violations
from eval.score import Score
from eval.support import score_support
from eval.verdicts import score_verdict


@dataclass(frozen=True, slots=True)
class CaseScores:
    """One case asked once, scored. A case whose target failed has an error and no scores."""

    case: Case
    record: Record
    scores: Mapping[str, Score]
    facts: tuple[FactOutcome, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    violated: tuple[str, ...] = ()
    cause: Cause | None = None

    @property
    def error(self) -> str | None:
        """Why there are no scores."""
        return self.record.error

    @property
    def succeeded(self) -> bool:
        """Every expected fact said, every status and the verdict right, nothing forbidden said."""
        return self.cause is None

    def without_texts(self) -> CaseScores:
        """The same scores; the evidence stays on disk, so that a long run fits in memory."""
        turns = tuple(replace(turn, evidence=(), found=None) for turn in self.record.turns)
        return replace(self, record=replace(self.record, turns=turns))


def score_case(case: Case, record: Record, structure: Structure, glossary: Glossary) -> CaseScores:
    """Score one stored answer; needs no assistant and no corpus."""
    if record.error is not None:
        return CaseScores(case, record, {}, cause=Cause.TARGET_FAILED)
    expected = [(turn, expectation(case, number)) for number, turn in enumerate(record.turns)]
    facts = tuple(_facts(case, record, glossary))
    outcomes = tuple(outcome(e, turn) for turn, e in expected if e is not None)
    refused = [outcome(e, turn).abstained if e else not turn.evidence for turn, e in expected]
    violated = tuple(violations(case.must_not, "\n\n".join(turn.text for turn in record.turns), glossary))
    scores: dict[str, Score] = {
        "key_fact_recall": Score.share(
            sum(fact.said for fact in facts),
            len(facts),
            "; ".join(f"{fact.fact}: {fact.reason}" for fact in facts if not fact.said),
            empty="no fact to say",
        ),
        "must_not_violations": Score(float(len(violated)), "; ".join(violated))
        if case.must_not
        else Score.absent("nothing forbidden"),
        "status_accuracy": Score.share(sum(o.status_right for o in outcomes), len(outcomes)),
        "verdict_accuracy": _verdict(case, record.turns[-1]),
        "answer_relevance": score_relevance(record.turns, refused, glossary),
        "latency": Score(sum(turn.seconds for turn in record.turns) / max(1, len(record.turns))),
        **score_retrieval(case, record.turns[-1], structure),
        **score_support(record.turns, case.language, refused),
        **_kept(expected),
        **_cost(record),
    }
    wrong_verdict = scores["verdict_accuracy"].value == 0
    cause = attribute(case, record, facts, outcomes, violated, structure, wrong_verdict=wrong_verdict)
    scores["success"] = Score(float(cause is None), cause or "")
    if len(case.turns) > 1:
        scores["conversation_success"] = scores["success"]
    return CaseScores(case, record, scores, facts, outcomes, violated, cause)


def _facts(case: Case, record: Record, glossary: Glossary) -> list[FactOutcome]:
    """Facts of each turn against that turn's answer; facts of no turn against the whole conversation."""
    found: list[FactOutcome] = []
    for number, turn in enumerate(record.turns):
        expected = expectation(case, number)
        if expected is None:
            continue
        asked = " ".join(case.turns[: number + 1])
        bound = [fact for fact in expected.facts if fact.turn is not None]
        free = [fact for fact in expected.facts if fact.turn is None]
        found += score_facts(bound, number, turn.shown, turn.places, asked, glossary)
        if free:
            shown, places = (
                "\n".join(parts) for parts in zip(*((t.shown, t.places) for t in record.turns), strict=True)
            )
            found += score_facts(free, number, shown, places, asked, glossary)
    return found


def _verdict(case: Case, turn: TurnRecord) -> Score:
    return score_verdict(case.verdict, turn.text, Status(turn.status) if turn.status else None)


def _kept(expected: list[tuple[TurnRecord, Expectation | None]]) -> dict[str, Score]:
    wanted = [turn for turn, e in expected if e is not None and e.keep_citations]
    if not wanted:
        return {}
    kept = sum(any(sentence.citations for sentence in turn.sentences) for turn in wanted)
    return {"citations_kept": Score.share(kept, len(wanted))}


def _cost(record: Record) -> dict[str, Score]:
    counts = [(t.prompt_tokens, t.completion_tokens) for t in record.turns if t.prompt_tokens is not None]
    if not counts:
        return dict.fromkeys(("prompt_tokens", "completion_tokens"), Score.absent("no tokens are reported"))
    return {
        "prompt_tokens": Score(float(sum(prompt or 0 for prompt, _ in counts))),
        "completion_tokens": Score(float(sum(completion or 0 for _, completion in counts))),
    }
