"""``python -m eval run``: ask a suite, score it, report."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.language.glossary import Glossary
from assistant.resources import data_folder
from assistant.settings import read_settings
from eval.asking import Step, ask_all, now
from eval.cases import Case
from eval.errors import RunError
from eval.report_json import report
from eval.report_text import table
from eval.run_folder import About, RunFolder
from eval.scoring import CaseScores, score_case
from eval.suites import DEFAULT_SUITE, load_suite
from eval.target import Target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``run``."""
    parser.add_argument(
        "suite", nargs="?", type=Path, default=DEFAULT_SUITE, help="file or folder of cases (eval/cases)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report here")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep answers here and resume from here")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N cases")
    parser.add_argument("--filter", metavar="REGEX", help="only cases whose id, type or language matches")
    parser.add_argument("--repeat", type=int, default=1, metavar="K", help="ask every case K times (1)")
    parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="cases under way at once (1)")
    parser.add_argument(
        "--budget", type=int, metavar="TOKENS", help="stop asking when so many tokens are spent"
    )
    parser.add_argument("--as-of", metavar="DATE", help="ask as on this day instead of the suite's")
    parser.add_argument("--quiet", action="store_true", help="no progress line")


def run(args: argparse.Namespace) -> int:
    """Ask and score; exit code 0 also where scores are low (thresholds: ``check``)."""
    from eval.app_target import AppTarget

    cases = choose(load_suite(args.suite), args)
    settings = read_settings(os.environ)
    folder = RunFolder(
        args.out or settings.state / "runs" / f"{now()[:19].replace(':', '')}-{args.suite.stem}"
    )
    with AppTarget(settings) as target:
        scored = ask_and_score(cases, target, folder, args)
    print("\n".join(table(scored)))
    print(f"\nanswers: {folder.path}")
    if args.json:
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(
            json.dumps(report(scored, folder.about()), ensure_ascii=False, indent=1), encoding="utf-8"
        )
        print(f"report: {args.json}")
    return 0


def choose(cases: Sequence[Case], args: argparse.Namespace) -> list[Case]:
    """The cases that ``--filter``, ``--limit`` and ``--as-of`` leave."""
    from dataclasses import replace

    kept = list(cases)
    if args.filter:
        wanted = re.compile(args.filter)
        kept = [c for c in kept if any(wanted.search(field) for field in (c.id, c.type, c.language))]
    if args.as_of:
        kept = [replace(c, as_of=args.as_of) for c in kept]
    kept = kept[: args.limit] if args.limit is not None else kept
    if not kept:
        raise RunError(
            zh="没有符合条件的评测题。",
            en="No case is left to ask.",
            hint_zh="请放宽 --filter 或 --limit。",
            hint_en="Loosen --filter or --limit.",
        )
    return kept


def ask_and_score(
    cases: Sequence[Case], target: Target, folder: RunFolder, args: argparse.Namespace
) -> list[CaseScores]:
    """Ask what is not known yet, then score every answer of the run."""
    folder.start(About(suite_key(cases), target.key, now(), structure_of(cases, target)))
    bar = None if args.quiet or not sys.stderr.isatty() else _bar
    records = ask_all(
        cases,
        target,
        folder,
        repeats=args.repeat,
        concurrency=args.concurrency,
        budget=args.budget,
        **({"on_step": bar} if bar else {}),
    )
    by_id = {case.id: case for case in cases}
    glossary = Glossary.load(data_folder("corpus") / "glossary.yaml")
    structure = folder.about().structure
    return [score_case(by_id[record.case], record, structure, glossary) for record in records]


def structure_of(cases: Sequence[Case], target: Target) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The headings of the gold instruments: all that scoring needs of the corpus."""
    wanted = {gold.instrument for case in cases for gold in case.gold}
    return {name: list(chunks) for name, chunks in target.structure().items() if name in wanted}


def suite_key(cases: Sequence[Case]) -> str:
    """A digest of the cases asked."""
    return hashlib.sha256(repr(list(cases)).encode()).hexdigest()[:16]


def _bar(step: Step) -> None:
    width = 30
    filled = width * step.done // step.total
    mark = "error" if step.record.error else "known" if step.reused else "asked"
    line = f"\r[{'#' * filled}{'.' * (width - filled)}] {step.done}/{step.total} {step.record.case} {mark}"
    sys.stderr.write(f"{line:<78}" + ("\n" if step.done == step.total else ""))
    sys.stderr.flush()
