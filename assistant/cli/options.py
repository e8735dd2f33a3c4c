"""Command-line options that become domain objects."""

from __future__ import annotations

import argparse
from datetime import date
from difflib import get_close_matches

from assistant.domain import Filters, Level
from assistant.errors import SettingsError
from assistant.ports import Library


def filters(args: argparse.Namespace, library: Library) -> Filters:
    """The search filters named on the command line. Raises `SettingsError` for what is none."""
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
    held = [instrument.id for instrument in library.instruments()]
    for name in args.instrument or ():
        if name not in held:
            near = get_close_matches(name, held, 5) or held[:5]
            raise SettingsError(
                zh=f"没有收录 id 为 {name} 的文件。",
                en=f"No document with the id {name} is held.",
                hint_zh=f"相近的有：{'、'.join(near)}。",
                hint_en=f"The nearest are: {', '.join(near)}.",
            )
    return Filters(
        as_of=args.as_of,
        levels=tuple(Level(level) for level in args.level or ()),
        instruments=tuple(args.instrument or ()),
        include_superseded=args.include_superseded,
    )
