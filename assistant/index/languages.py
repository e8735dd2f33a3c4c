"""One clause, two languages: found in either, shown once, in the asker's.

Where an instrument has a text in the asker's language, a clause found in another text of it lends its
scores to its twin and gives way to it. So an English question finds what only the Chinese words showed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.domain import Language
from assistant.index.candidates import Candidate
from assistant.index.catalogue import Catalogue
from assistant.index.library import CatalogueLibrary
from assistant.index.twins import Text, twins


class Languages:
    """Knows the twins of a catalogue at one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._library = CatalogueLibrary(catalogue)
        rows = catalogue.query(
            "SELECT instrument_id FROM documents GROUP BY instrument_id HAVING count(DISTINCT language) > 1"
        )
        self._bilingual = frozenset(row[0] for row in rows)
        self._twins_of = lru_cache(maxsize=256)(self._read)

    def settle(self, candidates: Sequence[Candidate], language: Language) -> list[Candidate]:
        """``candidates`` with those that have a twin in ``language`` given up for it."""
        strangers = [c for c in candidates if c.language != language and c.instrument_id in self._bilingual]
        if not strangers:
            return list(candidates)
        lent: dict[str, Candidate] = {}
        for candidate in strangers:
            twin = self._twins_of(candidate.instrument_id, language).get(candidate.chunk_id)
            if twin is not None:
                known = lent.get(twin, candidate)
                lent[twin] = _stronger(known, candidate)
        gone = {c.chunk_id for c in strangers}
        settled = {c.chunk_id: c for c in candidates if c.chunk_id not in gone}
        for candidate in strangers:
            if self._twins_of(candidate.instrument_id, language).get(candidate.chunk_id) is None:
                settled[candidate.chunk_id] = candidate
        for row, chunk_id in self._catalogue.query_in("SELECT row, id FROM chunks WHERE id IN ({})", lent):
            shown = replace(lent[chunk_id], row=row, chunk_id=chunk_id, language=language)
            settled[chunk_id] = _stronger(settled.get(chunk_id, shown), shown)
        return list(settled.values())

    def _read(self, instrument_id: str, language: Language) -> Mapping[str, str]:
        documents = self._library.documents(instrument_id)
        texts = [
            (d.language, Text(self._library.sections(d.id), self._library.chunks(d.id))) for d in documents
        ]
        shown = next((text for spoken, text in texts if spoken == language), None)
        found: dict[str, str] = {}
        if shown is not None:
            for spoken, text in texts:
                if spoken != language:
                    found |= twins(text, shown)
        return found


def _stronger(one: Candidate, other: Candidate) -> Candidate:
    return replace(one, words=max(one.words, other.words), vectors=max(one.vectors, other.vectors))
