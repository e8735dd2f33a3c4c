"""What counts how much when passages are ranked, in one place.

Measured on four public sets and the project's own questions (docs/benchmarks-retrieval.md has each factor
left out in turn); no value was fitted to one set alone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """The factors of ranking. The words of the question count 1; everything else is measured against them."""

    #: Words that only make it a question (请问, how do I): none of them costs yes/no questions 5 points of
    #: R@1, all of them costs long scenarios 4 points of R@5.
    boilerplate: float = 0.4
    #: Another name of a thing, from the glossary, beside the name the asker used.
    other_name: float = 0.5
    #: What texts of law call a thing that the asker put in everyday words; half of it in the vectors.
    formal_name: float = 0.6
    #: A factor on the embedder's own weight; 0 leaves vectors out.
    vectors: float = 1.0
    #: What the three best clauses of an instrument lend to all its clauses: a law that answers in several
    #: places is more likely the right one.
    instrument: float = 0.2
    #: For ten steps of `Authority` above or below a normative document.
    authority: float = 0.06
    #: A clause in the other language that has no twin in the asker's.
    other_language: float = 0.7
    #: An instrument out of force on the asked day.
    not_in_force: float = 0.7
    #: An instrument that the conversation or the question names.
    in_focus: float = 1.3
    #: Added to an article that the question names by number: before anything else.
    pointed_at: float = 2.0
