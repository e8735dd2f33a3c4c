"""Evaluation reports in the shape that `python -m eval run` keeps beside a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def case(name: str, success: float, facts: float, **fields: Any) -> dict[str, Any]:
    """One case of a report."""
    scores = {"success": {"value": success}, "key_fact_recall": {"value": facts}}
    given = {"id": name, "type": "numeric", "lang": "zh", "repeat": 0, "error": None, "scores": scores}
    return given | {"questions": [f"{name}？"], "answer": [f"{name}的回答。"], "cause": None} | fields


def report(*cases: dict[str, Any], started: str = "2026-11-20T08:30:00+00:00") -> dict[str, Any]:
    """A report over ``cases``; its figures are the means of theirs."""

    def mean(metric: str) -> dict[str, Any]:
        values = [c["scores"][metric]["value"] for c in cases if metric in c["scores"]]
        return {"value": sum(values) / len(values), "n": len(values)}

    metrics = {metric: mean(metric) for metric in ("success", "key_fact_recall")}
    metrics["latency_p50"] = {"value": 0.25, "n": len(cases)}
    return {
        "n": len(cases),
        "metrics": metrics,
        "intervals": {"success": [0.25, 0.75]},
        "by_type": {"numeric": metrics},
        "cases": list(cases),
        "cases_from": "/somewhere/eval/cases",
        "target": "app extractive",
        "started": started,
    }


def store(runs: Path, name: str, content: Any, page: str | None = None) -> Path:
    """Put a report where a run would keep it."""
    folder = runs / name
    folder.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "report.json").write_text(text, encoding="utf-8")
    if page is not None:
        (folder / "report.html").write_text(page, encoding="utf-8")
    return folder


OLD = report(case("甲", 1, 1), case("乙", 0, 0.5), case("丙", 0, 0))
NEW = report(
    case("甲", 0, 0.5, cause="wrongly refused"),
    case("乙", 0, 1),
    case("丙", 1, 1),
    started="2026-11-21T09:00:00",
)
PAGE = "<!doctype html><title>Evaluation</title><p>完整报告</p><script>document.title = 'acted'</script>"
