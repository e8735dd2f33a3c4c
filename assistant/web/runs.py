"""Routes of the evaluation runs: the list, one run, its report, and two runs compared."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse, Response

from assistant.domain import Language
from assistant.web.run_comparison import compare
from assistant.web.runs_html import comparison_html, gone_run_html, run_html, runs_html
from assistant.web.source_html import source_page
from assistant.web.stored_runs import list_runs, open_run, report_figures, report_page, significance
from assistant.web.words import known


def add_runs(app: FastAPI, folder: Path, default: Language, *, shown_as: str) -> None:
    """``/runs`` and ``/run/…``. Commands name the folder as ``shown_as``; visitors need not know it."""
    pages = APIRouter(include_in_schema=False)

    def reply(html: str, language: Language, fragment: bool, status: int = 200) -> HTMLResponse:
        body = f'<div class="pa-runs">{html}</div>'
        return HTMLResponse(body if fragment else source_page(body, language), status)

    @pages.get("/runs")
    def runs(lang: str = "", fragment: bool = False) -> Response:
        language = known(lang) or default
        return reply(runs_html(list_runs(folder), language), language, fragment)

    @pages.get("/runs/compare")
    def compared(a: str = "", b: str = "", lang: str = "", fragment: bool = False) -> Response:
        language = known(lang) or default
        first, second = open_run(folder, a), open_run(folder, b)
        if first is None or second is None:
            return reply(gone_run_html(language), language, fragment, 404)
        paths = [shlex.quote(f"{shown_as}/{part}") for part in (a, b, f"{b}/compare-{a}.json")]
        command = f"python -m eval compare {paths[0]} {paths[1]} --json {paths[2]}"
        html = comparison_html(compare(first, second), significance(folder, a, b), language, command)
        return reply(html, language, fragment)

    @pages.get("/run/{name}")
    def run(name: str, lang: str = "", fragment: bool = False) -> Response:
        language = known(lang) or default
        found = open_run(folder, name)
        if found is None:
            return reply(gone_run_html(language), language, fragment, 404)
        rescore = f"python -m eval score {shlex.quote(f'{shown_as}/{name}')}"
        return reply(run_html(found, language, rescore), language, fragment)

    @pages.get("/run/{name}/report")
    def report(name: str, lang: str = "") -> Response:
        """The evaluation's own page. The guard sends it with a policy under which it can do nothing."""
        content = report_page(folder, name)
        if content is None:
            language = known(lang) or default
            return reply(gone_run_html(language), language, False, 404)
        return Response(content, media_type="text/html; charset=utf-8")

    @pages.get("/run/{name}/report.json")
    def figures(name: str, lang: str = "") -> Response:
        content = report_figures(folder, name)
        if content is None:
            language = known(lang) or default
            return reply(gone_run_html(language), language, False, 404)
        return Response(
            content,
            media_type="application/json",
            headers={"Content-Disposition": "attachment; filename*=UTF-8''" + quote(f"{name}.json", safe="")},
        )

    app.include_router(pages)
