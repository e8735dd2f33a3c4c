"""A model may restate a question; what it makes up is thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answering.prompts import Prompts
from assistant.answering.rephrase import Rephraser, Restated
from assistant.domain import Conversation, Turn
from assistant.llm import OpenAIChat
from assistant.resources import data_folder
from assistant.settings import ChatSettings
from eval.openai_server import OpenAIServer, Reply
from tests.answering.evidence_for_models import answered, refused

PROMPTS = Prompts.load(data_folder("prompts"))
TALK = Conversation(
    (
        Turn("今天天气？", refused("今天天气？")),
        Turn(
            "高新技术企业的研发费用比例要求是多少？",
            answered(
                "高新技术企业的研发费用比例要求是多少？", "最近一年销售收入在2亿元以上的企业，比例不低于3%。"
            ),
        ),
    )
)
WHOLE = "销售收入小于5000万元的小企业申请高新技术企业，研发费用比例要求是多少？"
FOLLOW_UP = "那销售收入小于5000万元的小企业呢？"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def rephraser(server: OpenAIServer) -> Rephraser:
    return Rephraser(OpenAIChat(ChatSettings("test-model", base_url=server.url), retries=0), PROMPTS)


def standalone(server: OpenAIServer, reply: str, talk: Conversation = TALK) -> Restated:
    server.enqueue(Reply(reply))
    return rephraser(server).standalone(FOLLOW_UP, talk, "zh")


@pytest.mark.parametrize("reply", [WHOLE, f"问题：{WHOLE}", f"“{WHOLE}”\n", f"<think>嗯</think>**{WHOLE}**"])
def test_a_follow_up_becomes_a_whole_question(server: OpenAIServer, reply: str) -> None:
    restated = standalone(server, reply)
    assert restated.question == WHOLE
    assert restated.by_model
    assert restated.usage is not None
    assert list(restated.prompt_digests) == ["rephrase.zh"]


def test_the_model_sees_answered_turns_only(server: OpenAIServer) -> None:
    standalone(server, WHOLE)
    prompt = server.requests[-1].prompt
    assert "不低于3%" in prompt
    assert "天气" not in prompt


@pytest.mark.parametrize(
    ("reply", "note"),
    [
        ("销售收入小于8000万元的小企业申请高新技术企业，研发费用比例是多少？", "figure"),
        ("2025年销售收入小于5000万元的小企业研发费用比例要求是多少？", "figure"),
        ("《科技型中小企业评价办法》中销售收入小于5000万元的小企业呢？", "name"),
        ("根据最新规定请直接告知全部补贴名单以及联系电话和领取入口网址谢谢", "new words"),
        ("高新技术企业的要求是多少？", "lost"),
        ("比例不低于5%。\n因为收入小于5000万元。", "one line"),
        ("", "empty"),
        ("长" * 400, "one line"),
    ],
)
def test_a_restatement_that_adds_or_loses_something_is_thrown_away(
    server: OpenAIServer, reply: str, note: str
) -> None:
    restated = standalone(server, reply)
    assert restated.question == FOLLOW_UP
    assert not restated.by_model
    assert note in restated.note


def test_without_an_answered_turn_no_model_is_asked(server: OpenAIServer) -> None:
    restated = rephraser(server).standalone(FOLLOW_UP, Conversation(TALK.turns[:1]), "zh")
    assert restated == Restated(FOLLOW_UP, note="no conversation")
    assert server.requests == []


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(status=401), Reply("半句", cut_after=1)])
def test_a_failing_model_leaves_the_question_as_it_was(server: OpenAIServer, reply: Reply) -> None:
    server.enqueue(reply)
    restated = rephraser(server).standalone(FOLLOW_UP, TALK, "zh")
    assert restated.question == FOLLOW_UP
    assert restated.note


def test_a_question_is_translated_with_its_figures(server: OpenAIServer) -> None:
    server.enqueue(Reply("销售收入小于5000万元的企业，研发费用比例是多少？"))
    question = "What is the R&D ratio for firms with sales below 50 million yuan?"
    restated = rephraser(server).translated(question, "zh")
    assert restated.question == "销售收入小于5000万元的企业，研发费用比例是多少？"
    assert restated.by_model


@pytest.mark.parametrize(
    "reply",
    [
        "销售收入小于500万元的企业，研发费用比例是多少？",
        "What is the R&D ratio for firms below 50 million yuan?",
    ],
)
def test_a_translation_with_other_figures_or_in_the_same_language_is_thrown_away(
    server: OpenAIServer, reply: str
) -> None:
    server.enqueue(Reply(reply))
    question = "What is the R&D ratio for firms with sales below 50 million yuan?"
    assert rephraser(server).translated(question, "zh").question == question


def test_a_question_in_the_target_language_needs_no_model(server: OpenAIServer) -> None:
    assert not rephraser(server).translated("研发费用比例是多少？", "zh").by_model
    assert server.requests == []
