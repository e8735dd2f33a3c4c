"""A judge that place or length could sway is held to the words of the evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from assistant.llm import OpenAIChat
from assistant.resources import data_folder
from assistant.settings import ChatSettings
from eval.judge import DETERMINISTIC, DISPUTED, JUDGE, Judge, Judged
from eval.judge_prompt import load_judge_prompt
from eval.openai_server import OpenAIServer, Reply, Request
from eval.record import TurnRecord
from tests.eval.making import CLAUSE, evidence, sentence, turn


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as opened:
        yield opened


def judged(server: OpenAIServer, reply: TurnRecord) -> Judged:
    prompts = {language: load_judge_prompt(data_folder("prompts"), language) for language in ("zh", "en")}
    model = OpenAIChat(ChatSettings("test-model", base_url=server.url), retries=0)
    return Judge(model, prompts).judge(reply, "zh")  # type: ignore[arg-type]


def ruling(verdict: str, quote: str = "") -> Reply:
    return Reply(
        json.dumps({"verdicts": [{"claim": 1, "verdict": verdict, "quote": quote, "reason": "因为"}]})
    )


def answer(*texts: str) -> TurnRecord:
    return turn(*(sentence(text, 1) for text in texts), given=evidence(CLAUSE))


def biased(server: OpenAIServer, reply: TurnRecord, respond: Callable[[Request], Reply]) -> Judged:
    """The judgement by a model that is any function of the request."""
    server.respond = respond
    return judged(server, reply)


OTHER = "本办法由市科技创新局负责解释，自印发之日起施行。"


def test_a_judge_that_reads_only_the_first_clause_is_asked_again_with_the_cited_one_first(
    server: OpenAIServer,
) -> None:
    def reads_the_first(request: Request) -> Reply:
        first = request.prompt.partition("=== 证据 [")[2].partition("=== 证据 [")[0]
        quote = "境内研发费用占全部研发费用的比例不低于60%"
        return ruling("SUPPORTED", quote) if quote in first else ruling("NOT_FOUND")

    reply = turn(sentence(CLAUSE, 2), given=evidence(OTHER, CLAUSE, OTHER.replace("市", "省")))
    found = biased(server, reply, reads_the_first)

    assert [(j.supported, j.first, j.verdict) for j in found.judgements] == [(True, "NOT_FOUND", "SUPPORTED")]


def test_a_judge_that_likes_length_cannot_wave_through_what_is_not_in_the_evidence(
    server: OpenAIServer,
) -> None:
    padded = "经综合研判并结合各方面实际情况来看，" * 6 + "企业还可以另外领取一笔人才公寓购房补助。"

    def likes_length(request: Request) -> Reply:
        claim = request.prompt.rpartition("1：")[2]
        return ruling("SUPPORTED", "写得详尽充分") if len(claim) > 80 else ruling("NOT_FOUND")

    found = biased(server, answer(padded), likes_length)

    assert [(j.by, j.supported) for j in found.judgements] == [(DISPUTED, None)]


def test_a_second_not_found_stands(server: OpenAIServer) -> None:
    server.enqueue(ruling("NOT_FOUND"), ruling("NOT_FOUND"))
    found = judged(server, answer(CLAUSE))

    assert [(j.by, j.supported, j.computed, j.first) for j in found.judgements] == [
        (JUDGE, False, True, "NOT_FOUND")
    ]


def test_a_failed_call_is_tried_once_more_and_no_oftener(server: OpenAIServer) -> None:
    server.enqueue(Reply(status=500), ruling("SUPPORTED", "占全部研发费用的比例不低于60%"))
    assert [j.by for j in judged(server, answer(CLAUSE)).judgements] == [JUDGE]
    assert len(server.requests) == 2

    server.enqueue(Reply("not JSON at all"), Reply("{}"))
    assert [j.by for j in judged(server, answer(CLAUSE)).judgements] == [DETERMINISTIC]
    assert len(server.requests) == 4
