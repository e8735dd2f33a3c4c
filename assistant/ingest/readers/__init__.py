"""Turns the bytes of a file into a `Reading`. One module per format; each is imported when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from assistant.errors import ReadError
from assistant.ingest import limits
from assistant.ingest.reading import Reading

#: Suffix -> module in this package that reads it.
FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".text": "plain",
    ".html": "web",
    ".htm": "web",
    ".shtml": "web",
    ".xhtml": "web",
    ".docx": "word",
    ".pdf": "pdf",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".csv": "sheet",
    ".tsv": "sheet",
}

#: Formats that nobody reads here but whose programs can save in one of those above.
OTHER_FORMATS = frozenset((".doc", ".xls", ".ppt", ".pptx", ".wps", ".et", ".ofd", ".rtf", ".docm"))
PACKED_FORMATS = frozenset((".zip", ".rar", ".7z", ".tar", ".gz"))
IMAGE_FORMATS = frozenset((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"))


def read(path: Path, raw: bytes) -> Reading:
    """The text of the file ``path`` whose bytes are ``raw``. Raises `ReadError` naming file and reason."""
    name = FORMATS.get(path.suffix.lower())
    if name is None:
        known = " ".join(sorted(FORMATS))
        old = path.suffix.lower() in OTHER_FORMATS
        raise ReadError(
            zh=f"不支持 {path.name} 的格式。",
            en=f"The format of {path.name} is not supported.",
            hint_zh="请另存为 DOCX、XLSX 或 PDF。" if old else f"可读的格式：{known}",
            hint_en="Save it as DOCX, XLSX or PDF." if old else f"Formats that can be read: {known}",
        )
    reader: Callable[[bytes, str], Reading] = import_module(f"{__name__}.{name}").read
    try:
        limits.check(path.name, raw)
        reading = reader(raw, path.name)
    except (ReadError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(
            zh=f"{path.name} 读不出来（{type(error).__name__}）。",
            en=f"{path.name} cannot be read ({type(error).__name__}).",
            hint_zh="文件可能已损坏，请重新保存或另存为其他格式。",
            hint_en="It may be damaged: save it again, or in another format.",
        ) from error
    if not reading.text.strip():
        raise ReadError(
            zh=f"{path.name} 中没有文字。",
            en=f"There is no text in {path.name}.",
            hint_zh="请检查文件是否为空。",
            hint_en="Check whether the file is empty.",
        )
    return reading
