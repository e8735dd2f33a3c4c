"""Scores from a real ``/rerank`` endpoint in both shapes, and every way in which it can go wrong."""

from __future__ import annotations

import json

import pytest

from assistant.errors import ModelAuthError, ModelBadRequest, ModelError, ModelUnavailable, SettingsError
from assistant.index.rerankers import open_reranker
from assistant.index.rerankers.endpoint import EndpointReranker
from assistant.settings import RerankerSettings
from tests.index.rerank_server import RerankServer, serving

TEXTS = ["奖励二十万元", "申报时间", "奖励名额"]


def at(
    server: RerankServer, model: str | None = "m", timeout: float = 5
) -> tuple[EndpointReranker, list[float]]:
    """The reranker behind ``server`` and the pauses it makes."""
    pauses: list[float] = []
    settings = RerankerSettings("endpoint", model, server.url, api_key="secret", timeout=timeout)
    return EndpointReranker(settings, pauses.append), pauses


def test_with_a_model_name_the_shape_of_cohere_jina_and_vllm_is_spoken() -> None:
    with serving(RerankServer(liked=("奖励", "名额"))) as server:
        assert at(server)[0].scores("奖励多少", TEXTS) == [1.0, 0.0, 2.0]
    path, authorization, body = server.requests[0]
    assert (path, authorization) == ("/v1/rerank", "Bearer secret")
    assert body == {"model": "m", "query": "奖励多少", "documents": TEXTS, "top_n": 3}


def test_without_a_model_name_the_shape_of_tei_is_spoken() -> None:
    with serving(RerankServer(tei=True, liked=("奖励", "名额"))) as server:
        assert at(server, model=None)[0].scores("奖励多少", TEXTS) == [1.0, 0.0, 2.0]
    assert server.requests[0][2] == {"query": "奖励多少", "texts": TEXTS, "truncate": True}


def test_a_busy_endpoint_is_asked_once_more_after_the_pause_it_names() -> None:
    with serving(RerankServer(liked=("奖励",))) as server:
        server.failures = [(429, {"Retry-After": "2"})]
        reranker, pauses = at(server)
        assert reranker.scores("问", TEXTS) == [1.0, 0.0, 1.0]
    assert pauses == [2.0]


def test_a_pause_that_outlasts_the_time_allowed_is_not_made() -> None:
    with serving(RerankServer()) as server:
        server.failures = [(429, {"Retry-After": "60"})]
        reranker, pauses = at(server)
        with pytest.raises(ModelUnavailable):
            reranker.scores("问", TEXTS)
    assert pauses == []


def test_an_endpoint_that_stays_down_is_given_up_after_the_second_time() -> None:
    with serving(RerankServer()) as server:
        server.failures = [(503, {})] * 5
        with pytest.raises(ModelUnavailable):
            at(server)[0].scores("问", TEXTS)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("status", "error"), [(401, ModelAuthError), (422, ModelBadRequest), (404, ModelBadRequest)]
)
def test_what_trying_again_cannot_mend_is_raised_at_once(status: int, error: type[Exception]) -> None:
    with serving(RerankServer()) as server:
        server.failures = [(status, {})]
        with pytest.raises(error, match="POLICY_ASSISTANT_RERANKER_URL"):
            at(server)[0].scores("问", TEXTS)
    assert len(server.requests) == 1


def test_the_wrong_shape_for_a_server_is_told_with_the_setting_that_decides_it() -> None:
    with serving(RerankServer(tei=True)) as server, pytest.raises(ModelBadRequest, match="none for TEI"):
        at(server)[0].scores("问", TEXTS)


def test_silence_ends_with_the_time_allowed() -> None:
    with serving(RerankServer()) as server:
        server.silent = True
        with pytest.raises(ModelUnavailable):
            at(server, timeout=0.2)[0].scores("问", TEXTS)


def test_nothing_at_the_address_is_a_failure_like_others() -> None:
    with serving(RerankServer()) as server:
        gone = at(server)[0]
    with pytest.raises(ModelUnavailable):
        gone.scores("问", TEXTS)


def rows(*pairs: tuple[object, object]) -> bytes:
    return json.dumps({"results": [{"index": i, "relevance_score": s} for i, s in pairs]}).encode()


@pytest.mark.parametrize(
    "body",
    [
        rows((0, 0.1), (1, 0.2)),  # one is missing
        rows((0, 0.1), (1, 0.2), (1, 0.3)),  # one twice
        rows((0, 0.1), (1, 0.2), (3, 0.3)),  # out of range
        rows((0, 0.1), (1, 0.2), (-1, 0.3)),
        rows((0, 0.1), (1, 0.2), (2, 0.3), (2, 0.3)),
        rows((0, 0.1), (1, 0.2), (2, "0.3")),
        rows((0, 0.1), (1, 0.2), ("2", 0.3)),
        rows((0, 0.1), (True, 0.2), (2, 0.3)),
        rows((0, 0.1), (1, 0.2), (2, None)),
        rows((0, 0.1), (1, 0.2), (2, float("nan"))),
        rows((0, 0.1), (1, 0.2), (2, float("inf"))),
        rows((0, 0.1), (1, 0.2), (2, 10**400)),
        b'{"results": [1, 2, 3]}',
        b'{"results": {}}',
        b'{"data": []}',
        b'"ok"',
        b"null",
        b"{",
        b"[" * 100_000,
        b"<html>it works</html>",
        b"\xff\xfe",
        b"",
    ],
)
def test_a_reply_that_is_no_ranking_of_all_texts_is_refused(body: bytes) -> None:
    with serving(RerankServer()) as server:
        server.body = body
        with pytest.raises(ModelError):
            at(server)[0].scores("问", TEXTS)


def test_the_key_is_not_repeated_in_an_error() -> None:
    with serving(RerankServer()) as server:
        server.failures = [(401, {})]
        server.body = b'{"error": {"message": "wrong key secret"}}'
        with pytest.raises(ModelAuthError) as caught:
            at(server)[0].scores("问", TEXTS)
    assert "secret" not in caught.value.localized("en")


def test_a_local_reranker_without_its_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastembed.rerank.cross_encoder", None)
    reranker = open_reranker(RerankerSettings("local", "some-model"))
    assert reranker is not None
    with pytest.raises(SettingsError) as error:
        reranker.scores("问", TEXTS)
    assert "policy-assistant[local]" in error.value.hint_en


def test_no_reranker_is_opened_unless_it_is_asked_for() -> None:
    assert open_reranker(RerankerSettings()) is None
