"""A real local HTTP server with a ``/rerank`` endpoint: one shape or the other, with faults on demand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


class RerankServer:
    """Scores a text by the ``liked`` words in it, best first, as Cohere or as TEI would say it.

    ``failures`` are sent first (status, headers); ``body`` replaces every reply with raw bytes; ``silent``
    answers nothing until the server closes.
    """

    def __init__(self, *, tei: bool = False, liked: tuple[str, ...] = ()) -> None:
        self.tei, self.liked = tei, liked
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.body: bytes | None = None
        self.silent = False
        self.scale, self.shift = 1.0, 0.0
        self.requests: list[tuple[str, str | None, dict[str, Any]]] = []  # path, authorization, body
        self.closing = Event()
        self.url = ""

    def reply(self, body: dict[str, Any]) -> tuple[int, Any]:
        """The status and the body for a request."""
        texts = body.get("texts" if self.tei else "documents")
        if not isinstance(texts, list) or (not self.tei and "model" not in body):
            return 422, {"error": {"message": "missing field"}}
        scores = [self.scale * sum(word in text for word in self.liked) + self.shift for text in texts]
        order = sorted(range(len(texts)), key=lambda at: -scores[at])
        name = "score" if self.tei else "relevance_score"
        rows = [{"index": at, name: scores[at]} for at in order]
        return 200, rows if self.tei else {"id": "1", "results": rows, "meta": {}}


@contextmanager
def serving(behaviour: RerankServer) -> Iterator[RerankServer]:
    """``behaviour`` behind ``behaviour.url``."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            behaviour.requests.append((self.path, self.headers.get("Authorization"), body))
            if behaviour.silent:
                behaviour.closing.wait(30)
                return
            headers: dict[str, str] = {}
            if behaviour.failures:
                status, headers = behaviour.failures.pop(0)
                reply: Any = {"error": {"message": "scripted"}}
            else:
                status, reply = behaviour.reply(body)
            raw = behaviour.body if behaviour.body is not None else json.dumps(reply).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        behaviour.url = f"http://127.0.0.1:{server.server_address[1]}/v1/rerank"
        try:
            yield behaviour
        finally:
            behaviour.closing.set()
            server.shutdown()
