"""The JSON API: health, status, ask (whole or streamed) and search.

Answers carry exactly what `presentation.to_json` gives, plus a ``conversation`` token to ask on with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Header, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from assistant.domain import (
    Answer,
    Conversation,
    Event,
    Filters,
    Finished,
    Kind,
    Language,
    Level,
    Progress,
    SentenceReleased,
)
from assistant.errors import AssistantError
from assistant.presentation import passage_json, sentence_json, stage_label, status_label, to_json
from assistant.web.api_errors import error_body, request_language, status_code, wrong_request
from assistant.web.conversations import Conversations
from assistant.web.exchange import unexpected

if TYPE_CHECKING:
    from assistant.app import Assistant


class Body(BaseModel):
    """What every request body has in common: an unknown field is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


class FiltersBody(Body):
    """What may be searched; the fields are those of `domain.Filters`."""

    as_of: Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = None
    languages: list[Language] = []
    levels: list[Level] = []
    kinds: list[Kind] = []
    issuers: list[str] = []
    instruments: list[str] = []
    include_superseded: bool = False

    @field_validator("as_of")
    @classmethod
    def _is_a_day(cls, value: str | None) -> str | None:
        if value is not None:
            date.fromisoformat(value)
        return value

    def filters(self) -> Filters:
        """The same as a domain object."""
        return Filters(
            as_of=self.as_of,
            languages=tuple(self.languages),
            levels=tuple(self.levels),
            kinds=tuple(self.kinds),
            issuers=tuple(self.issuers),
            instruments=tuple(self.instruments),
            include_superseded=self.include_superseded,
        )


class AskBody(Body):
    """A question, and the conversation it belongs to."""

    question: str
    conversation: str | None = None
    language: Language | None = None
    filters: FiltersBody = FiltersBody()


class SearchBody(Body):
    """Words to search the clauses for."""

    text: str = Field(min_length=1, max_length=2000)
    limit: int = Field(10, ge=1, le=100)
    filters: FiltersBody = FiltersBody()


def add_api(app: FastAPI, assistant: Assistant) -> None:
    """Routes and error bodies of the API."""
    default = assistant.settings.language

    @app.exception_handler(AssistantError)
    def _known(request: Request, error: AssistantError) -> JSONResponse:
        body = error_body(error, request_language(request, default))
        return JSONResponse(body, status_code=status_code(error))

    @app.exception_handler(RequestValidationError)
    def _wrong(request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(wrong_request(error, request_language(request, default)), status_code=422)

    @app.exception_handler(Exception)
    def _broken(request: Request, _: Exception) -> JSONResponse:
        message = unexpected("a request failed").localized(request_language(request, default))
        body = {"error": {"type": "Unexpected", "message": message, "hint": ""}}
        return JSONResponse(body, status_code=500)

    app.include_router(_router(assistant))


def _router(assistant: Assistant) -> APIRouter:
    router = APIRouter(prefix="/api")
    conversations = Conversations()

    @router.get("/health")
    def health() -> dict[str, str]:
        """The process answers; says nothing of the index."""
        return {"status": "ok"}

    @router.get("/status")
    def status() -> dict[str, Any]:
        """What there is to answer from; 503 before any ingest. Folders of this machine are left out."""
        known = asdict(assistant.status())
        return {name: value for name, value in known.items() if name not in ("state", "corpus")}

    @router.post("/ask", response_model=None)
    def ask(
        body: AskBody, request: Request, accept: Annotated[str, Header()] = "application/json"
    ) -> Response:
        """The answer as JSON, or its events as they come with ``Accept: text/event-stream``."""
        before = conversations.get(body.conversation) or Conversation()
        events = assistant.ask(body.question, before, filters=body.filters.filters(), language=body.language)

        def finished(answer: Answer) -> dict[str, Any]:
            token = conversations.keep(body.conversation, before.then(body.question, answer))
            return to_json(answer) | {"conversation": token}

        if "text/event-stream" in accept:
            language = request_language(request, assistant.settings.language)
            return StreamingResponse(_stream(events, finished, language), media_type="text/event-stream")
        answer = next(event.answer for event in events if isinstance(event, Finished))
        return JSONResponse(finished(answer))

    @router.post("/search")
    def search(body: SearchBody, request: Request) -> dict[str, Any]:
        """The clauses that fit, best first, without an answer; ``note`` tells what it lacked."""
        found = assistant.search(body.text, filters=body.filters.filters(), limit=body.limit)
        chinese = request_language(request, assistant.settings.language) == "zh"
        return {
            "query": body.text,
            "answerability": found.answerability,
            "note": (found.note_zh if chinese else found.note_en) or None,
            "passages": [passage_json(passage) for passage in found.passages],
        }

    return router


def _stream(
    events: Iterator[Event], finished: Callable[[Answer], dict[str, Any]], language: Language
) -> Iterator[str]:
    """Server-sent events ``progress``, ``sentence``, ``answer``; a failure arrives as ``error``."""
    try:
        for event in events:
            match event:
                case Progress(stage):
                    yield _event("progress", {"stage": stage, "label": stage_label(stage, language)})
                case SentenceReleased(sentence):
                    yield _event("sentence", sentence_json(sentence))
                case Finished(answer):
                    label = {"status_label": status_label(answer.status, language)}
                    yield _event("answer", finished(answer) | label)
    except AssistantError as error:
        yield _event("error", error_body(error, language))
    except Exception:  # noqa: BLE001 - the stream has begun, so this is the only way to tell
        problem = unexpected("the stream of an answer failed")
        message = problem.localized(language)
        yield _event("error", {"error": {"type": "Unexpected", "message": message, "hint": ""}})


def _event(name: Literal["progress", "sentence", "answer", "error"], data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
