"""The terminal's table of a scored run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.scoring import CaseScores
from eval.summary import Figure, by, figures

HEADLINE = (
    "success",
    "key_fact_recall",
    "must_not_violations",
    "refusal_precision",
    "refusal_recall",
    "refusal_f1",
    "over_refusal",
    "status_accuracy",
    "verdict_accuracy",
    "conversation_success",
    "answer_relevance",
    "citation_validity",
    "citation_precision",
    "citation_recall",
    "faithfulness",
    "faithfulness_claims",
    "unsupported_numbers",
    "hit@1",
    "hit@5",
    "mrr",
    "recall@10",
    "ndcg@10",
    "clause_hit@5",
    "clause_mrr",
    "latency_p50",
    "latency_p95",
    "prompt_tokens",
    "completion_tokens",
    "cost",
    "errors",
)
_COLUMNS = (
    "success",
    "key_fact_recall",
    "status_accuracy",
    "citation_precision",
    "faithfulness",
    "hit@5",
    "mrr",
)
_SHORT = ("success", "facts", "status", "cit.prec", "faithful", "hit@5", "mrr")


def table(scored: Sequence[CaseScores], price: tuple[float, float] | None = None) -> Iterator[str]:
    """Headline figures, then a table by type and one by language."""
    total = figures(scored, price)
    yield f"{len(scored)} cases"
    for name in HEADLINE:
        figure = total.get(name)
        if figure is not None:
            yield f"  {name:<22}{show(figure):>9}  n={figure.n}{_unscored(figure)}"
    for title, groups in (
        ("type", by(scored, lambda c: c.case.type)),
        ("language", by(scored, lambda c: c.case.language)),
    ):
        yield ""
        yield f"  {title:<16}{'n':>5}" + "".join(f"{name:>10}" for name in _SHORT)
        for name, group in groups.items():
            yield _row(name, group)


def show(figure: Figure | None) -> str:
    """A figure in the width of a column; a dash where there is none."""
    if figure is None or figure.value is None:
        return "-"
    if 0 < figure.value < 0.001:
        return f"{figure.value:.1g}"
    return f"{figure.value:.3f}".removesuffix(".000") if figure.value >= 1 else f"{figure.value:.3f}"


def _row(name: str, group: Mapping[str, Figure]) -> str:
    count = group["errors"].n
    return f"  {name:<16}{count:>5}" + "".join(f"{show(group.get(column)):>10}" for column in _COLUMNS)


def _unscored(figure: Figure) -> str:
    if not figure.unscored:
        return ""
    return (
        "  (not scored: " + ", ".join(f"{count} {reason}" for reason, count in figure.unscored.items()) + ")"
    )
