"""Benchmark ``harness``: a long run killed three times ends as one left alone; what the harness itself costs.

5,000 cases against a target that answers at once (`harness_worker`), so that all time is the harness's. One
run is left alone; another is killed with SIGKILL at a quarter, half and three quarters, and started again.
``--split N`` asks N cases instead.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.run_folder import RunFolder

DATA = Path(__file__).parent  # needs no data set
_CASES = 5000
_KILLS = (0.25, 0.5, 0.75)
_CONCURRENCY = 4


def measure(data: Path, split: str = "dev") -> dict[str, float]:
    """Milliseconds a case, memory in MB at 5%, 50% and 100% of the asking, and whether kills change it."""
    del data
    count = int(split) if split.isdigit() else _CASES
    with tempfile.TemporaryDirectory() as folder:
        suite = Path(folder) / "suite.jsonl"
        suite.write_text("".join(f"{json.dumps(case)}\n" for case in _cases(count)), encoding="utf-8")
        alone, broken = Path(folder) / "alone", Path(folder) / "broken"
        took = _finish(alone, suite, concurrency=1)
        kills = sum(_killed(broken, suite, int(count * share)) for share in _KILLS)
        _finish(broken, suite, concurrency=_CONCURRENCY)
        start, middle, end = took["rss_mb"]
        return {
            "cases": count,
            "kills": kills,
            "same_answers_after_kills": float(_answers(alone) == _answers(broken)),
            "same_report_after_kills": float(_report(alone) == _report(broken)),
            "asked_twice": _lines(broken) - count,
            "asking_ms_per_case": took["asking_seconds"] / count * 1000,
            "asking_cpu_ms_per_case": took["asking_cpu_seconds"] / count * 1000,
            "scoring_ms_per_case": took["scoring_seconds"] / count * 1000,
            "scoring_cpu_ms_per_case": took["scoring_cpu_seconds"] / count * 1000,
            "rss_mb_start": start,
            "rss_mb_middle": middle,
            "rss_mb_end": end,
            "rss_mb_scored": took["rss_mb_scored"],
            "kb_on_disk_per_case": (alone / "answers.jsonl").stat().st_size / count / 1024,
        }


def _cases(count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        yield {
            "id": f"c{number}",
            "lang": "zh",
            "type": f"type-{number % 5}",
            "question": f"第{number}条要求的研发费用占比是多少？",
            "expected": [f"不低于{number if number % 3 else number + 1}%"],  # every third one is missed
            "gold": [{"instrument": f"law-{number}"}],
        }


def _start(folder: Path, suite: Path, concurrency: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "eval.harness_worker", str(folder), str(suite), str(concurrency)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own module


def _finish(folder: Path, suite: Path, *, concurrency: int) -> dict[str, Any]:
    """Run to the end; what it took."""
    output, _ = _start(folder, suite, concurrency).communicate()
    return dict(json.loads(output.splitlines()[-1]))


def _killed(folder: Path, suite: Path, at: int) -> bool:
    """Kill a run when ``at`` answers are stored; False where it was over before."""
    process = _start(folder, suite, _CONCURRENCY)
    while process.poll() is None and _lines(folder) < at:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _lines(folder: Path) -> int:
    answers = folder / "answers.jsonl"
    return answers.read_bytes().count(b"\n") if answers.is_file() else 0


def _answers(folder: Path) -> dict[str, Any]:
    return {record.case: record for record in RunFolder(folder).records()}


def _report(folder: Path) -> dict[str, Any]:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return {name: value for name, value in report.items() if name != "started"}
