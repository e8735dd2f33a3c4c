"""A real local HTTP server that speaks the OpenAI protocol, with faults on demand.

Tests and the evaluation point the assistant at ``server.url`` and put replies in its queue::

    with OpenAIServer() as server:
        server.enqueue(Reply("研发费用占比不低于4%。[1]"), Reply(status=429, headers={"Retry-After": "0"}))
        model = OpenAIChat(ChatSettings("test-model", base_url=server.url))

A queue that is empty falls back to ``server.respond``, a function from the request to a `Reply`, so that a
"model" can be any Python function: one that quotes its evidence, or one that obeys whatever it reads.
``server.requests`` keeps what came in. This module knows nothing of the assistant.
"""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, cast

from eval.openai_vectors import embeddings, rerank


@dataclass(frozen=True)
class Reply:
    """One reply and how it is delivered; the defaults are a well-behaved endpoint.

    ``pieces`` fixes the deltas (default: a few characters each). ``*_after`` count deltas: ``stall_after``
    goes silent there, ``cut_after`` closes the connection, ``error_after`` sends ``error`` in the stream,
    ``junk_after`` sends a line that is not JSON. ``finish=None`` ends the stream without a finish_reason.
    ``keepalive`` sends that many comment lines, ``delay`` seconds apart, before the first delta. ``body``
    replaces everything with these raw bytes.
    """

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    error: Mapping[str, Any] | None = None
    body: bytes | None = None
    content_type: str = "application/json"
    pieces: tuple[str, ...] | None = None
    reasoning: str = ""
    finish: str | None = "stop"
    usage: tuple[int, int] | None = (120, 40)
    delay: float = 0.0
    pause: float = 0.0
    keepalive: int = 0
    stall_after: int | None = None
    cut_after: int | None = None
    error_after: int | None = None
    junk_after: int | None = None

    def deltas(self) -> tuple[str, ...]:
        """The text in the pieces in which it is sent."""
        if self.pieces is not None:
            return self.pieces
        return tuple(self.text[at : at + 4] for at in range(0, len(self.text), 4))


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def prompt(self) -> str:
        """All messages as one text."""
        return "\n".join(str(message.get("content", "")) for message in self.body.get("messages", ()))


Respond = Callable[[Request], Reply]


class OpenAIServer(AbstractContextManager["OpenAIServer"]):
    """The server; ``url`` is its base URL while the context is open."""

    def __init__(
        self,
        respond: Respond | None = None,
        *,
        key: str | None = None,
        models: tuple[str, ...] = ("test-model",),
        dimensions: int = 64,
    ) -> None:
        self.respond: Respond = respond or (lambda _: Reply("好的。"))
        self.key = key
        self.models = models
        self.dimensions = dimensions
        self.requests: list[Request] = []
        self.closing = Event()
        self._queue: deque[Reply] = deque()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        """The base URL to give to a client."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def enqueue(self, *replies: Reply) -> None:
        """These replies come next, in this order, whatever is asked."""
        self._queue.extend(replies)

    def forget(self) -> None:
        """Drop the replies that were not asked for."""
        self._queue.clear()

    def next(self, request: Request) -> Reply:
        """The reply to ``request``."""
        return self._queue.popleft() if self._queue else self.respond(request)

    def __enter__(self) -> OpenAIServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()  # a stalled reply lets go
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    owner: OpenAIServer
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the game."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each reply waits 40 ms for an acknowledgement

    @property
    def owner(self) -> OpenAIServer:
        return cast(_Server, self.server).owner

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.endswith("/models"):
            rows = [{"id": name, "object": "model", "owned_by": "test"} for name in self.owner.models]
            self._json(200, {"object": "list", "data": rows})
        else:
            self._json(404, _error("no such path", "not_found"))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        request = Request(self.path, dict(self.headers), json.loads(raw or b"{}"))
        self.owner.requests.append(request)
        if self.owner.key and self.headers.get("Authorization") != f"Bearer {self.owner.key}":
            self._json(401, _error("Incorrect API key provided.", "invalid_api_key"))
        elif request.body.get("model") not in self.owner.models:
            self._json(
                404, _error(f"The model `{request.body.get('model')}` does not exist", "model_not_found")
            )
        elif self.path.endswith("/chat/completions"):
            self._chat(request, self.owner.next(request))
        elif self.path.endswith("/embeddings"):
            self._json(200, embeddings(request.body, self.owner.dimensions))
        elif self.path.endswith("/rerank"):
            self._json(200, rerank(request.body))
        else:
            self._json(404, _error("no such path", "not_found"))

    def _chat(self, request: Request, reply: Reply) -> None:
        if reply.body is not None:
            time.sleep(reply.delay)
            self._send(reply.status, reply.body, reply.content_type, reply.headers)
        elif reply.status != 200:
            time.sleep(reply.delay)
            self._json(reply.status, {"error": dict(reply.error or {"message": "scripted"})}, reply.headers)
        elif request.body.get("stream"):
            self._stream(request, reply)
        else:
            time.sleep(reply.delay)
            self._json(200, _completion(request, reply))

    def _stream(self, request: Request, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        for _ in range(reply.keepalive):
            self._write(": keep-alive\n\n")
            self._rest(reply.delay)
        if not reply.keepalive:
            self._rest(reply.delay)
        for line in self._events(request, reply):
            self._write(f"data: {line}\n\n")

    def _events(self, request: Request, reply: Reply) -> Iterator[str]:
        yield _chunk({"role": "assistant", "content": ""})
        if reply.reasoning:
            yield _chunk({"reasoning_content": reply.reasoning})
        for sent, piece in enumerate((*reply.deltas(), None)):
            if sent == reply.stall_after:
                self.owner.closing.wait(30)
            if sent == reply.cut_after:
                return
            if sent == reply.error_after:
                yield json.dumps({"error": dict(reply.error or {"message": "scripted", "code": 500})})
                return
            if sent == reply.junk_after:
                yield '{"choices": [{"delta": '
            if piece is not None:
                yield _chunk({"content": piece})
                self._rest(reply.pause)
        if reply.finish is None:
            return
        yield _chunk({}, finish=reply.finish)
        wants_usage = (request.body.get("stream_options") or {}).get("include_usage")
        if wants_usage and reply.usage:
            yield json.dumps(
                {"id": "c1", "object": "chat.completion.chunk", "choices": [], "usage": _usage(reply)}
            )
        yield "[DONE]"

    def _rest(self, seconds: float) -> None:
        if seconds:
            self.owner.closing.wait(seconds)

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _json(self, status: int, value: Any, headers: Mapping[str, str] | None = None) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode(), "application/json", headers or {})

    def _send(self, status: int, body: bytes, content_type: str, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _error(message: str, code: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "code": code, "param": None}}


def _usage(reply: Reply) -> dict[str, int]:
    prompt, completion = reply.usage or (0, 0)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


_CHUNK = {"id": "c1", "object": "chat.completion.chunk"}


def _chunk(delta: Mapping[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": dict(delta), "finish_reason": finish}
    return json.dumps({**_CHUNK, "choices": [choice]}, ensure_ascii=False)


def _completion(request: Request, reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(reply.deltas())}
    return {
        "id": "c1",
        "object": "chat.completion",
        "model": request.body.get("model"),
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
        "usage": _usage(reply),
    }
