"""``ingest``: read documents and bring the index in line with them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from signal import SIGINT, SIGTERM, signal
from threading import Event
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from assistant.app import build
from assistant.cli.speech import Speech
from assistant.errors import AssistantError
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.ingest.report import SyncProgress, SyncReport


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Ingest ``args.paths`` or the configured corpus; exit code 1 when a file could not be read.

    With ``--watch`` again after each change; then JSON is one object a line, and Ctrl-C is no failure.
    """
    paths = [Path(path).expanduser() for path in args.paths]
    bars = _Bars(say)
    with build(settings) as assistant:

        def ingest(rebuild: bool = False) -> SyncReport:
            try:
                return assistant.ingest(paths, progress=None if args.json else bars.show, rebuild=rebuild)
            finally:
                bars.close()

        if not args.watch:
            report = ingest(args.rebuild)
            _print(report, args, say)
            return 1 if report.failed else 0
        if args.rebuild:
            _print(ingest(True), args, say)
        _follow(paths or [settings.corpus], ingest, args, say)
    return 0


def _follow(
    paths: Sequence[Path], ingest: Callable[[], SyncReport], args: argparse.Namespace, say: Speech
) -> None:
    """Watch ``paths`` and report each round until Ctrl-C or SIGTERM. Raises `ReadError` for a wrong path."""
    from assistant.ingest.watch import look, watch

    def done(report: SyncReport) -> None:
        if not args.json:
            print(f"— {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}")
        _print(report, args, say)

    def failed(error: Exception) -> None:
        message = f"{type(error).__name__}: {error}"
        if isinstance(error, AssistantError):
            message = error.localized(say.language)
        print(f"✗ {message}", file=sys.stderr, flush=True)

    files = len(look(paths))
    stop = Event()

    def interrupted(*_: object) -> None:
        stop.set()  # an exception is lost when it strikes inside a callback of a library; this is not
        raise KeyboardInterrupt

    kept = {SIGTERM: signal(SIGTERM, lambda *_: stop.set()), SIGINT: signal(SIGINT, interrupted)}
    print(
        say(
            f"正在关注 {files} 个文件的变化，按 Ctrl-C 结束。",
            f"Watching {files} files for changes; Ctrl-C ends it.",
        ),
        file=sys.stderr,
        flush=True,
    )
    try:
        watch(paths, ingest, stop=stop, done=done, failed=failed)
    except KeyboardInterrupt:
        pass  # an interrupted round is completed by the next ingest
    finally:
        for number, handler in kept.items():
            signal(number, handler)
    print(say("已停止关注。", "Stopped watching."), file=sys.stderr, flush=True)


def _print(report: SyncReport, args: argparse.Namespace, say: Speech) -> None:
    if args.json:
        text = json.dumps(report.to_json(), ensure_ascii=False, indent=None if args.watch else 2)
    else:
        text = report.to_text(say.language)
    print(text, flush=True)


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
