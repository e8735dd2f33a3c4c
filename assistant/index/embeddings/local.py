"""Embeddings from a model on this machine (a folder or a name) through fastembed, an optional extra.

A folder is any sentence-transformers model exported to ONNX: the ``.onnx`` file, ``tokenizer.json``,
``config.json`` and, if it says how token vectors become one, ``1_Pooling/config.json``. A name is looked up
by fastembed, which downloads the model on first use.
"""

from __future__ import annotations

import json
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
    return FromLlamaIndex(LocalEmbedding(model), f"local-{Path(model).name}")


class LocalEmbedding(BaseEmbedding):  # type: ignore[misc]  # llama_index is not typed here
    """A LlamaIndex embedding model that runs a fastembed model on this machine."""

    _model: Any = PrivateAttr(default=None)

    def __init__(self, model: str) -> None:
        super().__init__(model_name=model, embed_batch_size=256)

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
    folder = Path(model).expanduser()
    try:
        if folder.is_dir():
            return _from_folder(TextEmbedding, folder)
        return TextEmbedding(model_name=model)
    except Exception as error:  # fastembed, tokenizers and onnxruntime each raise their own
        raise SettingsError(
            zh=f"无法加载本地向量模型 {model}：{error}",
            en=f"The local embedding model {model} could not be loaded: {error}",
            hint_zh="POLICY_ASSISTANT_EMBEDDING_MODEL 应为 fastembed 支持的名称，或含 ONNX 模型的文件夹。",
            hint_en="POLICY_ASSISTANT_EMBEDDING_MODEL names a model that fastembed knows, or an ONNX folder.",
        ) from error


def _from_folder(kind: Any, folder: Path) -> Any:
    from fastembed.common.model_description import ModelSource, PoolingType

    file = next(iter(sorted(folder.rglob("*.onnx"))), None)
    if file is None:
        raise OSError("no .onnx file")
    name = f"folder:{folder.resolve()}"
    if name not in (known["model"] for known in kind.list_supported_models()):
        pooling = _json(folder / "1_Pooling" / "config.json")
        kind.add_custom_model(
            model=name,
            pooling=PoolingType.CLS if pooling.get("pooling_mode_cls_token") else PoolingType.MEAN,
            normalization=True,
            sources=ModelSource(url="file:"),  # never used: the files are here
            dim=int(_json(folder / "config.json").get("hidden_size", 0)),
            model_file=str(file.relative_to(folder)),
        )
    return kind(model_name=name, specific_model_path=str(folder))


def _json(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    values: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return values
