"""From scores to an order: words and vectors together, then structure, then law.

The factors are measured on four public sets and the project's own questions (docs/benchmarks-retrieval.md);
none was fitted to one of them alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Authority, Instrument, Language, Validity
from assistant.index.candidates import Candidate

#: What the three best clauses of an instrument lend to all its clauses: a law that answers in several places
#: is more likely the right one.
_INSTRUMENT, _WITNESSES = 0.2, 3
_AUTHORITY = 0.04  # for ten steps of `Authority` above or below a normative document
_OTHER_LANGUAGE = 0.7
_NOT_IN_FORCE = 0.7
_IN_FOCUS = 1.3
_POINTED_AT = 2.0  # added where the question names the article: before anything else


@dataclass(frozen=True, slots=True)
class Standing:
    """An instrument and where it stands in law on the asked day."""

    instrument: Instrument
    validity: Validity


def fuse(candidates: Iterable[Candidate], weight: float) -> dict[str, float]:
    """Scores by chunk id: words have one vote, vectors ``weight``, instruments with many finds a bonus."""
    candidates = list(candidates)
    scores = {c.chunk_id: (c.words + weight * c.vectors) / (1 + weight) for c in candidates}
    of_instrument: defaultdict[str, list[float]] = defaultdict(list)
    for candidate in candidates:
        of_instrument[candidate.instrument_id].append(scores[candidate.chunk_id])
    bonus = {
        instrument_id: sum(sorted(found, reverse=True)[:_WITNESSES]) / _WITNESSES
        for instrument_id, found in of_instrument.items()
    }
    return {
        c.chunk_id: (scores[c.chunk_id] + _INSTRUMENT * bonus[c.instrument_id]) / (1 + _INSTRUMENT)
        for c in candidates
    }


def rank(
    candidates: Sequence[Candidate],
    scores: Mapping[str, float],
    standings: Mapping[str, Standing],
    *,
    language: Language,
    focus: Collection[str],
    pointed: Collection[str],
    any_time: bool,
) -> list[tuple[Candidate, float]]:
    """Candidates with their final scores, best first. ``any_time``: being out of force costs nothing."""
    ranked = []
    for candidate in candidates:
        standing = standings[candidate.instrument_id]
        score = scores[candidate.chunk_id]
        score *= 1 + _AUTHORITY * (standing.instrument.authority - Authority.NORMATIVE) / 10
        if candidate.language != language:
            score *= _OTHER_LANGUAGE
        if standing.validity.in_force is False and not any_time:
            score *= _NOT_IN_FORCE
        if candidate.instrument_id in focus:
            score *= _IN_FOCUS
        if candidate.chunk_id in pointed:
            score += _POINTED_AT
        ranked.append((candidate, score))
    ranked.sort(key=lambda pair: (-pair[1], pair[0].chunk_id))
    return ranked
