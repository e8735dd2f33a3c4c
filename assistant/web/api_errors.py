"""What the API says when something is wrong: one shape, in the caller's language, with the next step."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from assistant.domain import Language
from assistant.errors import (
    AssistantError,
    IndexUnusable,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    QuestionError,
)
from assistant.presentation import pick
from assistant.web.words import known, preferred

_CODES: tuple[tuple[type[AssistantError], int], ...] = (
    (QuestionError, 400),
    (IndexUnusable, 503),
    (ModelUnavailable, 503),
    (ModelRefused, 422),
    (ModelError, 502),
)


def status_code(error: AssistantError) -> int:
    """The HTTP status that fits: whose fault it is, and whether trying again may help."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), 500)


def error_body(error: AssistantError, language: Language) -> dict[str, Any]:
    """``{"error": {"type", "message", "hint"}}``."""
    return {
        "error": {
            "type": type(error).__name__,
            "message": pick((error.zh, error.en), language),
            "hint": pick((error.hint_zh, error.hint_en), language),
        }
    }


def wrong_request(error: RequestValidationError, language: Language) -> dict[str, Any]:
    """The body for a request that does not have the expected form; names each field."""
    fields = [
        {"field": ".".join(str(part) for part in problem["loc"] if part != "body"), "problem": problem["msg"]}
        for problem in error.errors()
    ]
    return {
        "error": {
            "type": "RequestError",
            "message": pick(("请求格式不对。", "The request does not have the expected form."), language),
            "hint": pick(("请求格式见 /api/openapi.json。", "/api/openapi.json describes it."), language),
            "fields": fields,
        }
    }


def not_found(what: str, language: Language) -> JSONResponse:
    """The reply when there is nothing under the name that was asked for."""
    message = pick((f"找不到 {what}。", f"{what} was not found."), language)
    return JSONResponse({"error": {"type": "NotFound", "message": message, "hint": ""}}, status_code=404)


def request_language(request: Request, default: Language) -> Language:
    """``?lang=`` if given, else what the caller's Accept-Language prefers, else ``default``."""
    asked = known(request.query_params.get("lang"))
    return asked or preferred(request.headers.get("accept-language"), default)
