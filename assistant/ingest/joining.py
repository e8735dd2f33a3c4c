"""Joins lines that were broken at the margin, so that a paragraph is one line again.

A line belongs to the next one when it fills the width that the text was set in and does not end a
sentence, or when the next line plainly goes on. Used for hard-wrapped text and for PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingest.labels import label_of

_ENDS = re.compile(r"[。！？；：!?;:][”’」』）)】]*$|\.[\"')]*$")
_MIN_LINES = 8
_FULL = 0.9  # of the usual width


def width(line: str) -> int:
    """Columns that ``line`` takes, two for a Chinese character: as many as it has bytes in GB18030."""
    return len(line.encode("gbk", "replace"))


def set_width(lines: Sequence[str]) -> int | None:
    """The width the lines were broken at, or None when each line is a paragraph of its own.

    Broken text has many lines of nearly the same, greatest width that stop in mid-sentence.
    """
    widths = sorted(width(line.strip()) for line in lines if line.strip())
    if len(widths) < _MIN_LINES:
        return None
    widest = widths[int(len(widths) * 0.95)]
    if not 30 <= widest <= 140:
        return None
    full = [line for line in lines if width(line.strip()) >= _FULL * widest]
    broken = [line for line in full if not _ENDS.search(line.strip())]
    return widest if len(full) >= len(widths) * 0.4 and len(broken) >= len(full) * 0.6 else None


def joined(lines: Sequence[str]) -> list[str]:
    """The paragraphs in ``lines``; unbroken text comes back as it is."""
    limit = set_width(lines)
    if limit is None:
        return list(lines)
    found: list[str] = []
    goes_on = False
    for line in lines:
        text = line.strip()
        if not text:
            goes_on = False
            continue
        indented = bool(re.match(r"[\u3000 \t]{2,}", line))
        if goes_on and found and not indented and not _begins(text):
            found[-1] = join(found[-1], text)
        else:
            found.append(text)
        goes_on = width(text) >= _FULL * limit and not _ENDS.search(text)
    return found


def join(first: str, second: str) -> str:
    """Two parts of a paragraph: no space between Chinese characters, a broken English word made whole."""
    if re.search(r"[A-Za-z]-$", first) and second[:1].islower():
        return first[:-1] + second
    wide = first[-1] >= "\u2e80" or second[0] >= "\u2e80"
    return first + ("" if wide else " ") + second


def _begins(text: str) -> bool:
    """Whether a line opens with numbering that is no reference."""
    label = label_of(text)
    return label is not None and not label.doubtful
