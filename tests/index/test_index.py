"""The catalogue is the truth; words and vectors follow it, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from chromadb.errors import InternalError

from assistant.domain import Filters, Instrument, Query
from assistant.errors import IndexLocked, IndexMismatch, IndexMissing, StateNotWritable
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.index.retriever import HybridRetriever
from assistant.index.vectors import VectorStore
from tests.index.shelf import HNTE, TALENT, document, fill, reader, writer


def found(state: Path, question: str) -> list[str]:
    with reader(state) as index:
        return [p.chunk.text for p in HybridRetriever(index).retrieve(Query(question)).passages]


def test_what_was_put_in_is_read_back_exactly(tmp_path: Path) -> None:
    instrument = Instrument("hnte", title_zh="认定办法", aliases=("高企",), doc_number="国科发火〔2016〕32号")
    text, sections, chunks = document("hnte", HNTE)
    fill(tmp_path, (instrument, (text, sections, chunks)))
    with reader(tmp_path) as index:
        library = index.library
        assert library.instruments() == (instrument,)
        assert library.document("hnte.zh") == text
        assert list(library.sections("hnte.zh")) == sections
        assert list(library.chunks("hnte.zh")) == chunks
        assert library.chunk(chunks[1].id) == chunks[1]
        assert library.chunk("unknown") is None


def test_a_changed_clause_replaces_the_old_one_and_the_others_are_kept(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    changed = (("第十一条 认定条件", "高新技术企业研发费用的比例不低于6%。"), *HNTE[1:])
    with writer(tmp_path) as index:
        changes = index.replace(*document("hnte", changed), "v1")
        refreshed = index.refresh()
    assert (changes.added, changes.removed, changes.kept) == (1, 1, 2)
    assert refreshed.words == 2  # the new one and the one that is gone
    texts = found(tmp_path, "研发费用的比例")
    assert texts[0] == changed[0][1]
    assert HNTE[0][1] not in texts


def test_a_removed_document_is_no_longer_found(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    with writer(tmp_path) as index:
        index.remove("hnte.zh")
        index.refresh()
        assert index.status().words == len(TALENT)
    assert not set(found(tmp_path, "高新技术企业更名")) & {text for _, text in HNTE}


def test_what_is_not_yet_refreshed_is_never_shown_wrongly(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    with writer(tmp_path) as index:
        index.remove("hnte.zh")  # and the process ends before the refresh
    assert not set(found(tmp_path, "高新技术企业更名")) & {text for _, text in HNTE}


def test_a_renamed_instrument_is_found_by_its_new_name(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("t", aliases=("旧称",)), document("t", TALENT)))
    with writer(tmp_path) as index:
        index.put_instruments([Instrument("t", aliases=("楚才卡",))])
        index.refresh()
    assert found(tmp_path, "楚才卡")


def test_records_keep_the_order_in_which_they_first_came(tmp_path: Path) -> None:
    with writer(tmp_path) as index:
        index.put_instruments([Instrument("b"), Instrument("a")])
        index.put_instruments([Instrument("c"), Instrument("b", title_zh="乙")])
        assert [i.id for i in index.library.instruments()] == ["b", "a", "c"]


def test_a_batch_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def broken_batch(index: Index) -> None:
        with index.batch():
            index.replace(*document("hnte", HNTE), "v1")
            raise ValueError("half-way")

    with writer(tmp_path) as index:
        with pytest.raises(ValueError, match="half-way"):
            broken_batch(index)
        assert index.known_documents() == {}
        assert index.status().pending_words == 0


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with writer(tmp_path), pytest.raises(IndexLocked) as error:
        writer(tmp_path)
    assert "进程" in error.value.zh
    writer(tmp_path).close()  # free again


def test_reading_where_nothing_was_ingested_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as error:
        reader(tmp_path / "nowhere")
    assert "policy-assistant ingest" in error.value.hint_en
    assert not (tmp_path / "nowhere").exists()


def test_a_state_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateNotWritable):
        writer(tmp_path / "file" / "state")


class OtherEmbedder(BuiltinEmbedder):
    fingerprint = "other-1"


def test_another_embedder_is_refused_until_the_index_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    for write in (False, True):
        with pytest.raises(IndexMismatch) as error:
            Index.open(tmp_path, embedder=OtherEmbedder(), write=write)
        assert "ingest --rebuild" in error.value.hint_en
    with Index.open(tmp_path, embedder=OtherEmbedder(), write=True, rebuild=True) as index:
        assert index.refresh().vectors == len(HNTE)
    Index.open(tmp_path, embedder=OtherEmbedder()).close()


class NextBuiltinEmbedder(BuiltinEmbedder):
    fingerprint = "builtin-999"


def test_a_newer_built_in_embedder_takes_over_at_the_next_ingest(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    with pytest.raises(IndexMismatch):
        Index.open(tmp_path, embedder=NextBuiltinEmbedder())
    with Index.open(tmp_path, embedder=NextBuiltinEmbedder(), write=True) as index:
        refreshed = index.refresh()
        assert (refreshed.words, refreshed.vectors) == (0, len(HNTE))
    Index.open(tmp_path, embedder=NextBuiltinEmbedder()).close()


def test_a_catalogue_of_another_version_is_refused_until_it_is_rebuilt(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    with sqlite3.connect(tmp_path / "catalogue.sqlite3") as catalogue:
        catalogue.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
    catalogue.close()
    with pytest.raises(IndexMismatch):
        reader(tmp_path)
    with writer(tmp_path, rebuild=True) as index:
        assert index.known_documents() == {}


def test_lost_words_and_vectors_are_rebuilt_from_the_catalogue(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    for folder in ("words", "vectors", "embedder"):
        for file in sorted((tmp_path / folder).rglob("*"), reverse=True):
            file.unlink() if file.is_file() else file.rmdir()
    with writer(tmp_path, rebuild=True) as index:
        refreshed = index.refresh()
    assert (refreshed.words, refreshed.vectors) == (len(HNTE), len(HNTE))
    assert found(tmp_path, "更名要报告吗")[0] == HNTE[2][1]


def test_a_reader_notices_what_another_process_has_ingested(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    with reader(tmp_path) as index:
        retriever = HybridRetriever(index)
        assert not any("许可" in p.chunk.text for p in retriever.retrieve(Query("工作许可")).passages)
        fill(tmp_path, (Instrument("t"), document("t", TALENT)))
        first = retriever.retrieve(Query("工作许可")).passages[0]
    assert first.chunk.text == TALENT[1][1]
    assert first.found_by["vectors"] > 0


_KILLED = """
import os, signal, sys
from pathlib import Path
from assistant.domain import Instrument
from assistant.index import dense, index
from tests.index.shelf import HNTE, TALENT, document, writer

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

