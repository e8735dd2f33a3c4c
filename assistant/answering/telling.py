"""All that the asker told over a conversation, where a later figure takes the place of an earlier one.

"去年总收入3000万" and then "8000万的呢" are two cases of one fact; two values of one fact must never meet in
a sum. Figures of different years are different facts and stand beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain

from assistant.answering.figures import Figure, comparable, figures, things
from assistant.answering.reading import is_bare
from assistant.domain import Language
from assistant.language.quantities import quantities
from assistant.language.quantity import Quantity

_YEAR = re.compile(
    r"(?:19|20)\d\d|[去今前明上本当]年|\b(?:last|this|next|prior|previous) year\b|\byear before\b",
    re.IGNORECASE,
)
#: The text a follow-up is about, put before it when it was spelled out.
_SPELLED_OUT = re.compile(r"^(?:关于《[^》]*》：|About [^:]*: )")
_BETWEEN = " 。"


def told(turns: Iterable[str], language: Language) -> str:
    """What ``turns`` tell (oldest first) as one text without figures that were told anew.

    A bare figure ("9000万呢？") is put in the place of the one that it can be of the nearest turn that has
    any; where it can be several, neither it nor they count.
    """
    kept: list[str] = []
    for turn in turns:
        new = [f for f in figures(turn) if not f.claimed]
        only = new[0] if len(new) == 1 and _is_bare(turn, new[0], language) else None
        if only is not None:
            turn = _put(kept, turn, only)
        else:
            kept = [_without(text, [e for e in _own(text) if any(_anew(e, f) for f in new)]) for text in kept]
        kept.append(turn)
    return _BETWEEN.join(kept)


def _put(kept: list[str], turn: str, only: Figure) -> str:
    """Put a bare figure where it belongs in ``kept``; what is left of its own turn."""
    for index in range(len(kept) - 1, -1, -1):
        fitting = [f for f in _own(kept[index]) if comparable(f.quantity, only.quantity)]
        fitting = [f for f in fitting if only.things <= f.things] or fitting
        if fitting:
            instead = only.text if len(fitting) == 1 else ""
            kept[index] = _without(kept[index], fitting, instead)
            return _without(turn, [only])
    return turn


def _own(text: str) -> list[Figure]:
    return [f for f in figures(text) if not f.claimed]


def _is_bare(turn: str, figure: Figure, language: Language) -> bool:
    """Does a turn tell a figure and no more?"""
    rest = _without(_SPELLED_OUT.sub("", turn), [figure])
    return not (_YEAR.search(turn) or things(rest) or quantities(rest)) and is_bare(rest, language)


def _anew(earlier: Figure, later: Figure) -> bool:
    """Is ``later`` another value of the very fact that ``earlier`` told?"""
    same = bool(later.things) and earlier.things == later.things
    years = set(_YEAR.findall(earlier.about)), set(_YEAR.findall(later.about))
    return same and comparable(earlier.quantity, later.quantity) and (years[0] == years[1] or not all(years))


def _without(text: str, left_out: Sequence[Figure], instead: str = "") -> str:
    """``text`` without some of its figures, or with another in their place."""
    for start, end in sorted(chain.from_iterable(_places(text, f.quantity) for f in left_out), reverse=True):
        text = f"{text[:start]}{instead}{text[end:]}"
    return text


def _places(text: str, quantity: Quantity) -> list[tuple[int, int]]:
    """Where a figure stands in the whole text; its own places are those in its segment."""
    return [(q.start, q.end) for q in quantities(text) if q.text == quantity.text]
