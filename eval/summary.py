"""From scored cases to one table of figures: means with n, what could not be scored, abstention, latency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Status
from eval.abstention import Outcome
from eval.scoring import CaseScores

#: Metrics that are sums over the suite, not means over cases.
SUMMED = frozenset({"must_not_violations", "unsupported_numbers", "prompt_tokens", "completion_tokens"})
#: Not shown as a mean: given as percentiles.
TIMED = "latency"


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric over many cases: the value or None, how many were scored, why the others were not."""

    value: float | None
    n: int
    unscored: dict[str, int]


def figures(scored: Sequence[CaseScores], price: tuple[float, float] | None = None) -> dict[str, Figure]:
    """Every metric of a set of scored cases. ``price``: of a million prompt and of a million reply tokens."""
    answered = [case for case in scored if case.error is None]
    names = sorted({name for case in answered for name in case.scores} - {TIMED})
    result = {name: _figure(name, answered) for name in names}
    facts = [fact.said for case in answered for fact in case.facts]
    result["key_fact_recall_pooled"] = _share(facts)
    result |= abstention([o for case in answered for o in case.outcomes])
    seconds = sorted(turn.seconds for case in answered for turn in case.record.turns)
    result |= {f"latency_p{p}": Figure(percentile(seconds, p), len(seconds), {}) for p in (50, 95)}
    result["cost"] = _cost(result, price)
    result["errors"] = Figure(float(len(scored) - len(answered)), len(scored), {})
    return result


def _cost(found: Mapping[str, Figure], price: tuple[float, float] | None) -> Figure:
    """What the tokens cost, in the currency of ``price``."""
    prompt, reply = found.get("prompt_tokens"), found.get("completion_tokens")
    if prompt is None or reply is None or prompt.value is None or reply.value is None:
        return Figure(None, 0, dict(prompt.unscored) if prompt else {})
    if price is None:
        return Figure(None, 0, {"no price is given": prompt.n})
    value = (prompt.value * price[0] + reply.value * price[1]) / 1_000_000
    return Figure(value, prompt.n, dict(prompt.unscored))


def abstention(outcomes: Sequence[Outcome]) -> dict[str, Figure]:
    """Precision, recall and F1 of refusing, over-refusal, and F1 by status.

    A turn where both answering and asking back are right counts for neither side.
    """
    must = [o for o in outcomes if o.must_abstain]
    free = [o for o in outcomes if o.must_answer]
    right = sum(o.abstained for o in must)
    wrong = sum(o.abstained for o in free)
    result = _prf("refusal", right, right + wrong, len(must), len(must) + len(free))
    result["over_refusal"] = _share([o.abstained for o in free])
    for status in Status:
        named = _as_expected(outcomes)
        truth = [accepted is status for accepted, _ in named]
        said = [given is status for _, given in named]
        both = sum(t and s for t, s in zip(truth, said, strict=True))
        if any(truth):
            result |= _prf(f"status_{status}", both, sum(said), sum(truth), len(named))
    return result


def _as_expected(outcomes: Iterable[Outcome]) -> list[tuple[Status, Status]]:
    """(expected, given) per turn; a status that is accepted counts as the expected one."""
    return [(o.status if o.status_right else o.accepted[0], o.status) for o in outcomes]


def _prf(name: str, right: int, given: int, wanted: int, n: int) -> dict[str, Figure]:
    precision = right / given if given else None
    recall = right / wanted if wanted else None
    f1 = 2 * right / (given + wanted) if wanted else None
    return {
        f"{name}_precision": Figure(precision, given, {} if given else {"nothing was refused": n}),
        f"{name}_recall": Figure(recall, wanted, {} if wanted else {"nothing to refuse": n}),
        f"{name}_f1": Figure(f1, n, {} if wanted else {"nothing to refuse": n}),
    }


def _figure(name: str, cases: Sequence[CaseScores]) -> Figure:
    given = [s.value for c in cases if (s := c.scores.get(name)) is not None and s.value is not None]
    unscored = Counter(s.reason for c in cases if (s := c.scores.get(name)) is not None and s.value is None)
    if not given:
        return Figure(None, 0, dict(unscored))
    value = sum(given) if name in SUMMED else sum(given) / len(given)
    return Figure(value, len(given), dict(unscored))


def _share(marks: Sequence[bool]) -> Figure:
    return (
        Figure(sum(marks) / len(marks), len(marks), {}) if marks else Figure(None, 0, {"nothing to score": 0})
    )


def percentile(ordered: Sequence[float], p: int) -> float | None:
    """The nearest-rank percentile of sorted values; None for none."""
    if not ordered:
        return None
    return ordered[max(0, -(-len(ordered) * p // 100) - 1)]


def by(scored: Sequence[CaseScores], key: Callable[[CaseScores], str]) -> dict[str, dict[str, Figure]]:
    """The same table for each group of cases."""
    groups: dict[str, list[CaseScores]] = {}
    for case in scored:
        groups.setdefault(key(case), []).append(case)
    return {name: figures(cases) for name, cases in sorted(groups.items())}
