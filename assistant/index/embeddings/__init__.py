"""Where vectors come from: trained on the corpus itself, an OpenAI-compatible endpoint, or a local model."""

from __future__ import annotations

from assistant.index.embeddings.embedder import CorpusEmbedder, Embedder
from assistant.settings import EmbeddingSettings

__all__ = ["CorpusEmbedder", "Embedder", "open_embedder"]


def open_embedder(settings: EmbeddingSettings) -> Embedder | CorpusEmbedder:
    """The embedder that ``settings`` name. Nothing is loaded or called before the first text."""
    if settings.kind == "openai":
        from assistant.index.embeddings.endpoint import open_endpoint

        return open_endpoint(settings)
    if settings.kind == "local":
        from assistant.index.embeddings.local import open_local

        return open_local(settings)
    from assistant.index.embeddings.builtin import BuiltinEmbedder

    return BuiltinEmbedder()
