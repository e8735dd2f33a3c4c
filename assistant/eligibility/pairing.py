"""Which words a figure belongs to: "营收1200万元", "480名员工", "12 full-time staff", "R&D is 5.2% of sales".

Every figure is paired with the nearest words that can be measured in its unit. Knows nothing of what the
words mean; `fits` tells which of them go with a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.eligibility.mentions import Mention
from assistant.language.quantity import Quantity

#: Farther apart than this, in characters of Chinese, nothing is paired.
_FARTHEST = 16.0
_ENGLISH_WORD = 1.6
_COMMA_BEFORE_FIGURE, _REUSED = 4.0, 3.0
_AND = 3.0
_UNWANTED = 12.0
_WORDS = re.compile(r"[a-z&'/-]+|\d[\d,.]*%?|[\u3400-\u9fff]")
_COMMA = re.compile(r"[，,、：:](?!\d{3}(?!\d))|——|\(|（")
_JOINS = re.compile(r"\band\b|\bof which\b|\bof whom\b|\bbut\b|而|但|及|和")
_RESPECTIVELY = re.compile(r"分别[是为有]?|\brespectively\b")
_COUNTED = ("count", "number", "percent")


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure (by index) with the words it belongs to and the attributes they may mean."""

    quantity: int
    mention: Mention
    attributes: tuple[str, ...]
    cost: float


Fits = Callable[[Mention, Quantity], tuple[str, ...]]


def pairs(
    text: str,
    found: Sequence[Quantity],
    mentions: Sequence[Mention],
    fits: Fits,
    wanted: Callable[[tuple[str, ...]], bool] = lambda _: True,
) -> list[Pair]:
    """At most one pair per figure, in reading order; words serve a second figure only for another attribute.

    Words for attributes that are not ``wanted`` yield to others that stand a little farther.
    """
    respective = _respective(text, found, mentions, fits)
    if respective is not None:
        return respective
    options: list[Pair] = []
    for index, quantity in enumerate(found):
        for mention in mentions:
            attributes = fits(mention, quantity)
            cost = _cost(text, quantity, mention) if attributes else None
            if cost is not None and cost <= _FARTHEST:
                options.append(
                    Pair(index, mention, attributes, cost + (0 if wanted(attributes) else _UNWANTED))
                )
    options.sort(key=lambda p: (p.cost, p.quantity))
    taken: dict[int, Pair] = {}
    used: dict[Mention, list[tuple[str, ...]]] = {}
    while options:
        pair = options.pop(0)
        if pair.quantity in taken:
            continue
        earlier = used.get(pair.mention, [])
        left = tuple(a for a in pair.attributes if all(a not in names for names in earlier))
        if not left:
            continue
        if earlier and (left != pair.attributes or pair.cost + _REUSED > _FARTHEST):
            continue
        taken[pair.quantity] = Pair(pair.quantity, pair.mention, left, pair.cost)
        used.setdefault(pair.mention, []).append(left)
    return sorted(taken.values(), key=lambda p: p.quantity)


def _respective(
    text: str, found: Sequence[Quantity], mentions: Sequence[Mention], fits: Fits
) -> list[Pair] | None:
    """ "营收和研发分别为8000万和500万": in order, where there are as many figures as names; else nothing."""
    match = _RESPECTIVELY.search(text)
    if match is None:
        return None
    english = match.group()[0].isascii()
    edge = len(text) if english else match.start()
    named = [m for m in mentions if m.end <= edge][: len(found)]
    told = [i for i, q in enumerate(found) if english or q.start >= match.end()]
    if len(named) != len(told) or len(told) < 2:
        return []
    return [
        Pair(index, mention, attributes, 0.0)
        for index, mention in zip(told, named, strict=True)
        if (attributes := fits(mention, found[index]))
    ]


def _cost(text: str, quantity: Quantity, mention: Mention) -> float | None:
    """How far figure and words stand apart; None where they overlap."""
    if mention.end <= quantity.start:
        between = text[mention.end : quantity.start]
        return _length(between) + _COMMA_BEFORE_FIGURE * len(_COMMA.findall(between)) + _joins(between)
    if quantity.end <= mention.start:
        between = text[quantity.end : mention.start]
        if _COMMA.search(between):  # "sales of 600 million, R&D of 19": what follows names the next figure
            return None
        cost = _length(between) + 2 * _joins(between)
        # "480名员工", "12 full-time staff": the counted thing follows at once
        at_once = quantity.kind in _COUNTED and cost <= 2 * _ENGLISH_WORD
        return cost * 0.5 if at_once else cost + 2.0
    # the unit itself may name what is measured (3,200平方米), the words may enclose the figure
    inside = quantity.start <= mention.start and mention.end <= quantity.end
    around = mention.start <= quantity.start and quantity.end <= mention.end
    return 0.0 if inside or around else None


def _joins(between: str) -> float:
    return _AND * len(_JOINS.findall(between))


def _length(between: str) -> float:
    return sum(_ENGLISH_WORD if word[0].isascii() else 1.0 for word in _WORDS.findall(between))
