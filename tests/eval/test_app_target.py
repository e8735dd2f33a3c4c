"""What an answer of the assistant depends on: everything that can change it, and nothing that cannot."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.settings import ChatSettings, EmbeddingSettings, RerankerSettings, Settings
from eval.app_target import read_files, services


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    for name in ("corpus/rules/hnte.yaml", "corpus/conflicts.yaml", "prompts/answer.zh.md", "corpus/a.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return Settings(tmp_path / "state", tmp_path / "corpus", tmp_path / "prompts")


def test_rules_prompts_code_and_its_data_count(settings: Settings) -> None:
    names = {path.name for path in read_files(settings)}

    assert {"hnte.yaml", "conflicts.yaml", "answer.zh.md", "app.py", "signs.yaml"} <= names
    assert "faithfulness_weights.json" in names
    assert "a.pdf" not in names  # ingested texts are told by their digests


@pytest.mark.parametrize(
    "other",
    [
        {"chat": ChatSettings("other-model")},
        {"embedding": EmbeddingSettings("openai", "embedder")},
        {"reranker": RerankerSettings("endpoint", "reranker", "http://localhost/rerank")},
    ],
)
def test_another_model_is_another_answer(settings: Settings, other: dict[str, object]) -> None:
    assert services(replace(settings, **other)) != services(settings)  # type: ignore[arg-type]


def test_a_key_and_patience_change_no_answer(settings: Settings) -> None:
    one = replace(settings, chat=ChatSettings("m", api_key="a", timeout=1))
    other = replace(settings, chat=ChatSettings("m", api_key="b", timeout=2))

    assert services(one) == services(other)
