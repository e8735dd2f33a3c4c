"""Hostile files and interrupted runs: nothing breaks, nothing half-done stays."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from assistant.errors import ReadError
from assistant.index.embeddings import open_embedder
from assistant.index.index import Index
from assistant.ingest import limits
from assistant.ingest.readers import read
from assistant.ingest.report import Outcome
from assistant.ingest.sync import sync
from assistant.settings import EmbeddingSettings


def package(entries: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as packed:
        for name, raw in entries.items():
            packed.writestr(name, raw)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.xlsx"])
def test_a_zip_bomb_is_refused_before_it_is_opened(name: str) -> None:
    bomb = package({"word/document.xml": b"0" * (64 * 2**20)})
    assert len(bomb) < 2**20
    with pytest.raises(ReadError, match="unpack into too much"):
        read(Path(name), bomb)


def test_a_file_that_is_too_large_or_not_what_its_name_says_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    with pytest.raises(ReadError, match="larger than"):
        read(Path("a.txt"), b"0123456789ab")
    monkeypatch.undo()
    with pytest.raises(ReadError, match="no PDF file"):
        read(Path("a.pdf"), b"MZ\x90\x00 a program")
    with pytest.raises(ReadError, match="under a password"):
        read(Path("a.xlsx"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_names_inside_a_package_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError):
        read(Path("a.docx"), package({"../../escaped.txt": b"x", "[Content_Types].xml": b"<Types/>"}))
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_entities_are_not_expanded() -> None:
    import docx

    buffer = BytesIO()
    docx.Document().save(buffer)
    with ZipFile(BytesIO(buffer.getvalue())) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    entries["word/document.xml"] = (
        b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>before &e; after</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(Path("a.docx"), package(entries)).text.split() in (["before"], ["before", "after"])


def test_a_page_nested_ten_thousand_deep_is_refused() -> None:
    deep = b"<div>" * 10_000 + b"<p>deep</p>" + b"</div>" * 10_000
    with pytest.raises(ReadError, match="nested too deep"):
        read(Path("a.html"), b"<html><body>" + deep + b"</body></html>")


CHILD = """
import os, signal, sys
from pathlib import Path
from assistant.index.embeddings import open_embedder
from assistant.index.index import Index
from assistant.ingest.sync import sync
from assistant.settings import EmbeddingSettings

state, folder, stage, after = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])

def listen(progress):
    if progress.stage == stage and progress.done >= after:
        os.kill(os.getpid(), signal.SIGKILL)

with Index.open(state, embedder=open_embedder(EmbeddingSettings()), write=True) as index:
    sync([folder], index, progress=listen)
"""


def test_after_a_kill_at_any_stage_the_next_run_ends_right(tmp_path: Path) -> None:
    folder, state = tmp_path / "documents", tmp_path / "state"
    folder.mkdir()
    for i in range(60):
        articles = "\n".join(f"第{n}条　办法{i}的规定{n}。" for n in "一二三四五")
        (folder / f"{i:03}.txt").write_text(f"第{i}号办法\n{articles}\n", encoding="utf-8")
    for stage, after in (("scanning", 30), ("reading", 40), ("indexing", 1)):
        killed = subprocess.run(
            [sys.executable, "-c", CHILD, str(state), str(folder), stage, str(after)], check=False, timeout=60
        )
        assert killed.returncode == -9
        (folder / f"{after:03}.txt").unlink()
    with Index.open(state, embedder=open_embedder(EmbeddingSettings()), write=True) as index:
        report = sync([folder], index)
        status = index.status()
        assert not report.failed
        assert (status.documents, status.chunks) == (57, 57 * 5)
        assert (status.words, status.vectors) == (status.chunks, status.chunks)
        assert (status.pending_words, status.pending_vectors) == (0, 0)
        assert {file.outcome for file in sync([folder], index).files} == {Outcome.UNCHANGED}
