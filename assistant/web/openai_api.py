"""The assistant behind the OpenAI chat protocol, so that any chat client or evaluation can talk to it.

Two things go beyond the protocol and hurt nobody: the reply carries the whole answer as JSON under
``policy_assistant``, and follow-ups know the earlier answers, not only their text, as long as this process
remembers them (by a digest of the messages).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from assistant.domain import (
    Answer,
    Conversation,
    Event,
    Finished,
    Sentence,
    SentenceReleased,
    Status,
    Turn,
)
from assistant.errors import AssistantError, QuestionError
from assistant.language.detect import detect
from assistant.ports import Library
from assistant.presentation import sentence_text, tail_text, to_json
from assistant.web.api_errors import error_body, status_code
from assistant.web.conversations import Conversations
from assistant.web.exchange import unexpected

if TYPE_CHECKING:
    from assistant.app import Assistant

MODEL = "policy-assistant"


class Part(BaseModel):
    """A piece of a message; only text is understood."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """One message, as the protocol has it."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        """The words of the message."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class ChatBody(BaseModel):
    """What is read of a request; a client's other options (temperature, tools) change nothing here."""

    messages: list[ChatMessage]
    model: str = MODEL
    stream: bool = False


def add_openai_api(app: FastAPI, assistant: Assistant) -> None:
    """``/v1/models`` and ``/v1/chat/completions``."""
    router = APIRouter(prefix="/v1")
    remembered = Conversations()

    @router.get("/models")
    def models() -> dict[str, Any]:
        """The one model there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": MODEL, "created": 0}]}

    @router.post("/chat/completions", response_model=None)
    def chat(body: ChatBody) -> Response:
        """Answer the last message of the user."""
        talk = [m for m in body.messages if m.role in ("user", "assistant") and m.text.strip()]
        try:
            if not talk or talk[-1].role != "user":
                raise _no_question()
            before = remembered.get(_digest(talk[:-1])) or _rebuilt(talk[:-1])
            events = assistant.ask(talk[-1].text, before)
            reply = _Reply(talk, before, remembered, assistant.library)
            if body.stream:
                return StreamingResponse(_stream(events, reply), media_type="text/event-stream")
            answer = next(event.answer for event in events if isinstance(event, Finished))
        except AssistantError as error:
            return JSONResponse(_error(error), status_code=status_code(error))
        return JSONResponse(reply.whole(answer))

    app.include_router(router)


class _Reply:
    """One reply under way: its envelope, and what is to be remembered when it is done."""

    def __init__(
        self,
        talk: Sequence[ChatMessage],
        before: Conversation,
        remembered: Conversations,
        library: Library,
    ) -> None:
        self.talk, self.before, self.remembered, self.library = talk, before, remembered, library
        self.created = int(time.time())
        self.id = f"chatcmpl-{_digest(talk)[:24]}"

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The reply in one piece."""
        message = {"role": "assistant", "content": self.finish(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        usage = answer.trace.usage
        tokens = (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)
        counted = {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)}
        return self._envelope("chat.completion", choice) | {
            "usage": counted,
            "policy_assistant": to_json(answer),
        }

    def piece(self, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        """A piece of the reply as it streams."""
        return self._envelope("chat.completion.chunk", {"index": 0, "delta": delta, "finish_reason": finish})

    def finish(self, answer: Answer) -> str:
        """The reply's text; from now on a request that repeats it knows the answer behind it."""
        text = content(answer, self.library)
        key = _digest([*self.talk, ChatMessage(role="assistant", content=text)])
        self.remembered.put(key, self.before.then(self.talk[-1].text, answer))
        return text

    def _envelope(self, kind: str, choice: dict[str, Any]) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL, "choices": [choice]}


def content(answer: Answer, library: Library) -> str:
    """An answer as the text of a message: sentences with labels, then sources and remarks."""
    tail = tail_text(answer, library, answer.language)
    body = "".join(_line(sentence) for sentence in answer.sentences)
    return f"{body}\n{tail}".strip() if tail else body.strip()


def _line(sentence: Sentence) -> str:
    return f"{sentence_text(sentence)}\n"


def _stream(events: Iterator[Event], reply: _Reply) -> Iterator[str]:
    """Sentences as they are released; then whatever the finished answer adds, or all of it if it differs."""
    sent = ""
    try:
        yield _data(reply.piece({"role": "assistant", "content": ""}))
        for event in events:
            if isinstance(event, SentenceReleased):
                line = _line(event.sentence)
                sent += line
                yield _data(reply.piece({"content": line}))
            elif isinstance(event, Finished):
                text = reply.finish(event.answer)
                rest = text[len(sent) :] if text.startswith(sent.rstrip()) else f"\n---\n{text}"
                yield _data(reply.piece({"content": rest}))
                yield _data(reply.piece({}, "stop") | {"policy_assistant": to_json(event.answer)})
    except AssistantError as error:
        yield _data(_error(error))
    except Exception:  # noqa: BLE001 - the stream has begun, so this is the only way to tell
        message = unexpected("the stream of a chat completion failed").en
        yield _data({"error": {"message": message, "type": "Unexpected", "code": None, "param": None}})
    yield "data: [DONE]\n\n"


def _rebuilt(talk: Sequence[ChatMessage]) -> Conversation:
    """Earlier turns from their words alone, for a conversation that is not remembered."""
    conversation = Conversation()
    for asked, told in pairwise(talk):
        if (asked.role, told.role) == ("user", "assistant"):
            words = (Sentence(told.text),)
            answer = Answer(asked.text, detect(asked.text), Status.PARTIAL, words)
            conversation = Conversation((*conversation.turns, Turn(asked.text, answer)))
    return conversation


def _digest(talk: Sequence[ChatMessage]) -> str:
    said = json.dumps([(m.role, m.text.strip()) for m in talk], ensure_ascii=False)
    return sha256(said.encode()).hexdigest()


def _error(error: AssistantError) -> dict[str, Any]:
    told = error_body(error, "en")["error"]
    message = f"{told['message']} {told['hint']}".strip()
    return {"error": {"message": message, "type": told["type"], "code": None, "param": None}}


def _no_question() -> QuestionError:
    return QuestionError(
        zh="最后一条消息应是用户的问题。",
        en="The last message must be a question of the user.",
        hint_zh="请把问题放在最后一条 user 消息里。",
        hint_en="Put the question into the last message, with the role user.",
    )


def _data(body: dict[str, Any]) -> str:
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"
