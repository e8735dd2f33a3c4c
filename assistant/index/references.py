"""What a question points at by number: a document (国科发火〔2016〕32号) or an article (Article 11(5)).

Such a question goes straight to the place; nothing that merely sounds alike comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.index.catalogue import Catalogue
from assistant.language.fold import fold
from assistant.language.quantities import Quantity, quantities

#: A document number as people say it, without issuer and year; "3月7号公告" is a day.
_SHORT = re.compile(r"(?<![月\d第])(\d{1,5})号(?:文|公告|令|通告)")
_FEW = 5


@dataclass(frozen=True, slots=True)
class Pointers:
    """Instruments named by document number, and the articles asked for (``a11``)."""

    instruments: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


class References:
    """The document numbers of a catalogue at one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def read(self, question: str) -> Pointers:
        """What ``question`` points at."""
        if not any(character.isdigit() or character in "第号" for character in question):
            return Pointers()
        found = quantities(question)
        asked = [quantity for quantity in found if quantity.kind == "doc_number"]
        named = [id_ for number in asked for known, id_ in self._numbers if _same(number, known)]
        named += self._by_short_name(fold(question))
        articles = [number.key.split(".")[0] for number in found if number.kind == "article"]
        return Pointers(tuple(dict.fromkeys(named)), tuple(dict.fromkeys(articles)))

    def _by_short_name(self, folded: str) -> Sequence[str]:
        """What "32号文" means, where few instruments have that number."""
        numbers = {int(match[1]) for match in _SHORT.finditer(folded)}
        meant = [id_ for known, id_ in self._numbers if int(known.key.split("-")[-1]) in numbers]
        return meant if len(meant) <= _FEW else ()

    @cached_property
    def _numbers(self) -> Sequence[tuple[Quantity, str]]:
        rows = self._catalogue.query(
            "SELECT id, json_extract(record, '$.doc_number') AS number FROM instruments "
            "WHERE number IS NOT NULL"
        )
        return [(number, id_) for id_, written in rows for number in _of_kind("doc_number", written)]

    def chunks(self, instruments: Iterable[str], articles: Collection[str]) -> Sequence[str]:
        """The chunks of those articles in those instruments."""
        if not articles:
            return ()
        rows = self._catalogue.query_in(
            "SELECT id, path FROM chunks WHERE instrument_id IN ({})", instruments
        )
        return [
            chunk_id
            for chunk_id, path in rows
            if any(place.key.split(".")[0] in articles for place in _of_kind("article", path))
        ]


def _same(asked: Quantity, known: Quantity) -> bool:
    """Is it the same number, as far as the question gives issuer and year?"""
    number = known.key == asked.key or ("-" not in asked.key and known.key.endswith(f"-{asked.key}"))
    return number and (
        not asked.unit or known.unit.endswith(asked.unit) or asked.unit.endswith(known.unit or asked.unit)
    )


def _of_kind(kind: str, text: str) -> list[Quantity]:
    return [quantity for quantity in quantities(text) if quantity.kind == kind]
