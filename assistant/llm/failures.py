"""Every way an endpoint can fail, as one of our errors: what happened, and whether to try again.

Endpoints agree on status codes only roughly, and on wording not at all: a prompt that is too long is a 400
with `context_length_exceeded` at OpenAI, "maximum context length" at DeepSeek and vLLM, "Range of input
length" at DashScope, `exceed_context_size_error` in llama.cpp. So the body's words decide before the status.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from assistant.errors import (
    ModelAuthError,
    ModelBadRequest,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    PromptTooLong,
)


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
    if isinstance(error, openai.APITimeoutError):
        return Failure(too_slow(), retry=True)
    if isinstance(error, openai.APIConnectionError):
        return Failure(_unreachable(), retry=True)
    if isinstance(error, openai.APIStatusError):
        return by_status(error.status_code, said, model, _retry_after(error))
    if isinstance(error, openai.APIResponseValidationError):
        return Failure(not_the_protocol(said))
    if isinstance(error, openai.APIError):  # an error object in the middle of a stream
        code = str(error.code or "")
        return by_status(int(code) if code.isdecimal() else 500, said, model, None)
    if isinstance(error, openai.LengthFinishReasonError):
        return Failure(cut_short())
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return Failure(filtered())
    if isinstance(error, ValueError):  # bytes that are neither UTF-8 nor JSON
        return Failure(not_the_protocol(said))
    return Failure(_unreachable())


def by_status(status: int, said: str, model: str, after: float | None = None) -> Failure:
    """The `Failure` for an HTTP status and the words that came with it."""
    if status in (401, 403):
        return Failure(_auth(said))
    if _TOO_LONG.search(said) or status == 413:
        return Failure(
            PromptTooLong(
                zh="问题和证据超出了模型的上下文长度。",
                en="The question and its evidence are longer than the model's context.",
                hint_zh="请换用上下文更长的模型，或在本地服务中调大上下文。",
                hint_en="Use a model with a longer context, or raise the context size of your local server.",
            )
        )
    if _FILTERED.search(said) and status < 500:
        return Failure(filtered())
    if status == 402 or _NO_CREDIT.search(said):
        return Failure(
            ModelUnavailable(
                zh=f"模型服务的余额或额度不足（{said}）。",
                en=f"The account has no credit left at the model endpoint ({said}).",
                hint_zh="请充值或更换密钥。",
                hint_en="Top it up or use another key.",
            )
        )
    if status == 429:
        return Failure(_busy(after), retry=True, after=after)
    if status == 404 or _NO_MODEL.search(said):
        return Failure(
            ModelBadRequest(
                zh=f"模型服务没有“{model}”这个模型，或地址不对（{said}）。",
                en=f"The endpoint has no model “{model}”, or the address is wrong ({said}).",
                hint_zh="请检查 OPENAI_MODEL 和 OPENAI_BASE_URL（通常以 /v1 结尾）。",
                hint_en="Check OPENAI_MODEL and OPENAI_BASE_URL (it usually ends in /v1).",
            )
        )
    if status in (408, 409) or status >= 500:
        return Failure(
            ModelUnavailable(
                zh=f"模型服务出错（{status}：{said}）。",
                en=f"The model endpoint failed ({status}: {said}).",
                hint_zh="请稍后再试。",
                hint_en="Try again later.",
            ),
            retry=True,
            after=after,
        )
    return Failure(
        ModelBadRequest(
            zh=f"模型服务不接受这个请求（{status}：{said}）。",
            en=f"The model endpoint did not accept the request ({status}: {said}).",
            hint_zh="请检查 OPENAI_MODEL 和 OPENAI_BASE_URL。",
            hint_en="Check OPENAI_MODEL and OPENAI_BASE_URL.",
        )
    )


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


def _auth(said: str) -> ModelError:
    return ModelAuthError(
        zh=f"模型服务不接受密钥（{said}）。",
        en=f"The model endpoint refused the key ({said}).",
        hint_zh="请检查 OPENAI_API_KEY，以及它是否属于 OPENAI_BASE_URL 的服务。",
        hint_en="Check OPENAI_API_KEY, and that it belongs to the service at OPENAI_BASE_URL.",
    )


def _busy(after: float | None) -> ModelError:
    wait_zh = f"，要求等待{after:.0f}秒" if after else ""
    wait_en = f" and asks to wait {after:.0f} s" if after else ""
    return ModelUnavailable(
        zh=f"模型服务请求过多{wait_zh}。",
        en=f"The model endpoint is busy{wait_en}.",
        hint_zh="请稍后再试。",
        hint_en="Try again later.",
    )


def _unreachable() -> ModelError:
    return ModelUnavailable(
        zh="连接不上模型服务，或连接中断。",
        en="The model endpoint cannot be reached, or the connection broke.",
        hint_zh="请检查 OPENAI_BASE_URL 和网络，以及本地服务是否已启动。",
        hint_en="Check OPENAI_BASE_URL and the network, and that a local server is running.",
    )


def too_slow() -> ModelError:
    """Nothing came within the time allowed."""
    return ModelUnavailable(
        zh="模型服务没有在限定时间内回应。",
        en="The model endpoint did not answer within the time allowed.",
        hint_zh="请稍后再试，或调大 OPENAI_TIMEOUT。",
        hint_en="Try again later, or raise OPENAI_TIMEOUT.",
    )


def broken_off() -> ModelError:
    """The stream ended without saying that it was complete."""
    return ModelUnavailable(
        zh="模型的回答中途断开。",
        en="The model's reply broke off.",
        hint_zh="请稍后再试。",
        hint_en="Try again later.",
    )


def empty() -> ModelError:
    """The reply is complete and holds no text."""
    return ModelUnavailable(
        zh="模型给出了空的回答。",
        en="The model's reply was empty.",
        hint_zh="可能是模型的上下文长度不够，请检查本地服务的设置。",
        hint_en="The model's context may be too short for the prompt; check the settings of a local server.",
    )


def cut_short() -> ModelError:
    """The length limit was reached before a usable reply was there."""
    return ModelBadRequest(
        zh="模型的回答在长度上限处被截断，不完整。",
        en="The model's reply was cut at its length limit before it was complete.",
        hint_zh="推理模型会把长度用在思考上，请关闭思考或换用其他模型。",
        hint_en="Reasoning models spend the limit on thinking: turn that off, or use another model.",
    )


def filtered() -> ModelError:
    """A content filter stopped the prompt or the reply."""
    return ModelRefused(
        zh="模型服务的内容审核拦截了这次回答。",
        en="The content filter of the model endpoint stopped this reply.",
        hint_zh="请换一种问法。",
        hint_en="Put the question differently.",
    )


def not_the_protocol(said: str = "") -> ModelError:
    """What came back is not the OpenAI protocol."""
    seen_zh, seen_en = (f"（{said}）", f" ({said})") if said else ("", "")
    return ModelUnavailable(
        zh=f"该地址返回的内容不符合 OpenAI 协议{seen_zh}。",
        en=f"The address does not speak the OpenAI protocol{seen_en}.",
        hint_zh="请检查 OPENAI_BASE_URL（通常以 /v1 结尾）。",
        hint_en="Check OPENAI_BASE_URL (it usually ends in /v1).",
    )
