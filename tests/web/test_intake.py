from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.errors import ReadError
from assistant.web import intake
from assistant.web.intake import safe_name, take_in

FORMATS = (".txt", ".docx")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("办法.txt", "办法.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"C:\files\a.TXT", "a.txt"),
        ("/abs/b.docx", "b.docx"),
        (".hidden.txt", "hidden.txt"),
        ("~$lock.docx", "lock.docx"),
        ("a\x00b\n.txt", "ab.txt"),
        ("..", "document"),
        ("", "document"),
        ("." * 300 + "长" * 300 + ".txt", "长" * 60 + ".txt"),
    ],
)
def test_a_name_cannot_lead_elsewhere_or_hide(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_file_is_written_whole_and_replaces_its_namesake(tmp_path: Path) -> None:
    take_in("a.txt", [b"old"], tmp_path, FORMATS)
    assert take_in("a.txt", [b"ne", b"w"], tmp_path, FORMATS).read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [("a.exe", b"x", "its format"), ("a.txt", b"", "empty"), ("noname", b"x", "its format")],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    with pytest.raises(ReadError, match=reason):
        take_in(name, [content], tmp_path / "in", FORMATS)
    assert not list(tmp_path.rglob("*.*"))


def test_a_file_over_the_limit_is_cut_off_while_it_arrives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MAX_FILE", 1000)
    given = iter([b"x" * 600] * 1000)
    with pytest.raises(ReadError, match="larger than"):
        take_in("a.txt", given, tmp_path, FORMATS)
    assert len(list(given)) == 998
    assert not list(tmp_path.iterdir())


def test_an_interrupted_upload_leaves_nothing(tmp_path: Path) -> None:
    def broken_off() -> object:
        yield b"x"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        take_in("a.txt", broken_off(), tmp_path, FORMATS)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def packed(path: Path, **entries: bytes) -> bytes:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries.items():
            container.writestr(name, content)
    return path.read_bytes()


def test_a_bomb_is_refused_and_an_ordinary_container_is_not(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", word=bytes(40 * 2**20))
    assert len(bomb) < 100_000
    with pytest.raises(ReadError, match="unpack into too much"):
        take_in("bomb.docx", [bomb], tmp_path / "in", FORMATS)
    ordinary = packed(tmp_path / "ordinary.zip", word=b"<w>" + b"text" * 1000)
    assert take_in("ordinary.docx", [ordinary], tmp_path / "in", FORMATS).is_file()


def test_a_container_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    many = packed(tmp_path / "many.zip", **{f"p{i}": b"" for i in range(intake.MAX_ENTRIES + 1)})
    with pytest.raises(ReadError, match="unpack into too much"):
        take_in("many.docx", [many], tmp_path / "in", FORMATS)
