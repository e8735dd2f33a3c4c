"""One evaluation run with a target that answers at once, for `bench_harness`: ``FOLDER SUITE CONCURRENCY``.

Asks, stores, scores and reports as ``python -m eval run`` does, and prints as JSON what it took. A process of
its own, so that it can be killed and its memory is nobody else's.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import Namespace
from pathlib import Path
from types import TracebackType
from typing import Self

from eval.asking import Step, ask_all, now
from eval.cases import Case
from eval.record import FoundPassage, GivenEvidence, StoredCitation, StoredSentence, TurnRecord
from eval.reporting import write_reports
from eval.retrieval import DEPTH, Structure
from eval.run import score_all, suite_key
from eval.run_folder import About, RunFolder
from eval.suites import load_suite

_CLAUSE = "第{n}条 企业上一年度研发费用占销售收入的比例不低于{n}%，研发人员不少于{n}人。"
_FILLING = "申请单位应当如实提供材料，并对材料的真实性负责。" * 12  # a clause of usual length


class InstantTarget:
    """Answers at once with the clause of the number asked for, and as much beside it as the assistant."""

    key = "instant"

    def structure(self) -> Structure:
        """The one clause of each instrument."""
        return {}

    def talk(self, case: Case) -> Self:
        """Needs to remember nothing."""
        del case
        return self

    def ask(self, question: str) -> TurnRecord:
        """One cited sentence, five clauses of evidence, ten passages found."""
        number = int("".join(c for c in question if c.isdigit()))
        text = _CLAUSE.format(n=number)
        evidence = tuple(
            GivenEvidence(
                label, f"law-{number}", "办法", ("条件",), f"c{label}", f"{text}{_FILLING}", "zh", True
            )
            for label in range(1, 6)
        )
        return TurnRecord(
            question,
            0.0,
            "answered",
            (StoredSentence(text, (StoredCitation(1, f"law-{number}", ("条件",), "c1", text),)),),
            evidence=evidence,
            found=tuple(
                FoundPassage(f"law-{number}", ("条件",), f"c{rank}", 1 / rank, f"{text}{_FILLING}")
                for rank in range(1, DEPTH + 1)
            ),
            composer="instant",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def main(path: Path, suite: Path, concurrency: int) -> None:
    """Run, and print seconds and memory."""
    cases = load_suite(suite)
    folder = RunFolder(path)
    folder.start(About(str(suite), suite_key(cases), InstantTarget.key, now(), {}))
    memory: list[float] = []

    def watch(step: Step) -> None:
        if step.done in (len(cases) // 20, len(cases) // 2, len(cases)):
            memory.append(resident())

    began, cpu = time.perf_counter(), time.process_time()
    ask_all(cases, InstantTarget(), folder, concurrency=concurrency, on_step=watch)
    asked, asked_cpu = time.perf_counter() - began, time.process_time() - cpu
    began, cpu = time.perf_counter(), time.process_time()
    write_reports(
        list(score_all(cases, folder)), folder, Namespace(json=None, html=None, junit=None, price=None)
    )
    scored, scored_cpu = time.perf_counter() - began, time.process_time() - cpu
    took = {
        "asking_seconds": asked,
        "asking_cpu_seconds": asked_cpu,
        "scoring_seconds": scored,
        "scoring_cpu_seconds": scored_cpu,
        "rss_mb": memory,
        "rss_mb_scored": resident(),
    }
    print(json.dumps(took))


def resident() -> float:
    """Memory of this process that lies in RAM now, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
