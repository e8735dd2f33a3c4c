"""Tested with the official client, so that what it expects is what we send."""

from __future__ import annotations

from collections.abc import Iterator

import openai
import pytest

from assistant.domain import Event, Finished, SentenceReleased
from assistant.errors import ModelUnavailable
from tests.web.conftest import Served
from tests.web.world import SENTENCES, ScriptedAssistant, answer, events

QUESTION = {"role": "user", "content": "研发投入要求？"}


@pytest.fixture
def client(served: Served, assistant: ScriptedAssistant) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{served.url}/v1", api_key="none", max_retries=0) as made:
        yield made


def completed(client: openai.OpenAI, *messages: dict[str, str]) -> openai.types.chat.ChatCompletion:
    return client.chat.completions.create(model="policy-assistant", messages=list(messages))  # type: ignore[arg-type]


def test_a_completion_holds_the_sentences_their_labels_and_the_sources(client: openai.OpenAI) -> None:
    reply = completed(client, QUESTION)
    text = reply.choices[0].message.content or ""
    assert text.startswith("上一年度研发投入不低于销售收入的4.5%。[1]\n专职人员不少于12人。[1]\n")
    assert "[1] 云溪市工坊登记办法（云政规〔2024〕3号） › 第五条 登记条件" in text
    assert reply.choices[0].finish_reason == "stop"
    assert reply.policy_assistant["status"] == "answered"  # type: ignore[attr-defined]


def test_a_stream_adds_up_to_the_same_text(client: openai.OpenAI) -> None:
    whole = completed(client, QUESTION).choices[0].message.content
    chunks = list(client.chat.completions.create(model="x", messages=[QUESTION], stream=True))  # type: ignore[call-overload]
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks]
    assert "".join(pieces) == whole
    assert pieces[1] == "上一年度研发投入不低于销售收入的4.5%。[1]\n"
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_an_answer_that_replaces_what_was_streamed_is_sent_whole(
    client: openai.OpenAI, assistant: ScriptedAssistant
) -> None:
    def replaced(question: str) -> Iterator[Event]:
        yield SentenceReleased(SENTENCES[2])
        yield Finished(answer(question, sentences=SENTENCES[:1]))

    assistant.scripts.append(replaced)
    chunks = client.chat.completions.create(model="x", messages=[QUESTION], stream=True)  # type: ignore[call-overload]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert "\n---\n上一年度研发投入不低于销售收入的4.5%。[1]" in text


def test_a_follow_up_knows_the_answer_it_follows(client: openai.OpenAI, assistant: ScriptedAssistant) -> None:
    first = completed(client, QUESTION).choices[0].message.content or ""
    completed(
        client, QUESTION, {"role": "assistant", "content": first}, {"role": "user", "content": "人员呢？"}
    )
    question, before, _ = assistant.asked[1]
    assert question == "人员呢？"
    assert before.turns[0].answer == answer("研发投入要求？")


def test_a_conversation_from_elsewhere_is_rebuilt_from_its_words(
    client: openai.OpenAI, assistant: ScriptedAssistant
) -> None:
    told = {"role": "assistant", "content": "某个说法。"}
    completed(
        client, {"role": "system", "content": "s"}, QUESTION, told, {"role": "user", "content": "人员呢？"}
    )
    turns = assistant.asked[0][1].turns
    assert [(turn.question, turn.answer.text) for turn in turns] == [("研发投入要求？", "某个说法。")]
    assert not turns[0].answer.evidence


def test_errors_arrive_as_the_client_knows_them(client: openai.OpenAI, assistant: ScriptedAssistant) -> None:
    def failing(question: str) -> Iterator[Event]:
        raise ModelUnavailable(zh="-", en="No reply.", hint_zh="-", hint_en="Try again.")

    assistant.scripts.append(failing)
    with pytest.raises(openai.InternalServerError, match=r"No reply\. Try again\.") as told:
        completed(client, QUESTION)
    assert told.value.status_code == 503
    with pytest.raises(openai.BadRequestError, match="last message"):
        completed(client, {"role": "assistant", "content": "我先说。"})


def test_an_error_in_a_stream_arrives_too(client: openai.OpenAI, assistant: ScriptedAssistant) -> None:
    def failing(question: str) -> Iterator[Event]:
        yield SentenceReleased(SENTENCES[0])
        raise ModelUnavailable(zh="-", en="No reply.", hint_zh="-", hint_en="Try again.")

    assistant.scripts.extend([failing, events])
    with pytest.raises(openai.APIError, match="No reply"):
        list(client.chat.completions.create(model="x", messages=[QUESTION], stream=True))  # type: ignore[call-overload]


def test_the_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["policy-assistant"]
