"""Settings, read once at the door from a mapping (the environment) and passed down.

Nothing below `app.py` touches the environment. README.md documents every name; a test compares the two.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from assistant.domain import LANGUAGES, Language
from assistant.errors import SettingsError
from assistant.resources import checkout, data_folder

EmbedderKind = Literal["builtin", "openai", "local"]
RerankerKind = Literal["none", "endpoint", "local"]
_Get = Callable[[str], str | None]
EMBEDDERS: tuple[EmbedderKind, ...] = ("builtin", "openai", "local")
RERANKERS: tuple[RerankerKind, ...] = ("none", "endpoint", "local")


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """An OpenAI-compatible chat endpoint."""

    model: str
    api_key: str | None = None
    base_url: str | None = None
    timeout: float = 60.0
    prices: tuple[float, float] | None = None  # of a million prompt and completion tokens


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Where vectors come from; ``model`` is a name, or a folder for ``local``."""

    kind: EmbedderKind = "builtin"
    model: str | None = None
    api_key: str | None = None
    base_url: str | None = None
    dimensions: int | None = None


@dataclass(frozen=True, slots=True)
class RerankerSettings:
    """What reads question and passage together; ``model`` is a name, or a folder for ``local``.

    The key is its own: that of the chat endpoint must not be sent to another company. ``timeout`` is in
    seconds: a model on a CPU takes longer than one on a GPU, and the reader waits for it.
    """

    kind: RerankerKind = "none"
    model: str | None = None
    url: str | None = None
    api_key: str | None = None
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the assistant can be told from outside."""

    state: Path
    corpus: Path
    prompts: Path
    chat: ChatSettings | None = None
    embedding: EmbeddingSettings = EmbeddingSettings()
    reranker: RerankerSettings = RerankerSettings()
    chroma_url: str | None = None
    language: Language = "zh"
    host: str = "127.0.0.1"
    port: int = 7860


#: Every variable that is read, with what it means. README.md lists them; a test compares the two.
VARIABLES: Mapping[str, str] = {
    "OPENAI_MODEL": "chat model; setting it turns the generative composer on",
    "OPENAI_API_KEY": "key for the chat (and embedding) endpoint; local servers need none",
    "OPENAI_BASE_URL": "address of any OpenAI-compatible endpoint; unset means OpenAI itself",
    "OPENAI_TIMEOUT": "seconds to wait for the endpoint (60)",
    "OPENAI_PRICES": "price of a million prompt and completion tokens, e.g. 2/8: answers tell their cost",
    "POLICY_ASSISTANT_STATE": "folder for the index and caches",
    "POLICY_ASSISTANT_CORPUS": "folder of documents to ingest instead of the demo corpus",
    "POLICY_ASSISTANT_EMBEDDER": "builtin (default), openai or local",
    "POLICY_ASSISTANT_EMBEDDING_MODEL": "embedding model: a name, or a folder for local",
    "POLICY_ASSISTANT_EMBEDDING_BASE_URL": "address of the embedding endpoint (OPENAI_BASE_URL)",
    "POLICY_ASSISTANT_EMBEDDING_DIMENSIONS": "shortened vectors, where the endpoint offers them",
    "POLICY_ASSISTANT_RERANKER": "none (default), endpoint or local",
    "POLICY_ASSISTANT_RERANKER_URL": "full address of the /rerank endpoint",
    "POLICY_ASSISTANT_RERANKER_MODEL": "reranker: its name (none for TEI), or a folder for local",
    "POLICY_ASSISTANT_RERANKER_API_KEY": "key of the rerank endpoint; local servers need none",
    "POLICY_ASSISTANT_RERANKER_TIMEOUT": "seconds to wait for the rerank endpoint (10)",
    "POLICY_ASSISTANT_CHROMA_URL": "address of a Chroma server; unset means a folder of our own",
    "POLICY_ASSISTANT_LANGUAGE": "zh (default) or en: language of the interface and messages",
    "POLICY_ASSISTANT_HOST": "address the web server listens on (127.0.0.1)",
    "POLICY_ASSISTANT_PORT": "port of the web server (7860)",
}


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings from ``env``. Raises `SettingsError` naming the variable and what it may be."""

    def get(name: str) -> str | None:
        value = env.get(name, "").strip()
        return value or None

    unknown = sorted(n for n in env if n.startswith("POLICY_ASSISTANT_") and n not in VARIABLES)
    if unknown:
        raise SettingsError(
            zh=f"不认识的设置：{'、'.join(unknown)}。",
            en=f"Unknown setting: {', '.join(unknown)}.",
            hint_zh="可用的设置见 README 的“设置”一节。",
            hint_en="README.md, section Settings, lists what there is.",
        )
    model, key, base_url = get("OPENAI_MODEL"), get("OPENAI_API_KEY"), _url(get, "OPENAI_BASE_URL")
    chat = (
        ChatSettings(model, key, base_url, float(_number(get, "OPENAI_TIMEOUT", 60, 1, 3600)), _prices(get))
        if model
        else None
    )
    dimensions = get("POLICY_ASSISTANT_EMBEDDING_DIMENSIONS")
    kind = _choice(get, "POLICY_ASSISTANT_EMBEDDER", EMBEDDERS, "builtin")
    embedding_model = get("POLICY_ASSISTANT_EMBEDDING_MODEL")
    if kind != "builtin" and not embedding_model:
        raise SettingsError(
            zh=f"POLICY_ASSISTANT_EMBEDDER={kind} 需要指定向量模型。",
            en=f"POLICY_ASSISTANT_EMBEDDER={kind} needs an embedding model.",
            hint_zh="请设置 POLICY_ASSISTANT_EMBEDDING_MODEL。",
            hint_en="Set POLICY_ASSISTANT_EMBEDDING_MODEL.",
        )
    state = get("POLICY_ASSISTANT_STATE")
    corpus = get("POLICY_ASSISTANT_CORPUS")
    root = checkout()
    default_state = root / ".state" if root else Path.home() / ".policy-assistant"
    return Settings(
        state=Path(state).expanduser() if state else default_state,
        corpus=Path(corpus).expanduser() if corpus else data_folder("corpus"),
        prompts=data_folder("prompts"),
        chat=chat,
        embedding=EmbeddingSettings(
            kind=cast(EmbedderKind, kind),
            model=embedding_model,
            api_key=key,
            base_url=_url(get, "POLICY_ASSISTANT_EMBEDDING_BASE_URL") or base_url,
            dimensions=int(_number(get, "POLICY_ASSISTANT_EMBEDDING_DIMENSIONS", 0, 1, 65536))
            if dimensions
            else None,
        ),
        reranker=_reranker(get),
        chroma_url=_url(get, "POLICY_ASSISTANT_CHROMA_URL"),
        language=cast(Language, _choice(get, "POLICY_ASSISTANT_LANGUAGE", LANGUAGES, "zh")),
        host=get("POLICY_ASSISTANT_HOST") or "127.0.0.1",
        port=int(_number(get, "POLICY_ASSISTANT_PORT", 7860, 1, 65535)),
    )


