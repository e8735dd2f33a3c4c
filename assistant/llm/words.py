"""What is said about each failure of an endpoint: what happened, why, and which setting to look at."""

from __future__ import annotations

from assistant.errors import (
    ModelAuthError,
    ModelBadRequest,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    PromptTooLong,
)

_LATER = {"hint_zh": "请稍后再试。", "hint_en": "Try again later."}


def unreachable() -> ModelError:
    """No connection, or it broke."""
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


def busy(after: float | None) -> ModelError:
    """Too many requests; ``after`` is the pause that the endpoint asks for."""
    wait_zh = f"，要求等待{after:.0f}秒" if after else ""
    wait_en = f" and asks to wait {after:.0f} s" if after else ""
    return ModelUnavailable(
        zh=f"模型服务请求过多{wait_zh}。", en=f"The model endpoint is busy{wait_en}.", **_LATER
    )


def server_failed(status: int, said: str) -> ModelError:
    """The endpoint has an error of its own."""
    return ModelUnavailable(
        zh=f"模型服务出错（{status}：{said}）。",
        en=f"The model endpoint failed ({status}: {said}).",
        **_LATER,
    )


def broken_off() -> ModelError:
    """The stream ended without saying that it was complete."""
    return ModelUnavailable(zh="模型的回答中途断开。", en="The model's reply broke off.", **_LATER)


def empty() -> ModelError:
    """The reply is complete and holds no text."""
    return ModelUnavailable(
        zh="模型给出了空的回答。",
        en="The model's reply was empty.",
        hint_zh="可能是模型的上下文长度不够，请检查本地服务的设置。",
        hint_en="The model's context may be too short for the prompt; check the settings of a local server.",
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


def no_credit(said: str) -> ModelError:
    """The account is out of money or quota."""
    return ModelUnavailable(
        zh=f"模型服务的余额或额度不足（{said}）。",
        en=f"The account has no credit left at the model endpoint ({said}).",
        hint_zh="请充值或更换密钥。",
        hint_en="Top it up or use another key.",
    )


def key_refused(said: str) -> ModelError:
    """The key is wrong, or may not do this."""
    return ModelAuthError(
        zh=f"模型服务不接受密钥（{said}）。",
        en=f"The model endpoint refused the key ({said}).",
        hint_zh="请检查 OPENAI_API_KEY，以及它是否属于 OPENAI_BASE_URL 的服务。",
        hint_en="Check OPENAI_API_KEY, and that it belongs to the service at OPENAI_BASE_URL.",
    )


def no_such_model(model: str, said: str) -> ModelError:
    """The endpoint does not know the model, or nothing is at the address."""
    return ModelBadRequest(
        zh=f"模型服务没有“{model}”这个模型，或地址不对（{said}）。",
        en=f"The endpoint has no model “{model}”, or the address is wrong ({said}).",
        hint_zh="请检查 OPENAI_MODEL 和 OPENAI_BASE_URL（通常以 /v1 结尾）。",
        hint_en="Check OPENAI_MODEL and OPENAI_BASE_URL (it usually ends in /v1).",
    )


def not_accepted(status: int, said: str) -> ModelError:
    """The endpoint finds something wrong with the request."""
    return ModelBadRequest(
        zh=f"模型服务不接受这个请求（{status}：{said}）。",
        en=f"The model endpoint did not accept the request ({status}: {said}).",
        hint_zh="请检查 OPENAI_MODEL 和 OPENAI_BASE_URL。",
        hint_en="Check OPENAI_MODEL and OPENAI_BASE_URL.",
    )


def too_long() -> ModelError:
    """The prompt does not fit the model's context."""
    return PromptTooLong(
        zh="问题和证据超出了模型的上下文长度。",
        en="The question and its evidence are longer than the model's context.",
        hint_zh="请换用上下文更长的模型，或在本地服务中调大上下文。",
        hint_en="Use a model with a longer context, or raise the context size of your local server.",
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
