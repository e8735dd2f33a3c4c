"""Headings such as 一、 or 附则 that stand above articles: they do there what 章 and 节 do elsewhere.

Judicial interpretations and many local rules are built so. What tells such a heading from the last item of a
list is that an article follows it directly and that articles stand between it and the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ingest.labels import Label, Rank
from assistant.ingest.lines import Line

_ABOVE = {Rank.CLAUSE: Rank.CHAPTER, Rank.CLAUSE_ITEM: Rank.SECTION}
_SENTENCE = re.compile(r"[。；;：:，,]$")
_UNNUMBERED = re.compile(r"(?:总|附|罚)\s*则|序\s*言|前\s*言")
_LONGEST = 45


def with_chapters(lines: list[Line]) -> list[Line]:
    """The lines, those headings labelled as chapters and sections."""
    found = list(lines)
    below: Rank | None = None  # of the next line
    for i in range(len(lines) - 1, -1, -1):
        line = found[i]
        label = line.label
        below, above_articles = None, below in (Rank.ARTICLE, Rank.SECTION)
        if label is not None:
            if above_articles and label.rank in _ABOVE and _is_heading(lines, i):
                label = replace(label, rank=_ABOVE[label.rank])
                found[i] = replace(line, label=label)
            below = label.rank
        elif above_articles and _UNNUMBERED.fullmatch(line.text):
            found[i] = replace(line, label=Label(Rank.CHAPTER, (0,), "", 0, True, "zh"))
            below = Rank.CHAPTER
    return found


def _is_heading(lines: Sequence[Line], i: int) -> bool:
    """Whether the line is short, no sentence, and no item: the one before it is articles away."""
    line = lines[i]
    if line.label is None or len(line.text) > _LONGEST or _SENTENCE.search(line.text):
        return False
    if i and lines[i - 1].text.endswith(("：", ":")):
        return False
    for j in range(i - 1, -1, -1):
        before = lines[j].label
        if before is not None and before.rank is Rank.ARTICLE:
            return True
        if before is not None and before.rank is line.label.rank:
            return False
    return line.label.number == (1,)
