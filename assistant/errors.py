"""What can go wrong, in words that help. One small tree::

    AssistantError
    ├── SettingsError         a setting is missing or makes no sense
    ├── CorpusError           a manifest, rule or prompt file is wrong (file, line, field)
    ├── ReadError             a document could not be read
    ├── IndexUnusable          the index cannot be used as it is
    │   ├── IndexMissing      nothing has been ingested yet
    │   ├── IndexLocked       another process is writing
    │   ├── IndexMismatch     built with another embedding model or other chunk settings
    │   └── StateNotWritable  the state folder cannot be written
    ├── ModelError            the language model or embedding endpoint failed
    │   ├── ModelAuthError    wrong key
    │   ├── ModelUnavailable  unreachable, too slow, rate-limited or broken off: trying again may help
    │   ├── ModelRefused      content filter
    │   └── ModelBadRequest   the request itself was wrong, e.g. an unknown model
    │       └── PromptTooLong the prompt is longer than the model's context
    ├── QuestionError         empty or overlong question
    └── PortInUse             the web server's port is taken

Every error says what happened, why, and what to do next, in Chinese and English: ``message`` and ``hint``
are pairs; `localized` picks one. Raise; never print and return None.
"""

from __future__ import annotations

from assistant.domain import Language


class AssistantError(Exception):
    """Base of all errors that a user may see.

    ``zh`` and ``en`` say what happened and why; ``hint_zh`` and ``hint_en`` say what to do next.
    """

    def __init__(self, *, zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> None:
        super().__init__(f"{en} {hint_en}".strip())
        self.zh, self.en = zh, en
        self.hint_zh, self.hint_en = hint_zh, hint_en

    def localized(self, language: Language) -> str:
        """The message and the hint in ``language``."""
        if language == "zh":
            return f"{self.zh}{self.hint_zh}"
        return f"{self.en} {self.hint_en}".strip()


class SettingsError(AssistantError):
    """A setting is missing or makes no sense."""


class CorpusError(AssistantError):
    """A manifest, rule, glossary or prompt file is wrong; the message names file, line and field."""


class ReadError(AssistantError):
    """A document could not be read."""


class IndexUnusable(AssistantError):
    """The index cannot be used as it is."""


class IndexMissing(IndexUnusable):
    """Nothing has been ingested yet."""


class IndexLocked(IndexUnusable):
    """Another process is writing to the index."""


class IndexMismatch(IndexUnusable):
    """The index was built with another embedding model or other chunk settings."""


class StateNotWritable(IndexUnusable):
    """The state folder cannot be created or written."""


class ModelError(AssistantError):
    """The language model or the embedding endpoint failed."""


class ModelAuthError(ModelError):
    """The endpoint refused the key."""


class ModelUnavailable(ModelError):
    """Unreachable, too slow, rate-limited or broken off; trying again may help."""


class ModelRefused(ModelError):
    """The endpoint's content filter stopped the reply."""


class ModelBadRequest(ModelError):
    """The request itself was wrong, e.g. an unknown model."""


class PromptTooLong(ModelBadRequest):
    """The prompt is longer than the model's context; less evidence may fit."""


class QuestionError(AssistantError):
    """The question is empty or too long."""


class PortInUse(AssistantError):
    """The web server's port is taken."""
