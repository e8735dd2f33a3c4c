"""Does a section of a document answer to a reference such as ``Art. 11(5)``, ``goals`` or ``(一)``?

References are language-free; headings are Chinese or English. A reference is compared with the numbering
of the headings on a section's path, and for ``cond. 3`` also with the numbered items of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "condition", "paragraph", "item", "goals"]

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_CJK = "零一二三四五六七八九十百"
_GOALS = re.compile(r"目标|\bgoals?\b|\btargets?\b|\bobjectives?\b", re.IGNORECASE)
_CONDITIONS = re.compile(r"条件|标准|要求|\bconditions?\b|\brequirements?\b|\bcriteria\b", re.IGNORECASE)
_HEADING: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("article", re.compile(rf"^第([{_CJK}\d]+)条")),
    ("article", re.compile(r"^(?:art(?:icle)?s?\.?)\s*(\d+)", re.IGNORECASE)),
    ("paragraph", re.compile(rf"^[（(]([{_CJK}]+)[)）]")),
    ("item", re.compile(r"^[（(]?(\d+)(?:[.、．)）]|\s|$)")),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One numbered place, e.g. article 11; ``goals`` has number 0."""

    kind: Kind
    number: int


def parse(ref: str) -> frozenset[Reference]:
    """The places that ``ref`` names; empty when it cannot be read.

    ``Art. 92-94`` names three articles; what stands in brackets after an article is left to the article.
    """
    ref = ref.strip()
    if ref.lower() in ("goals", "targets"):
        return frozenset({Reference("goals", 0)})
    if paragraph := re.fullmatch(rf"[（(]([{_CJK}]+)[)）]", ref):
        return frozenset({Reference("paragraph", number(paragraph.group(1)))})
    match = re.match(r"(art|cond|item)s?\.?\s*(?=\d)|(?=\d)", ref, re.IGNORECASE)
    if match is None:
        return frozenset()
    kinds: dict[str, Kind] = {"art": "article", "cond": "condition"}
    kind = kinds.get((match.group(1) or "").lower(), "item")
    rest = re.sub(r"\([^)]*\)", "", ref[match.end() :])
    return frozenset(Reference(kind, n) for n in _ranges(rest))


def matches(references: Iterable[Reference], path: Sequence[str], text: str = "") -> bool:
    """Does a section with this heading ``path`` (and text) hold one of the places?"""
    return any(_holds(reference, path, text) for reference in references)


def _holds(reference: Reference, path: Sequence[str], text: str) -> bool:
    if reference.kind == "goals":
        return any(_GOALS.search(heading) for heading in path[1:] or path)
    if reference.kind == "condition":
        listed = re.search(rf"^\s*(?:[（(]?{reference.number}[.、．)）])", text, re.MULTILINE)
        return bool(listed) and any(_CONDITIONS.search(heading) for heading in path)
    return any(
        kind == reference.kind
        and (found := pattern.match(heading.strip())) is not None
        and number(found.group(1)) == reference.number
        for heading in path
        for kind, pattern in _HEADING
    )


def number(numeral: str) -> int:
    """A numeral up to 999 in digits or Chinese characters; 0 when it is none."""
    if numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return 0
    return total + digit


def _ranges(text: str) -> Iterable[int]:
    for low, high in re.findall(r"(\d+)(?:\s*[-–—]\s*(\d+))?", text):
        yield from range(int(low), int(high or low) + 1)
