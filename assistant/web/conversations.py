"""Conversations of API callers, kept in memory and found again under a key."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock

from assistant.domain import Conversation


class Conversations:
    """The most recent conversations; the oldest are forgotten first."""

    def __init__(self, most: int = 1000) -> None:
        self._kept: OrderedDict[str, Conversation] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: str | None) -> Conversation | None:
        """The conversation under ``key``, or None if there is none (any more)."""
        with self._lock:
            return self._kept.get(key or "")

    def put(self, key: str, conversation: Conversation) -> None:
        """Keep ``conversation`` under ``key``."""
        with self._lock:
            self._kept[key] = conversation
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def keep(self, token: str | None, conversation: Conversation) -> str:
        """Keep ``conversation`` under its ``token``, or under a new one that cannot be guessed."""
        kept = token if token and self.get(token) is not None else secrets.token_urlsafe(16)
        self.put(kept, conversation)
        return kept
