"""Benchmark ``formats``: does the same law give the same sections, whatever format it comes in?

A sample of laws is rendered (`rendering`) and read back; the plain text's sections, each with its path and
its words, are the measure. Differences in spaces do not count: no format keeps them.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from assistant.ingest.outline import outline
from assistant.ingest.readers import read
from eval.law_texts import Law, laws
from eval.rendering import renderings

_EVERY = 8  # one law in eight: forty of the 326, of every length and level


def measure(data: Path) -> dict[str, float]:
    """For each rendering the share of sections that are the same; ``same`` is the share over all."""
    sample = laws(data)[::_EVERY]
    count: Counter[str] = Counter()
    for law in sample:
        expected = sections(Path("law.txt"), law.text().encode())
        for name, file, raw in renderings(law):
            found = sections(Path(file), raw)
            count[name] += sum((expected & found).values())
            count[f"{name} all"] += max(sum(expected.values()), sum(found.values()))
    names = [name for name in count if f"{name} all" in count]
    shares = {name: count[name] / count[f"{name} all"] for name in names}
    total = sum(count[f"{name} all"] for name in names)
    return {
        "laws": float(len(sample)),
        "sections": total / len(names),
        **shares,
        "same": sum(count[name] for name in names) / total,
    }


def sections(path: Path, raw: bytes) -> Counter[tuple[tuple[str, ...], str]]:
    """The sections of a file: path and words, without spaces."""
    reading = read(path, raw)
    return Counter(
        (tuple(map(_bare, part.path)), _bare(reading.text[part.start : part.end]))
        for part in outline(reading).parts
    )


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def differences(law: Law, name: str) -> tuple[list[object], list[object]]:
    """What a rendering lost and what it made up, to look into a miss."""
    expected = sections(Path("law.txt"), law.text().encode())
    file, raw = next((file, raw) for key, file, raw in renderings(law) if key == name)
    found = sections(Path(file), raw)
    return list((expected - found).elements()), list((found - expected).elements())
