"""A chat model behind a real HTTP server: what it says, and every way in which it can fail."""

from __future__ import annotations

import itertools
import socket
import time
from collections.abc import Callable

import pytest

from assistant.domain import Usage
from assistant.errors import (
    ModelAuthError,
    ModelBadRequest,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    PromptTooLong,
)
from assistant.llm import OpenAIChat
from assistant.ports import Delta, Message
from assistant.settings import ChatSettings
from eval.openai_server import OpenAIServer, Reply

ASK = [Message("system", "照证据回答。"), Message("user", "比例是多少？")]
TEXT = "研发费用占比不低于4%。[1]收入占比不低于60%。[2]"


def chat(
    server: OpenAIServer,
    *,
    timeout: float = 5.0,
    retries: int = 0,
    model: str = "test-model",
    key: str | None = None,
    sleep: Callable[[float], None] = lambda _: None,
) -> OpenAIChat:
    return OpenAIChat(ChatSettings(model, key, server.url, timeout), retries=retries, sleep=sleep)


def said(deltas: list[Delta]) -> str:
    return "".join(delta.text for delta in deltas)


# --- what it says ---


def test_a_reply_comes_in_pieces_and_ends_with_its_usage(server: OpenAIServer) -> None:
    server.enqueue(Reply(TEXT, usage=(321, 45)))
    deltas = list(chat(server).stream(ASK))
    assert said(deltas) == TEXT
    assert len(deltas) > 5
    assert [delta.finished for delta in deltas] == [False] * (len(deltas) - 1) + [True]
    assert deltas[-1].usage == Usage(321, 45)
    assert not deltas[-1].truncated


def test_a_whole_reply_is_text_and_usage(server: OpenAIServer) -> None:
    server.enqueue(Reply(TEXT, usage=(9, 8)))
    assert chat(server).complete(ASK) == (TEXT, Usage(9, 8))


def test_messages_and_limits_are_sent_and_sampling_is_off(server: OpenAIServer) -> None:
    chat(server).complete(ASK, max_tokens=77, json=True)
    body = server.requests[-1].body
    assert [(m["role"], m["content"]) for m in body["messages"]] == [(m.role, m.content) for m in ASK]
    assert body["max_tokens"] == 77
    assert body["temperature"] == 0
    assert body["response_format"] == {"type": "json_object"}


def test_a_local_server_needs_no_key(server: OpenAIServer) -> None:
    assert chat(server, key=None).complete(ASK)[0]


def test_the_key_is_sent_and_never_repeated_in_an_error() -> None:
    with OpenAIServer(key="sk-right") as server:
        assert chat(server, key="sk-right").complete(ASK)[0]
        with pytest.raises(ModelAuthError) as wrong:
            chat(server, key="sk-wrong").complete(ASK)
        server.enqueue(Reply(status=400, error={"message": "header sk-right is odd"}))
        with pytest.raises(ModelBadRequest) as echoed:
            chat(server, key="sk-right").complete(ASK)
    assert "OPENAI_API_KEY" in str(wrong.value)
    assert "sk-" not in str(echoed.value)


def test_thinking_is_dropped_wherever_the_endpoint_puts_it(server: OpenAIServer) -> None:
    server.enqueue(Reply("<think>先想想[9]。</think>\n\n" + TEXT), Reply(TEXT, reasoning="先想想[9]。"))
    assert said(list(chat(server).stream(ASK))) == TEXT
    assert said(list(chat(server).stream(ASK))) == TEXT


def test_a_reply_at_its_length_limit_says_so_when_streamed_and_fails_when_wanted_whole(
    server: OpenAIServer,
) -> None:
    server.enqueue(Reply(TEXT, finish="length"), Reply(TEXT, finish="length"))
    assert list(chat(server).stream(ASK))[-1].truncated
    with pytest.raises(ModelBadRequest, match="cut at its length limit"):
        chat(server).complete(ASK)


def test_what_breaks_after_the_end_takes_nothing_from_the_reply(server: OpenAIServer) -> None:
    ended = (
        'data: {"choices":[{"index":0,"delta":{"content":"好。"},"finish_reason":"stop"}]}\n\ndata: {bad\n\n'
    )
    server.enqueue(Reply(body=ended.encode(), content_type="text/event-stream"))
    assert chat(server).complete(ASK) == ("好。", None)


def test_sparse_events_of_a_lax_endpoint_are_read(server: OpenAIServer) -> None:
    lines = [
        '{"choices":[]}',
        '{"choices":null}',
        '{"choices":[{"delta":null}]}',
        '{"choices":[{"delta":{"content":null},"finish_reason":""}]}',
        '{"choices":[{"delta":{"content":"好。"}}]}',
        '{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":null,"completion_tokens":2}}',
    ]
    body = "".join(f"data: {line}\n\n" for line in lines)
    server.enqueue(Reply(body=body.encode(), content_type="text/event-stream"))
    assert chat(server).complete(ASK) == ("好。", Usage(0, 2))


