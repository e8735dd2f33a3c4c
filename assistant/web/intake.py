"""Takes in files that visitors send: under a safe name, within limits, whole or not at all.

Nothing is unpacked and no content is interpreted here beyond a container's own table of contents; reading
happens later, in a process of its own.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from assistant.errors import ReadError

MAX_FILE = 32 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ENTRIES = 5000
_MOST_SQUEEZED = 250  # office files reach 30 to 1; a bomb is above 1000 to 1
_LONGEST_NAME = 180  # bytes; file systems allow 255


def safe_name(given: str) -> str:
    """The last part of a file name, without what could lead elsewhere or hide it."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    stem, dot, suffix = plain.strip(" .~$").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    while len(stem.encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem or 'document'}{dot}{suffix[:12].lower()}"


def take_in(name: str, pieces: Iterable[bytes], folder: Path, formats: Iterable[str]) -> Path:
    """Write a file into ``folder`` in one step; a file of the same name is replaced.

    Raises `ReadError` that says what is wrong with it, and then leaves nothing behind.
    """
    name = safe_name(name)
    if Path(name).suffix not in set(formats):
        raise _refused(
            name,
            ("格式不在可读之列", "its format is not one that can be read"),
            (f"可读的格式：{' '.join(sorted(formats))}", f"Formats: {' '.join(sorted(formats))}"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    coming = folder / f".{token_hex(8)}.part"  # hidden, so that no reader takes it up
    try:
        size = 0
        with coming.open("xb") as file:
            for piece in pieces:
                size += len(piece)
                if size > MAX_FILE:
                    limit = f"{MAX_FILE // 2**20} MB"
                    raise _refused(name, (f"超过 {limit}", f"it is larger than {limit}"), _SPLIT)
                file.write(piece)
        if size == 0:
            raise _refused(name, ("文件是空的", "it is empty"), ("请检查文件。", "Check the file."))
        _check_container(name, coming)
        place = folder / name
        coming.replace(place)
        return place
    finally:
        coming.unlink(missing_ok=True)


def _check_container(name: str, path: Path) -> None:
    """Refuse a packed file that would unpack into more than a document can be."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as container:
            entries = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refused(name, ("文件已损坏", "it is damaged"), ("请重新保存。", "Save it again.")) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    squeezed = unpacked > MAX_FILE and unpacked / packed > _MOST_SQUEEZED
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or squeezed:
        raise _refused(name, ("解压后过大", "it would unpack into too much"), _SPLIT)


_SPLIT = ("请拆分后再上传。", "Split it and upload the parts.")


def _refused(name: str, reason: tuple[str, str], hint: tuple[str, str]) -> ReadError:
    return ReadError(
        zh=f"没有接收 {name}：{reason[0]}。",
        en=f"{name} was not taken in: {reason[1]}.",
        hint_zh=hint[0],
        hint_en=hint[1],
    )
