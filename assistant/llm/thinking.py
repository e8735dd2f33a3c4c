"""Drop a reasoning model's thinking from the text it streams.

Some endpoints put the thinking into a field of its own, others leave ``<think>…</think>`` at the head of the
text. It is not checked against any clause, so the reader never sees it.
"""

from __future__ import annotations

_OPEN = ("<think>", "<thinking>", "<reasoning>", "<thought>")


class WithoutThinking:
    """Takes text piece by piece and gives back what is not thinking."""

    def __init__(self) -> None:
        self._held = ""  # text that may be, or is, inside a thinking block
        self._close: str | None = None
        self._text = False  # past the head: all that comes is text

    def feed(self, text: str) -> str:
        """The part of the text so far that can be told to be no thinking."""
        if self._text:
            return text
        self._held += text
        if self._close is None:
            head = self._held.lstrip()
            opened = next((tag for tag in _OPEN if head.startswith(tag)), None)
            if opened:
                self._close, self._held = f"</{opened[1:]}", head[len(opened) :]
            elif any(tag.startswith(head) for tag in _OPEN):
                return ""  # too little to tell
            else:
                return self.end()
        _, closed, rest = self._held.partition(self._close)
        if closed and rest.strip():
            self._text = True
            return rest.lstrip()
        if not closed:
            self._held = self._held[-len(self._close) :]
        return ""

    def end(self) -> str:
        """What was held and turned out to be no thinking."""
        if self._text or self._close:
            return ""
        self._text = True
        return self._held
