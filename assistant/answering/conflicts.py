"""Disagreements between sources that people have already looked at, and when an answer touches one.

``corpus/conflicts.yaml`` lists them with the recommended reading. An answer states one when the question
is about its topic and a source named in it stands among the evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from assistant.answering.understanding import Understood
from assistant.domain import Language, Sentence, SourceConflict
from assistant.errors import CorpusError
from assistant.language.glossary import Glossary


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """One disagreement as the file holds it: claims in both languages, words that point to its topic."""

    id: str
    topic: Mapping[Language, str]
    claims: tuple[tuple[str, Mapping[Language, str]], ...]
    resolution: Mapping[Language, str]
    confidence: str | None
    terms: tuple[str, ...]

    def told(self, language: Language) -> SourceConflict:
        """The disagreement as an answer in ``language`` shows it."""
        return SourceConflict(
            id=self.id,
            topic_zh=self.topic["zh"],
            topic_en=self.topic["en"],
            claims=tuple((instrument, text[language]) for instrument, text in self.claims),
            resolution_zh=self.resolution["zh"],
            resolution_en=self.resolution["en"],
            confidence=self.confidence,
        )


def load_conflicts(path: Path) -> tuple[KnownConflict, ...]:
    """The disagreements listed in ``path``; none when the corpus has no such file.

    Raises `CorpusError` naming the file, the entry and the field.
    """
    if not path.is_file():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path, "YAML", str(error)) from error
    if not isinstance(entries, list):
        raise _wrong(path, "-", "not a list")
    return tuple(_read(path, entry) for entry in entries)


def _read(path: Path, entry: object) -> KnownConflict:
    if not isinstance(entry, Mapping):
        raise _wrong(path, "-", f"not a mapping: {entry!r:.60}")
    name = str(entry.get("id", "?"))

    def pair(source: Mapping[str, object], stem: str) -> Mapping[Language, str]:
        found = {language: source.get(f"{stem}_{language}") for language in ("zh", "en")}
        known = [text for text in found.values() if text]
        if not known:
            raise _wrong(path, f"{name}.{stem}_zh", "missing")
        return {cast(Language, language): str(text or known[0]) for language, text in found.items()}

    claims = entry.get("claims")
    if not isinstance(claims, Sequence) or not all(
        isinstance(c, Mapping) and "instrument" in c for c in claims
    ):
        raise _wrong(path, f"{name}.claims", "must list {instrument, text_zh, text_en}")
    return KnownConflict(
        id=name,
        topic=pair(entry, "topic"),
        claims=tuple((str(claim["instrument"]), pair(claim, "text")) for claim in claims),
        resolution=pair(entry, "resolution"),
        confidence=str(entry["confidence"]) if entry.get("confidence") else None,
        terms=tuple(str(term) for term in entry.get("terms") or ()),
    )


def _wrong(path: Path, field: str, reason: str) -> CorpusError:
    return CorpusError(
        zh=f"{path} 有误（{field}）：{reason}。",
        en=f"{path} is wrong at {field}: {reason}.",
        hint_zh="格式见 corpus/README.md。",
        hint_en="corpus/README.md describes the format.",
    )


def touched(
    conflicts: Sequence[KnownConflict], understood: Understood, shown: Sequence[Sentence], glossary: Glossary
) -> tuple[SourceConflict, ...]:
    """The disagreements that an answer should tell."""
    return ()
