"""Does the sentence name only instruments, bodies, places and codes that its evidence names?

The question and the titles of the cited instruments may be repeated. Names are compared by what they stand
for, so that 科技部 and the Ministry of Science and Technology are one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.grounding_anchors import same_place
from assistant.answering.grounding_marked import Marked, marked
from assistant.domain import Conflict
from assistant.language.fold import aligned
from assistant.language.names import names

_TITLE = re.compile(r"《([^《》]{2,80})》")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]|\s")
_CODE = re.compile(r"(?<![A-Za-z\d])(?=[A-Z\d-]*[A-Z])(?=[A-Z\d-]*\d)[A-Z\d-]{2,}(?![A-Za-z\d])")
_LOCKED = ("body", "place")
_SURE = 0.75


def unknown(claim: str, sources: Sequence[str]) -> tuple[Conflict, ...]:
    """Names of ``claim`` that no source has: titles in 《》, bodies, places, codes such as form numbers."""
    everything = "\n".join(sources)
    flat = _flat(everything)
    found = [Conflict("instrument", title) for title in _TITLE.findall(claim) if not _known(title, flat)]
    there = {name.key for source in sources for name in names(source)}
    found += [
        Conflict(name.kind, claim[name.start : name.end])
        for name in names(claim)
        if name.kind in _LOCKED and name.key not in there
    ]
    folded = aligned(everything)
    found += [Conflict("code", code) for code in _CODE.findall(claim) if aligned(code) not in folded]
    return tuple(dict.fromkeys(found))


def _flat(text: str) -> str:
    return _ASIDE.sub("", aligned(text)).replace("中华人民共和国", "")


def _known(title: str, flat: str) -> bool:
    name = _flat(title)
    return not name or name in flat


def swapped(claim: str, quotes: Sequence[str]) -> tuple[Conflict, ...]:
    """Actors and levels of ``claim`` where the quotes have another one in the same place."""
    ours = marked(claim)
    texts = [marked(quote) for quote in quotes]
    found = []
    for index, word in enumerate(ours.words):
        if not word.startswith("@"):
            continue
        there = _same_place(ours, index, texts)
        if there and word not in there:
            found.append(Conflict("subject", word[1:], tuple(dict.fromkeys(other[1:] for other in there))))
    return tuple(dict.fromkeys(found))


def _same_place(ours: Marked, index: int, texts: Sequence[Marked]) -> list[str]:
    """The actors that stand where the claim's does, over all quotes."""
    scored = [
        (same_place(ours, index, text, place), text.words[place])
        for text in texts
        for place, word in enumerate(text.words)
        if word.startswith("@")
    ]
    best = max((sureness for sureness, _ in scored), default=0.0)
    return [word for sureness, word in scored if sureness >= best - 1e-9] if best >= _SURE else []
