"""``python -m eval run``: ask a suite, score it, report. ``score``: score a run again without asking."""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.settings import read_settings
from eval.asking import Step, ask_all, now
from eval.cases import Case
from eval.demo_corpus import demo_glossary
from eval.errors import RunError
from eval.reporting import add_report_options, write_reports
from eval.run_folder import About, RunFolder
from eval.scoring import CaseScores, score_case
from eval.suites import DEFAULT_SUITE, load_suite
from eval.target import Target


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``run``."""
    parser.add_argument(
        "suite", nargs="?", type=Path, default=DEFAULT_SUITE, help="file or folder of cases (eval/cases)"
    )
    add_report_options(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="keep answers here; the same folder resumes"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N cases")
    parser.add_argument("--filter", metavar="REGEX", help="only cases whose id, type or language matches")
    parser.add_argument("--repeat", type=int, default=1, metavar="K", help="ask every case K times (1)")
    parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="cases under way at once (1)")
    parser.add_argument(
        "--budget", type=int, metavar="TOKENS", help="stop asking when so many tokens are spent"
    )
    parser.add_argument("--as-of", metavar="DATE", help="ask as on this day instead of the suite's")
    parser.add_argument(
        "--target", default="app", metavar="app|URL", help="this assistant, or an OpenAI-compatible endpoint"
    )
    parser.add_argument("--model", metavar="NAME", help="model name for an endpoint (OPENAI_MODEL)")
    parser.add_argument("--quiet", action="store_true", help="no progress line")


def run(args: argparse.Namespace) -> int:
    """Ask and score. Low scores are no error (``check`` holds them to thresholds); a dead target is."""
    cases = choose(load_suite(args.suite), args)
    settings = read_settings(os.environ)
    name = f"{now()[:19].replace(':', '')}-{args.suite.stem}"
    folder = RunFolder(args.out or settings.state / "runs" / name)
    with open_target(args) as target:
        about = About(str(args.suite), suite_key(cases), target.key, now(), structure_of(cases, target))
        folder.start(about)
        ask_all(
            cases,
            target,
            folder,
            repeats=args.repeat,
            concurrency=args.concurrency,
            budget=args.budget,
            on_step=_quiet if args.quiet or not sys.stderr.isatty() else _bar,
        )
    scored = list(score_all(cases, folder))
    write_reports(scored, folder, args)
    missing = len(cases) * args.repeat - len(scored)
    if missing > 0:
        print(
            f"\n  the budget is spent: {missing} answers are missing; the same command goes on",
            file=sys.stderr,
        )
    if scored and all(case.error for case in scored):
        print(f"\n  every case failed: {scored[0].error}", file=sys.stderr)
        return 2
    return 0


def add_score_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``score``."""
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("suite", nargs="?", type=Path, help="cases to score against (those of the run)")
    add_report_options(parser)


def score(args: argparse.Namespace) -> int:
    """Score the stored answers of a run again, e.g. after a case file was corrected."""
    folder = RunFolder(args.run)
    cases = load_suite(args.suite or Path(folder.about().cases))
    write_reports(list(score_all(cases, folder)), folder, args)
    return 0


def open_target(args: argparse.Namespace) -> Target:
    """The target that ``--target`` names."""
    if args.target == "app":
        from eval.app_target import AppTarget

        return AppTarget(read_settings(os.environ))
    from eval.http_target import HttpTarget, endpoint

    return HttpTarget(endpoint(args.target, args.model, os.environ), args.target)


def choose(cases: Sequence[Case], args: argparse.Namespace) -> list[Case]:
    """The cases that ``--filter``, ``--limit`` and ``--as-of`` leave."""
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


def score_all(cases: Sequence[Case], folder: RunFolder) -> Iterator[CaseScores]:
    """Score every stored answer to one of ``cases``, one at a time."""
    glossary = demo_glossary()
    structure = folder.about().structure
    order = {case.id: number for number, case in enumerate(cases)}
    stored = [
        (repeat, order[name], known) for (name, repeat), known in folder.index().items() if name in order
    ]
    for _, number, known in sorted(stored, key=lambda item: item[:2]):
        yield score_case(cases[number], folder.read(known), structure, glossary).without_texts()


def structure_of(cases: Sequence[Case], target: Target) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The headings of the gold instruments: all that scoring needs of the corpus."""
    wanted = {gold.instrument for case in cases for gold in case.gold}
    return {name: list(chunks) for name, chunks in target.structure().items() if name in wanted}


def suite_key(cases: Sequence[Case]) -> str:
    """A digest of the cases asked."""
    return hashlib.sha256(repr(list(cases)).encode()).hexdigest()[:16]


def _quiet(_: Step) -> None: ...


def _bar(step: Step) -> None:
    width = 30
    filled = width * step.done // step.total
    line = f"\r[{'#' * filled}{'.' * (width - filled)}] {step.done}/{step.total} {step.case} {step.state}"
    sys.stderr.write(f"{line:<78}" + ("\n" if step.done == step.total else ""))
    sys.stderr.flush()
