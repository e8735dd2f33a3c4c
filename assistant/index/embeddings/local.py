"""Embeddings from a local model (a folder or a name) through fastembed, an optional extra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from assistant.errors import SettingsError
from assistant.index.embeddings.llama import FromLlamaIndex
from assistant.settings import EmbeddingSettings


def open_local(settings: EmbeddingSettings) -> FromLlamaIndex:
    """The embedder in the folder, or of the name, that ``settings`` give; loaded with the first text."""
    model = settings.model or ""
    return FromLlamaIndex(LocalEmbedding(model), fingerprint=f"local-{Path(model).name}")


class LocalEmbedding(BaseEmbedding):  # type: ignore[misc]  # llama_index is not typed here
    """A LlamaIndex embedding model that runs a fastembed model on this machine."""

    _model: Any = PrivateAttr(default=None)

    def __init__(self, model: str) -> None:
        super().__init__(model_name=model)

    def _loaded(self) -> Any:
        if self._model is None:
            self._model = _load(self.model_name)
        return self._model

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._loaded().passage_embed(texts)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in next(iter(self._loaded().query_embed(query)))]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def _load(model: str) -> Any:
    try:
        from fastembed import TextEmbedding
    except ImportError as error:
        raise SettingsError(
            zh="本地向量模型需要安装附加组件。",
            en="A local embedding model needs an optional extra.",
            hint_zh="请运行：pip install 'policy-assistant[local]'",
            hint_en="Run: pip install 'policy-assistant[local]'",
        ) from error
    folder = Path(model)
    if folder.is_dir():
        return TextEmbedding(model_name=_declared(folder), specific_model_path=str(folder))
    return TextEmbedding(model_name=model)


def _declared(folder: Path) -> str:
    """The name under which fastembed knows the architecture of a folder."""
    return folder.name
