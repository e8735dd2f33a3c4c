"""Every exception of the openai client has a place in our tree of errors."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletion

from assistant import errors
from assistant.llm.failures import failure_of

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def status(kind: type[openai.APIStatusError], code: int) -> openai.APIStatusError:
    return kind("said", response=httpx2.Response(code, request=REQUEST), body={"message": "said"})


PLACES: dict[str, tuple[Exception, type[errors.ModelError], bool]] = {
    "OpenAIError": (openai.OpenAIError("x"), errors.ModelUnavailable, False),
    "APIError": (openai.APIError("x", REQUEST, body=None), errors.ModelUnavailable, True),
    "APIConnectionError": (openai.APIConnectionError(request=REQUEST), errors.ModelUnavailable, True),
    "APITimeoutError": (openai.APITimeoutError(REQUEST), errors.ModelUnavailable, True),
    "APIStatusError": (status(openai.APIStatusError, 402), errors.ModelUnavailable, False),
    "APIResponseValidationError": (
        openai.APIResponseValidationError(httpx2.Response(200, request=REQUEST), None),
        errors.ModelUnavailable,
        False,
    ),
    "BadRequestError": (status(openai.BadRequestError, 400), errors.ModelBadRequest, False),
    "AuthenticationError": (status(openai.AuthenticationError, 401), errors.ModelAuthError, False),
    "PermissionDeniedError": (status(openai.PermissionDeniedError, 403), errors.ModelAuthError, False),
    "NotFoundError": (status(openai.NotFoundError, 404), errors.ModelBadRequest, False),
    "ConflictError": (status(openai.ConflictError, 409), errors.ModelUnavailable, True),
    "UnprocessableEntityError": (status(openai.UnprocessableEntityError, 422), errors.ModelBadRequest, False),
    "RateLimitError": (status(openai.RateLimitError, 429), errors.ModelUnavailable, True),
    "InternalServerError": (status(openai.InternalServerError, 500), errors.ModelUnavailable, True),
    "OAuthError": (
        openai.OAuthError(response=httpx2.Response(401, request=REQUEST), body=None),
        errors.ModelAuthError,
        False,
    ),
    "LengthFinishReasonError": (
        openai.LengthFinishReasonError(completion=cast(ChatCompletion, SimpleNamespace(usage=None))),
        errors.ModelBadRequest,
        False,
    ),
    "WebSocketConnectionClosedError": (
        openai.WebSocketConnectionClosedError("x", unsent_messages=[]),
        errors.ModelUnavailable,
        False,
    ),
    "WebSocketQueueFullError": (openai.WebSocketQueueFullError("x"), errors.ModelUnavailable, False),
    "ContentFilterFinishReasonError": (openai.ContentFilterFinishReasonError(), errors.ModelRefused, False),
}
NEVER_MET = {"InvalidWebhookSignatureError"}  # only a receiver of webhooks raises it


def test_no_exception_of_the_client_is_without_a_place() -> None:
    public = [name for name in dir(openai) if not name.startswith("_")]
    exceptions = {
        name
        for name in public
        if isinstance(value := getattr(openai, name), type) and issubclass(value, BaseException)
    }
    assert exceptions == PLACES.keys() | NEVER_MET


@pytest.mark.parametrize("name", PLACES)
def test_an_exception_becomes_our_error_and_says_whether_to_try_again(name: str) -> None:
    error, expected, retry = PLACES[name]
    failure = failure_of(error, model="m")
    assert type(failure.error) is expected
    assert failure.retry is retry


def test_the_endpoints_words_are_one_short_line() -> None:
    body = {"message": "line one\n\nline two " + "x" * 500}
    error = openai.BadRequestError("x", response=httpx2.Response(400, request=REQUEST), body=body)
    words = failure_of(error, model="m").error.en
    assert "line one line two" in words
    assert "\n" not in words
    assert len(words) < 300


def test_a_pause_is_read_in_seconds_or_milliseconds_and_a_date_is_passed_over() -> None:
    def after(**headers: str) -> float | None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = httpx2.Response(429, headers=named, request=REQUEST)
        return failure_of(openai.RateLimitError("x", response=response, body=None), model="m").after

    assert after(retry_after="7") == 7.0
    assert after(retry_after_ms="250") == 0.25
    assert after(retry_after="Wed, 21 Oct 2026 07:28:00 GMT") is None
    assert after() is None
