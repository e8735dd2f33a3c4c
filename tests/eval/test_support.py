"""Citations and faithfulness on answers whose support is known by construction."""

from __future__ import annotations

import pytest

from eval.score import Score
from eval.support import score_support
from tests.eval.making import CLAUSE, evidence, sentence, turn

OTHER = "科技人员占职工总数的比例不低于10%。"


def scores(*sentences_and_evidence: object, refused: bool = False) -> dict[str, Score]:
    *sentences, given = sentences_and_evidence
    reply = turn(*sentences, given=given, status="no_evidence" if refused else "answered")  # type: ignore[arg-type]
    return score_support([reply], "zh", [refused])


def test_a_quoted_clause_is_supported_and_its_citation_useful() -> None:
    result = scores(sentence(CLAUSE, 1), evidence(CLAUSE))

    assert result["citation_recall"].value == 1
    assert result["citation_precision"].value == 1
    assert result["faithfulness"].value == 1


def test_a_wrong_figure_is_unsupported() -> None:
    result = scores(sentence(CLAUSE.replace("60%", "65%"), 1), evidence(CLAUSE))

    assert result["citation_recall"].value == 0
    assert result["faithfulness"].value == 0
    assert result["unsupported_numbers"] == Score(1.0, "65%")


def test_one_bad_sentence_of_two_halves_the_claims_and_spoils_the_answer() -> None:
    result = scores(sentence(CLAUSE, 1), sentence(OTHER.replace("10%", "20%"), 2), evidence(CLAUSE, OTHER))

    assert result["faithfulness_claims"].value == pytest.approx(1 / 2)
    assert result["faithfulness"].value == 0


def test_a_citation_that_supports_nothing_costs_precision() -> None:
    result = scores(sentence(CLAUSE, 1, 2), evidence(CLAUSE, "申报材料由区科技部门受理，联系电话见附件。"))

    assert result["citation_recall"].value == 1
    assert result["citation_precision"].value == pytest.approx(1 / 2)


def test_a_claim_without_a_citation_is_not_supported() -> None:
    result = scores(sentence(CLAUSE), evidence(CLAUSE))

    assert result["citation_recall"].value == 0


def test_a_refusal_has_no_faithfulness() -> None:
    result = scores(sentence("没有找到这个问题的答案。"), (), refused=True)

    assert result["faithfulness"] == Score(None, "a refusal claims nothing", 0)


def test_a_citation_that_does_not_resolve_is_counted_with_its_reason() -> None:
    result = scores(sentence(CLAUSE, 1, problem="the quote is not the text at its place"), evidence(CLAUSE))

    assert result["citation_validity"].value == 0
    assert "the quote is not" in result["citation_validity"].reason


def test_a_figure_worked_out_in_sight_is_supported_and_a_wrong_sum_is_not() -> None:
    clause = evidence("委托境外研发费用不超过境内符合条件的研发费用的三分之二。境内研发费用为300万元。")

    right = scores(sentence("上限：300万元 × 2/3 = 200万元。", 1), clause)
    wrong = scores(sentence("上限：300万元 × 2/3 = 250万元。", 1), clause)

    assert right["unsupported_numbers"].value == 0
    assert wrong["unsupported_numbers"] == Score(1.0, "250万元")


def test_both_ends_of_a_range_that_was_told_may_be_reckoned_with() -> None:
    given = evidence("增幅在20%以上的，按增量的10%奖励。")
    reckoned = sentence("1250万元 − 1000万元 = 250万元；250万元 × 10% = 25万元。", 1)

    def figures(question: str) -> Score:
        reply = turn(reckoned, given=given, question=question)
        return score_support([reply], "zh", [False])["unsupported_numbers"]

    assert figures("研发从1000万到1250万元，奖多少？").value == 0
    assert figures("研发涨了，奖多少？").value


def test_the_end_of_a_band_and_the_last_day_of_a_month_are_no_inventions() -> None:
    band = evidence("上年度总收入1000万元至5000万元的企业，收入增长率不低于20%。")
    told = scores(sentence("总收入4000万元，属于不到5000万元一档；增长率不低于20%。", 1), band)
    assert told["unsupported_numbers"].reason == "4000万元"

    day = turn(
        sentence("2026年11月30日 − 2025年12月20日 = 345天。", 1),
        given=evidence("注册须满365天。"),
        question="2025年12月20日注册的，2026年11月想申请，行吗？",
    )
    assert score_support([day], "zh", [False])["unsupported_numbers"].value == 0
