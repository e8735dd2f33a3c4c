"""Routes of the documents: what is held, and one instrument to read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import HTMLResponse

from assistant.domain import Instrument, Language
from assistant.presentation import instrument_json
from assistant.validity import validity_on
from assistant.web.shelf_html import filter_html, instrument_html, shelf_html, upload_html
from assistant.web.source_html import gone_html, source_page
from assistant.web.words import known

if TYPE_CHECKING:
    from assistant.app import Assistant


def add_shelf(app: FastAPI, assistant: Assistant, uploads: Path | None) -> None:
    """``/documents``, ``/instrument/…`` and ``/api/documents``; ``uploads`` is where sent files lie."""
    from assistant.ingest.readers import FORMATS

    default = assistant.settings.language
    pages, api = APIRouter(), APIRouter(prefix="/api")

    def sent(instrument: Instrument) -> list[str]:
        """The files of an instrument that visitors sent."""
        if uploads is None:
            return []
        paths = [Path(document.path) for document in assistant.library.documents(instrument.id)]
        return [path.name for path in paths if path.parent == uploads]

    @pages.get("/documents", response_class=HTMLResponse)
    def documents(lang: str = "", on: str = "", fragment: bool = False) -> HTMLResponse:
        language, day = known(lang) or default, _day(on)
        held = [(i, validity_on(i, day)) for i in assistant.library.instruments()]
        removable = {i.id: file for i, _ in held for file in sent(i)}
        html = shelf_html(held, removable, language)
        if not fragment:
            return HTMLResponse(source_page(html, language))
        above = upload_html(FORMATS, language) if uploads else ""
        return HTMLResponse(above + filter_html(day, language) + html)

    @pages.get("/instrument/{instrument_id:path}", response_class=HTMLResponse)
    def instrument(
        instrument_id: str, lang: str = "", text: str = "", fragment: bool = False
    ) -> HTMLResponse:
        language = known(lang) or default
        html = _instrument(assistant, instrument_id, known(text) or language, language)
        body = html or gone_html(language)
        return HTMLResponse(body if fragment else source_page(body, language), 200 if html else 404)

    @api.get("/documents")
    def listed() -> list[dict[str, Any]]:
        """Every instrument with its validity today, the languages it is held in and the files sent for it."""
        library = assistant.library
        return [
            instrument_json(i)
            | {
                "validity": asdict(validity_on(i, _today())),
                "languages": [document.language for document in library.documents(i.id)],
                "uploads": sent(i),
            }
            for i in library.instruments()
        ]

    app.include_router(pages, include_in_schema=False)
    app.include_router(api)


def _instrument(assistant: Assistant, instrument_id: str, text: Language, language: Language) -> str | None:
    library = assistant.library
    instrument = library.instrument(instrument_id)
    if instrument is None:
        return None
    documents = sorted(library.documents(instrument_id), key=lambda document: document.language != text)
    document = documents[0] if documents else None
    others = [d.language for d in documents[1:] if document and d.language != document.language]
    sections = library.sections(document.id) if document else ()
    validity = validity_on(instrument, _today())
    return instrument_html(instrument, validity, document, sections, tuple(dict.fromkeys(others)), language)


def _day(text: str) -> str:
    """The day asked for; today where it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return _today()


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011 - a local day
