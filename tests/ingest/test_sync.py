"""Sync: what changed in the files changes in the index, and nothing else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import ValidityStatus
from assistant.errors import CorpusError, ReadError
from assistant.index.embeddings import open_embedder
from assistant.index.index import Index
from assistant.ingest.report import Outcome, SyncProgress
from assistant.ingest.sync import sync
from assistant.settings import EmbeddingSettings


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    embedder = open_embedder(EmbeddingSettings())
    with Index.open(tmp_path / "state", embedder=embedder, write=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "documents"
    made.mkdir()
    return made


def write(path: Path, title: str, *articles: str) -> Path:
    lines = [f"# {title}", *(f"## 第{'一二三四五'[i]}条\n\n{text}" for i, text in enumerate(articles))]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def outcomes(index: Index, *paths: Path) -> dict[str, Outcome]:
    return {Path(file.path).name: file.outcome for file in sync(paths, index).files}


def test_new_files_are_added_and_left_alone_the_next_time(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    write(folder / "b.md", "乙办法", "乙的规定。", "乙的其他规定。")
    assert outcomes(index, folder) == {"a.md": Outcome.ADDED, "b.md": Outcome.ADDED}
    assert index.status().chunks == index.status().words == index.status().vectors == 3
    assert outcomes(index, folder) == {"a.md": Outcome.UNCHANGED, "b.md": Outcome.UNCHANGED}


def test_a_changed_file_changes_only_the_chunks_that_differ(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "第一条的规定。", "第二条的规定。")
    sync([folder], index)
    write(folder / "a.md", "甲办法", "第一条的规定。", "第二条的新规定。")
    report = sync([folder], index)
    assert report.files[0].outcome is Outcome.CHANGED
    assert (report.chunks_added, report.chunks_removed, report.chunks_kept) == (1, 1, 1)


def test_a_removed_file_takes_its_text_and_record_with_it(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    write(folder / "b.md", "乙办法", "乙的规定。")
    sync([folder], index)
    (folder / "a.md").unlink()
    assert outcomes(index, folder) == {"b.md": Outcome.UNCHANGED, "a.md": Outcome.REMOVED}
    assert [instrument.title_zh for instrument in index.library.instruments()] == ["乙办法"]
    assert index.status().chunks == index.status().words == 1


def test_other_folders_are_left_alone(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(folder / "a.md", "甲办法", "甲的规定。")
    write(other / "b.md", "乙办法", "乙的规定。")
    sync([folder], index)
    assert outcomes(index, other) == {"b.md": Outcome.ADDED}
    assert index.status().documents == 2


def test_a_renamed_file_keeps_its_document_and_chunks(index: Index, folder: Path) -> None:
    path = write(folder / "a.md", "甲办法", "甲的规定。")
    sync([folder], index)
    (before,) = index.known_documents()
    path.rename(folder / "z.md")
    report = sync([folder], index)
    assert [file.outcome for file in report.files] == [Outcome.RENAMED]
    assert (report.chunks_added, report.chunks_removed, report.chunks_kept) == (0, 0, 1)
    (after,) = index.known_documents()
    assert before == after
    assert index.known_documents()[after].path.endswith("z.md")


def test_the_same_bytes_and_the_same_words_count_once(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    (folder / "b.md").write_bytes((folder / "a.md").read_bytes())
    (folder / "c.txt").write_bytes("甲办法\n第一条\n甲的规定。\n".encode("gb18030"))
    found = outcomes(index, folder)
    assert found == {"a.md": Outcome.ADDED, "b.md": Outcome.DUPLICATE, "c.txt": Outcome.DUPLICATE}
    assert outcomes(index, folder)["b.md"] is Outcome.DUPLICATE
    assert index.status().documents == 1


def test_a_file_that_cannot_be_read_is_reported_and_keeps_its_older_text(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    write(folder / "b.md", "乙办法", "乙的规定。")
    sync([folder], index)
    (folder / "a.md").write_text(" ", encoding="utf-8")
    (folder / "c.doc").write_bytes(b"old Word")
    report = sync([folder], index)
    assert [(Path(f.path).name, "没有文字" in f.reason("zh")) for f in report.failed] == [("a.md", True)]
    assert [Path(f.path).name for f in report.having(Outcome.IGNORED)] == ["c.doc"]
    assert index.status().documents == 2
    assert "a.md" in report.to_text("en")
    assert report.to_json()["counts"] == {"unchanged": 1, "failed": 1, "ignored": 1}


def test_a_file_that_nobody_reads_is_named_with_the_next_step(index: Index, folder: Path) -> None:
    for name in ("a.docm", "b.zip", "c.jpg"):
        (folder / name).write_bytes(b"x")
    ignored = {Path(f.path).name: f.reason("en") for f in sync([folder], index).having(Outcome.IGNORED)}
    assert ignored["a.docm"].startswith("save it as DOCX")
    assert ignored["b.zip"].startswith("unpack it")
    assert "text recognition" in ignored["c.jpg"]


def test_a_path_that_does_not_exist_changes_nothing(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    sync([folder], index)
    with pytest.raises(ReadError, match="does not exist"):
        sync([folder / "absent"], index)
    assert index.status().documents == 1


def test_a_corpus_counts_as_its_manifest_says(index: Index, folder: Path) -> None:
    write(folder / "a.md", "甲办法", "甲的规定。")
    manifest = folder / "manifest.yaml"
    manifest.write_text(
        "instruments:\n- {id: jia, title_zh: 甲办法, documents: [{path: a.md, language: zh}]}\n",
        encoding="utf-8",
    )
    sync([folder], index)
    assert list(index.known_documents()) == ["jia.zh"]
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("甲办法", "甲的新办法"), encoding="utf-8"
    )
    assert outcomes(index, folder) == {"a.md": Outcome.CHANGED}
    document = index.library.document("jia.zh")
    assert document is not None
    assert document.title == "甲的新办法"
    manifest.write_text("instruments:\n- {id: jia}\n", encoding="utf-8")
    with pytest.raises(CorpusError):
        sync([folder], index)
    assert list(index.known_documents()) == ["jia.zh"]


def test_what_a_manifest_leaves_open_is_read_from_the_text_and_marked(index: Index, folder: Path) -> None:
    text = "甲办法\n甲发〔2024〕7号\n第一条　甲。\n第二条　本办法自2024年3月1日起施行，有效期2年。\n"
    (folder / "a.txt").write_text(text, encoding="utf-8")
    manifest = folder / "manifest.yaml"
    record = "- {id: jia, title_zh: 甲办法, expires: '2030', documents: [{path: a.txt, language: zh}]}\n"
    manifest.write_text(f"instruments:\n{record}", encoding="utf-8")
    for _ in range(2):
        sync([folder], index)
        (jia,) = index.library.instruments()
        assert (jia.doc_number, jia.effective, jia.expires) == ("甲发〔2024〕7号", "2024-03-01", "2030")
        assert set(jia.read_fields) == {"doc_number", "effective"}
    manifest.write_text(
        manifest.read_text(encoding="utf-8").replace("expires", "effective"), encoding="utf-8"
    )
    sync([folder], index)
    (jia,) = index.library.instruments()
    assert (jia.effective, jia.read_fields) == ("2030", ("doc_number",))


def test_progress_counts_up_to_the_total_of_every_stage(index: Index, folder: Path) -> None:
    for i in range(3):
        write(folder / f"{i}.md", f"办法{i}", "规定。")
    heard: list[SyncProgress] = []
    sync([folder], index, progress=heard.append)
    last = {progress.stage: (progress.done, progress.total) for progress in heard}
    assert last["scanning"] == last["reading"] == (3, 3)
    assert last["indexing"][0] == last["indexing"][1]


def law(path: Path, date: str, *articles: str) -> Path:
    numbered = [f"第{'一二三四五'[i]}条　{text}" for i, text in enumerate(articles)]
    path.write_text("\n".join(["某条例", f"（{date}公布）", *numbered, ""]), encoding="utf-8")
    return path


def test_of_two_editions_the_older_one_is_kept_as_superseded(index: Index, folder: Path) -> None:
    law(folder / "a.txt", "2015年5月1日", "甲。")
    law(folder / "b.txt", "2022年6月1日", "乙。")
    sync([folder], index)
    old, new = sorted(index.library.instruments(), key=lambda instrument: instrument.issued or "")
    assert (old.status, old.superseded_by, old.expires) == (ValidityStatus.SUPERSEDED, new.id, "2022-05-31")
    assert new.status is ValidityStatus.IN_FORCE_PRESUMED
    (folder / "b.txt").unlink()
    sync([folder], index)
    assert [instrument.status for instrument in index.library.instruments()] == [
        ValidityStatus.IN_FORCE_PRESUMED
    ]


def test_a_newer_edition_over_an_older_file_keeps_the_older_text(index: Index, folder: Path) -> None:
    law(folder / "a.txt", "2015年5月1日", "甲。")
    sync([folder], index)
    law(folder / "a.txt", "2022年6月1日", "乙。")
    assert [file.outcome for file in sync([folder], index).files] == [Outcome.ADDED, Outcome.SUPERSEDED]
    assert index.status().documents == 2
    assert [file.outcome for file in sync([folder], index).files] == [Outcome.UNCHANGED, Outcome.SUPERSEDED]
    (folder / "a.txt").unlink()
    sync([folder], index)
    assert index.status().documents == 0


def test_an_edited_file_of_the_same_edition_replaces_its_text(index: Index, folder: Path) -> None:
    law(folder / "a.txt", "2015年5月1日", "甲。")
    sync([folder], index)
    law(folder / "a.txt", "2015年5月1日", "甲的更正。")
    assert [file.outcome for file in sync([folder], index).files] == [Outcome.CHANGED]
    assert index.status().documents == 1


def test_bytes_that_cannot_be_read_under_one_name_are_read_under_another(index: Index, folder: Path) -> None:
    write(folder / "b.md", "甲办法", "甲的规定。")
    (folder / "a.docx").write_bytes((folder / "b.md").read_bytes())
    assert outcomes(index, folder) == {"a.docx": Outcome.FAILED, "b.md": Outcome.ADDED}
    assert outcomes(index, folder) == {"a.docx": Outcome.DUPLICATE, "b.md": Outcome.UNCHANGED}
