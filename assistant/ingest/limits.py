"""What a file may be before anyone opens it: not too large, and what its name says.

A packed file (DOCX, XLSX) can unpack to a thousand times its size; its own table of contents tells. Nothing
is ever unpacked to disk, so that names inside a package lead nowhere.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from assistant.errors import ReadError

MAX_BYTES = 256 * 2**20
MAX_UNPACKED = 1024 * 2**20
MAX_ENTRIES = 20_000
MAX_RATIO = 250  # office files reach 30 to 1, bombs 1,000 to 1
_SMALL = 32 * 2**20  # unpacked; below it no ratio is dangerous
_PACKED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old office formats, and new ones under a password


def check(name: str, raw: bytes) -> None:
    """Raises `ReadError` for a file that must not be opened, or is not what its name says."""
    if len(raw) > MAX_BYTES:
        megabytes = MAX_BYTES // 2**20
        raise _refused(name, (f"超过 {megabytes} MB", f"is larger than {megabytes} MB"), _SPLIT)
    if not raw:
        raise _refused(
            name, ("是空文件", "is empty"), ("请检查是否已完整复制。", "Check that it was copied whole.")
        )
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("docx", "xlsx", "xlsm"):
        if raw.startswith(_OLE):
            zh, en = "有密码保护，或是旧的 Office 格式", "is under a password, or in an old Office format"
            raise _refused(name, (zh, en), (_SAVE[0].format(suffix), _SAVE[1].format(suffix)))
        _check_package(name, raw)
    elif suffix == "pdf" and b"%PDF-" not in raw[:1024]:
        raise _refused(name, ("不是 PDF 文件", "is no PDF file"), ("请重新下载。", "Download it again."))


def _check_package(name: str, raw: bytes) -> None:
    suffix = name.lower().rpartition(".")[2]
    try:
        with ZipFile(BytesIO(raw)) as package:
            entries = package.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        hint = (_SAVE[0].format(suffix), _SAVE[1].format(suffix))
        raise _refused(name, ("已损坏，或不是这种格式", "is damaged, or not in this format"), hint) from error
    unpacked = sum(entry.file_size for entry in entries)
    ratio = unpacked / max(len(raw), 1)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or (unpacked > _SMALL and ratio > MAX_RATIO):
        raise _refused(name, ("解压后过大", "would unpack into too much"), _SPLIT)


_SPLIT = ("请拆分后重试。", "Split it and try again.")
_SAVE = ("请用 Office 打开，另存为不加密的 .{}。", "Open it in Office and save it as .{} without a password.")


def _refused(name: str, reason: tuple[str, str], hint: tuple[str, str]) -> ReadError:
    return ReadError(zh=f"{name} {reason[0]}。", en=f"{name} {reason[1]}.", hint_zh=hint[0], hint_en=hint[1])
