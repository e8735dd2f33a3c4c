"""The test server speaks the protocol: checked with the vendor's own client, so that tests can rely on it."""

from __future__ import annotations

import json
import urllib.request

import pytest
from openai import AuthenticationError, NotFoundError, OpenAI

from eval.openai_server import OpenAIServer, Reply


def client(server: OpenAIServer, key: str = "any") -> OpenAI:
    return OpenAI(base_url=server.url, api_key=key, max_retries=0)


def test_a_whole_reply_and_the_list_of_models(server: OpenAIServer) -> None:
    server.enqueue(Reply("好的。", usage=(7, 3)))
    with client(server) as openai:
        reply = openai.chat.completions.create(
            model="test-model", messages=[{"role": "user", "content": "?"}]
        )
        assert reply.choices[0].message.content == "好的。"
        assert reply.usage is not None
        assert reply.usage.total_tokens == 10
        assert [model.id for model in openai.models.list()] == ["test-model"]


def test_embeddings_are_the_same_for_the_same_text_and_close_for_a_similar_one(server: OpenAIServer) -> None:
    texts = ["研发费用占比不低于5%", "研发费用占比不低于3%", "天气预报"]
    with client(server) as openai:
        rows = openai.embeddings.create(
            model="test-model", input=[*texts, texts[0]], dimensions=256, encoding_format="float"
        ).data
    first, similar, other, again = (row.embedding for row in rows)

    def cosine(a: list[float], b: list[float]) -> float:
        return sum(x * y for x, y in zip(a, b, strict=True))

    assert len(first) == 256
    assert first == again
    assert cosine(first, first) == pytest.approx(1.0)
    assert cosine(first, similar) > 0.7 > 0.3 > cosine(first, other)


def test_documents_are_ranked_by_what_they_share_with_the_query(server: OpenAIServer) -> None:
    body = {
        "model": "test-model",
        "query": "研发费用",
        "documents": ["天气", "研发费用占比", "研发"],
        "top_n": 2,
    }
    request = urllib.request.Request(
        f"{server.url}/rerank", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        results = json.load(answer)["results"]
    assert results == [{"index": 1, "relevance_score": 1.0}, {"index": 2, "relevance_score": 0.5}]


def test_a_wrong_key_and_an_unknown_model_are_refused() -> None:
    with OpenAIServer(key="sk-right") as server:
        with client(server, "sk-wrong") as openai, pytest.raises(AuthenticationError):
            openai.embeddings.create(model="test-model", input="x")
        with client(server, "sk-right") as openai, pytest.raises(NotFoundError):
            openai.embeddings.create(model="other", input="x")
