"""The demo corpus that comes with the assistant: its names, and an index of it while one is needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index
from assistant.ingest.sync import sync
from assistant.language.glossary import Glossary
from assistant.resources import data_folder


def demo_glossary() -> Glossary:
    """The glossary of the demo corpus."""
    return Glossary.load(data_folder("corpus") / "glossary.yaml")


@contextmanager
def demo_index() -> Iterator[Index]:
    """The demo corpus freshly indexed in a folder that is gone afterwards."""
    with (
        tempfile.TemporaryDirectory() as state,
        Index.open(Path(state), embedder=BuiltinEmbedder(), write=True) as index,
    ):
        sync([data_folder("corpus")], index)
        yield index
