"""A scored run as JSON: the figures that baselines and CI read, and every case with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from eval.run_folder import About
from eval.scoring import CaseScores
from eval.statistics import interval
from eval.summary import SUMMED, TIMED, Figure, by, figures


def report(
    scored: Sequence[CaseScores], about: About, price: tuple[float, float] | None = None
) -> dict[str, Any]:
    """Headline metrics at the top level, then tables and cases. ``price`` is that of a million tokens."""
    total = figures(scored, price)
    return {
        "n": len(scored),
        **{name: figure.value for name, figure in total.items()},
        "metrics": _table(total),
        "intervals": intervals(scored),
        "by_type": {name: _table(group) for name, group in by(scored, lambda c: c.case.type).items()},
        "by_lang": {name: _table(group) for name, group in by(scored, lambda c: c.case.language).items()},
        "causes": dict(Counter(str(case.cause) for case in scored if case.cause).most_common()),
        "cases": [_case(case) for case in scored],
        "suite": about.suite,
        "cases_from": about.cases,
        "target": about.target,
        "started": about.started,
    }


def intervals(scored: Sequence[CaseScores]) -> dict[str, list[float]]:
    """95% intervals of the means, resampled by gold instrument."""
    found = {}
    for name in sorted({name for case in scored for name in case.scores} - SUMMED - {TIMED}):
        given = [(s.value, cluster(c)) for c in scored if (s := c.scores.get(name)) and s.value is not None]
        bounds = interval([value for value, _ in given], [group for _, group in given])
        if bounds is not None:
            found[name] = [bounds.low, bounds.high]
    return found


def cluster(scored: CaseScores) -> str:
    """Cases about one instrument are not independent; the first gold instrument groups them."""
    return scored.case.gold[0].instrument if scored.case.gold else scored.case.id


def _table(group: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        name: {"value": f.value, "n": f.n, **({"unscored": f.unscored} if f.unscored else {})}
        for name, f in group.items()
    }


def _case(scored: CaseScores) -> dict[str, Any]:
    return {
        "id": scored.case.id,
        "type": scored.case.type,
        "lang": scored.case.language,
        "repeat": scored.record.repeat,
        "cluster": cluster(scored),
        "error": scored.error,
        "cause": scored.cause,
        "questions": list(scored.case.turns),
        "answer": ["\n".join(s.text for s in turn.sentences) for turn in scored.record.turns],
        "seconds": [round(turn.seconds, 4) for turn in scored.record.turns],
        "status": [str(o.status) for o in scored.outcomes],
        "accepted": [[str(s) for s in o.accepted] for o in scored.outcomes],
        "facts": [{"fact": f.fact, "said": f.said, "reason": f.reason, "turn": f.turn} for f in scored.facts],
        "violated": list(scored.violated),
        "gold": [[g.instrument, g.ref] for g in scored.case.gold],
        "scores": {
            name: {"value": s.value, **({"reason": s.reason} if s.reason else {})}
            for name, s in scored.scores.items()
        },
    }
