"""From a question to what is sought: its own words, earlier turns, and other names for what it mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from assistant.domain import Query
from assistant.language.glossary import Glossary
from assistant.language.tokens import terms, without_boilerplate

#: Words that only make it a question (请问, how do I) keep this share: none costs .06 of R@1 on English
#: yes/no questions, all of it .03 of R@5 on long scenarios (decision 0042).
_BOILERPLATE = 0.4
_OTHER_NAME = 0.5  # another name of a thing counts half as much as the name the asker used


@dataclass(frozen=True, slots=True)
class Sought:
    """Weighted terms for the words, weighted texts for the vectors."""

    terms: Mapping[str, float]
    texts: tuple[tuple[str, float], ...]


def sought(query: Query, glossary: Glossary | None) -> Sought:
    """The question at weight 1, its context at its own weights, the glossary's other names at half."""
    texts = [(query.text, 1.0), *query.context]
    weights: defaultdict[str, float] = defaultdict(float)
    for text, weight in texts:
        for part, share in ((without_boilerplate(text), 1 - _BOILERPLATE), (text, _BOILERPLATE)):
            for term, count in Counter(terms(part)).items():
                weights[term] += weight * share * (1 + log(count))
    others = glossary.variants(query.text) if glossary is not None else []
    for variant in others:
        for term in terms(variant.text):
            weights[term] = max(weights[term], _OTHER_NAME * variant.weight)
    if others:
        texts.append((" ".join(variant.text for variant in others), _OTHER_NAME))
    return Sought(weights, tuple(texts))
