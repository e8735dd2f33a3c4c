"""``python -m eval compare A B``: is B better than A? Case by case, on what both scored."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.errors import RunError
from eval.statistics import Difference, difference, holm

#: Metrics compared, and whether more is better.
COMPARED: Mapping[str, bool] = {
    "success": True,
    "key_fact_recall": True,
    "status_accuracy": True,
    "verdict_accuracy": True,
    "answer_relevance": True,
    "citation_recall": True,
    "citation_precision": True,
    "faithfulness": True,
    "unsupported_numbers": False,
    "must_not_violations": False,
    "hit@1": True,
    "hit@5": True,
    "mrr": True,
    "ndcg@10": True,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One metric: the difference, the corrected p-value, and what may be said of it."""

    metric: str
    a: float
    b: float
    difference: Difference
    p: float
    verdict: str  # better, worse, no difference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``compare``."""
    parser.add_argument("a", type=Path, help="report.json of a run, or its folder")
    parser.add_argument("b", type=Path, help="the run to judge against it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the comparison here")


def run(args: argparse.Namespace) -> int:
    """Print the verdicts and the cases that changed; exit code 1 where B is worse in something."""
    a, b = read_report(args.a), read_report(args.b)
    verdicts = compare(a, b)
    changed = list(changes(a, b))
    print("\n".join(_lines(verdicts, changed)))
    text = json.dumps(
        {"verdicts": [asdict(v) for v in verdicts], "changed": changed}, ensure_ascii=False, indent=1
    )
    if args.json:
        args.json.write_text(text, encoding="utf-8")
    if args.a.is_dir() and args.b.is_dir():  # where the page of the assistant looks for it
        (args.b / f"compare-{args.a.resolve().name}.json").write_text(text, encoding="utf-8")
    return int(any(v.verdict == "worse" for v in verdicts))


def read_report(path: Path) -> dict[str, Any]:
    """A run's report. Raises `RunError` when there is none."""
    file = path / "report.json" if path.is_dir() else path
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        report = None
    if not isinstance(report, dict) or "cases" not in report:
        raise RunError(
            zh=f"{file} 不是可读的评测报告。",
            en=f"{file} is not a readable report.",
            hint_zh="请给出 run 写出的文件夹或 --json 文件。",
            hint_en="Name a folder that `run` wrote, or its --json file.",
        )
    return report


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> list[Verdict]:
    """One verdict per metric. "Better" only where the interval excludes 0 and Holm's p is below .05."""
    found: dict[str, tuple[float, float, Difference]] = {}
    for metric in COMPARED:
        ours, theirs = _values(a, metric), _values(b, metric)
        both = [name for name in ours if name in theirs]
        gap = difference([ours[n][0] for n in both], [theirs[n][0] for n in both], [ours[n][1] for n in both])
        if gap is not None:
            means = (sum(v[n][0] for n in both) / len(both) for v in (ours, theirs))
            found[metric] = (*means, gap)  # type: ignore[assignment]
    corrected = holm({metric: gap.p for metric, (_, _, gap) in found.items()})
    return [
        Verdict(
            metric, mean_a, mean_b, gap, corrected[metric], _say(gap, corrected[metric], COMPARED[metric])
        )
        for metric, (mean_a, mean_b, gap) in found.items()
    ]


def changes(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """The cases that succeed in one run only."""
    before, after = _values(a, "success"), _values(b, "success")
    for name in before:
        if name in after and before[name][0] != after[name][0]:
            yield {"case": name[0], "change": "gained" if after[name][0] > before[name][0] else "lost"}


def _values(report: Mapping[str, Any], metric: str) -> dict[tuple[str, int], tuple[float, str]]:
    """(value, cluster) of each case and repeat that has the metric."""
    values = {}
    for case in report["cases"]:
        value = case["scores"].get(metric, {}).get("value")
        if value is not None:
            values[case["id"], case.get("repeat", 0)] = (float(value), case.get("cluster") or case["id"])
    return values


def _say(gap: Difference, p: float, more_is_better: bool) -> str:
    if p >= 0.05 or gap.interval.low <= 0 <= gap.interval.high:
        return "no difference"
    return "better" if (gap.value > 0) == more_is_better else "worse"


def _lines(verdicts: list[Verdict], changed: list[dict[str, str]]) -> Iterator[str]:
    yield f"  {'metric':<22}{'A':>8}{'B':>8}{'B-A':>8}   95% interval      p (Holm)  n     verdict"
    for v in verdicts:
        gap = v.difference
        yield (
            f"  {v.metric:<22}{v.a:>8.3f}{v.b:>8.3f}{gap.value:>+8.3f}"
            f"   [{gap.interval.low:+.3f}, {gap.interval.high:+.3f}]  {v.p:>7.3f}  {gap.n:<5} {v.verdict}"
        )
    for word in ("gained", "lost"):
        names = [c["case"] for c in changed if c["change"] == word]
        yield f"  {word}: {len(names)} {' '.join(names)}".rstrip()
