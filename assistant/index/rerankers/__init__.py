"""Models that read question and passage together: any ``/rerank`` endpoint, or one on this machine."""

from __future__ import annotations

from assistant.index.rerankers.reranker import Reranker
from assistant.settings import RerankerSettings

__all__ = ["Reranker", "open_reranker"]


def open_reranker(settings: RerankerSettings) -> Reranker | None:
    """The reranker that ``settings`` name, or None. Nothing is loaded or called before the first question."""
    if settings.kind == "endpoint":
        from assistant.index.rerankers.endpoint import EndpointReranker

        return EndpointReranker(settings)
    if settings.kind == "local":
        from assistant.index.rerankers.local import LocalReranker

        return LocalReranker(settings.model or "")
    return None
