"""Do these passages answer this question? A score from 0 to 1 that needs no model.

Four signs: how much of the question's information (by rarity of its terms) the best passage holds, how near
the nearest vector is, how long a stretch of the question stands word for word in the first passages, and
whether the question names something of this domain. The weights are a logistic fit over four kinds of
question together: answerable and strange ones on the demo corpus, RGB's negatives, STARD with its gold
removed; each kind left out in turn changed little (docs/benchmarks-retrieval.md). The signs tell well
whether a question is about the corpus at all, and only weakly whether a fact is missing from a text that
is about the right thing: that is for the composers to see.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp

from assistant.domain import Passage
from assistant.language.fold import fold
from assistant.language.tokens import terms, without_boilerplate

_BIAS, _COVERED, _NEAR, _VERBATIM, _NAMED = -3.0, 0.9, 2.0, 0.9, 0.85
_LOOKED_AT, _READ = 10, 3
_LONG = 8  # characters of a stretch that counts full


def answerability(
    question: str, passages: Sequence[Passage], rarity: Mapping[str, float], cosine: float, *, named: bool
) -> float:
    """``rarity`` weighs the question's terms, ``cosine`` is that of the nearest passage."""
    if not passages:
        return 0.0
    covered = max(_covered(passage, rarity) for passage in passages[:_LOOKED_AT])
    verbatim = max(_longest_run(question, passage.chunk.text) for passage in passages[:_READ]) / _LONG
    signs = _COVERED * covered + _NEAR * cosine + _VERBATIM * verbatim + _NAMED * named
    return 1 / (1 + exp(-(_BIAS + signs)))


def telling_terms(question: str) -> set[str]:
    """The terms of the question that say what it is about."""
    return set(terms(without_boilerplate(question)))


def _covered(passage: Passage, rarity: Mapping[str, float]) -> float:
    chunk = passage.chunk
    title = passage.instrument.title(chunk.language)
    held = set(terms("\n".join((title, *chunk.path, chunk.text))))
    return sum(rarity[term] for term in rarity if term in held) / (sum(rarity.values()) or 1.0)


def _longest_run(question: str, text: str) -> int:
    """Length of the longest stretch of the question that stands in ``text``, spaces and marks aside."""
    sought, held = (re.sub(r"\W", "", fold(part)) for part in (without_boilerplate(question), text))
    longest = 0
    for start in range(len(sought)):
        while start + longest < len(sought) and sought[start : start + longest + 1] in held:
            longest += 1
    return longest
