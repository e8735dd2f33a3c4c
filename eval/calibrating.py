"""``python -m eval calibrate``: measure the faithfulness score against people, and write it down.

The figures go to ``--json``, the table into a document between two marks, the diagrams into one SVG.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.bench import add_data_arguments, existing, show
from eval.calibration import Calibration, measure
from eval.diagrams import reliability, side_by_side
from eval.errors import RunError
from eval.judge_calibration import measure_judge
from eval.judging import configured_judge

_BEGIN, _END = "<!-- calibrate: begin -->", "<!-- calibrate: end -->"
#: Set and measure, the figure that fills the row, its count, the floor, what was published.
_ROWS = (
    (
        "RAGTruth QA, answers",
        "F1",
        "ragtruth_qa_f1",
        "ragtruth_qa_n",
        "overlap .508",
        "RAGAS .357, GPT-4-turbo prompt .456, HHEM-2.1-Open .600, fine-tuned Llama-2-13B .682",
    ),
    ("", "F1, threshold from other folds", "ragtruth_qa_f1_nested_threshold", "", "", ""),
    ("", "AUROC", "ragtruth_qa_auroc", "", "length alone {ragtruth_qa_length_alone_auroc}", ""),
    ("", "AUROC of sentences", "ragtruth_qa_sentence_auroc", "", "", ""),
    (
        "MTRAG human ratings (never trained on)",
        "Spearman",
        "mtrag_spearman",
        "mtrag_n",
        "overlap .545; one annotator vs the others .526",
        "",
    ),
    ("", "AUROC", "mtrag_auroc", "", "overlap .897", ""),
    ("UHGEval keywords", "AUROC", "uhgeval_auroc", "uhgeval_n", "", ""),
    (
        "keywords with digits",
        "F1 of the figure check",
        "uhgeval_keyword_digits_f1",
        "uhgeval_keyword_digits_n",
        "",
        "",
    ),
    ("OCNLI, government", "AUROC", "ocnli_gov_auroc", "ocnli_gov_n", "lexical .67", ""),
    ("OCNLI, all genres", "AUROC", "ocnli_auroc", "ocnli_n", "", ""),
    (
        "RAGTruth summaries (never trained on)",
        "AUROC",
        "ragtruth_summary_auroc",
        "ragtruth_summary_n",
        "",
        "",
    ),
    (
        "RAGTruth data-to-text (never trained on)",
        "AUROC",
        "ragtruth_data2txt_auroc",
        "ragtruth_data2txt_n",
        "",
        "",
    ),
)
_TITLES = {
    "ragtruth_qa": "RAGTruth QA: no unsupported claim",
    "mtrag": "MTRAG: rated faithful",
    "ocnli_gov": "OCNLI government: entailed",
    "uhgeval": "UHGEval: keyword supported",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``calibrate``."""
    add_data_arguments(parser)
    parser.add_argument(
        "--table", type=Path, metavar="FILE", help=f"put the table into FILE, between {_BEGIN} and {_END}"
    )
    parser.add_argument(
        "--judge",
        type=int,
        metavar="N",
        help="also measure the judge (OPENAI_MODEL) on N answers of each English set",
    )
    parser.add_argument(
        "--budget", type=int, metavar="TOKENS", help="with --judge: stop when so many tokens are spent"
    )
    parser.add_argument("--figure", type=Path, metavar="FILE", help="write the reliability diagrams as SVG")


def run(args: argparse.Namespace) -> int:
    """Measure, print, write."""
    data = existing(args.data)
    began = time.perf_counter()
    found = measure(data, split=args.split)
    judged = (
        measure_judge(data, args.split, configured_judge(), args.judge, args.budget) if args.judge else {}
    )
    show({**found.figures, **judged}, round(time.perf_counter() - began, 1), args)
    if args.table:
        insert(args.table, "\n".join(table(found.figures)))
        print(f"  written: {args.table}")
    if args.figure:
        args.figure.parent.mkdir(parents=True, exist_ok=True)
        args.figure.write_text(figure(found), encoding="utf-8")
        print(f"  written: {args.figure}")
    return 0


def table(figures: Mapping[str, float]) -> Iterator[str]:
    """Agreement with people, as Markdown."""
    yield "| set | measure | this scorer | floor | published |"
    yield "| --- | --- | --- | --- | --- |"
    for name, measure_, key, count, floor, published in _ROWS:
        if key in figures:
            n = f", n = {figures[count]:,.0f}" if count else ""
            low, high = figures.get(f"{key}_low"), figures.get(f"{key}_high")
            bounds = "" if low is None or high is None else f" [{_short(low)}, {_short(high)}]"
            beside = floor.format_map({k: _short(v) for k, v in figures.items()})
            value = f"**{_short(figures[key])}**{bounds}"
            yield f"| {name}{n} | {measure_} | {value} | {beside} | {published} |"


def insert(document: Path, text: str) -> None:
    """Put ``text`` between the marks of ``document``. Raises `RunError` where the marks are missing."""
    before, begin, rest = document.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise RunError(
            zh=f"{document} 中没有 {_BEGIN} 和 {_END}。",
            en=f"{document} does not hold {_BEGIN} and {_END}.",
            hint_zh="请先在文档中写上这两行标记。",
            hint_en="Write these two marks into the document first.",
        )
    document.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")


def figure(found: Calibration) -> str:
    """The reliability diagrams of all sets in one picture."""
    return side_by_side(
        [
            (f"{_TITLES[name]}, n = {diagram.n:,}, ECE {_short(diagram.ece)}", reliability(diagram.bins))
            for name, diagram in found.diagrams.items()
        ]
    )


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0") if abs(value) < 1 else f"{value:.3f}"
