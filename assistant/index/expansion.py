"""From a question to what is sought: its own words, earlier turns, other names for what it mentions,
and what texts of law call it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from assistant.domain import Query
from assistant.index.weights import Weights
from assistant.language.glossary import Glossary
from assistant.language.lay_terms import LayTerms
from assistant.language.tokens import terms, without_boilerplate

#: More words that only ask. They say as little to the search as 请问; others read from them what is asked.
_ASKING = re.compile(
    r"是不是|能不能|可不可以|会不会|要不要|有没有|算不算|该不该|应不应该|是否|能否|可否|可以吗|行吗|对吗|"
    r"如果|的话|应该|谁|哪个|哪里|多久|怎样"
)


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
        told = without_boilerplate(_ASKING.sub(" ", text))
        for part, share in ((told, 1 - kept), (text, kept)):
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
