"""``ingest``: read documents and bring the index in line with them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Ingest ``args.paths`` or the configured corpus; exit code 1 when a file could not be read."""
    from assistant.ingest.report import SyncProgress

    bar: tqdm[None] | None = None

    def show(progress: SyncProgress) -> None:
        nonlocal bar
        label = say(*_STAGES.get(progress.stage, (progress.stage, progress.stage)))
        if bar is None or bar.desc != f"{label}: ":
            if bar is not None:
                bar.close()
            bar = tqdm(total=progress.total, desc=label, file=sys.stderr, disable=None, leave=True)
        bar.total = progress.total
        bar.update(progress.done - bar.n)

    with build(settings) as assistant:
        try:
            report = assistant.ingest(
                [Path(path).expanduser() for path in args.paths],
                progress=None if args.json else show,
                rebuild=args.rebuild,
            )
        finally:
            if bar is not None:
                bar.close()
    if args.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print(report.to_text(say.language))
    return 1 if report.failed else 0


_STAGES = {
    "reading": ("读取文件", "reading"),
    "indexing": ("建立索引", "indexing"),
}