stage = sys.argv[2]
with writer(Path(sys.argv[1])) as shelf:
    shelf.put_instruments([Instrument("t")])
    with shelf.batch():
        shelf.replace(*document("t", TALENT), "v1")
        if stage == "batch":
            die()
    if stage == "words":
        shelf.catalogue.settle = die       # words are committed, the catalogue has not heard
    if stage == "vectors":
        dense.DenseIndex._publish = die    # the new collection is written, nobody points to it
    shelf.refresh()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("stage", ["batch", "words", "vectors"])
def test_a_writer_that_is_killed_leaves_an_index_that_the_next_run_completes(
    tmp_path: Path, stage: str
) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_KILLED), str(tmp_path), stage],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert found(tmp_path, "更名要报告吗")[0] == HNTE[2][1]  # readers go on with what was complete

    with writer(tmp_path) as index:  # the lock went with the process
        if "t.zh" not in index.known_documents():
            index.replace(*document("t", TALENT), "v1")
        index.refresh()
        status = index.status()
    assert (status.chunks, status.words, status.pending_words, status.pending_vectors) == (6, 6, 0, 0)
    with reader(tmp_path) as index:
        dense = index.dense()
        assert dense is not None
        assert len(dense.store) == 6
    assert found(tmp_path, "外国人工作许可")[0] == TALENT[1][1]
    assert len(list((tmp_path / "vectors").iterdir())) <= 2  # what the dead run left is swept away


def test_vectors_that_are_gone_are_missed_and_made_again_by_the_next_ingest(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    shutil.rmtree(tmp_path / "vectors")
    with pytest.raises(IndexMismatch, match="policy-assistant ingest"):
        found(tmp_path, "更名")
    with writer(tmp_path) as index:
        assert index.refresh().vectors == len(HNTE)
    assert found(tmp_path, "更名")[0] == HNTE[2][1]


def test_filters_hold_also_for_what_only_vectors_found(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    with reader(tmp_path) as index:
        query = Query("企业人才", Filters(instruments=("t",)))
        instruments = {p.instrument.id for p in HybridRetriever(index).retrieve(query).passages}
    assert instruments == {"t"}


def test_a_question_survives_a_chroma_that_loses_an_id() -> None:
    class Losing:
        def get(self, **_: object) -> None:
            raise InternalError("Error finding id")

    assert VectorStore(None, Losing()).score(np.ones(2, np.float32), ["a"]) == {}
