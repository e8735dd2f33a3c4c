"""Finds the files under the given paths and says which instrument each belongs to, if a manifest tells."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.domain import Instrument, Language
from assistant.errors import ReadError
from assistant.ingest import manifest
from assistant.ingest.readers import FORMATS


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; without an instrument its record is read from its text."""

    path: Path
    instrument: Instrument | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found under ``roots``; ``ignored`` are files in formats that nobody reads."""

    roots: tuple[Path, ...]
    files: tuple[SourceFile, ...]
    instruments: tuple[Instrument, ...]
    manifests: tuple[Path, ...]
    ignored: tuple[Path, ...]


def scan(paths: Sequence[Path]) -> Scan:
    """All files under ``paths``; a folder with a manifest counts as the manifest says.

    Raises `ReadError` for a path that does not exist and `CorpusError` for a bad manifest.
    """
    roots: list[Path] = []
    files: dict[Path, SourceFile] = {}
    instruments: list[Instrument] = []
    manifests: list[Path] = []
    ignored: list[Path] = []
    for given in paths:
        root = given.resolve()
        if not root.exists():
            raise ReadError(
                zh=f"找不到 {given}。",
                en=f"{given} does not exist.",
                hint_zh="请检查路径。",
                hint_en="Check the path.",
            )
        roots.append(root)
        if root.is_file():
            files.setdefault(root, SourceFile(root))
            continue
        for found in _walk(root):
            if isinstance(found, manifest.Manifest):
                records = {instrument.id: instrument for instrument in found.instruments}
                instruments.extend(found.instruments)
                manifests.append(found.path)
                for file in found.files:
                    files[file.path] = SourceFile(file.path, records[file.instrument_id], file.language)
            elif found.suffix.lower() in FORMATS:
                files.setdefault(found, SourceFile(found))
            else:
                ignored.append(found)
    return Scan(tuple(roots), tuple(files.values()), tuple(instruments), tuple(manifests), tuple(ignored))


def _walk(folder: Path) -> Iterator[Path | manifest.Manifest]:
    """Files in a stable order; hidden ones, links to folders and office lock files are passed over."""
    if (folder / manifest.NAME).is_file():
        yield manifest.load_manifest(folder)
        return
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        if entry.name.startswith((".", "~$")):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def digest_of(raw: bytes) -> str:
    """The SHA-256 of a file's bytes."""
    return sha256(raw).hexdigest()
