"""Where vectors come from, each kind through its real door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import pytest

from assistant.domain import Instrument
from assistant.errors import ModelAuthError, ModelBadRequest, ModelUnavailable, SettingsError
from assistant.index.embeddings import open_embedder
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.embeddings.embedder import Lessons
from assistant.index.embeddings.endpoint import open_endpoint
from assistant.index.embeddings.llama import AsLlamaIndex, FromLlamaIndex
from assistant.index.index import Index
from assistant.settings import EmbeddingSettings
from tests.index.shelf import HNTE, document

# 汽车 and 轿车 never meet but keep the same company; 税款 keeps another
PARTS = ("发动机", "轮胎", "方向盘", "油箱", "车灯", "刹车")
DUTIES = ("申报", "缴纳", "期限", "减免", "退还", "稽查")


def _sentences(words: tuple[str, ...], company: tuple[str, ...]) -> list[str]:
    return [f"{word}，{one}，{other}" for word in words for one, other in combinations(company, 2)]


CARS, TAXES = _sentences(("汽车", "轿车"), PARTS), _sentences(("税款", "税费"), DUTIES)


def lessons() -> Lessons:
    texts = [*CARS, *TAXES]
    return Lessons(texts, [[i] for i in range(len(texts))])


def test_words_that_keep_the_same_company_get_similar_vectors(tmp_path: Path) -> None:
    embedder = BuiltinEmbedder().train(lessons(), tmp_path / "model")
    car, sedan, tax = embedder.texts(["汽车", "轿车", "税款"])
    assert car @ sedan > car @ tax + 0.1


def test_learning_from_the_same_texts_gives_the_same_vectors(tmp_path: Path) -> None:
    one = BuiltinEmbedder().train(lessons(), tmp_path / "one")
    two = BuiltinEmbedder().load(tmp_path / "one")
    again = BuiltinEmbedder().train(lessons(), tmp_path / "two")
    assert one.fingerprint == two.fingerprint
    np.testing.assert_allclose(one.query("汽车"), two.query("汽车"))
    np.testing.assert_allclose(
        np.abs(one.texts(CARS) @ one.query("汽车")),
        np.abs(again.texts(CARS) @ again.query("汽车")),
        atol=1e-2,
    )


@pytest.mark.parametrize("texts", [["只有一句"], ["a", "b"], ["。"]])
def test_the_smallest_corpora_are_learned_without_failing(tmp_path: Path, texts: list[str]) -> None:
    embedder = BuiltinEmbedder().train(Lessons(texts, [[i] for i in range(len(texts))]), tmp_path / "m")
    assert np.linalg.norm(embedder.texts([*texts, "未见过"]), axis=1) == pytest.approx(1.0)


def test_more_text_gives_the_vectors_a_louder_voice(tmp_path: Path) -> None:
    small = BuiltinEmbedder().train(lessons(), tmp_path / "m")
    assert small.weight == pytest.approx(0.1)


class Endpoint:
    """An embeddings endpoint: scripted failures first, then vectors that tell texts apart."""

    def __init__(self) -> None:
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.batches: list[dict[str, Any]] = []
        self.short = False

    def reply(self, body: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
        if self.failures:
            status, headers = self.failures.pop(0)
            return status, headers, {"error": {"message": "scripted"}}
        self.batches.append(body)
        size = body.get("dimensions", 8)
        rows = [
            {"object": "embedding", "index": i, "embedding": [float(len(text)), *[1.0] * (size - 1)]}
            for i, text in enumerate(body["input"])
        ]
        if self.short:
            rows.pop()
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        return 200, {}, {"object": "list", "model": "m", "data": rows[::-1], "usage": usage}


@pytest.fixture
def endpoint() -> Iterator[tuple[Endpoint, str]]:
    behaviour = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, headers, reply = behaviour.reply(body)
            raw = json.dumps(reply).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Type": "application/json"}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield behaviour, f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()


def at(url: str, **options: Any) -> tuple[FromLlamaIndex, list[float]]:
    """The embedder at ``url`` and the pauses it makes."""
    pauses: list[float] = []
    settings = EmbeddingSettings("openai", "m", api_key="secret", base_url=url, **options)
    return open_endpoint(settings, pauses.append), pauses


def test_an_endpoint_is_asked_in_batches_and_answers_are_put_in_order(endpoint: tuple[Endpoint, str]) -> None:
    behaviour, url = endpoint
    embedder, _ = at(url)
    texts = ["长" * (n + 1) for n in range(100)]
    vectors = embedder.texts(texts)
    assert [len(batch["input"]) for batch in behaviour.batches] == [64, 36]
    assert {batch["encoding_format"] for batch in behaviour.batches} == {"float"}
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0)
    assert np.all(np.diff(vectors[:, 0]) > 0)  # longer texts, larger first component


def test_shortened_vectors_are_asked_for_and_change_the_fingerprint(endpoint: tuple[Endpoint, str]) -> None:
    behaviour, url = endpoint
    embedder, _ = at(url, dimensions=4)
    assert embedder.query("问").shape == (4,)
    assert behaviour.batches[0]["dimensions"] == 4
    assert embedder.fingerprint != at(url)[0].fingerprint


def test_a_rate_limit_is_waited_out_as_long_as_the_endpoint_asks(endpoint: tuple[Endpoint, str]) -> None:
    behaviour, url = endpoint
    behaviour.failures = [(429, {"Retry-After": "7"}), (503, {})]
    embedder, pauses = at(url)
    assert embedder.texts(["问"]).shape == (1, 8)
    assert pauses == [7.0, 1.0] or pauses == [7.0, 2.0]


@pytest.mark.parametrize(
    ("status", "error"), [(401, ModelAuthError), (400, ModelBadRequest), (404, ModelBadRequest)]
)
def test_what_trying_again_cannot_mend_is_raised_at_once(
    endpoint: tuple[Endpoint, str], status: int, error: type[Exception]
) -> None:
    behaviour, url = endpoint
    behaviour.failures = [(status, {})]
    embedder, pauses = at(url)
    with pytest.raises(error):
        embedder.texts(["问"])
    assert pauses == []


def test_an_endpoint_that_stays_down_is_given_up_in_the_end(endpoint: tuple[Endpoint, str]) -> None:
    behaviour, url = endpoint
    behaviour.failures = [(500, {})] * 10
    embedder, pauses = at(url)
    with pytest.raises(ModelUnavailable):
        embedder.texts(["问"])
    assert len(pauses) == 5


def test_a_reply_that_lacks_vectors_is_refused(endpoint: tuple[Endpoint, str]) -> None:
    behaviour, url = endpoint
    behaviour.short = True
    with pytest.raises(Exception, match="vectors"):
        at(url)[0].texts(["一", "二"])


def test_no_text_is_sent_twice_not_even_after_a_rebuild_or_a_failure(
    endpoint: tuple[Endpoint, str], tmp_path: Path
) -> None:
    behaviour, url = endpoint

    def ingest(rebuild: bool = False) -> None:
        with Index.open(tmp_path, embedder=at(url)[0], write=True, rebuild=rebuild) as index:
            index.put_instruments([Instrument("hnte")])
            index.replace(*document("hnte", HNTE), "v1")
            index.refresh()

    behaviour.failures = [(401, {})]
    with pytest.raises(ModelAuthError):
        ingest()
    ingest()  # the texts were kept, only the vectors were missing
    ingest(rebuild=True)
    assert [len(batch["input"]) for batch in behaviour.batches] == [len(HNTE)]


def test_any_llama_index_embedding_serves_the_index_and_ours_serve_llama_index(tmp_path: Path) -> None:
    trained = BuiltinEmbedder().train(lessons(), tmp_path / "model")
    theirs = AsLlamaIndex(trained)
    assert theirs.get_query_embedding("汽车") == pytest.approx(trained.query("汽车").tolist())
    back = FromLlamaIndex(theirs, "round-trip")
    np.testing.assert_allclose(back.texts(CARS), trained.texts(CARS), atol=1e-6)
    assert back.name == "builtin"


def test_a_local_model_without_its_extra_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastembed", None)
    with pytest.raises(SettingsError) as error:
        open_embedder(EmbeddingSettings("local", "some-model")).query("问")
    assert "policy-assistant[local]" in error.value.hint_en
