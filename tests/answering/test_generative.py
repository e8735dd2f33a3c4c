"""The generative composer against a real HTTP server: what it sends, what it makes of the reply."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answering.budget import tokens
from assistant.answering.composer import Composed, ComposeTask, Draft
from assistant.answering.generative import GenerativeComposer
from assistant.answering.prompts import Prompts
from assistant.domain import Conversation, Turn, Usage
from assistant.errors import ModelAuthError, ModelError, ModelRefused, ModelUnavailable, PromptTooLong
from assistant.llm import OpenAIChat
from assistant.resources import data_folder
from assistant.settings import ChatSettings
from eval.openai_server import OpenAIServer, Reply
from eval.scripted_models import evidence, quoting
from tests.answering.evidence_for_models import RATE, SHARE, answered, refused, task

PROMPTS = Prompts.load(data_folder("prompts"))
TOO_LONG = Reply(status=400, error={"message": "x", "code": "context_length_exceeded"})


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(quoting) as running:
        yield running


def composer(server: OpenAIServer, *, budget: int = 6000, timeout: float = 5.0) -> GenerativeComposer:
    model = OpenAIChat(ChatSettings("test-model", base_url=server.url, timeout=timeout), sleep=lambda _: None)
    return GenerativeComposer(model, PROMPTS, budget=budget)


def compose(server: OpenAIServer, asked: ComposeTask, **options: int) -> tuple[list[Draft], Composed]:
    *drafts, composed = composer(server, **options).compose(asked)
    assert isinstance(composed, Composed)
    return [draft for draft in drafts if isinstance(draft, Draft)], composed


# --- what it makes of a reply ---


def test_sentences_come_with_labels_usage_and_the_digest_of_the_prompt(server: OpenAIServer) -> None:
    drafts, composed = compose(server, task())
    assert drafts == [Draft(RATE, (1,)), Draft(SHARE, (2,))]
    assert composed == Composed(
        usage=Usage(120, 40), prompt_digests={"answer.zh": PROMPTS.digests["answer.zh"]}
    )


def test_a_label_that_was_never_given_is_dropped(server: OpenAIServer) -> None:
    server.enqueue(Reply("甲。[7]乙。[2][9]丙。[0]"))
    drafts, composed = compose(server, task())
    assert drafts == [Draft("甲。"), Draft("乙。", (2,)), Draft("丙。")]
    assert not composed.refused


def test_sentences_without_labels_are_handed_over_for_the_check_to_hold_back(server: OpenAIServer) -> None:
    server.enqueue(Reply("研发费用占比不低于5%。应当按期申报。"))
    drafts, composed = compose(server, task())
    assert [draft.labels for draft in drafts] == [(), ()]
    assert not composed.refused


@pytest.mark.parametrize(
    "reply",
    [
        "NO_ANSWER_IN_EVIDENCE",
        "`NO_ANSWER_IN_EVIDENCE`\n",
        "根据提供的证据，没有找到关于补贴金额的规定。",
        "抱歉，我无法回答这个问题。",
        "The provided evidence does not mention the amount.",
        "I'm sorry, but I can't help with that.",
        "资料未提及补贴金额。[9]",
        "证据中没有提到补贴金额。[1][2]",
        "The evidence does not state the amount [1].",
    ],
)
def test_a_refusal_is_told_from_an_answer(server: OpenAIServer, reply: str) -> None:
    server.enqueue(Reply(reply))
    drafts, composed = compose(server, task())
    assert composed.refused
    assert drafts == []
    assert composed.unanswered == ()


def test_a_clause_that_sounds_like_a_refusal_is_still_a_clause(server: OpenAIServer) -> None:
    server.enqueue(Reply("申报材料未按要求提供的，不予受理。[1]企业未能说明情况的，无法认定。[2]"))
    drafts, composed = compose(server, task())
    assert [draft.labels for draft in drafts] == [(1,), (2,)]
    assert not composed.refused


def test_what_an_answer_says_is_not_in_the_evidence_stays_open(server: OpenAIServer) -> None:
    server.enqueue(Reply(f"{RATE}[1]\n证据中没有说明补贴金额。\nNO_ANSWER_IN_EVIDENCE：申报时间"))
    drafts, composed = compose(server, task())
    assert drafts == [Draft(RATE, (1,))]
    assert not composed.refused
    assert composed.unanswered == ("证据中没有说明补贴金额。", "申报时间")


def test_a_reply_cut_at_its_limit_loses_only_its_last_sentence(server: OpenAIServer) -> None:
    server.enqueue(Reply("甲。[1]乙的条件是", finish="length"))
    assert compose(server, task())[0] == [Draft("甲。", (1,))]


def test_a_model_that_does_not_stop_is_no_longer_listened_to(server: OpenAIServer) -> None:
    server.enqueue(Reply("甲乙丙丁。[1]" * 5000))
    drafts, composed = compose(server, task())
    assert 100 < len(drafts) < 1000
    assert composed.usage is None


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(""), ModelUnavailable),
        (Reply("\n## 标题\n"), ModelUnavailable),
        (Reply(status=401), ModelAuthError),
        (Reply(RATE, finish="content_filter"), ModelRefused),
        (Reply(RATE * 3, cut_after=3), ModelUnavailable),
        (Reply(RATE * 3, error_after=3), ModelUnavailable),
        (Reply(RATE * 3, junk_after=3), ModelUnavailable),
        (Reply(RATE * 3, stall_after=3), ModelUnavailable),
    ],
)
def test_a_failing_model_raises_a_model_error(
    server: OpenAIServer, reply: Reply, error: type[ModelError]
) -> None:
    server.enqueue(reply)
    with pytest.raises(error):
        list(composer(server, timeout=0.3).compose(task()))


# --- what it sends ---


def test_evidence_goes_with_label_title_clause_validity_and_the_day(server: OpenAIServer) -> None:
    compose(server, task(RATE, SHARE))
    system, user = server.requests[-1].body["messages"]
    assert system["role"] == "system"
    assert "NO_ANSWER_IN_EVIDENCE" in system["content"]
    assert evidence(user["content"]) == {1: RATE, 2: SHARE}
    for part in (
        "2026-06-01",
        "文件：认定管理办法",
        "条款：第三章 › 第1条",
        "效力：现行有效",
        "研发费用占比是多少？",
    ):
        assert part in user["content"]


def test_an_english_question_is_asked_in_english(server: OpenAIServer) -> None:
    _, composed = compose(server, task(RATE, question="What is the rate?", language="en"))
    prompt = server.requests[-1].prompt
    assert "Document: Administrative Measures" in prompt
    assert "Validity: in force" in prompt
    assert list(composed.prompt_digests) == ["answer.en"]


def test_earlier_answers_are_told_and_refused_turns_are_not(server: OpenAIServer) -> None:
    talk = Conversation(
        (Turn("第一问？", answered("第一问？", "第一答。")), Turn("天气？", refused("天气？")))
    )
    compose(server, task(conversation=talk))
    prompt = server.requests[-1].prompt
    assert "问：第一问？" in prompt
    assert "答：第一答。" in prompt
    assert "天气" not in prompt


def test_a_long_conversation_keeps_its_latest_turns(server: OpenAIServer) -> None:
    talk = Conversation()
    for number in range(30):
        talk = talk.then(f"问题{number}？", answered("q", f"回答{number}。" + "长" * 300))
    compose(server, task(conversation=talk))
    prompt = server.requests[-1].prompt
    assert "回答29" in prompt
    assert "回答0。" not in prompt
    assert tokens(prompt) <= 6000


def test_evidence_beyond_the_budget_is_left_out_and_may_not_be_cited(server: OpenAIServer) -> None:
    server.enqueue(Reply("甲。[1]乙。[8]"))
    long = [f"第{number}条。" + "内容" * 200 for number in range(1, 9)]
    drafts, _ = compose(server, task(*long), budget=3000)
    prompt = server.requests[-1].prompt
    assert tokens(prompt) <= 3000
    assert 1 <= len(evidence(prompt)) < 8
    assert drafts == [Draft("甲。", (1,)), Draft("乙。")]


def test_a_prompt_that_is_too_long_is_sent_again_with_half_the_evidence(server: OpenAIServer) -> None:
    server.enqueue(TOO_LONG)
    talk = Conversation((Turn("旧问题？", answered("旧问题？", "旧答。")),))
    drafts, _ = compose(server, task("甲。", "乙。", "丙。", conversation=talk))
    assert evidence(server.requests[-1].prompt) == {1: "甲。", 2: "乙。"}
    assert "旧问题" not in server.requests[-1].prompt
    assert drafts == [Draft("甲。", (1,)), Draft("乙。", (2,))]


def test_it_is_sent_again_only_once(server: OpenAIServer) -> None:
    server.enqueue(TOO_LONG, TOO_LONG)
    with pytest.raises(PromptTooLong):
        compose(server, task("甲。", "乙。", "丙。"))
    server.enqueue(TOO_LONG)
    with pytest.raises(PromptTooLong):
        compose(server, task("甲。"))
    assert len(server.requests) == 3


def test_the_composer_carries_the_models_name(server: OpenAIServer) -> None:
    assert composer(server).name == "test-model"
