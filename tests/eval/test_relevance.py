"""Answer relevance: worked by hand, and absent where it cannot be told."""

from __future__ import annotations

import pytest

from assistant.language.glossary import Glossary, Term
from eval.relevance import relevance, score_relevance
from tests.eval.making import sentence, turn

GLOSSARY = Glossary()


def test_what_repeats_the_question_is_relevant_and_what_speaks_of_another_thing_is_not() -> None:
    question = "境内研发费用占比是多少？"

    assert relevance(question, "境内研发费用占比不低于60%。", GLOSSARY) == 1
    assert relevance(question, "外国人月工资不低于36712元。", GLOSSARY) == 0


def test_the_share_of_words_is_what_counts() -> None:
    # "pilot platforms", "concept centers": two of four stems
    assert relevance("Pilot platforms, concept centers", "Pilot platforms get support.", GLOSSARY) == 0.5


@pytest.mark.parametrize(
    ("question", "with_it", "without"),
    [
        ("研发费用加计扣除比例是多少？", "研发费用加计扣除比例是100%。", "研发费用加计扣除比例另行规定。"),
        ("When does the measure expire?", "The measure expires in 2027.", "The measure expires."),
        ("Who issued the plan?", "The plan was issued by the city government.", "The plan was issued."),
        ("小微企业享受优惠吗？", "小微企业可以享受优惠。", "小微企业享受优惠的政策。"),
    ],
)
def test_an_answer_without_the_kind_of_answer_asked_for_is_worth_half(
    question: str, with_it: str, without: str
) -> None:
    whole, half = relevance(question, with_it, GLOSSARY), relevance(question, without, GLOSSARY)

    assert whole is not None
    assert half is not None
    assert half == pytest.approx(whole / 2)


def test_names_of_one_thing_count_as_one() -> None:
    known = Glossary((Term("高新技术企业", "high-tech enterprise", aliases_zh=("高企",)),))

    assert relevance("高企", "高新技术企业。", known) == 1


def test_no_score_for_refusals_other_languages_and_questions_without_words() -> None:
    refused = score_relevance([turn(sentence("没有找到。"), status="no_evidence")], [True], GLOSSARY)

    assert (refused.value, refused.reason) == (None, "a refusal answers nothing")
    assert relevance("研发费用占比？", "The R&D ratio is 60%.", GLOSSARY) is None
    assert relevance("When?", "In 2027.", GLOSSARY) is None
    assert score_relevance([turn(sentence("In 2027."), question="When?")], [False], GLOSSARY).value is None
