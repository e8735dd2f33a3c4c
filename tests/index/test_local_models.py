"""Models in a folder on this machine, through the real runtime: tiny ones that the tests build."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.app import build
from assistant.domain import Instrument, Query
from assistant.errors import SettingsError
from assistant.index.embeddings import CorpusEmbedder, Embedder, open_embedder
from assistant.index.index import Index
from assistant.index.rerankers import open_reranker
from assistant.index.retriever import HybridRetriever
from assistant.settings import EmbeddingSettings, RerankerSettings, read_settings
from tests.index.shelf import HNTE, TALENT, document
from tests.index.tiny_models import write_cross_encoder, write_embedder

pytest.importorskip("fastembed", reason="the extra 'local' is not installed")

# 轿 and 汽 are one thing to this model, 税 is another
MEANINGS = {"轿": (1.0, 0.0), "汽": (1.0, 0.0), "税": (0.0, 1.0), "车": (0.5, 0.0)}


def embedder(folder: Path) -> Embedder:
    opened = open_embedder(EmbeddingSettings("local", str(write_embedder(folder, MEANINGS))))
    assert not isinstance(opened, CorpusEmbedder)
    return opened


def test_a_folder_with_a_model_gives_vectors(tmp_path: Path) -> None:
    model = embedder(tmp_path / "embedder")
    car, sedan, tax = model.texts(["汽车", "轿车", "税"])
    assert np.linalg.norm(car) == pytest.approx(1)
    assert car @ sedan == pytest.approx(1)
    assert car @ tax == pytest.approx(0)
    np.testing.assert_allclose(model.query("汽车"), car, atol=1e-6)


def test_vectors_from_a_folder_find_what_shares_no_word(tmp_path: Path) -> None:
    model = embedder(tmp_path / "embedder")
    with Index.open(tmp_path / "state", embedder=model, write=True) as index:
        for name, text in (("cars", "轿"), ("taxes", "税")):
            index.put_instruments([Instrument(name)])
            index.replace(*document(name, (("", text),), title=""), "v1")
        index.refresh()
        found = HybridRetriever(index).retrieve(Query("汽")).passages
    assert found[0].instrument.id == "cars"
    assert set(found[0].found_by) == {"vectors"}


def test_a_folder_with_a_cross_encoder_gives_scores(tmp_path: Path) -> None:
    folder = write_cross_encoder(tmp_path / "model", {"好": 2.0, "坏": -3.0})
    reranker = open_reranker(RerankerSettings("local", str(folder)))
    assert reranker is not None
    texts = ["好", "坏坏", "不好不坏", "", "好" * 10, *["好好"] * 20]  # more than one batch
    assert reranker.scores("问", texts) == pytest.approx([2, -6, -1, 0, 20, *[4] * 20])


def test_a_cross_encoder_in_a_folder_reorders_what_the_assistant_finds(tmp_path: Path) -> None:
    texts = tmp_path / "documents"
    texts.mkdir()
    body = "\n".join(f"{heading}　{text}" for heading, text in (*HNTE, *TALENT))
    (texts / "甲.txt").write_text(f"甲办法\n{body}\n", encoding="utf-8")
    folder = write_cross_encoder(tmp_path / "model", {"贴": 5.0})
    env = {"POLICY_ASSISTANT_STATE": str(tmp_path / "state")}
    local = {"POLICY_ASSISTANT_RERANKER": "local", "POLICY_ASSISTANT_RERANKER_MODEL": str(folder)}
    with build(read_settings(env)) as plain, build(read_settings(env | local)) as reranking:
        plain.ingest([texts])
        question = "高新技术企业报告"
        assert "补贴" not in plain.search(question).passages[0].chunk.text
        assert "补贴" in reranking.search(question).passages[0].chunk.text


@pytest.mark.parametrize("spoiled", ["model.onnx", "tokenizer.json", "tokenizer_config.json"])
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, spoiled: str) -> None:
    folder = write_cross_encoder(tmp_path / "model", {"好": 1.0})
    (folder / spoiled).write_bytes(b"nonsense")
    reranker = open_reranker(RerankerSettings("local", str(folder)))
    assert reranker is not None
    with pytest.raises(SettingsError, match="POLICY_ASSISTANT_RERANKER_MODEL"):
        reranker.scores("问", ["好"])


def test_scores_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    folder = write_cross_encoder(tmp_path / "model", {"好": float("nan")})
    reranker = open_reranker(RerankerSettings("local", str(folder)))
    assert reranker is not None
    with pytest.raises(SettingsError, match="no numbers"):
        reranker.scores("问", ["好"])


@pytest.mark.parametrize("files", [(), ("model.onnx",)])
def test_a_folder_without_a_model_is_named(tmp_path: Path, files: tuple[str, ...]) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    for file in files:
        (folder / file).write_bytes(b"nonsense")
    opened = open_embedder(EmbeddingSettings("local", str(folder)))
    assert not isinstance(opened, CorpusEmbedder)
    with pytest.raises(SettingsError, match="POLICY_ASSISTANT_EMBEDDING_MODEL"):
        opened.query("问")