def _prices(get: _Get) -> tuple[float, float] | None:
    raw = get("OPENAI_PRICES")
    if raw is None:
        return None
    try:
        prompt, completion = (float(price) for price in raw.split("/"))
    except ValueError:
        prompt = completion = -1.0
    if not (0 <= prompt < math.inf and 0 <= completion < math.inf):
        raise SettingsError(
            zh=f"OPENAI_PRICES={raw} 无效。",
            en=f"OPENAI_PRICES={raw} is not valid.",
            hint_zh="请写每百万提示词元和生成词元的价格，例如 2/8。",
            hint_en="Give the prices of a million prompt and completion tokens, for example 2/8.",
        )
    return prompt, completion


def _reranker(get: _Get) -> RerankerSettings:
    kind = _choice(get, "POLICY_ASSISTANT_RERANKER", RERANKERS, "none")
    needed = {"endpoint": "POLICY_ASSISTANT_RERANKER_URL", "local": "POLICY_ASSISTANT_RERANKER_MODEL"}.get(
        kind
    )
    if needed and not get(needed):
        raise SettingsError(
            zh=f"POLICY_ASSISTANT_RERANKER={kind} 还需要 {needed}。",
            en=f"POLICY_ASSISTANT_RERANKER={kind} needs {needed}.",
            hint_zh=f"请设置 {needed}。",
            hint_en=f"Set {needed}.",
        )
    return RerankerSettings(
        kind=cast(RerankerKind, kind),
        model=get("POLICY_ASSISTANT_RERANKER_MODEL"),
        url=_url(get, "POLICY_ASSISTANT_RERANKER_URL"),
        api_key=get("POLICY_ASSISTANT_RERANKER_API_KEY"),
        timeout=float(_number(get, "POLICY_ASSISTANT_RERANKER_TIMEOUT", 10, 1, 600)),
    )


def _choice(get: _Get, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = get(name) or default
    if value not in allowed:
        options = ", ".join(allowed)
        raise SettingsError(
            zh=f"{name}={value} 无效。",
            en=f"{name}={value} is not valid.",
            hint_zh=f"可选：{options}。",
            hint_en=f"Choose one of: {options}.",
        )
    return value


def _number(get: _Get, name: str, default: float, low: float, high: float) -> float:
    raw = get(name)
    if raw is None:
        return default
    try:
        value = float(raw)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise SettingsError(
            zh=f"{name}={raw} 无效。",
            en=f"{name}={raw} is not valid.",
            hint_zh=f"应为 {low:g} 到 {high:g} 之间的数。",
            hint_en=f"It must be a number from {low:g} to {high:g}.",
        )
    return value


def _url(get: _Get, name: str) -> str | None:
    value = get(name)
    if value and not value.startswith(("http://", "https://")):
        raise SettingsError(
            zh=f"{name}={value} 不是网址。",
            en=f"{name}={value} is not an address.",
            hint_zh="应以 http:// 或 https:// 开头。",
            hint_en="It must start with http:// or https://.",
        )
    return value
