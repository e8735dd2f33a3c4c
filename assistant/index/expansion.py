"""From a question to what is sought: its own words, earlier turns, and other names for what it mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from assistant.domain import Query
from assistant.index.weights import Weights
from assistant.language.glossary import Glossary
from assistant.language.tokens import terms, without_boilerplate


@dataclass(frozen=True, slots=True)
class Sought:
    """Weighted terms for the words, weighted texts for the vectors."""

    terms: Mapping[str, float]
    texts: tuple[tuple[str, float], ...]


def sought(query: Query, glossary: Glossary | None, weights: Weights) -> Sought:
    """The question at weight 1, its context at its own weights, the glossary's other names at theirs."""
    texts = [(query.text, 1.0), *query.context]
    found: defaultdict[str, float] = defaultdict(float)
    for text, weight in texts:
        kept = weights.boilerplate
        for part, share in ((without_boilerplate(text), 1 - kept), (text, kept)):
            for term, count in Counter(terms(part)).items():
                found[term] += weight * share * (1 + log(count))
    others = glossary.variants(query.text) if glossary is not None else []
    for variant in others:
        for term in terms(variant.text):
            found[term] = max(found[term], weights.other_name * variant.weight)
    if others:
        texts.append((" ".join(variant.text for variant in others), weights.other_name))
    return Sought(found, tuple(texts))
