"""Names that must not be swapped: public bodies, places, who acts, at which level.

One thing has one key, whatever it is called and in whichever language; the table lies beside the code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from assistant.language.fold import aligned

NameKind = Literal["body", "place", "actor", "level"]


@dataclass(frozen=True, slots=True)
class Name:
    """``text[start:end]`` names the thing ``key`` stands for."""

    kind: NameKind
    key: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[Name, ...]:
    """The names in ``text`` in reading order; the longest wins, none overlap."""
    pattern, things = _table()
    found = []
    for match in pattern.finditer(aligned(text)):
        written = match.group() if match.group() in things else match.group().removesuffix("s")
        kind, key, abbreviated = things[written]
        if (
            not abbreviated or text[match.start() : match.end()].isupper()
        ):  # MOST is a ministry, "most" is not
            found.append(Name(kind, key, match.start(), match.end()))
    return tuple(found)


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[NameKind, str, bool]]]:
    things: dict[str, tuple[NameKind, str, bool]] = {}
    lines = Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        kind, key, *others = line.split("|")
        for name in (key, *others):
            things[aligned(name)] = (kind, key, name.isascii() and name.isupper())  # type: ignore[assignment]
    longest = sorted(things, key=len, reverse=True)
    ways = [rf"\b{re.escape(name)}s?\b" if name.isascii() else re.escape(name) for name in longest]
    return re.compile("|".join(ways)), things
