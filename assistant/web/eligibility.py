"""Routes of the eligibility form. Every request carries all it needs; nothing is kept between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from assistant.domain import Language
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.profiles import MAX_PROFILE
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from assistant.web.check_form import Filled, profile_json, read_form, read_profile
from assistant.web.check_report import all_schemes, one_scheme, to_docx, to_markdown
from assistant.web.checking import cite, outcomes_of
from assistant.web.form_html import ADDRESS, form_html
from assistant.web.outcome_html import no_rules_html, outcome_html, screening_html
from assistant.web.source_html import source_page
from assistant.web.words import known

if TYPE_CHECKING:
    from assistant.app import Assistant

_MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it arrived: its fields, and a saved profile if one was chosen."""

    fields: Mapping[str, str]
    profile: bytes | None

    def filled(self, rulebook: Rulebook) -> Filled:
        """What it says."""
        filled = read_form(self.fields, rulebook)
        return filled if self.profile is None else read_profile(self.profile, filled, rulebook)


async def _sent(request: Request) -> Sent:
    async with request.form(max_files=1, max_fields=500) as form:
        fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        file = form.get("profile")
        chosen = file if isinstance(file, UploadFile) and file.filename else None
        content = await chosen.read(MAX_PROFILE + 1) if chosen else None
    return Sent(fields, content)


_Form = Annotated[Sent, Depends(_sent)]


class Desk:
    """The rules and the texts that checks are made from; read when first needed."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @cached_property
    def rulebook(self) -> Rulebook:
        """The schemes of the corpus. Raises `CorpusError`."""
        return load_rulebook(self.assistant.settings.corpus / "rules")

    @cached_property
    def _clauses(self) -> Clauses:
        return Clauses(self.assistant.library)

    def result(self, filled: Filled, language: Language) -> str:
        """What the form comes to, as HTML."""
        outcomes = outcomes_of(filled, self.rulebook)
        if not outcomes:
            return no_rules_html(language)
        if filled.scheme is None:
            return screening_html(outcomes, language)
        cited = cite(outcomes[0], self._clauses, language)
        return outcome_html(outcomes[0], cited, self.assistant.library, self.rulebook, language)

    def report(self, filled: Filled, kind: str, language: Language) -> bytes:
        """What the form comes to, as a file to print."""
        outcomes = outcomes_of(filled, self.rulebook)
        if filled.scheme is None or not outcomes:
            parts = all_schemes(outcomes, language)
        else:
            cited = cite(outcomes[0], self._clauses, language)
            parts = one_scheme(outcomes[0], cited, self.assistant.library, self.rulebook, language)
        return to_docx(parts) if kind == "docx" else to_markdown(parts).encode()


def add_eligibility(app: FastAPI, desk: Desk) -> None:
    """``/eligibility`` and what its buttons call."""
    default = desk.assistant.settings.language
    pages = APIRouter(prefix=ADDRESS, include_in_schema=False)

    def page(filled: Filled, language: Language, fragment: bool, *, checked: bool) -> HTMLResponse:
        result = desk.result(filled, language) if checked and not filled.general else ""
        html = form_html(filled, desk.rulebook, result, language)
        return HTMLResponse(html if fragment else source_page(html, language))

    @pages.get("")
    def form(scheme: str = "", lang: str = "", fragment: bool = False) -> Response:
        filled = read_form({"scheme": scheme}, desk.rulebook)
        return page(filled, known(lang) or default, fragment, checked=False)

    @pages.post("/form")
    def redrawn(sent: _Form, lang: str = "", fragment: bool = False) -> Response:
        """Another scheme, or a saved profile: what was filled in stays."""
        return page(sent.filled(desk.rulebook), known(lang) or default, fragment, checked=False)

    @pages.post("/check")
    def checked(sent: _Form, lang: str = "", fragment: bool = False) -> Response:
        return page(sent.filled(desk.rulebook), known(lang) or default, fragment, checked=True)

    @pages.post("/profile")
    def profile(sent: _Form) -> Response:
        return _file(profile_json(sent.filled(desk.rulebook)).encode(), "application/json", "profile.json")

    @pages.post("/report.{kind}")
    def report(sent: _Form, kind: Literal["md", "docx"], lang: str = "") -> Response:
        content = desk.report(sent.filled(desk.rulebook), kind, known(lang) or default)
        return _file(content, _MEDIA[kind], f"eligibility.{kind}")

    app.include_router(pages)


def _file(content: bytes, media: str, name: str) -> Response:
    return Response(
        content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
