"""What is sought for a question, and how much each word counts."""

from __future__ import annotations

from assistant.domain import Query
from assistant.index.expansion import sought
from assistant.index.weights import Weights
from assistant.language.lay_terms import LayTerms


def test_words_that_only_ask_count_less_than_what_is_asked_about() -> None:
    terms = sought(Query("能不能要求补偿"), None, LayTerms(), Weights()).terms
    assert terms["能不"] == Weights().boilerplate
    assert terms["补偿"] == 1


def test_a_question_of_nothing_else_is_still_sought() -> None:
    assert set(sought(Query("能不能"), None, LayTerms(), Weights()).terms) >= {"能不", "不能"}
