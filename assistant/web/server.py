"""The web door: one FastAPI application with the chat page, the JSON API and the sources."""

from __future__ import annotations

import logging
import os
import socket
from asyncio import CancelledError
from collections.abc import Callable
from errno import EADDRINUSE
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from starlette.staticfiles import StaticFiles

from assistant.errors import PortInUse
from assistant.web.check_api import add_check_api
from assistant.web.eligibility import Desk, add_eligibility
from assistant.web.guard import Guard
from assistant.web.reading import Reader, Readings
from assistant.web.runs import add_runs
from assistant.web.shelf import add_shelf
from assistant.web.source import open_source, read_spans
from assistant.web.source_html import gone_html, source_html, source_page
from assistant.web.uploads import add_uploads
from assistant.web.words import known

if TYPE_CHECKING:
    from assistant.app import Assistant

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported
_STATIC = Path(__file__).parent / "static"
_SCRIPT = '<script src="/ui/{}" defer></script>'
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def create_app(
    assistant: Assistant,
    *,
    loopback_only: bool = True,
    uploads: bool | None = None,
    reader: Reader | None = None,
) -> FastAPI:
    """The application for ``assistant``.

    With ``loopback_only`` it answers to this machine's names alone, and, unless ``uploads`` says otherwise,
    only then takes files: what is uploaded is found by everyone. ``reader`` replaces the reading process.
    """
    import gradio as gr

    from assistant.web.api import add_api
    from assistant.web.chat import build_chat
    from assistant.web.openai_api import add_openai_api
    from assistant.web.theme import theme

    app = FastAPI(
        title="Policy Assistant",
        docs_url=None,  # both documentation pages load their scripts from another host
        redoc_url=None,
        openapi_url="/api/openapi.json",
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    app.add_middleware(Guard, loopback_only=loopback_only)
    app.mount("/ui", StaticFiles(directory=_STATIC))
    add_api(app, assistant)
    add_openai_api(app, assistant)
    _add_sources(app, assistant)
    takes_files = loopback_only if uploads is None else uploads
    folder = (assistant.settings.state / "uploads").resolve()
    readings = Readings(assistant.settings, folder, reader) if takes_files else None
    add_uploads(app, readings, assistant.settings.language)
    add_shelf(app, assistant, readings.folder if readings else None)
    desk = Desk(assistant)
    add_eligibility(app, desk)
    add_check_api(app, desk)
    runs = assistant.settings.state / "runs"
    add_runs(app, runs, assistant.settings.language, shown_as=str(runs) if loopback_only else "STATE/runs")

    @app.get("/favicon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> FileResponse:
        return FileResponse(_STATIC / "favicon.svg", media_type="image/svg+xml")

    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        build_chat(assistant),
        path="/",
        theme=theme(),
        head=_head(),
        show_error=False,
        run_history=False,
        footer_links=[],
        allowed_paths=[],
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
    )


def serve(assistant: Assistant, host: str, port: int, *, ready: Callable[[], object] = lambda: None) -> None:
    """Serve until interrupted; ``ready`` is called when the page can be opened.

    Raises `PortInUse` before anything is loaded when the port is taken or the address is not this machine's.
    """
    _claim(host, port)
    logging.getLogger("uvicorn.error").addFilter(_unless_stopping)
    app = create_app(assistant, loopback_only=host in _LOOPBACK)
    app.router.add_event_handler("startup", ready)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=2,  # open pages hold their streams for ever
    )


def _add_sources(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/source/{chunk_id}", response_class=HTMLResponse, include_in_schema=False)
    def source(chunk_id: str, span: str = "", lang: str = "", fragment: bool = False) -> HTMLResponse:
        language = known(lang) or assistant.settings.language
        opened = open_source(assistant, chunk_id, read_spans(span))
        html = source_html(opened, language) if opened else gone_html(language)
        body = html if fragment else source_page(html, language)
        return HTMLResponse(body, status_code=200 if opened else 404)


def _head() -> str:
    """Our style and script, addressed by content so that a new version is never mixed with an old one."""
    tags = []
    for name in ("assistant.css", "tabs.css", "assistant.js", "views.js", "documents.js"):
        tag = '<link rel="stylesheet" href="/ui/{}">' if name.endswith("css") else _SCRIPT
        digest = sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
        tags.append(tag.format(f"{name}?v={digest}"))
    return '<link rel="icon" href="/favicon.svg" type="image/svg+xml">' + "".join(tags)


def _unless_stopping(record: logging.LogRecord) -> bool:
    """Whether a log record is worth showing: streams cut off by a stop are not."""
    kind = record.exc_info[0] if record.exc_info else None
    return not (kind and issubclass(kind, CancelledError)) and "graceful shutdown" not in record.getMessage()


def _claim(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == EADDRINUSE:
                raise PortInUse(
                    zh=f"{host}:{port} 已被占用。",
                    en=f"{host}:{port} is in use already.",
                    hint_zh="换一个端口再试，例如：policy-assistant serve --port 7861。",
                    hint_en="Choose another port, for example: policy-assistant serve --port 7861.",
                ) from error
            raise PortInUse(
                zh=f"无法在 {host}:{port} 上监听（{error.strerror}）。",
                en=f"Cannot listen on {host}:{port} ({error.strerror}).",
                hint_zh="请用 --host 指定本机的地址，例如 127.0.0.1；1024 以下的端口需要权限。",
                hint_en="Name this machine's address with --host, e.g. 127.0.0.1; low ports need rights.",
            ) from error
