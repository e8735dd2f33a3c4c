"""The words of the house: what every other module talks about.

Frozen dataclasses, standard library only. This module knows nothing of files, databases, models or
screens. Foreign types (Chroma results, OpenAI responses, LlamaIndex nodes) become one of these in the
module that received them. Dates are ISO 8601 strings that may be partial (``2023-09``), because sources
often give no day; `validity.py` compares them.
"""

from assistant.domain.answers import (
    Answer,
    Citation,
    Conflict,
    Conversation,
    Event,
    Evidence,
    Finished,
    Grounding,
    Progress,
    Sentence,
    SentenceReleased,
    SourceConflict,
    Status,
    Support,
    Trace,
    Turn,
    Usage,
)
from assistant.domain.law import (
    LANGUAGES,
    Authority,
    Chunk,
    Document,
    Instrument,
    Kind,
    Language,
    Level,
    Section,
    Source,
    Validity,
    ValidityStatus,
)
from assistant.domain.retrieval import (
    Filters,
    Passage,
    Query,
    Retrieval,
)

__all__ = [
    "LANGUAGES",
    "Answer",
    "Authority",
    "Chunk",
    "Citation",
    "Conflict",
    "Conversation",
    "Document",
    "Event",
    "Evidence",
    "Filters",
    "Finished",
    "Grounding",
    "Instrument",
    "Kind",
    "Language",
    "Level",
    "Passage",
    "Progress",
    "Query",
    "Retrieval",
    "Section",
    "Sentence",
    "SentenceReleased",
    "Source",
    "SourceConflict",
    "Status",
    "Support",
    "Trace",
    "Turn",
    "Usage",
    "Validity",
    "ValidityStatus",
]
