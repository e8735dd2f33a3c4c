"""Conversations of API callers, kept in memory under tokens that cannot be guessed."""

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

    def find(self, token: str | None) -> Conversation:
        """The conversation under ``token``; a new one if there is none (any more)."""
        with self._lock:
            return self._kept.get(token or "", Conversation())

    def keep(self, token: str | None, conversation: Conversation) -> str:
        """Keep ``conversation`` and return its token."""
        with self._lock:
            kept = token if token and token in self._kept else secrets.token_urlsafe(16)
            self._kept[kept] = conversation
            self._kept.move_to_end(kept)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return kept
