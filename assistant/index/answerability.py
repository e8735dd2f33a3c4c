"""Do these passages answer this? A score from 0 to 1 that needs no model.

Six signs, a logistic sum (docs/decisions/0045). They tell well whether a question is about the corpus at all,
fairly whether the sources say themselves that they lack it, and only weakly whether one fact is missing from
a text that is about the right thing: that is for the composers to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import exp

from assistant.domain import Passage
from assistant.language.detect import detect
from assistant.language.fold import fold
from assistant.language.lacking import says_lacking
from assistant.language.sentences import sentences
from assistant.language.tokens import terms, without_boilerplate

_READ, _CLOSELY, _VERY_CLOSELY = 10, 5, 3  # passages, from the first
_LONG = 8  # characters of a stretch that counts full
_MANY = 3  # names of this field in one question
_STRETCH = {"zh": 60, "en": 200}  # characters in which what belongs together is said


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for an answer, each about 0 to 1.

    Shares are of the question's information: its terms, each by its rarity in the corpus.
    """

    covered: float  #: share that the first passage holds, with its title and path
    together: float  #: share that stands close together in one of the first passages
    near: float  #: cosine of the nearest passage
    verbatim: float  #: length of the longest stretch of the question that stands in a passage word for word
    named: float  #: grows with the instruments and terms of this field that the question names, to 1 at three
    lacking: float  #: 1 where the sentence that holds most of the question says that it was not found


#: Fitted as `eval.bench_abstention` says; in the order of `Signs`.
_BIAS, _WEIGHTS = -2.75, Signs(1.0, 1.1, 2.3, 0.2, 0.8, -1.2)


def answerability(signs: Signs | None) -> float:
    """The logistic sum of ``signs``; 0 where nothing was found."""
    if signs is None:
        return 0.0
    total = sum(w * s for w, s in zip(astuple(_WEIGHTS), astuple(signs), strict=True))
    return 1 / (1 + exp(-(_BIAS + total)))


def signs(
    question: str, passages: Sequence[Passage], rarity: Mapping[str, float], cosine: float, *, named: int
) -> Signs | None:
    """The signs in ``passages``, None where there are none.

    ``rarity`` weighs the question's terms, ``cosine`` is that of the nearest passage, ``named``
    how many instruments and terms of this field the question names.
    """
    if not passages:
        return None
    informative = _Question(question, rarity)
    first = passages[0]
    return Signs(
        covered=informative.share(f"{_heading(first)}\n{first.chunk.text}"),
        together=max(informative.densest(passage.chunk.text) for passage in passages[:_CLOSELY]),
        near=cosine,
        verbatim=max(_longest_run(question, p.chunk.text) for p in passages[:_VERY_CLOSELY]) / _LONG,
        named=(1 + min(named, _MANY)) / (1 + _MANY) if named else 0.0,
        lacking=float(informative.lacking(passages[:_READ])),
    )


def telling_terms(question: str) -> set[str]:
    """The terms of the question that say what it is about."""
    return set(terms(without_boilerplate(question)))


@dataclass(frozen=True, slots=True)
class _Question:
    """A question's terms and how much each tells."""

    text: str
    rarity: Mapping[str, float]

    def share(self, text: str) -> float:
        """How much of what the question says stands in ``text``."""
        held = set(terms(text))
        return sum(weight for term, weight in self.rarity.items() if term in held) / self._all

    @property
    def _all(self) -> float:
        return sum(self.rarity.values()) or 1.0

    def densest(self, text: str) -> float:
        """The largest share that begins within one stretch of ``text``."""
        folded, size = fold(text), _STRETCH[detect(text)]
        places = sorted((place, term) for term in self.rarity for place in _places(term, folded))
        held: Counter[str] = Counter()
        best = total = 0.0
        left = 0
        for place, term in places:
            held[term] += 1
            total += self.rarity[term] if held[term] == 1 else 0.0
            while places[left][0] < place - size:
                gone = places[left][1]
                held[gone] -= 1
                total -= self.rarity[gone] if not held[gone] else 0.0
                left += 1
            best = max(best, total)
        return best / self._all

    def lacking(self, passages: Sequence[Passage]) -> bool:
        """Does the sentence that holds most of the question say that something was not found?"""
        said = [
            (passage, sentence.text, says_lacking(sentence.text, (passage.chunk.path or ("",))[-1]))
            for passage in passages
            for sentence in sentences(passage.chunk.text)
        ]
        if not any(lacks for _, _, lacks in said):
            return False
        best = {True: 0.0, False: 0.0}
        for passage, text, lacks in said:
            best[lacks] = max(best[lacks], self.share(f"{_heading(passage)}\n{text}"))
        return best[True] > best[False]


def _places(sought: str, text: str) -> Iterator[int]:
    place = text.find(sought)
    while place >= 0:
        yield place
        place = text.find(sought, place + 1)


def _heading(passage: Passage) -> str:
    chunk = passage.chunk
    return "\n".join((passage.instrument.title(chunk.language), *chunk.path))


def _longest_run(question: str, text: str) -> int:
    """Length of the longest stretch of the question that stands in ``text``, spaces and marks aside."""
    sought, held = (re.sub(r"\W", "", fold(part)) for part in (without_boilerplate(question), text))
    longest = 0
    for start in range(len(sought)):
        while start + longest < len(sought) and sought[start : start + longest + 1] in held:
            longest += 1
    return longest
