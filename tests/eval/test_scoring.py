"""One record scored: every metric has a value or a reason, and the suite's figures follow by hand."""

from __future__ import annotations

import pytest

from assistant.language.glossary import Glossary
from eval.cases import Gold
from eval.record import Record
from eval.scoring import CaseScores, score_case
from eval.summary import figures, percentile
from tests.eval.making import CLAUSE, case, evidence, record, sentence, turn

FOUND = ("cit-law", "hnte-2016", "hnte-2016")
STRUCTURE = {"hnte-2016": [(("办法", "第十一条 认定条件"), "")]}


def score(a_case: object, *turns: object, structure: object = None) -> CaseScores:
    return score_case(a_case, record(*turns), structure or {}, Glossary())  # type: ignore[arg-type]


def test_a_right_answer_succeeds() -> None:
    scored = score(
        case("不低于60%", gold=(Gold("hnte-2016"),)),
        turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), found=FOUND),
    )

    assert scored.succeeded
    assert scored.scores["key_fact_recall"].value == 1
    assert scored.scores["mrr"].value == 1 / 2
    assert scored.scores["hit@1"].value == 0


def test_no_score_is_ever_a_stand_in() -> None:
    scored = score(case(), turn(sentence("没有找到。"), status="no_evidence", found=None))

    for name in ("key_fact_recall", "mrr", "faithfulness", "citation_validity", "must_not_violations"):
        assert scored.scores[name].value is None
        assert scored.scores[name].reason


def test_a_failed_target_has_an_error_and_no_scores() -> None:
    failed = score_case(case("60%"), Record("a", error="ModelUnavailable: down"), {}, Glossary())

    assert failed.scores == {}
    assert not failed.succeeded
    assert figures([failed])["errors"].value == 1


def test_clause_level_is_scored_where_the_corpus_has_the_clause() -> None:
    gold = (Gold("hnte-2016", "Art. 11(5)"),)
    reply = turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), found=("hnte-2016",))

    assert (
        score(case("60%", gold=gold), reply, structure=STRUCTURE).scores["clause_hit@1"].value == 0
    )  # another section
    assert (
        score(case("60%", gold=gold), reply)
        .scores["clause_hit@1"]
        .reason.startswith("no section of the corpus")
    )


def test_a_forbidden_statement_counts_where_it_is_asserted() -> None:
    asked = case("4.2%", must_not=("社会总投资",))

    assert score(asked, turn(sentence("占社会总投资的4.2%。", 1))).violated == ("社会总投资",)
    assert score(asked, turn(sentence("4.2%的分母不是社会总投资。", 1))).violated == ()


def test_a_forbidden_figure_counts_in_other_words_too() -> None:
    asked = case("10万元", must_not=("首次认定奖励200万元",))

    assert score(asked, turn(sentence("首次认定的，给予两百万元奖励。", 1))).violated
    assert not score(asked, turn(sentence("首次认定的，给予10万元奖励。", 1))).violated


def test_each_turn_answers_for_its_own_fact() -> None:
    conversation = case("30万人", "超过1500家", turns=("研发人员目标？", "研发平台呢？"))
    people, platforms = turn(sentence("研发人员达到30万人。", 1)), turn(sentence("研发平台超过1500家。", 1))

    assert score(conversation, people, platforms).scores["conversation_success"].value == 1
    assert [f.said for f in score(conversation, platforms, people).facts] == [False, False]


def test_means_are_over_the_scored_cases_and_the_rest_is_counted() -> None:
    cases = [
        score(case("60%"), turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))),
        score(case("70%"), turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))),
        score(case(), turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))),
    ]
    recall = figures(cases)["key_fact_recall"]

    assert (recall.value, recall.n, recall.unscored) == (pytest.approx(1 / 2), 2, {"no fact to say": 1})


@pytest.mark.parametrize(("p", "value"), [(50, 3), (95, 5), (1, 1)])
def test_percentiles_are_nearest_rank(p: int, value: float) -> None:
    assert percentile([1, 2, 3, 4, 5], p) == value
    assert percentile([], p) is None
