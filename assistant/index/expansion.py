"""From a question to weighted terms: its own words, earlier turns, and other names for what it mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from assistant.domain import Query
from assistant.language.glossary import Glossary
from assistant.language.tokens import terms, without_boilerplate

_VARIANT = 0.5  # another name of a thing counts half as much as the name the asker used


def weighted_terms(query: Query, glossary: Glossary | None) -> Mapping[str, float]:
    """Terms of the question (weight 1 each time one occurs), its context and the glossary's other names."""
    weights: defaultdict[str, float] = defaultdict(float)
    own = without_boilerplate(query.text)
    for term in terms(own):
        weights[term] += 1.0
    for text, weight in query.context:
        for term in terms(text):
            weights[term] += weight
    if glossary is not None:
        for variant in glossary.variants(query.text):
            for term in terms(variant.text):
                weights[term] = max(weights[term], _VARIANT * variant.weight)
    return weights
