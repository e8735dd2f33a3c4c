"""Many ask at once, also while the index changes under them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.domain import Instrument, Query
from assistant.index.retriever import HybridRetriever
from tests.index.shelf import HNTE, TALENT, document, fill, reader, writer


def test_thirty_two_askers_are_served_while_a_writer_works(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    with reader(tmp_path) as shared, ThreadPoolExecutor(32) as askers:
        retriever = HybridRetriever(shared)
        asked = [askers.submit(retriever.retrieve, Query("更名要报告吗")) for _ in range(64)]
        with writer(tmp_path) as index:
            index.replace(*document("t", TALENT), "v1")
            index.refresh()
        asked += [askers.submit(retriever.retrieve, Query("更名要报告吗")) for _ in range(64)]
        found = [future.result() for future in asked]
    assert all(retrieval.passages[0].chunk.text == HNTE[2][1] for retrieval in found)
