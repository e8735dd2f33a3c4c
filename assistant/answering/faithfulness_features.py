"""What can be counted about one sentence and its basis, by name.

Every feature grows with the risk that the sentence is not supported, save those that `RELIEF` names. Words
weigh by how much they tell (inverse document frequency); a window is three neighbouring sentences.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from assistant.answering.faithfulness_basis import Basis
from assistant.answering.faithfulness_words import content, roots, weight, without_labels
from assistant.language.cues import about_the_sources, cues, opposites
from assistant.language.quantities import quantities
from assistant.language.tokens import stem

RELIEF = ("about_sources", "length", "hedge", "plain")
_PASSAGE = re.compile(
    r"(?:passages?|sources?|documents?)\s+(\d{1,2})(?:(?:,|\s+and|,\s+and)\s+(\d{1,2}))?", re.IGNORECASE
)
_CAPITALISED = re.compile(r"(?<=[a-z,] )(?:[\"“'(])?([A-Z][a-zA-Z]+)")
_EXPANSION = re.compile(r"(?:\b[A-Z][a-z]+\b(?: (?:of|and|for|the))? ?){2,6}")
_PLAIN = re.compile(
    r"有|存在|需要|应该|重要|重视|属于|相关|关系|\b(?:there (?:is|are)|exists?|matters?|important|related)\b"
)
_CODE = re.compile(r"(?<![A-Za-z\d])(?=[A-Z\d-]*[A-Z])(?=[A-Z\d-]*\d)[A-Z\d-]{2,}(?![A-Za-z\d])")


class Features(NamedTuple):
    """Counts of one sentence; the order is the order of the model's weights."""

    novel: float  # share of what the words tell that stands nowhere in the contexts
    novel_mass: float  # the same, not divided by the sentence's own weight
    strange: float  # the same share, other forms of known words forgiven
    strange_mass: float
    strange_run: float  # the heaviest run of strange words
    gap: float  # share missing from the best window
    gap_mass: float
    loose: float  # share of words that never stand beside their neighbours in the contexts
    loose_mass: float
    loose_run: float
    figures: float  # quantities and codes that the contexts do not have
    names: float  # capitalised names that the contexts do not have
    misattributed: float  # the passage it names has less of it than another
    denial: float  # it denies and the window does not, or the other way round
    absolute: float  # all, only, must, where the window does not say so
    opposite: float  # a word whose opposite stands in the window
    about_sources: float  # it speaks of what the sources do not say
    hedge: float  # perhaps, some, in principle
    plain: float  # it says little: that something is, is needed, matters
    length: float  # logarithm of the number of content words


def features(sentence: str, basis: Basis) -> Features | None:
    """The features of a sentence; None where it has no content."""
    words = content(sentence)
    new_figures = _new_figures(sentence, basis)
    if not words and not new_figures:
        return None
    weights = [weight(word) for word in words]
    total = sum(weights) or 1.0
    explained = _spelled_out(sentence, basis)
    novelty = [0.0 if word in explained else basis.novelty(word) for word in words]
    parts = roots(words)
    part_weights = [weight(part) for part in parts]
    strangeness = [0.0 if part in explained else basis.strangeness(part) for part in parts]
    novel = sum(w * n for w, n in zip(weights, novelty, strict=True))
    strange = sum(w * n for w, n in zip(part_weights, strangeness, strict=True))
    best, start = basis.best_window(list(dict.fromkeys(words)))
    distinct = sum(weight(word) for word in dict.fromkeys(words)) or 1.0
    linked = _linked(words, basis)
    loose = sum(w for w, hit in zip(weights, linked, strict=True) if not hit)
    window = basis.window_text(start)
    denial, absolute, hedge = _cues(sentence, window)
    return Features(
        novel=novel / total,
        novel_mass=novel,
        strange=strange / (sum(part_weights) or 1.0),
        strange_mass=strange,
        strange_run=_heaviest_run(part_weights, [n > 0.4 for n in strangeness]),
        gap=1 - best / distinct,
        gap_mass=distinct - best,
        loose=loose / total,
        loose_mass=loose,
        loose_run=_heaviest_run(weights, [not hit for hit in linked]),
        figures=min(2, new_figures),
        names=min(3, _new_names(sentence, basis)),
        misattributed=_misattributed(sentence, words, weights, basis),
        denial=denial,
        absolute=absolute,
        opposite=float(bool(opposites(sentence, window))),
        about_sources=float(about_the_sources(sentence)),
        hedge=hedge,
        plain=min(3.0, len(_PLAIN.findall(sentence))),
        length=math.log1p(len(words)),
    )


def _spelled_out(sentence: str, basis: Basis) -> set[str]:
    """The words of names whose abbreviation stands in the contexts."""
    return {
        stem(word.lower())
        for match in _EXPANSION.finditer(sentence)
        if "".join(part[0] for part in match.group().split() if part[0].isupper()) in basis.abbreviations
        for word in match.group().split()
    }


def _linked(words: Sequence[str], basis: Basis) -> list[bool]:
    """Which words have a neighbour that is also their neighbour in the contexts."""
    linked = [False] * len(words)
    for index, pair in enumerate(pairwise(words)):
        if pair in basis.neighbours:
            linked[index] = linked[index + 1] = True
    if len(words) == 1:
        linked[0] = words[0] in basis.places
    return linked


def _heaviest_run(weights: Sequence[float], flags: Sequence[bool]) -> float:
    heaviest = run = 0.0
    for value, flag in zip(weights, flags, strict=True):
        run = run + value if flag else 0.0
        heaviest = max(heaviest, run)
    return heaviest


def _new_figures(sentence: str, basis: Basis) -> int:
    text = without_labels(sentence)
    new = sum(not any(q.agrees(known) for known in basis.quantities) for q in quantities(text))
    return new + sum(code.lower() not in basis.folded for code in _CODE.findall(text))


def _new_names(sentence: str, basis: Basis) -> int:
    found = _CAPITALISED.findall(without_labels(sentence))
    return sum(
        bool(content(n)) and n.lower() not in basis.latin and stem(n.lower()) not in basis.places
        for n in found
    )


def _misattributed(sentence: str, words: Sequence[str], weights: Sequence[float], basis: Basis) -> float:
    """How much less the passage that the sentence names has of it than the best passage."""
    named = {int(n) - 1 for match in _PASSAGE.finditer(sentence) for n in match.groups() if n}
    if not named or len(basis.passages) < 2 or not words:
        return 0.0
    total = sum(weights)
    shares = [
        sum(w for word, w in zip(words, weights, strict=True) if word in passage) / total
        for passage in basis.passages
    ]
    return max(shares) - max((shares[index] for index in named if index < len(shares)), default=0.0)


def _cues(sentence: str, window: str) -> tuple[float, float, float]:
    ours, theirs = Counter(cue.kind for cue in cues(sentence)), Counter(cue.kind for cue in cues(window))
    denials, known_denials = ours["not"] + ours["ban"], theirs["not"] + theirs["ban"]
    denial = (denials > known_denials) + (denials > 0 == known_denials)
    absolute = max(0, ours["all"] + ours["only"] - theirs["all"] - theirs["only"])
    return float(denial), float(min(2, absolute)), float(bool(ours["hedge"] + ours["part"] + ours["mostly"]))
