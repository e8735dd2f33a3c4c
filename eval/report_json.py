"""A scored run as JSON: the figures that baselines and CI read, and every case with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.run_folder import About
from eval.scoring import CaseScores
from eval.summary import Figure, by, figures


def report(scored: Sequence[CaseScores], about: About) -> dict[str, Any]:
    """Headline metrics at the top level, then tables and cases."""
    total = figures(scored)
    return {
        "n": len(scored),
        **{name: figure.value for name, figure in total.items()},
        "metrics": _table(total),
        "by_type": {name: _table(group) for name, group in by(scored, lambda c: c.case.type).items()},
        "by_lang": {name: _table(group) for name, group in by(scored, lambda c: c.case.language).items()},
        "cases": [_case(case) for case in scored],
        "suite": about.suite,
        "target": about.target,
        "started": about.started,
    }


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
        "error": scored.error,
        "status": [str(o.status) for o in scored.outcomes],
        "accepted": [[str(s) for s in o.accepted] for o in scored.outcomes],
        "answer": [turn.text for turn in scored.record.turns],
        "facts": [{"fact": f.fact, "said": f.said, "reason": f.reason, "turn": f.turn} for f in scored.facts],
        "violated": list(scored.violated),
        "scores": {
            name: {"value": s.value, **({"reason": s.reason} if s.reason else {})}
            for name, s in scored.scores.items()
        },
    }
