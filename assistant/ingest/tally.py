"""Keeps count of a run: what became of each file, and of how many chunks."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.ingest.files import SourceFile
from assistant.ingest.readers import IMAGE_FORMATS, OTHER_FORMATS, PACKED_FORMATS
from assistant.ingest.report import FileReport, Outcome, SyncReport
from assistant.ingest.shelf import Changes


@dataclass(slots=True)
class Tally:
    """The report while it is being made."""

    files: list[FileReport] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    kept: int = 0

    def count(self, changes: Changes) -> None:
        """Chunks of a text that was put on the shelf."""
        self.added += changes.added
        self.removed += changes.removed
        self.kept += changes.kept

    def note(self, path: str, outcome: Outcome, instrument_id: str | None = None) -> None:
        """A file of which nothing more is to be said."""
        self.files.append(FileReport(path, outcome, instrument_id))

    def failed(self, source: SourceFile, zh: str, en: str) -> None:
        """A file that could not be read, and why."""
        owner = source.instrument.id if source.instrument else None
        self.files.append(FileReport(str(source.path), Outcome.FAILED, owner, reason_zh=zh, reason_en=en))

    def duplicate(self, source: SourceFile, twin: Path) -> None:
        """A file that says what another says."""
        zh, en = f"与 {twin.name} 内容相同", f"same content as {twin.name}"
        self.files.append(FileReport(str(source.path), Outcome.DUPLICATE, reason_zh=zh, reason_en=en))

    def ignored(self, path: Path) -> None:
        """A file in a format that nobody reads."""
        suffix = path.suffix.lower()
        zh, en = "不支持的格式", "format not supported"
        if suffix in OTHER_FORMATS:
            zh, en = "不直接读取这种格式，请另存为 DOCX、XLSX 或 PDF", "save it as DOCX, XLSX or PDF"
        elif suffix in PACKED_FORMATS:
            zh, en = "压缩包，请解压后读入其中的文件", "unpack it and take in the files inside"
        elif suffix in IMAGE_FORMATS:
            zh, en = "图片中没有文字，请先做文字识别", "an image holds no text: run text recognition first"
        self.files.append(FileReport(str(path), Outcome.IGNORED, reason_zh=zh, reason_en=en))

    def report(self, seconds: float) -> SyncReport:
        """The report, now that the run is over."""
        return SyncReport(tuple(self.files), self.added, self.removed, self.kept, seconds)
