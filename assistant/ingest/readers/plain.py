"""Plain text: one paragraph a line, or lines broken at a fixed width, which are joined again."""

from __future__ import annotations

from assistant.ingest.encodings import decode
from assistant.ingest.joining import joined
from assistant.ingest.reading import Reading, Transcript, normalised


def read(raw: bytes, name: str) -> Reading:
    """The text of ``raw``. Raises `ReadError` for an unknown encoding."""
    transcript = Transcript()
    pages = decode(raw, name).split("\f")
    for page in pages:
        if len(pages) > 1:
            transcript.page()
        transcript.lines(joined(normalised(page).split("\n")))
    return transcript.finish("text")
