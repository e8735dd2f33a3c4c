"""Command-line options that become domain objects."""

from __future__ import annotations

import argparse
from datetime import date

from assistant.domain import Filters, Level
from assistant.errors import SettingsError


def filters(args: argparse.Namespace) -> Filters:
    """The search filters named on the command line. Raises `SettingsError` for a date that is none."""
    if args.as_of:
        try:
            date.fromisoformat(args.as_of)
        except ValueError as error:
            raise SettingsError(
                zh=f"--as-of {args.as_of} 不是日期。",
                en=f"--as-of {args.as_of} is not a date.",
                hint_zh="请写成 2026-11-23 这样的形式。",
                hint_en="Write it like 2026-11-23.",
            ) from error
    return Filters(
        as_of=args.as_of,
        levels=tuple(Level(level) for level in args.level or ()),
        instruments=tuple(args.instrument or ()),
        include_superseded=args.include_superseded,
    )
