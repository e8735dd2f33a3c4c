"""Refusing and answering: what is expected of a case, and how an answer fares against it."""

from __future__ import annotations

import pytest

from assistant.domain import Status
from assistant.language.glossary import Glossary
from eval.abstention import outcome, status_of
from eval.behaviour import Behaviour, behaviour, expectation
from eval.scoring import score_case
from eval.summary import abstention
from tests.eval.making import case, record, sentence, turn


@pytest.mark.parametrize(
    ("statement", "answerable", "expected"),
    [
        ("decline", False, Behaviour.DECLINE),
        ("拒绝，涉及他人信息", False, Behaviour.DECLINE),
        ("超出政策问答范围", False, Behaviour.OUT_OF_SCOPE),
        ("资料只覆盖国家、湖北和武汉政策", False, Behaviour.OUT_OF_SCOPE),
        ("追问：哪项政策、最近一年销售收入", False, Behaviour.ASK_BACK),
        ("现有资料未找到该定义和门槛", False, Behaviour.NOT_FOUND),
        ("只有2022年通知，2026年未查到", False, Behaviour.NOT_FOUND),
        ("not in our sources", True, Behaviour.NOT_FOUND),
        ("keep citations", True, Behaviour.KEEP_CITATIONS),
        ("仅为2022年标准，当前标准未查到", True, None),
        ("境内研发只占55%", True, None),
        ("officials may not force technology transfer", True, None),
    ],
)
def test_a_statement_is_a_behaviour_or_a_fact(
    statement: str, answerable: bool, expected: Behaviour | None
) -> None:
    assert behaviour(statement, answerable=answerable) is expected


def test_what_cannot_be_answered_expects_an_abstention_and_no_fact() -> None:
    expected = expectation(case("现有资料未读到金额", answerable=False, type="unanswerable"), 0)

    assert expected is not None
    assert expected.must_abstain
    assert expected.facts == ()
    assert expected.statuses[0] is Status.NO_EVIDENCE


def test_asking_back_where_one_may_also_answer_counts_for_neither_side() -> None:
    expected = expectation(case("追问：Ⅰ类几项", "要求4项以上"), 0)

    assert expected is not None
    assert not expected.must_abstain
    assert not expected.must_answer
    assert [fact.text for fact in expected.facts] == ["要求4项以上"]


def test_each_turn_of_a_conversation_has_its_own_expectation() -> None:
    conversation = case("市人民政府", "not in our sources", turns=("谁发布的？", "文号是多少？"))
    first, last = expectation(conversation, 0), expectation(conversation, 1)

    assert first is not None
    assert first.must_answer
    assert last is not None
    assert last.must_abstain


def test_a_partial_answer_abstains_only_when_it_says_so() -> None:
    expected = expectation(case("现有资料未读到金额", answerable=False), 0)
    assert expected is not None

    admits = outcome(expected, turn(sentence("资料中没有补助金额。", 1), status="partial"))
    claims = outcome(expected, turn(sentence("补助50万元。", 1), status="partial"))

    assert (admits.abstained, admits.status_right) == (True, True)
    assert (claims.abstained, claims.status_right) == (False, False)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The answer was not found in our sources.", Status.NO_EVIDENCE),
        ("这个问题不在政策问答的范围内。", Status.OUT_OF_SCOPE),
        ("无法提供其他用户的提问。", Status.DECLINED),
        ("还需要下列信息：销售收入。", Status.NEEDS_FACTS),
        ("比例不低于60%。", Status.ANSWERED),
        ("", Status.NO_EVIDENCE),
    ],
)
def test_a_target_without_statuses_is_read_by_its_words(text: str, status: Status) -> None:
    assert status_of(turn(sentence(text), status=None)) is status


def test_precision_recall_and_f1_of_refusing_worked_by_hand() -> None:
    refusal, answer = case("现有资料未读到金额", answerable=False), case("60%")
    said, refused = turn(sentence("60%。", 1)), turn(sentence("没有找到。"), status="no_evidence")
    asked = [(refusal, refused), (refusal, refused), (refusal, said), (answer, refused), (answer, said)]
    outcomes = [o for c, t in asked for o in score_case(c, record(t), {}, Glossary()).outcomes]
    figures = abstention(outcomes)

    assert figures["refusal_precision"].value == pytest.approx(2 / 3)  # 2 of 3 refusals were right
    assert figures["refusal_recall"].value == pytest.approx(2 / 3)  # 2 of 3 that should be
    assert figures["refusal_f1"].value == pytest.approx(2 / 3)
    assert figures["over_refusal"].value == pytest.approx(1 / 2)


def test_refusing_nothing_has_no_precision_and_says_why() -> None:
    figures = abstention(score_case(case("60%"), record(turn(sentence("60%。", 1))), {}, Glossary()).outcomes)

    assert figures["refusal_precision"].value is None
    assert figures["refusal_precision"].unscored == {"nothing was refused": 1}
