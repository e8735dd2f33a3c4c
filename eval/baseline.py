"""``python -m eval check REPORT``: are the figures where they must be? For CI.

A baseline file is YAML: ``metric: {at_least: 0.9}`` or ``metric: {at_most: 0}``. ``--write`` makes one from
a report, so that later runs may not fall below it.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from eval.compare import COMPARED, read_report
from eval.errors import RunError

DEFAULT = Path(__file__).parent / "baseline.yaml"
_NEVER_MORE = ("must_not_violations", "unsupported_numbers", "errors")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``check``."""
    parser.add_argument("report", type=Path, help="report.json of a run, or its folder")
    parser.add_argument(
        "--baseline", type=Path, default=DEFAULT, metavar="FILE", help="thresholds (eval/baseline.yaml)"
    )
    parser.add_argument("--write", action="store_true", help="write the baseline from this report instead")
    parser.add_argument(
        "--slack", type=float, default=0.02, help="with --write: how far a figure may fall (0.02)"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when a threshold is missed."""
    report = read_report(args.report)
    if args.write:
        args.baseline.write_text(yaml.safe_dump(from_report(report, args.slack)), encoding="utf-8")
        print(f"written: {args.baseline}")
        return 0
    missed = misses(report, read_baseline(args.baseline))
    print("\n".join(missed) if missed else "every threshold is met")
    return int(bool(missed))


def read_baseline(path: Path) -> dict[str, dict[str, float]]:
    """Thresholds by metric. Raises `RunError` naming what is wrong."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RunError(zh=f"无法读取基线 {path}。", en=f"The baseline {path} cannot be read.") from error
    if not isinstance(data, dict) or not all(
        isinstance(bounds, dict) and bounds.keys() <= {"at_least", "at_most"} for bounds in data.values()
    ):
        raise RunError(
            zh=f"基线 {path} 应写成 指标: {{at_least: 数}} 或 {{at_most: 数}}。",
            en=f"The baseline {path} must say metric: {{at_least: number}} or {{at_most: number}}.",
        )
    return data


def misses(report: Mapping[str, Any], baseline: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What falls short, one line each; a metric that the report has not is a miss."""
    lines = []
    for metric, bounds in baseline.items():
        value = report.get(metric)
        if value is None:
            lines.append(f"{metric}: no figure in the report")
        elif value < bounds.get("at_least", value):
            lines.append(f"{metric}: {value:.3f} is below {bounds['at_least']:.3f}")
        elif value > bounds.get("at_most", value):
            lines.append(f"{metric}: {value:.3f} is above {bounds['at_most']:.3f}")
    return lines


def from_report(report: Mapping[str, Any], slack: float) -> dict[str, dict[str, float]]:
    """A baseline that the report itself meets with ``slack`` to spare; counts of wrongs may not grow."""
    bounds: dict[str, dict[str, float]] = {}
    for metric in (*COMPARED, "refusal_f1", "citation_validity", "errors"):
        value = report.get(metric)
        if value is not None:
            never_more = metric in _NEVER_MORE
            bounds[metric] = {"at_most": value} if never_more else {"at_least": round(value - slack, 4)}
    return bounds
