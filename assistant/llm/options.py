"""The options of a chat request that not every endpoint takes, and how to go on without them.

Asking first would cost a request; instead the full request is sent, and an option that the endpoint names in
its refusal is left out from then on. OpenAI's reasoning models refuse ``temperature`` and want
``max_completion_tokens``; Mistral and older gateways refuse ``stream_options``.
"""

from __future__ import annotations

import json
from typing import Any

_RENAMED = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_INNER = {"stream_options": "include_usage"}


class Options:
    """What is sent beside model and messages; shrinks when the endpoint refuses one."""

    def __init__(self) -> None:
        self._refused: set[str] = set()

    def build(self, *, max_tokens: int | None, json_object: bool) -> dict[str, Any]:
        """The options for one request."""
        wanted: dict[str, Any] = {"temperature": 0, "stream_options": {"include_usage": True}}
        if json_object:
            wanted["response_format"] = {"type": "json_object"}
        if max_tokens is not None:
            name = "max_tokens" if "max_tokens" not in self._refused else "max_completion_tokens"
            wanted[name] = max_tokens
        return {name: value for name, value in wanted.items() if name not in self._refused}

    def learn(self, sent: dict[str, Any], body: object, message: str) -> bool:
        """Note the option that a refusal names; False when it names none, so that trying again is useless."""
        said = f"{message} {json.dumps(body, ensure_ascii=False, default=str)}".lower()
        # the longest name first: "max_tokens" also stands in advice to use max_completion_tokens
        blamed = [name for name in sent if name in said or _INNER.get(name, name) in said]
        if not blamed:
            return False
        param = str(body.get("param") or "") if isinstance(body, dict) else ""
        self._refused.add(param if param in blamed else blamed[0])
        return True
