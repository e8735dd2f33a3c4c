"""A run on disk: what was asked, and every answer as it came, so that a kill loses nothing.

``run.json`` holds what the run is about, ``answers.jsonl`` one record a line.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from eval import lines
from eval.cases import Case
from eval.errors import RunError
from eval.record import Record, from_json, to_json
from eval.retrieval import Structure

_ABOUT, _ANSWERS = "run.json", "answers.jsonl"


@dataclass(frozen=True)
class About:
    """What a run is about: where its cases are, a digest of them, what was asked and when."""

    cases: str
    suite: str
    target: str
    started: str
    structure: Structure


@dataclass(frozen=True, slots=True)
class Known:
    """A stored answer: what it depends on, where it stands, whether the target failed."""

    key: str
    offset: int
    failed: bool


class RunFolder:
    """The folder of one run. One writer."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def exists(self) -> bool:
        """Has this run been started?"""
        return (self.path / _ABOUT).is_file()

    def about(self) -> About:
        """What the run is about. Raises `RunError` when there is none or it cannot be read."""
        try:
            data = json.loads((self.path / _ABOUT).read_text(encoding="utf-8"))
            structure = {
                name: [(tuple(path), text) for path, text in chunks]
                for name, chunks in data.pop("structure").items()
            }
            return About(structure=structure, **data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(
                zh=f"{self.path} 里没有可读的评测记录。",
                en=f"There is no readable run in {self.path}.",
                hint_zh="请给出 `python -m eval run --out 文件夹` 写出的文件夹。",
                hint_en="Name a folder that `python -m eval run --out FOLDER` has written.",
            ) from error

    def start(self, about: About) -> None:
        """Write what the run is about, at once or not at all; answers already there stay."""
        self.path.mkdir(parents=True, exist_ok=True)
        draft = self.path / f"{_ABOUT}.new"
        draft.write_text(json.dumps(asdict(about), ensure_ascii=False), encoding="utf-8")
        draft.replace(self.path / _ABOUT)
        lines.repair(self.path / _ANSWERS)

    def add(self, record: Record) -> None:
        """Store one answer; it is on disk when this returns."""
        lines.append(self.path / _ANSWERS, to_json(record))

    def records(self) -> Iterator[Record]:
        """The stored answers, the last one of each case and repeat, one at a time."""
        for known in self.index().values():
            yield self.read(known)

    def index(self) -> dict[tuple[str, int], Known]:
        """Where the last answer of each case and repeat stands; texts stay on disk."""
        return {
            (data["case"], data["repeat"]): Known(data["key"], offset, failed=data["error"] is not None)
            for offset, data in lines.read(self.path / _ANSWERS)
        }

    def read(self, known: Known) -> Record:
        """One stored answer."""
        return from_json(Record, lines.read_at(self.path / _ANSWERS, known.offset))


def answer_key(case: Case, target_key: str, repeat: int) -> str:
    """What an answer depends on: the turns, the day, the target, which repeat."""
    parts = json.dumps(
        [case.turns, case.as_of, case.without, case.only_languages, target_key, repeat], ensure_ascii=False
    )
    return hashlib.sha256(parts.encode()).hexdigest()[:20]