# --- options that an endpoint turns down ---


@pytest.mark.parametrize(
    ("status", "error", "gone"),
    [
        (400, {"message": "property 'stream_options' is unsupported"}, "stream_options"),
        (422, {"message": {"detail": [{"loc": ["body", "include_usage"]}]}}, "stream_options"),
        (400, {"message": "Unsupported value: 'temperature'", "param": "temperature"}, "temperature"),
        (400, {"message": "'response_format' is not available"}, "response_format"),
    ],
)
def test_an_option_that_is_turned_down_is_left_out_from_then_on(
    server: OpenAIServer, status: int, error: dict[str, object], gone: str
) -> None:
    server.enqueue(Reply(status=status, error=error), Reply(TEXT), Reply(TEXT))
    model = chat(server)
    assert model.complete(ASK, json=True)[0] == TEXT
    assert model.complete(ASK, json=True)[0] == TEXT
    assert [gone in request.body for request in server.requests] == [True, False, False]


def test_the_newer_name_of_the_length_limit_is_used_where_the_old_one_is_turned_down(
    server: OpenAIServer,
) -> None:
    advice = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
    server.enqueue(Reply(status=400, error={"message": advice, "param": "max_tokens"}), Reply(TEXT))
    assert chat(server).complete(ASK, max_tokens=50)[0] == TEXT
    assert server.requests[-1].body["max_completion_tokens"] == 50
    assert "max_tokens" not in server.requests[-1].body


# --- failures, each with its place ---


@pytest.mark.parametrize(
    ("reply", "expected", "words"),
    [
        (Reply(status=401, error={"message": "no"}), ModelAuthError, "OPENAI_API_KEY"),
        (Reply(status=403, error={"message": "region"}), ModelAuthError, "region"),
        (Reply(status=402, error={"message": "Insufficient Balance"}), ModelUnavailable, "no credit"),
        (Reply(status=429, error={"message": "x", "code": "insufficient_quota"}), ModelUnavailable, "credit"),
        (Reply(status=429, headers={"Retry-After": "0"}), ModelUnavailable, "busy"),
        (Reply(status=500), ModelUnavailable, "500"),
        (Reply(status=503, body=b"<html>down</html>", content_type="text/html"), ModelUnavailable, "503"),
        (Reply(status=400, error={"message": "Model Not Exist"}), ModelBadRequest, "OPENAI_MODEL"),
        (Reply(status=400, error={"message": "what?"}), ModelBadRequest, "what?"),
        (
            Reply(status=404, body=b"<!DOCTYPE html>", content_type="text/html"),
            ModelBadRequest,
            "OPENAI_BASE_URL",
        ),
        (Reply(status=400, error={"message": "x", "code": "data_inspection_failed"}), ModelRefused, "filter"),
        (Reply(TEXT, finish="content_filter"), ModelRefused, "filter"),
        (Reply(TEXT, finish=None), ModelUnavailable, "broke off"),
        (Reply(TEXT, cut_after=2), ModelUnavailable, "broke off"),
        (Reply(TEXT, error_after=2), ModelUnavailable, "scripted"),
        (Reply(TEXT, error_after=0, error={"message": "slow down", "code": 429}), ModelUnavailable, "busy"),
        (Reply(TEXT, junk_after=2), ModelUnavailable, "protocol"),
        (Reply(body=b"<html>portal</html>", content_type="text/html"), ModelUnavailable, "HTML"),
        (Reply(body=b"\xff\xfe\x00 data", content_type="text/event-stream"), ModelUnavailable, "protocol"),
        (Reply(body=b'{"error": "Context size has been exceeded."}'), PromptTooLong, "context"),
        (Reply(""), ModelUnavailable, "empty"),
        (Reply("<think>只想不说"), ModelUnavailable, "empty"),
    ],
)
def test_a_failure_is_one_of_our_errors_and_says_what_to_do(
    server: OpenAIServer, reply: Reply, expected: type[ModelError], words: str
) -> None:
    server.enqueue(reply)
    with pytest.raises(expected, match=words) as raised:
        chat(server).complete(ASK)
    error = raised.value
    assert isinstance(error, expected)
    assert error.hint_zh
    assert error.hint_en


