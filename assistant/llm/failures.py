"""Every way an endpoint can fail, as one of our errors: what happened, and whether to try again.

Endpoints agree on status codes only roughly, and on wording not at all: a prompt that is too long is a 400
with `context_length_exceeded` at OpenAI, "maximum context length" at DeepSeek and vLLM, "Range of input
length" at DashScope, `exceed_context_size_error` in llama.cpp. So the body's words decide before the status.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from assistant.errors import ModelError
from assistant.llm import words


@dataclass(frozen=True, slots=True)
class Failure:
    """What to raise. ``retry``: trying again may help, ``after`` the seconds that the endpoint asked for."""

    error: ModelError
    retry: bool = False
    after: float | None = None


_TOO_LONG = re.compile(
    r"context_length_exceeded|(maximum|max) context length|range of input length|exceed_context_size"
    r"|available context size|context (window|size|length).{0,20} exceed|exceeds? .{0,30}context"
    r"|(prompt|input) (is )?too long|input length .{0,40}exceed|string_above_max_length"
    r"|initial prompt is greater",
    re.IGNORECASE,
)
_FILTERED = re.compile(
    r"content_?filter|content_policy|data_?inspection_?failed|contentfilter|risk_?control|sensitive",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(r"insufficient[_ ](quota|balance)|arrearage|billing", re.IGNORECASE)
_NO_MODEL = re.compile(
    r"model[_ ]not[_ ](found|exist)|model.{0,80}(not exist|not found|no such)", re.IGNORECASE
)


def failure_of(error: Exception, *, model: str, key: str | None = None) -> Failure:
    """The `Failure` for an exception of the openai client; ``key`` is blotted out of its words."""
    import openai

    said = _said(error, key)
    match error:
        case openai.APITimeoutError():
            return Failure(words.too_slow(), retry=True)
        case openai.APIConnectionError():
            return Failure(words.unreachable(), retry=True)
        case openai.APIStatusError():
            return by_status(error.status_code, said, model, _retry_after(error))
        case openai.APIResponseValidationError():
            return Failure(words.not_the_protocol(said))
        case openai.APIError():  # an error object in the middle of a stream
            code = str(error.code or "")
            return by_status(int(code) if code.isdecimal() else 500, said, model)
        case openai.LengthFinishReasonError():
            return Failure(words.cut_short())
        case openai.ContentFilterFinishReasonError():
            return Failure(words.filtered())
        case ValueError():  # bytes that are neither UTF-8 nor JSON
            return Failure(words.not_the_protocol(said))
        case _:
            return Failure(words.unreachable())


def by_status(status: int, said: str, model: str, after: float | None = None) -> Failure:
    """The `Failure` for an HTTP status and the words that came with it."""
    if status in (401, 403):
        return Failure(words.key_refused(said))
    if status == 413 or _TOO_LONG.search(said):
        return Failure(words.too_long())
    if status < 500 and _FILTERED.search(said):
        return Failure(words.filtered())
    if status == 402 or _NO_CREDIT.search(said):
        return Failure(words.no_credit(said))
    if status == 429:
        return Failure(words.busy(after), retry=True, after=after)
    if status == 404 or _NO_MODEL.search(said):
        return Failure(words.no_such_model(model, said))
    if status in (408, 409) or status >= 500:
        return Failure(words.server_failed(status, said), retry=True, after=after)
    return Failure(words.not_accepted(status, said))


def _said(error: Exception, key: str | None) -> str:
    """The endpoint's own words: one short line without the key."""
    body = getattr(error, "body", None)
    words = str(getattr(error, "message", None) or error)
    if isinstance(body, dict):
        words = f"{body.get('message') or words} {body.get('code') or ''} {body.get('type') or ''}"
        if isinstance(body.get("message"), dict | list):
            words = json.dumps(body, ensure_ascii=False)
    if "<html" in words.lower() or "<!doctype" in words.lower():
        words = "HTML"
    if key:
        words = words.replace(key, "***")
    return re.sub(r"\s+", " ", words).strip()[:200]


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", {})
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            return max(0.0, float(headers.get(name, "")) / unit)
        except ValueError:
            continue  # absent, or a date: rare enough to fall back to our own pause
    return None
