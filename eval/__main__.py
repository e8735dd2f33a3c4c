"""``python -m eval``: run suites, and everything one does with runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from assistant.errors import AssistantError
from eval import baseline, batch, bench, calibrating, compare, judging, lint, run, selftest, traps

_READER_GONE = 141  # as a shell says it of SIGPIPE
_Command = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
COMMANDS: dict[str, _Command] = {
    "run": ("ask a suite, score it, report", run.add_arguments, run.run),
    "score": ("score the answers of a run again", run.add_score_arguments, run.score),
    "compare": ("is run B better than run A?", compare.add_arguments, compare.run),
    "export-batch": (
        "write the next questions as an OpenAI Batch file",
        batch.add_export_arguments,
        batch.export,
    ),
    "import-batch": ("store the replies of an OpenAI Batch", batch.add_import_arguments, batch.import_),
    "judge": ("let a model judge the answers of a run", judging.add_arguments, judging.run),
    "lint": ("look for mistakes in case files", lint.add_arguments, lint.run),
    "selftest": ("spoil answers and watch the metrics", selftest.add_arguments, selftest.run),
    "traps": ("make cases with known truth from the corpus", traps.add_arguments, traps.run),
    "bench": ("measure a part on a public data set", bench.add_arguments, bench.run),
    "calibrate": (
        "measure the faithfulness scorer against people",
        calibrating.add_arguments,
        calibrating.run,
    ),
    "check": ("hold a run to thresholds", baseline.add_arguments, baseline.run),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code 0: done; 1: a threshold was missed; 2: it could not be done."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (text, add_arguments, _) in COMMANDS.items():
        add_arguments(commands.add_parser(name, help=text, description=text))
    args = parser.parse_args(argv)
    try:
        return COMMANDS[args.command][2](args)
    except AssistantError as error:
        print(error.localized("en"), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe has seen enough; all files are written
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READER_GONE
    except KeyboardInterrupt:
        print("\nstopped; run the same command with the same --out to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
