"""Benchmark ``startup``: what a first question waits for, in fresh processes on the demo corpus.

Seconds by the clock, and of processor time, which other work on the machine hardly touches, as medians over
processes: a question to a process that has loaded nothing (``cold``: import, then open, load and answer), and
the warming that ``serve`` does before it shows its address with the first question after it (``warm``).
``--split N`` starts N processes of each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from assistant.app import build
from assistant.settings import read_settings

DATA = Path(__file__).parent  # needs no data set
_PROCESSES = 5
_WORKER = """
import json, os, sys, time

def taken(step):
    began, used = time.perf_counter(), time.process_time()
    step()
    return time.perf_counter() - began, time.process_time() - used

def open_assistant():
    global assistant
    from assistant.app import build
    from assistant.settings import read_settings
    assistant = build(read_settings({"POLICY_ASSISTANT_STATE": sys.argv[1]}))

def ask(question):
    return lambda: assistant.answer(question)

steps = {"import": open_assistant}
if sys.argv[2] == "warm":
    steps["warming"] = lambda: assistant.warm()
steps["first question"] = ask("研发投入强度目标是多少？")
steps["later question"] = ask("瞪羚企业有什么奖励？")
print(json.dumps({name: taken(step) for name, step in steps.items()}))
os._exit(0)
"""


def measure(data: Path, split: str = "dev") -> dict[str, float]:
    """Seconds by step, of a process that warms first and of one that does not."""
    del data
    processes = int(split) if split.isdigit() else _PROCESSES
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as state:
        with build(read_settings({"POLICY_ASSISTANT_STATE": state})) as assistant:
            assistant.ingest()
        for way in ("cold", "warm"):
            runs = [_run(state, way) for _ in range(processes)]
            for step in runs[0]:
                for at, unit in enumerate(("s", "cpu s")):
                    figures[f"{way}: {step} {unit}"] = median(run[step][at] for run in runs)
    return figures


def _run(state: str, way: str) -> Mapping[str, tuple[float, float]]:
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", _WORKER, state, way], capture_output=True, check=True, text=True
    )
    found: Mapping[str, tuple[float, float]] = json.loads(done.stdout.splitlines()[-1])
    return found