def test_an_unknown_model_is_named(server: OpenAIServer) -> None:
    with pytest.raises(ModelBadRequest, match="“gpt-none”"):
        chat(server, model="gpt-none").complete(ASK)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, {"message": "x", "code": "context_length_exceeded"}),  # OpenAI
        (
            400,
            {"message": "This model's maximum context length is 65536 tokens. However, you requested 66343"},
        ),
        (
            400,
            {"message": "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 9]"},
        ),
        (
            400,
            {
                "message": "the request exceeds the available context size",
                "type": "exceed_context_size_error",
            },
        ),
        (400, {"message": "Input length 203743 exceeds the maximum length 202752"}),
        (500, {"message": "the request exceeds the available context size. try increasing it"}),
        (413, {"message": "Payload Too Large"}),
    ],
)
def test_a_prompt_that_is_too_long_is_recognised_in_every_endpoints_words(
    server: OpenAIServer, status: int, error: dict[str, object]
) -> None:
    server.enqueue(Reply(status=status, error=error))
    with pytest.raises(PromptTooLong):
        chat(server).complete(ASK)


# --- waiting ---


def test_a_slow_first_word_and_a_stall_end_within_the_timeout(server: OpenAIServer) -> None:
    for reply in (Reply(TEXT, delay=3), Reply(TEXT, stall_after=3), Reply(TEXT, keepalive=99, delay=0.05)):
        server.enqueue(reply)
        began = time.monotonic()
        with pytest.raises(ModelUnavailable, match="OPENAI_TIMEOUT"):
            chat(server, timeout=0.3, retries=2).complete(ASK)
        assert time.monotonic() - began < 1.0


def test_words_that_came_before_a_stall_are_handed_over(server: OpenAIServer) -> None:
    server.enqueue(Reply(TEXT, stall_after=3))
    stream = chat(server, timeout=0.3).stream(ASK)
    assert said(list(itertools.islice(stream, 3))) == TEXT[:12]
    with pytest.raises(ModelUnavailable):
        next(stream)


def test_a_reply_that_never_ends_is_ended(server: OpenAIServer) -> None:
    server.enqueue(Reply("字" * 4000, pause=0.02))
    began = time.monotonic()
    with pytest.raises(ModelUnavailable, match="OPENAI_TIMEOUT"):
        chat(server, timeout=0.1).complete(ASK)
    assert time.monotonic() - began < 2.0


def test_nobody_listening_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    model = OpenAIChat(
        ChatSettings("m", base_url=f"http://127.0.0.1:{port}/v1"), retries=1, sleep=lambda _: None
    )
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        model.complete(ASK)


# --- trying again ---


def test_a_failure_that_may_pass_is_tried_again_after_a_growing_pause(server: OpenAIServer) -> None:
    server.enqueue(Reply(status=500), Reply(status=503), Reply(TEXT))
    pauses: list[float] = []
    assert chat(server, retries=2, sleep=pauses.append).complete(ASK)[0] == TEXT
    assert 0.375 <= pauses[0] <= 0.5
    assert 0.75 <= pauses[1] <= 1.0


def test_the_pause_the_endpoint_asks_for_is_kept(server: OpenAIServer) -> None:
    server.enqueue(Reply(status=429, headers={"Retry-After": "3"}), Reply(TEXT))
    pauses: list[float] = []
    assert chat(server, retries=1, sleep=pauses.append).complete(ASK)[0] == TEXT
    assert pauses == [3.0]


def test_a_pause_longer_than_the_reader_waits_is_not_begun(server: OpenAIServer) -> None:
    server.enqueue(Reply(status=429, headers={"Retry-After": "60"}), Reply(TEXT))
    pauses: list[float] = []
    with pytest.raises(ModelUnavailable, match="wait 60 s"):
        chat(server, retries=1, sleep=pauses.append).complete(ASK)
    assert pauses == []


def test_a_wrong_key_is_not_tried_again(server: OpenAIServer) -> None:
    server.enqueue(Reply(status=401), Reply(TEXT))
    with pytest.raises(ModelAuthError):
        chat(server, retries=2).complete(ASK)
    assert len(server.requests) == 1


def test_a_reply_that_breaks_before_its_first_word_is_tried_again_and_later_is_not(
    server: OpenAIServer,
) -> None:
    server.enqueue(Reply(TEXT, cut_after=0), Reply(TEXT))
    assert chat(server, retries=1).complete(ASK)[0] == TEXT
    server.enqueue(Reply(TEXT, cut_after=1), Reply(TEXT))
    with pytest.raises(ModelUnavailable, match="broke off"):
        chat(server, retries=1).complete(ASK)
    assert len(server.requests) == 3


def test_a_reader_who_leaves_closes_the_connection(server: OpenAIServer) -> None:
    server.enqueue(Reply(TEXT * 50, pause=0.01), Reply("好。"))
    model = chat(server)
    stream = model.stream(ASK)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert model.complete(ASK)[0] == "好。"


def test_with_prices_set_a_reply_tells_its_cost(server: OpenAIServer) -> None:
    server.enqueue(Reply(TEXT, usage=(1000, 500)))
    model = OpenAIChat(ChatSettings("test-model", base_url=server.url, prices=(2.0, 8.0)))
    _, usage = model.complete([Message("user", "?")])
    assert usage == Usage(1000, 500, 0.006)
