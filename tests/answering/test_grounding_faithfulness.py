"""The faithfulness score: what it rewards, what it punishes, what it leaves alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.faithfulness import WEIGHTS, answer_scores, model, read_model, score, score_sentence
from assistant.answering.faithfulness_basis import basis
from assistant.answering.faithfulness_features import RELIEF, Features, features
from assistant.answering.faithfulness_words import content, weight, without_labels

CONTEXT = (
    "Registered enterprises may apply for a research grant every spring. "
    "The grant covers equipment and wages. "
    "Applications are reviewed by an expert panel within thirty days."
)
CLAUSE = "企业申请认定时须注册成立一年以上，并拥有核心自主知识产权。科技人员占职工总数的比例不低于10%。"


def test_a_quotation_is_faithful_and_an_invention_is_not() -> None:
    quoted = score("The grant covers equipment and wages.", [CONTEXT])
    invented = score("The grant pays for luxurious holidays in Switzerland and gold watches.", [CONTEXT])
    assert quoted.score is not None
    assert invented.score is not None
    assert quoted.score > 0.9 > 0.2 > invented.score
    assert not quoted.unsupported
    assert [s.text for s in invented.unsupported] == [invented.sentences[0].text]


def test_one_bad_sentence_makes_an_answer_unclean_more_than_unfaithful() -> None:
    good = CONTEXT
    bad = " It also pays for luxurious holidays in Switzerland."
    both = score(good + bad, [CONTEXT])
    clean = score(good, [CONTEXT])
    assert both.clean is not None
    assert clean.clean is not None
    assert clean.clean - both.clean > 0.3
    assert [round(s.risk, 1) for s in both.sentences[:3]] == [0.0, 0.0, 0.0]


def test_chinese_answers_are_scored_too() -> None:
    faithful = score("您好，根据规定，企业申请认定时须注册成立一年以上。", [CLAUSE])
    invented = score("企业可以享受免费住房和人才公寓补贴。", [CLAUSE])
    assert faithful.score is not None
    assert invented.score is not None
    assert faithful.score > 0.8
    assert invented.score < 0.2


def test_an_answer_in_another_language_has_no_score_and_says_why() -> None:
    result = score("The ratio must be kept.", [CLAUSE])
    assert result.score is None
    assert result.clean is None
    assert result.reason == "the contexts are in another language"


@pytest.mark.parametrize("answer", ["", "…", "[1]"])
def test_an_answer_without_claims_has_no_score(answer: str) -> None:
    result = score(answer, [CONTEXT])
    assert (result.score, result.reason) == (None, "the answer claims nothing")


def test_a_number_that_stands_nowhere_raises_the_risk() -> None:
    right = score_sentence("Applications are reviewed within thirty days.", [CONTEXT])
    wrong = score_sentence("Applications are reviewed within ninety days.", [CONTEXT])
    assert right is not None
    assert wrong is not None
    assert wrong > right * 3


def test_words_of_the_question_are_half_forgiven() -> None:
    told = score_sentence("Swimming pools are covered.", [CONTEXT], "Are swimming pools covered?")
    untold = score_sentence("Swimming pools are covered.", [CONTEXT])
    assert told is not None
    assert untold is not None
    assert told < untold


def test_a_sentence_that_names_the_wrong_passage_is_riskier() -> None:
    passages = [CONTEXT, "Libraries lend books to readers of every age."]
    right = score_sentence("The grant covers equipment and wages (passage 1).", passages)
    wrong = score_sentence("The grant covers equipment and wages (passage 2).", passages)
    assert right is not None
    assert wrong is not None
    assert wrong > right


def test_spans_point_into_the_answer() -> None:
    answer = "The grant covers wages. Gold watches are handed out."
    for sentence in score(answer, [CONTEXT]).sentences:
        assert answer[sentence.start : sentence.end] == sentence.text


def test_the_weights_that_ship_are_readable_and_never_negative() -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    for weights in data["sentence"].values():
        assert set(weights) - {"bias"} <= set(Features._fields)
        assert all(value >= 0 for name, value in weights.items() if name != "bias")


def test_a_weight_below_zero_is_refused() -> None:
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    data["sentence"]["en"]["novel"] = -1.0
    with pytest.raises(ValueError, match="novel"):
        read_model(data)


rows = st.builds(Features, *(st.floats(0, 5) for _ in Features._fields))


@given(rows, st.sampled_from(Features._fields), st.floats(0, 3), st.sampled_from(["zh", "en"]))
def test_risk_never_falls_with_a_risk_feature_nor_rises_with_relief(
    row: Features, name: str, more: float, language: str
) -> None:
    before = model().logit(row, language)  # type: ignore[arg-type]
    after = model().logit(row._replace(**{name: getattr(row, name) + more}), language)  # type: ignore[arg-type]
    assert after <= before + 1e-9 if name in RELIEF else after >= before - 1e-9


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=8), st.floats(0.001, 0.999))
def test_a_riskier_sentence_never_makes_an_answer_better(risks: list[float], other: float) -> None:
    lengths = [2.0] * len(risks)
    worse = [max(risks[0], other), *risks[1:]]
    before, after = answer_scores(risks, lengths, model()), answer_scores(worse, lengths, model())
    assert after[0] <= before[0] + 1e-9
    assert after[1] <= before[1] + 1e-9


@settings(max_examples=50)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_scored(answer: str, context: str) -> None:
    result = score(answer, [context])
    assert result.score is None or 0 <= result.score <= 1
    assert result.clean is None or 0 <= result.clean <= 1


def test_content_leaves_out_labels_figures_and_words_of_answering() -> None:
    assert content("1. Overall, the grant (passage 2) covers 30 wages [3].") == ("grant", "cover", "wage")
    assert content("您好，根据《办法》规定，应当注册。") == ("注册",)
    assert without_labels("3. Wages [1][2]") == "Wages"


def test_rare_words_weigh_more_than_common_ones() -> None:
    assert weight("企业") < weight("颠覆")
    assert weight("applic") < weight("zeppelin")


def test_by_hand_half_of_the_weight_is_new() -> None:
    prepared = basis(("Cats purr.",))
    row = features("Cats zeppelin.", prepared)
    assert row is not None
    new, known = weight("zeppelin"), weight("cat")
    assert row.novel == pytest.approx(new / (new + known))
    assert row.novel_mass == pytest.approx(new)
    assert row.gap == pytest.approx(new / (new + known))
