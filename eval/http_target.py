"""Any OpenAI-compatible chat endpoint as a target, so that other assistants can be measured beside ours.

It is asked with the plain conversation. What it shows is text: labels like ``[2]`` become citations that
cannot be reopened, and there is no ranking, no evidence and no status.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

from assistant.language.sentences import sentences
from assistant.llm import OpenAIChat
from assistant.ports import ChatModel, Message
from assistant.settings import ChatSettings, read_settings
from eval.cases import Case
from eval.errors import RunError
from eval.record import StoredCitation, StoredSentence, TurnRecord
from eval.retrieval import Structure
from eval.support import UNTOLD
from eval.target import Talk

_BEHIND = re.compile(r"([。！？.!?])[ ]?((?:\[\d{1,3}\])+)")  # labels behind the full stop
_LABELS = re.compile(r"\[(\d{1,3})\]")


def endpoint(url: str, model: str | None, env: Mapping[str, str]) -> ChatModel:
    """The chat model behind ``url``, with key and timeout from the environment."""
    name = model or env.get("OPENAI_MODEL", "")
    if not name or not url.startswith(("http://", "https://")):
        raise RunError(
            zh=f"无法评测 {url}。",
            en=f"{url} cannot be evaluated.",
            hint_zh="请给出以 http 开头的地址和 --model 模型名。",
            hint_en="Give an address that begins with http, and --model NAME.",
        )
    chat = read_settings({**env, "OPENAI_MODEL": name, "OPENAI_BASE_URL": url}).chat
    return OpenAIChat(chat or ChatSettings(name, base_url=url))


class HttpTarget:
    """A chat endpoint. ``url`` is only a name for it."""

    def __init__(self, model: ChatModel, url: str = "") -> None:
        self._model, self._url = model, url

    @property
    def key(self) -> str:
        """Address and model; what lies behind them cannot be known."""
        return f"http {self._url} {self._model.name}"

    def structure(self) -> Structure:
        """Unknown."""
        return {}

    def talk(self, case: Case) -> Talk:
        """A new conversation; an endpoint cannot be told the conditions of a case."""
        del case
        return HttpTalk(self._model)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class HttpTalk:
    """One conversation with an endpoint."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model
        self._messages: list[Message] = []

    def ask(self, question: str) -> TurnRecord:
        """Ask the next turn."""
        self._messages.append(Message("user", question))
        began = time.perf_counter()
        text, usage = self._model.complete(self._messages)
        seconds = time.perf_counter() - began
        self._messages.append(Message("assistant", text))
        turn = replace(read_reply(question, text, self._model.name), seconds=seconds)
        if usage is None:
            return turn
        return replace(turn, prompt_tokens=usage.prompt_tokens, completion_tokens=usage.completion_tokens)


def read_reply(question: str, text: str, model: str) -> TurnRecord:
    """A reply in plain text as a record: sentences, with the labels they end in."""
    found = []
    for sentence in sentences(_BEHIND.sub(r"\2\1", text)):
        cited = tuple(
            StoredCitation(int(label), "", (), "", "", UNTOLD) for label in _LABELS.findall(sentence.text)
        )
        found.append(StoredSentence(_LABELS.sub("", sentence.text).strip(), cited))
    return TurnRecord(question, 0.0, sentences=tuple(found), found=None, composer=model)
