"""Puts the best candidates in the order that a reranker gives them, as far as relevance goes.

The reranker's scores take the place of the fused ones and go through `ranking.rank` like them, so that
structure, law and numbers named in the question count as before. A reranker that fails changes nothing: the
order stays, and a note says so. After a failure it is left alone for a while, so that an endpoint that is
down does not make every question slow.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf, tanh

from assistant.domain import Passage, Query
from assistant.errors import AssistantError
from assistant.index.rerankers import Reranker

#: Candidates that are read: text-embeddings-inference takes no more than 32 texts unless told otherwise.
DEPTH = 32
#: Tokens of the question (its end) and of a passage (its beginning): both fit the 512 of most cross-encoders.
_QUESTION, _PASSAGE = 100, 400
_REST = 30.0  # seconds without the reranker after a failure
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\uffef\U00020000-\U0003ffff]")

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reranked:
    """A score from 0 to 1 for each passage, or None where there is none to be had."""

    scores: tuple[float, ...] | None
    note_zh: str = ""
    note_en: str = ""


#: What the reader is told; why it failed stands in the log, since an endpoint's own words may be hostile.
_FAILED = Reranked(
    None,
    "重排模型没有成功，条款按原来的顺序排列。",
    "The reranking model failed, so the clauses keep the order that they had.",
)


class Reranking:
    """A reranker that may fail; may be shared by threads."""

    def __init__(self, reranker: Reranker, clock: Callable[[], float] = time.monotonic) -> None:
        self._reranker, self._clock = reranker, clock
        self._resting_until = -inf

    def rerank(self, query: Query, passages: Sequence[Passage]) -> Reranked:
        """Scores for ``passages``: the best has 1, the worst 0. Raises nothing."""
        if self._clock() < self._resting_until:
            return _FAILED
        try:
            raw = self._reranker.scores(_question(query), [_text(passage) for passage in passages])
        except AssistantError as error:
            _LOG.warning("passages keep their order: %s", error)
            self._resting_until = self._clock() + _REST
            return _FAILED
        return Reranked(shares(raw))


def shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Finite scores of any scale between 0 (the worst) and 1 (the best), in the same order.

    Some models give probabilities and some logits, which the logistic function turns into the former. Where
    all are equal the scores say nothing and all are 1.
    """
    if any(not 0 <= score <= 1 for score in scores):
        scores = [(1 + tanh(score / 2)) / 2 for score in scores]
    low, high = min(scores, default=0.0), max(scores, default=0.0)
    if high <= low:
        return (1.0,) * len(scores)
    return tuple((score - low) / (high - low) for score in scores)


def reordered(
    passages: Sequence[Passage], ranks: Mapping[str, float], shares: Mapping[str, float]
) -> tuple[Passage, ...]:
    """``passages`` by their new final scores in ``ranks``; those that were not read come after, as they were.

    ``shares`` are what the reranker itself gave, by chunk id.
    """
    read = [
        replace(p, score=ranks[p.chunk.id], found_by={**p.found_by, "reranker": shares[p.chunk.id]})
        for p in passages
        if p.chunk.id in ranks
    ]
    read.sort(key=lambda p: (-p.score, p.chunk.id))
    least = min(ranks.values(), default=0.0)
    rest = (replace(p, score=min(p.score, least)) for p in passages if p.chunk.id not in ranks)
    return (*read, *rest)


def _question(query: Query) -> str:
    """What is asked, after the turns that it leans on."""
    told = [text for text, _ in query.context]
    return _cut("\n".join((*told, query.text))[::-1], _QUESTION)[::-1]


def _text(passage: Passage) -> str:
    chunk = passage.chunk
    heading = " › ".join((passage.instrument.title(chunk.language), *chunk.path))
    return _cut(f"{heading}\n{chunk.text}", _PASSAGE)


def _cut(text: str, tokens: int) -> str:
    """The beginning of ``text``: a Chinese character counts as a token, three others as one."""
    left = 3 * tokens
    for at, character in enumerate(text):
        left -= 3 if _WIDE.match(character) else 1
        if left < 0:
            return text[:at]
    return text
