"""From a question to what is sought: its own words, earlier turns, other names for what it mentions,
and what texts of law call it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from assistant.domain import Query
from assistant.index.weights import Weights
from assistant.language.glossary import Glossary
from assistant.language.lay_terms import LayTerms
from assistant.language.tokens import terms, without_boilerplate


@dataclass(frozen=True, slots=True)
class Sought:
    """Weighted terms for the words, weighted texts for the vectors."""

    terms: Mapping[str, float]
    texts: tuple[tuple[str, float], ...]


def sought(query: Query, glossary: Glossary | None, lay_terms: LayTerms, weights: Weights) -> Sought:
    """The question at weight 1, its context at its own weights, other names and words of law at theirs."""
    texts = [(query.text, 1.0), *query.context]
    found: defaultdict[str, float] = defaultdict(float)
    for text, weight in texts:
        kept = weights.boilerplate
        for part, share in ((without_boilerplate(text), 1 - kept), (text, kept)):
            for term, count in Counter(terms(part)).items():
                found[term] += weight * share * (1 + log(count))
    variants = glossary.variants(query.text) if glossary is not None else []
    others = [(variant.text, weights.other_name * variant.weight) for variant in variants]
    formal = [(name, weights.formal_name) for name in lay_terms.formal(query.text)]
    for name, weight in (*others, *formal):
        for term in terms(name):
            found[term] = max(found[term], weight)
    for names, weight in ((others, weights.other_name), (formal, weights.formal_name / 2)):
        if names and weight:
            texts.append((" ".join(name for name, _ in names), weight))
    return Sought(found, tuple(texts))
