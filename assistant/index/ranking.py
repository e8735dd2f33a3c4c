"""From scores to an order: words and vectors together, then structure, then law.

How much each counts is said in `weights`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Authority, Instrument, Language, Validity
from assistant.index.candidates import Candidate
from assistant.index.weights import Weights

_WITNESSES = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """An instrument and where it stands in law on the asked day."""

    instrument: Instrument
    validity: Validity


def fuse(candidates: Iterable[Candidate], voice: float, weights: Weights) -> dict[str, float]:
    """Scores by chunk id: words have one vote, vectors ``voice``; many finds in one text help it."""
    candidates = list(candidates)
    scores = {c.chunk_id: (c.words + voice * c.vectors) / (1 + voice) for c in candidates}
    of_instrument: defaultdict[str, list[float]] = defaultdict(list)
    for candidate in candidates:
        of_instrument[candidate.instrument_id].append(scores[candidate.chunk_id])
    bonus = {
        instrument_id: sum(sorted(found, reverse=True)[:_WITNESSES]) / _WITNESSES
        for instrument_id, found in of_instrument.items()
    }
    return {
        c.chunk_id: (scores[c.chunk_id] + weights.instrument * bonus[c.instrument_id])
        / (1 + weights.instrument)
        for c in candidates
    }


def rank(
    candidates: Sequence[Candidate],
    scores: Mapping[str, float],
    *,
    standings: Mapping[str, Standing],
    weights: Weights,
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
        score *= 1 + weights.authority * (standing.instrument.authority - Authority.NORMATIVE) / 10
        if candidate.language != language:
            score *= weights.other_language
        if standing.validity.in_force is False and not any_time:
            score *= weights.not_in_force
        if candidate.instrument_id in focus:
            score *= weights.in_focus
        if candidate.chunk_id in pointed:
            score += weights.pointed_at
        ranked.append((candidate, score))
    ranked.sort(key=lambda pair: (-pair[1], pair[0].chunk_id))
    return ranked
