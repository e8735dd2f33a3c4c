"""A run that is killed with SIGKILL again and again ends as one that was left alone."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from eval.record import Record
from eval.run_folder import RunFolder

CASES = 300
PROGRAM = """
import sys, time
from pathlib import Path
from eval.asking import ask_all
from eval.cases import Case
from eval.record import StoredSentence, TurnRecord
from eval.run_folder import About, RunFolder

class Target:
    key = "v1"
    def talk(self, case): return self
    def ask(self, question):
        time.sleep(0.002)
        return TurnRecord(question, 0.0, "answered", (StoredSentence(question * 20),))

folder = RunFolder(Path(sys.argv[1]))
folder.start(About("cases", "suite", "v1", "now", {}))
cases = [Case(f"c{n}", "zh", "target", (f"问题{n}",)) for n in range(int(sys.argv[2]))]
ask_all(cases, Target(), folder, concurrency=int(sys.argv[3]))
"""


def start(folder: Path, concurrency: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder), str(CASES), str(concurrency)])


def records(folder: Path) -> dict[str, Record]:
    return {record.case: record for record in RunFolder(folder).records()}


def test_three_kills_lose_nothing_and_ask_nothing_twice(tmp_path: Path) -> None:
    assert start(tmp_path / "whole", 1).wait() == 0
    broken = tmp_path / "broken"
    for kill in (1, 2, 3):
        process = start(broken, 4)
        lines = broken / "answers.jsonl"
        while process.poll() is None and (
            not lines.is_file() or lines.read_bytes().count(b"\n") < kill * CASES // 5
        ):
            time.sleep(0.005)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert start(broken, 4).wait() == 0

    assert records(broken) == records(tmp_path / "whole")
    assert (broken / "answers.jsonl").read_bytes().count(b"\n") == CASES
