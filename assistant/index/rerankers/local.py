"""Scores from a cross-encoder on this machine (a folder or a name) through fastembed, an optional extra.

A folder is any cross-encoder exported to ONNX: the ``.onnx`` file, ``tokenizer.json``,
``tokenizer_config.json`` and ``config.json``. A name is looked up by fastembed, which downloads the model on
first use.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.errors import SettingsError

_BATCH = 8  # texts at a time: a batch is padded to its longest, and memory grows with it


class LocalReranker:
    """Reads question and passage together with a model of one's own."""

    def __init__(self, model: str) -> None:
        self._name, self._lock = model, Lock()
        self._model: Any = None

    @property
    def name(self) -> str:
        """The folder or the name from the settings."""
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        """See `Reranker`; the first call loads the model."""
        try:
            with self._lock:
                if self._model is None:
                    self._model = _load(self._name)
            found = [float(score) for score in self._model.rerank(question, list(texts), batch_size=_BATCH)]
        except SettingsError:
            raise
        except Exception as error:
            raise _unusable(self._name, str(error)) from error
        if len(found) != len(texts) or not all(map(isfinite, found)):
            raise _unusable(self._name, "scores that are no numbers")
        return found


def _load(model: str) -> Any:
    try:
        from fastembed.rerank.cross_encoder import TextCrossEncoder
    except ImportError as error:
        raise SettingsError(
            zh="本地重排模型需要安装附加组件。",
            en="A local reranker needs an optional extra.",
            hint_zh="请运行：pip install 'policy-assistant[local]'",
            hint_en="Run: pip install 'policy-assistant[local]'",
        ) from error
    folder = Path(model).expanduser()
    return _from_folder(TextCrossEncoder, folder) if folder.is_dir() else TextCrossEncoder(model_name=model)


def _from_folder(kind: Any, folder: Path) -> Any:
    from fastembed.common.model_description import ModelSource

    file = next(iter(sorted(folder.rglob("*.onnx"))), None)
    if file is None:
        raise OSError("no .onnx file")
    name = f"folder:{folder.resolve()}"
    if name not in (known["model"] for known in kind.list_supported_models()):
        never_used = ModelSource(url="file:")  # the files are here
        kind.add_custom_model(model=name, sources=never_used, model_file=str(file.relative_to(folder)))
    return kind(model_name=name, specific_model_path=str(folder))


def _unusable(model: str, said: str) -> SettingsError:
    said = " ".join(said.split())[:200]
    return SettingsError(
        zh=f"本地重排模型 {model} 无法使用：{said}。",
        en=f"The local reranker {model} cannot be used: {said}.",
        hint_zh="POLICY_ASSISTANT_RERANKER_MODEL 应为 fastembed 支持的名称，或含 ONNX 模型的文件夹。",
        hint_en="POLICY_ASSISTANT_RERANKER_MODEL names a model that fastembed knows, or an ONNX folder.",
    )
