"""Where a scored run goes: the terminal, and files in the forms that were asked for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from eval.judging import judged_figures
from eval.labels import reliabilities
from eval.report_html import page
from eval.report_json import report
from eval.report_junit import junit
from eval.report_text import table
from eval.run_folder import RunFolder
from eval.scoring import CaseScores


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """The options that say which reports to write."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report as JSON")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a self-contained HTML page")
    parser.add_argument(
        "--price",
        type=price,
        metavar="IN,OUT",
        help="what a million tokens cost, prompt and reply, in any currency",
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")


def price(text: str) -> tuple[float, float]:
    """``0.15,0.6`` as two prices. Raises `ValueError`, which argparse words."""
    prompt, completion = map(float, text.split(","))
    return prompt, completion


def write_reports(scored: Sequence[CaseScores], folder: RunFolder, args: argparse.Namespace) -> None:
    """Keep the report with the run, as JSON and as a page, write the rest, then print the table."""
    content = {**report(scored, folder.about(), args.price), "reliability": reliabilities(folder)}
    content["judge"] = judged_figures(folder)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    html = page(content, folder)
    (folder.path / "report.json").write_text(text, encoding="utf-8")
    (folder.path / "report.html").write_text(html, encoding="utf-8")
    if args.json:
        _write(args.json, text)
    if args.html:
        _write(args.html, html)
    if args.junit:
        _write(args.junit, junit(scored))
    print("\n".join(table(scored, args.price)))
    print(f"\n  run: {folder.path}")
    for path in filter(None, (args.json, args.html, args.junit)):
        print(f"  written: {path}")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
