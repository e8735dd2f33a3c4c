"""The tabs beside the chat: which part of the page, where it comes from, what it is called."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab that the server renders when it is opened."""

    element: str
    address: str
    name: str  # among the words


TABS = (
    Tab("pa-eligibility", "/eligibility", "eligibility_tab"),
    Tab("pa-documents", "/documents", "documents_tab"),
    Tab("pa-runs", "/runs", "runs_tab"),
)
