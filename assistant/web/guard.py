"""What every request passes through: who may call, what is open, and which headers go out.

Gradio opens more doors than a chat needs (files, uploads, proxies, monitoring, an API explorer). The guard
lets through only the ones the page uses. The policy sent with each page forbids any request to another
host; inline and evaluated scripts stay allowed because Gradio's own page is built on them, and whatever we
show is escaped by us.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.intake import MAX_FILE

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
#: For the pages that the evaluation wrote: an origin of their own, no script, no form, nothing fetched.
REPORT_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_OPEN = re.compile(
    r"/(?:"
    r"|config/?|theme\.css|robots\.txt|favicon\.(?:ico|svg)|manifest\.json"
    r"|(?:assets|static|ui)/.+"
    r"|(?:api|v1)/.+"
    r"|source/[\w-]+|documents|instrument/.+"
    r"|eligibility(?:/(?:form|check|profile|report\.(?:md|docx)))?"
    r"|runs(?:/compare)?|run/[^/]+(?:/report(?:\.json)?)?"
    r"|gradio_api/(?:queue/(?:join|data)|run/predict|cancel|reset/?|heartbeat/\w+|startup-events|theme\.css)"
    r")"
)
_REPORT = re.compile(r"/run/[^/]+/report")
MAX_BODY = 256 * 1024
MAX_UPLOAD = 4 * MAX_FILE


class Guard:
    """ASGI middleware; streaming passes through untouched."""

    def __init__(self, app: ASGIApp, *, loopback_only: bool) -> None:
        self.app = app
        self.loopback_only = loopback_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is not for us, then pass the request on with the headers added."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(message, scope["path"])
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send_guarded)
            return
        await self.app(scope, _limited(receive, _limit(scope)), send_guarded)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if self.loopback_only and host.rpartition(":")[0] not in _LOOPBACK and host not in _LOOPBACK:
            # another site's name that resolves to this machine (DNS rebinding)
            return _refuse(403, "HostRefused", f"this server answers to {', '.join(_LOOPBACK)} only")
        if not _OPEN.fullmatch(scope["path"]):
            return _refuse(404, "NotFound", "there is nothing here")
        if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            origin = headers.get("origin")
            if origin and origin.partition("://")[2] != host:
                return _refuse(403, "OriginRefused", "requests from other sites are refused")
            length = headers.get("content-length", "0")
            if not length.isdigit() or int(length) > _limit(scope):
                return _refuse(413, "TooLarge", f"the limit is {_limit(scope)} bytes")
        return None


def _limit(scope: Scope) -> int:
    return MAX_UPLOAD if scope["path"] == "/api/documents" else MAX_BODY


def _limited(receive: Receive, limit: int) -> Receive:
    """``receive`` that cuts a body off at the limit, for bodies that do not announce their length."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > limit:
                return {"type": "http.disconnect"}
        return message

    return limited


def _protect(message: MutableMapping[str, Any], path: str) -> None:
    headers = MutableHeaders(scope=message)
    headers["Content-Security-Policy"] = REPORT_POLICY if _REPORT.fullmatch(path) else CONTENT_POLICY
    for name, value in _HEADERS.items():
        headers[name] = value


def _refuse(status: int, kind: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"type": kind, "message": message}}, status_code=status)
