"""Which list of the evidence answers a question for conditions, steps or members: the whole of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile

from assistant.answering.fitting import Scored
from assistant.answering.reading import Part
from assistant.answering.standing import is_gap
from assistant.answering.units import Unit
from assistant.language.tokens import terms

_Key = tuple[str, tuple[str, ...]]
#: Another list under a heading alike is given too where it fits this well beside the best.
_AS_GOOD = 0.7
_PUNCTUATION = re.compile(r"[\W_]+")


#: A list must fit this well beside the best unit; the higher where that one lists things itself.
_FITS, _FITS_AS_WELL = 0.55, 0.8
_LISTS = re.compile(r"、[^、。；]+(?:、|或者?|和|以及)|(?:,[^,.;]+){2,}")


def best_list(part: Part, ranked: Sequence[Scored], best: Scored) -> tuple[Unit, ...]:
    """The list whose items fit best together; empty where none fits near as well as the ``best`` unit.

    Lists of one text whose headings the question names side by side ("A类和B类") are given together. A list
    that its heading or its opening words announce as what was asked for goes before a chance gathering of
    sentences.
    """
    groups: dict[_Key, list[Scored]] = defaultdict(list)
    for scored in ranked:
        groups[scored.unit.group].append(scored)
    fitting: dict[_Key, float] = {}
    for key, found in groups.items():
        own = [s for s in found if not s.unit.introduces and not is_gap(s.unit)]
        if len(own) < 2:
            continue
        middle = own[: max(2, len(own) // 2)]
        fitting[key] = sum(s.score for s in middle) / len(middle)
        if any(s.unit.introduces for s in found):
            fitting[key] = 1.15 * max(fitting[key], *(s.score for s in found if s.unit.introduces))
    if not fitting:
        return ()
    key, score = max(fitting.items(), key=lambda pair: pair[1])
    apart = best.unit.group != key and _LISTS.search(best.unit.text) is not None
    if score < (_FITS_AS_WELL if apart else _FITS) * best.score:
        return ()
    keys = [key, *(k for k, fit in fitting.items() if _beside(part, key, k, fit / score))]
    items = [s.unit for k in keys for s in groups[k] if not is_gap(s.unit)]
    return tuple(sorted(items, key=lambda u: u.place))


def _beside(part: Part, best: _Key, other: _Key, fit: float) -> bool:
    """Is the ``other`` list of the same text meant too, which fits ``fit`` times as well as the ``best``?

    It is where the question names both, and where both headings say in one word what is asked for: 主要目标
    and 其他目标.
    """
    if other == best or other[0] != best[0]:
        return False
    named = [_is_named(part, own) for own in _apart(" ".join(best[1]), " ".join(other[1]))]
    if any(named):
        return all(named)
    shared = {*terms(best[1][-1])} & {*terms(other[1][-1])} if best[1] and other[1] else set()
    return fit >= _AS_GOOD and any(len(term) > 1 and term in terms(part.text) for term in shared)


def _is_named(part: Part, words: str) -> bool:
    plain = _PUNCTUATION.sub("", words).casefold()
    return len(plain) > 1 and plain in _PUNCTUATION.sub("", part.text).casefold()


def _apart(one: str, two: str) -> tuple[str, str]:
    """What tells two headings apart: A类 and B类 of A类人员条件 and B类人员条件."""
    before = _alike(one, two)
    after = _alike(one[before:][::-1], two[before:][::-1])
    first, second = (text[before : max(before + 2, len(text) - after)] for text in (one, two))
    return first, second


def _alike(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))
