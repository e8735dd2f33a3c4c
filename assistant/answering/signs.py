"""The words by which questions and clauses show what they are, read from ``signs.yaml`` once.

A sign is a set of regular expressions in both languages under one name; code asks whether it is there and
never what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from assistant.yaml_text import read_yaml


@cache
def _all() -> Mapping[str, re.Pattern[str]]:
    data = read_yaml((Path(__file__).parent / "signs.yaml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join([*words.get("zh", ()), *words.get("en", ())]), re.IGNORECASE)
        for name, words in data.items()
    }


def sign(name: str) -> re.Pattern[str]:
    """The sign called ``name``; `KeyError` where there is none."""
    return _all()[name]


def signs(group: str) -> dict[str, re.Pattern[str]]:
    """Every sign of a group by the rest of its name: ``signs("want")["list"]``."""
    return {name.partition(".")[2]: found for name, found in _all().items() if name.startswith(f"{group}.")}
