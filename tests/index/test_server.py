"""Vectors on a Chroma server of one's own, a real one."""

from __future__ import annotations

import gc
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Instrument, Query
from assistant.errors import IndexMismatch, ModelUnavailable
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from tests.index.shelf import HNTE, TALENT, document, fill

# chromadb never closes the sockets of its HTTP client
pytestmark = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)
_CHROMA = shutil.which("chroma", path=str(Path(sys.executable).parent))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    if _CHROMA is None:
        pytest.skip("the chroma command is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [_CHROMA, "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        gc.collect()
        process.terminate()


def open_at(state: Path, url: str | None, *, write: bool = False) -> Index:
    return Index.open(state, embedder=BuiltinEmbedder(), chroma_url=url, write=write)


def test_vectors_live_on_the_server_and_readers_follow_what_a_writer_changes(
    tmp_path: Path, server: str
) -> None:
    state = tmp_path / "state"
    with open_at(state, server, write=True) as index:
        index.put_instruments([Instrument("hnte"), Instrument("t")])
        index.replace(*document("hnte", HNTE), "v1")
        index.replace(*document("t", TALENT), "v1")
        index.refresh()
    assert not (state / "vectors").exists()
    with open_at(state, server) as reader:
        retriever = HybridRetriever(reader)
        first = retriever.retrieve(Query("外国人工作许可")).passages[0]
        assert (first.chunk.text, "vectors" in first.found_by) == (TALENT[1][1], True)
        with open_at(state, server, write=True) as index:
            index.remove("t.zh")
            index.refresh()
        retriever.retrieve(Query("外国人工作许可"))
        dense = reader.dense()
        assert dense is not None
        assert len(dense.store) == len(HNTE)


def test_moving_to_a_server_is_noticed_and_done_by_the_next_ingest(tmp_path: Path, server: str) -> None:
    state = tmp_path / "state"
    fill(state, (Instrument("hnte"), document("hnte", HNTE)))
    with open_at(state, server) as reader, pytest.raises(IndexMismatch, match="policy-assistant ingest"):
        HybridRetriever(reader).retrieve(Query("更名"))
    with open_at(state, server, write=True) as index:
        assert index.refresh().vectors == len(HNTE)
    with open_at(state, server) as reader:
        passages = HybridRetriever(reader).retrieve(Query(HNTE[2][1])).passages
        assert passages[0].found_by["vectors"] == pytest.approx(1.0)


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with open_at(tmp_path, "http://127.0.0.1:1", write=True) as index:
        index.replace(*document("hnte", HNTE), "v1")
        with pytest.raises(ModelUnavailable, match=r"127\.0\.0\.1:1 "):
            index.refresh()
