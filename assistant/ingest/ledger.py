"""Which text belongs to which file: what the index remembers, and what this run has found again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Language
from assistant.ingest.files import SourceFile
from assistant.ingest.shelf import Known


@dataclass(frozen=True, slots=True)
class Claim:
    """A text whose file is there, and whose text it is."""

    path: Path
    instrument_id: str


class Ledger:
    """The known texts; a text is claimed once its file has been seen in this run."""

    def __init__(self, known: Mapping[str, Known], present: Collection[Path]) -> None:
        self.known = known
        self.claimed: dict[str, Claim] = {}
        self._claimed_at: dict[str, str] = {}
        self._present = {str(path) for path in present}
        self._at: dict[str, list[str]] = {}
        self._stems: dict[str, list[str]] = {}
        for document_id, text in known.items():
            self._at.setdefault(text.path, []).append(document_id)

    def at(self, path: Path) -> Sequence[str]:
        """The known texts whose file lay at ``path``: more than one where older versions were kept."""
        return self._at.get(str(path), ())

    def unchanged(self, source: SourceFile, digest: str, fingerprint: str) -> str | None:
        """The known text of this file, if its bytes and the code that reads them are the same."""
        for document_id in self.at(source.path):
            text = self.known[document_id]
            if (text.digest, text.fingerprint) == (digest, fingerprint) and (
                source.instrument is None or source.instrument.id == text.instrument_id
            ):
                return document_id
        return None

    def claim(self, document_id: str, path: Path, instrument_id: str) -> None:
        """The file of this text is there."""
        self.claimed[document_id] = Claim(path, instrument_id)
        self._claimed_at[str(path)] = instrument_id
        self._stems.setdefault(_stem(document_id), []).append(document_id)

    def claimed_for(self, instrument_id: str, language: Language) -> Sequence[str]:
        """The texts of an instrument in a language whose files have been seen."""
        return self._stems.get(f"{instrument_id}.{language}", ())

    def name(self, instrument_id: str, language: Language, path: Path) -> str:
        """The id of the text at ``path``: instrument and language, and a number from the second text on.

        A text keeps its id when its file changes, and when the file moves.
        """
        stem = f"{instrument_id}.{language}"
        for document_id in self.at(path):
            if _stem(document_id) == stem and document_id not in self.claimed:
                return document_id
        number, name = 1, stem
        while name in self.claimed or (name in self.known and self.known[name].path in self._present):
            number += 1
            name = f"{stem}.{number}"
        return name

    def lost(self, roots: Sequence[Path]) -> list[str]:
        """The known texts under ``roots`` that nothing claims."""
        return [
            document_id
            for document_id, text in self.known.items()
            if document_id not in self.claimed
            and any(Path(text.path) == root or root in Path(text.path).parents for root in roots)
        ]

    def successor(self, document_id: str) -> str | None:
        """The instrument whose text now lies where this text's file lay, if another does."""
        return self._claimed_at.get(self.known[document_id].path)


def _stem(document_id: str) -> str:
    """The id without the number of a second text."""
    stem, _, number = document_id.rpartition(".")
    return stem if number.isdigit() else document_id
