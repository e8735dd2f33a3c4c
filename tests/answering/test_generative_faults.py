"""Two hundred conversations with a model that fails in every way it can: the reader always gets an answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answering.extractive import ExtractiveComposer
from assistant.answering.generative import GenerativeComposer
from assistant.answering.pipeline import Answering
from assistant.answering.prompts import Prompts
from assistant.domain import Answer, Conversation, Finished, SentenceReleased, Status
from assistant.llm import OpenAIChat
from assistant.resources import data_folder
from assistant.settings import ChatSettings
from eval.faults import faults
from eval.openai_server import OpenAIServer, Reply
from eval.scripted_models import quoting
from tests.answering.evidence_for_models import RATE, SHARE, Held, evidence

QUESTIONS = ("研发费用占比是多少？", "高新技术产品收入占比是多少？", "那销售收入小于5,000万元的企业呢？")
GOOD = f"{RATE}[1]\n{SHARE}[2]"
FAULTS = list(faults((RATE, SHARE), "研发费用占比不低于50%。[1]").values())


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer(quoting) as running:
        yield running


def answering(server: OpenAIServer, *, timeout: float = 5.0) -> Answering:
    model = OpenAIChat(
        ChatSettings("test-model", base_url=server.url, timeout=timeout), retries=1, sleep=lambda _: None
    )
    held = Held(evidence(RATE, SHARE))
    return Answering(
        retriever=held,
        library=held,
        extractive=ExtractiveComposer(),
        generative=GenerativeComposer(model, Prompts.load(data_folder("prompts"))),
        today=lambda: date(2026, 6, 1),
    )


def ask(assistant: Answering, question: str, conversation: Conversation) -> tuple[Answer, list[str]]:
    events = list(assistant.ask(question, conversation))
    assert isinstance(events[-1], Finished)
    streamed = [event.sentence.text for event in events if isinstance(event, SentenceReleased)]
    return events[-1].answer, streamed


def test_whatever_the_model_does_every_turn_gets_a_cited_answer_with_the_right_figures(
    server: OpenAIServer,
) -> None:
    assistant = answering(server, timeout=0.06)
    chance = random.Random(20)
    composers = set()
    for number in range(200):
        conversation = Conversation()
        fault = FAULTS[number % len(FAULTS)]
        server.enqueue(*[fault] * chance.choice([1, 2]))
        for question in QUESTIONS[: chance.choice([1, 2])]:
            answer, streamed = ask(assistant, question, conversation)
            conversation = conversation.then(question, answer)
            assert answer.status in (Status.ANSWERED, Status.PARTIAL), (fault, answer)
            assert "50%" not in answer.text
            assert {c.label for s in answer.sentences for c in s.citations} <= {1, 2}
            assert {sentence.text for sentence in answer.sentences} <= set(streamed)
            composers.add(answer.trace.composer)
        server.forget()
    assert composers == {"test-model", "extractive"}


@pytest.mark.parametrize(
    ("reply", "composer"),
    [
        (Reply(GOOD), "test-model"),
        (Reply(GOOD, cut_after=9), "extractive"),
        (Reply(status=401), "extractive"),
        (Reply(RATE + SHARE), "extractive"),
        (Reply("研发费用占比不低于50%。[1]"), "extractive"),
        (Reply("NO_ANSWER_IN_EVIDENCE"), "extractive"),
    ],
)
def test_when_the_model_fails_the_clauses_are_quoted_and_the_reader_is_told(
    server: OpenAIServer, reply: Reply, composer: str
) -> None:
    server.enqueue(reply)
    answer, _ = ask(answering(server), QUESTIONS[0], Conversation())
    assert answer.trace.composer == composer
    assert any("语言模型" in notice for notice in answer.notices) == (composer == "extractive")
