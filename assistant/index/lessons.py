"""What the built-in embedder learns from: windows of neighbouring chunks, with their twins beside them.

A text in two languages teaches which words of one mean which of the other (after Dumais et al. 1997, who
put both versions of a document into one). Large corpora are sampled evenly, so that learning takes no
longer than a minute or two at any size.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter

from assistant.index.catalogue import Catalogue
from assistant.index.embeddings.embedder import Lessons
from assistant.index.library import CatalogueLibrary
from assistant.index.twins import Text, twins

_WINDOW, _STEP = 5, 3  # chunks
_MOST = 30_000  # windows


def lessons(catalogue: Catalogue) -> Lessons:
    """An even sample of the corpus."""
    paired = _paired(catalogue)
    every = -(-sum(1 for _ in _windows(catalogue)) // _MOST) or 1
    chosen = [
        [other for chunk_id in window for other in (chunk_id, *paired.get(chunk_id, ()))]
        for window in islice(_windows(catalogue), 0, None, every)
    ]
    texts = embedded_texts(
        catalogue, list(dict.fromkeys(chunk_id for window in chosen for chunk_id in window))
    )
    position = {chunk_id: i for i, chunk_id in enumerate(texts)}
    return Lessons(list(texts.values()), [[position[chunk_id] for chunk_id in window] for window in chosen])


def embedded_texts(catalogue: Catalogue, chunk_ids: Sequence[str]) -> dict[str, str]:
    """What is embedded of each live chunk, by id: its title, its path and its text."""
    rows = catalogue.query_in(
        "SELECT c.id, d.title, c.path, c.text FROM chunks c JOIN documents d ON d.id = c.document_id "
        "WHERE c.id IN ({})",
        chunk_ids,
    )
    return {row[0]: "\n".join((row[1], " ".join(json.loads(row[2])), row[3])) for row in rows}


def _windows(catalogue: Catalogue) -> Iterator[list[str]]:
    rows = catalogue.each("SELECT document_id, id FROM chunks ORDER BY document_id, ordinal")
    for _, of_document in groupby(rows, key=itemgetter(0)):
        ids = [row[1] for row in of_document]
        for start in range(0, max(len(ids) - _WINDOW + _STEP, 1), _STEP):
            yield ids[start : start + _WINDOW]


def _paired(catalogue: Catalogue) -> Mapping[str, Sequence[str]]:
    """Each chunk's twins in the other texts of its instrument."""
    library = CatalogueLibrary(catalogue)
    paired: dict[str, list[str]] = {}
    for (instrument_id,) in catalogue.query(
        "SELECT instrument_id FROM documents GROUP BY instrument_id HAVING count(DISTINCT language) > 1"
    ):
        texts = {
            document.language: Text(library.sections(document.id), library.chunks(document.id))
            for document in library.documents(instrument_id)
        }
        for one, text in texts.items():
            for other, opposite in texts.items():
                if one != other:
                    for chunk_id, twin in twins(text, opposite).items():
                        paired.setdefault(chunk_id, []).append(twin)
    return paired
