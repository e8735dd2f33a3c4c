"""What `sync` tells while it works and when it is done: every file, what became of it, what was not read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.domain import Language
from assistant.ingest.reading import Unread

Stage = Literal["scanning", "reading", "indexing"]


@dataclass(frozen=True, slots=True)
class SyncProgress:
    """How far a stage has come. ``current`` is the file at hand; ``seconds`` since the stage began."""

    stage: Stage
    done: int
    total: int
    seconds: float = 0.0
    current: str = ""

    @property
    def rate(self) -> float | None:
        """Items a second so far."""
        return self.done / self.seconds if self.seconds > 0 and self.done else None

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at this rate."""
        return (self.total - self.done) / self.rate if self.rate else None


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    SUPERSEDED = "superseded"  # its place is taken by a newer version; kept as the older one
    DUPLICATE = "duplicate"
    FAILED = "failed"
    IGNORED = "ignored"


_WORDS = {
    Outcome.ADDED: ("新增", "added"),
    Outcome.CHANGED: ("更新", "changed"),
    Outcome.RENAMED: ("更名", "renamed"),
    Outcome.UNCHANGED: ("未变", "unchanged"),
    Outcome.REMOVED: ("移除", "removed"),
    Outcome.SUPERSEDED: ("留作旧版", "kept as older version"),
    Outcome.DUPLICATE: ("重复", "duplicate"),
    Outcome.FAILED: ("未能读入", "failed"),
    Outcome.IGNORED: ("忽略", "ignored"),
}


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file. ``read_fields`` are the fields of its record that were read from the text."""

    path: str
    outcome: Outcome
    instrument_id: str | None = None
    sections: int = 0
    chunks: int = 0
    tables: int = 0
    footnotes: int = 0
    unread: tuple[Unread, ...] = ()
    read_fields: tuple[str, ...] = ()
    reason_zh: str = ""
    reason_en: str = ""

    def reason(self, language: Language) -> str:
        """Why, where there is something to explain."""
        return self.reason_zh if language == "zh" else self.reason_en

    def to_json(self) -> dict[str, object]:
        """For machines; what is empty is left out."""
        values: dict[str, object] = {
            "path": self.path,
            "outcome": self.outcome.value,
            "instrument_id": self.instrument_id,
            "sections": self.sections,
            "chunks": self.chunks,
            "tables": self.tables,
            "footnotes": self.footnotes,
            "unread": [{"count": u.count, "zh": u.zh, "en": u.en} for u in self.unread],
            "read_fields": list(self.read_fields),
            "reason_zh": self.reason_zh,
            "reason_en": self.reason_en,
        }
        return {name: value for name, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The outcome of a `sync`: files, and the chunks that the index gained, lost and kept."""

    files: tuple[FileReport, ...]
    chunks_added: int
    chunks_removed: int
    chunks_kept: int
    seconds: float

    def having(self, outcome: Outcome) -> tuple[FileReport, ...]:
        """The files with this outcome."""
        return tuple(file for file in self.files if file.outcome is outcome)

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """The files that could not be read."""
        return self.having(Outcome.FAILED)

    @property
    def counts(self) -> dict[Outcome, int]:
        """How many files had each outcome."""
        found = Counter(file.outcome for file in self.files)
        return {outcome: found[outcome] for outcome in Outcome if found[outcome]}

    def to_json(self) -> dict[str, object]:
        """For machines; unchanged files are counted, not listed."""
        return {
            "files": [file.to_json() for file in self.files if file.outcome is not Outcome.UNCHANGED],
            "counts": {outcome.value: n for outcome, n in self.counts.items()},
            "chunks": {
                "added": self.chunks_added,
                "removed": self.chunks_removed,
                "kept": self.chunks_kept,
            },
            "seconds": round(self.seconds, 3),
        }

    def to_text(self, language: Language) -> str:
        """For people: the counts, then every file that needs a look."""
        zh = language == "zh"
        which = 0 if zh else 1
        counts = [
            f"{_WORDS[o][which]} {n}" if zh else f"{n} {_WORDS[o][which]}" for o, n in self.counts.items()
        ]
        chunks = (self.chunks_added, self.chunks_removed, self.chunks_kept)
        lines = [
            f"文件：{'，'.join(counts) or '无'}。用时 {self.seconds:.1f} 秒。"
            if zh
            else f"Files: {', '.join(counts) or 'none'}. Took {self.seconds:.1f} s.",
            f"条款块：新增 {chunks[0]}，移除 {chunks[1]}，保留 {chunks[2]}。"
            if zh
            else f"Chunks: {chunks[0]} added, {chunks[1]} removed, {chunks[2]} kept.",
        ]
        lines += [line for file in self.files if (line := _line(file, language))]
        return "\n".join(lines)


def _line(file: FileReport, language: Language) -> str:
    """A line for a file that failed, was skipped, or was not read in full; else nothing."""
    reason = file.reason(language)
    unread = "，".join(u.localized("zh") for u in file.unread)
    if language == "en":
        unread = ", ".join(u.localized("en") for u in file.unread)
    if not reason and not unread:
        return ""
    word = _WORDS[file.outcome][0 if language == "zh" else 1]
    missing = (f"未读：{unread}" if language == "zh" else f"not read: {unread}") if unread else ""
    return f"  [{word}] {file.path}  " + " ".join(filter(None, (reason, missing)))
