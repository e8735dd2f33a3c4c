"""``ingest``: read documents and bring the index in line with them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.ingest.report import SyncProgress


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Ingest ``args.paths`` or the configured corpus; exit code 1 when a file could not be read."""
    paths = [Path(path).expanduser() for path in args.paths]
    bars = _Bars(say)
    with build(settings) as assistant:
        try:
            report = assistant.ingest(paths, progress=None if args.json else bars.show, rebuild=args.rebuild)
        finally:
            bars.close()
    if args.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print(report.to_text(say.language))
    return 1 if report.failed else 0


_LABELS = {
    "scanning": ("查看文件", "scanning"),
    "reading": ("读取文件", "reading"),
    "indexing": ("建立索引", "indexing"),
}


class _Bars:
    """One progress bar for each stage, with rate and time left; silent where nobody watches."""

    def __init__(self, say: Speech) -> None:
        self._say = say
        self._stage = ""
        self._bar: tqdm[NoReturn] | None = None

    def show(self, progress: SyncProgress) -> None:
        """Move the bar to where the work stands."""
        if self._bar is None or progress.stage != self._stage:
            self.close()
            self._stage = progress.stage
            label = self._say(*_LABELS.get(progress.stage, (progress.stage, progress.stage)))
            self._bar = tqdm(total=progress.total, desc=label, file=sys.stderr, disable=None)
        self._bar.total = progress.total
        self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        """Finish the current bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
