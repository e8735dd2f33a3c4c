"""``python -m eval``: run suites, and everything one does with runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from assistant.errors import AssistantError
from eval import baseline, compare, run

_Command = tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]
COMMANDS: dict[str, _Command] = {
    "run": ("ask a suite, score it, report", run.add_arguments, run.run),
    "score": ("score the answers of a run again", run.add_score_arguments, run.score),
    "compare": ("is run B better than run A?", compare.add_arguments, compare.run),
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
    except KeyboardInterrupt:
        print("\nstopped; run the same command with the same --out to go on", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
