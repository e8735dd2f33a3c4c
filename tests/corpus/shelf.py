"""The demo corpus as the tests read it."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import LANGUAGES, Instrument, Language
from assistant.ingest.manifest import load_manifest
from assistant.resources import data_folder

CORPUS: Path = data_folder("corpus")
MANIFEST = load_manifest(CORPUS)
IDS = tuple(instrument.id for instrument in MANIFEST.instruments)
BY_ID: dict[str, Instrument] = {instrument.id: instrument for instrument in MANIFEST.instruments}
EVERY_DOCUMENT = tuple((name, language) for name in IDS for language in LANGUAGES)


def text(name: str, language: Language) -> str:
    """The document of an instrument."""
    return (CORPUS / "documents" / language / f"{name}.md").read_text(encoding="utf-8")


def lines(name: str, language: Language) -> list[str]:
    """Its headings, paragraphs and list items."""
    return [line for line in text(name, language).splitlines() if line.strip()]
