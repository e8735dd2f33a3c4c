"""What can go wrong in an evaluation, in the same shape as the assistant's own errors."""

from __future__ import annotations

from assistant.errors import AssistantError


class SuiteError(AssistantError):
    """A case file is wrong; the message names file, case and field."""


class RunError(AssistantError):
    """A run cannot be started, continued or read."""


class DataMissing(AssistantError):
    """A benchmark folder or file is not there."""
