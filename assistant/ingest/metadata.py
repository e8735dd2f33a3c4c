"""Reads an instrument's record from its own text, for files that no manifest describes.

Every field found this way is named in ``read_fields``, so that doors can mark it as read and not given.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from assistant.domain import Authority, Instrument, Language
from assistant.ingest.reading import Reading

_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[［（(【][12]\d{3}[〕\]］）)】]\s*第?\s*\d+\s*号")


def read_record(reading: Reading, path: Path, language: Language) -> Instrument:
    """The record as far as the text tells."""
    head = reading.text[:1500]
    first = next((line.strip() for line in head.split("\n") if line.strip()), path.stem)
    title = reading.title or (first if len(first) <= 80 else path.stem)
    number = _DOC_NUMBER.search(head)
    doc_number = re.sub(r"\s", "", number.group()) if number else None
    read = ["title_zh" if language == "zh" else "title_en"]
    if doc_number:
        read.append("doc_number")
    return Instrument(
        id=instrument_id(title, doc_number, None),
        title_zh=title if language == "zh" else None,
        title_en=title if language == "en" else None,
        authority=Authority.OTHER,
        doc_number=doc_number,
        read_fields=tuple(read),
    )


def instrument_id(title: str, doc_number: str | None, version: str | None) -> str:
    """An id from what names the instrument, so that a renamed file stays the same instrument."""
    key = "\x1f".join(re.sub(r"\s", "", part or "") for part in (title, doc_number, version))
    return f"doc-{sha256(key.encode()).hexdigest()[:12]}"
