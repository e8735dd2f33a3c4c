from __future__ import annotations

import socket

import httpx
import pytest

from assistant.errors import PortInUse
from assistant.web.guard import MAX_BODY
from assistant.web.server import serve
from tests.web.conftest import Served
from tests.web.world import ScriptedAssistant


@pytest.mark.parametrize("path", ["/", "/api/health", "/source/workshop0001", "/ui/assistant.js", "/nothing"])
def test_every_reply_forbids_other_hosts_frames_and_sniffing(http: httpx.Client, path: str) -> None:
    headers = http.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http" in value or "*" in value for value in policy.values())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/hostname",
        "/gradio_api/file/etc/hostname",
        "/gradio_api/proxy=https://example.org",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/runs",
        "/gradio_api/deep_link",
        "/gradio_api/vibe-code",
        "/gradio_api/app_id",
        "/monitoring",
        "/monitoring/summary",
        "/login",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/ui/../server.py",
        "/ui/%2e%2e/server.py",
    ],
)
def test_doors_that_the_page_does_not_need_are_closed(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/gradio_api/upload", "/gradio_api/call/ask", "/gradio_api/run/ask"])
def test_posting_past_the_page_is_refused(http: httpx.Client, path: str) -> None:
    assert http.post(path, json={"data": []}).status_code == 404


def test_a_page_of_another_site_cannot_post_here(http: httpx.Client) -> None:
    reply = http.post("/api/ask", json={"question": "问"}, headers={"origin": "https://example.org"})
    assert reply.status_code == 403
    assert http.post("/api/ask", json={"question": "问"}, headers={"origin": "null"}).status_code == 403


def test_our_own_page_can_post_here(http: httpx.Client, served: Served) -> None:
    assert http.post("/api/ask", json={"question": "问"}, headers={"origin": served.url}).status_code == 200


def test_another_name_for_this_machine_is_refused(http: httpx.Client) -> None:
    assert http.get("/", headers={"host": "rebound.example.org"}).status_code == 403


def test_a_body_over_the_limit_is_refused_whether_announced_or_not(http: httpx.Client) -> None:
    body = b'{"question": "' + b"x" * MAX_BODY + b'"}'
    kind = {"content-type": "application/json"}
    assert http.post("/api/ask", content=body, headers=kind).status_code == 413
    reply = http.post("/api/ask", content=iter([body[:1000], body[1000:]]), headers=kind)
    assert reply.status_code in (400, 413)


def test_a_taken_port_is_told_before_anything_is_loaded() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse) as told:
            serve(ScriptedAssistant(), "127.0.0.1", port)  # type: ignore[arg-type]
    assert f"127.0.0.1:{port}" in told.value.zh
    assert "--port" in told.value.hint_en
