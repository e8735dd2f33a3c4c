"""What may be found: the filters of a question, applied to instruments.

Filters are few and instruments are few beside chunks, so a filter becomes the set of instruments it lets
through. The words are searched within that set; vectors are over-fetched and sifted, because a filter
inside Chroma costs 30 to 1,000 times the plain search.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Filters, Instrument, Validity, ValidityStatus
from assistant.index.catalogue import Catalogue
from assistant.index.records import instrument_of
from assistant.validity import validity_on


@dataclass(frozen=True, slots=True)
class Reached:
    """Instruments, how many chunks they have, and which share of all that is."""

    instruments: frozenset[str]
    chunks: int
    share: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters with the day they are applied on."""

    filters: Filters
    on: str

    @property
    def restricts(self) -> bool:
        """True where instruments are sifted by more than validity."""
        f = self.filters
        return bool(f.levels or f.kinds or f.issuers or f.instruments)

    def lets(self, instrument: Instrument) -> bool:
        """Does the instrument fit the filters, validity aside?"""
        f = self.filters
        return (
            (not f.instruments or instrument.id in f.instruments)
            and (not f.levels or instrument.level in f.levels)
            and (not f.kinds or instrument.kind in f.kinds)
            and (not f.issuers or any(_issued_by(instrument, name) for name in f.issuers))
        )

    def keeps(self, validity: Validity) -> bool:
        """Superseded versions are left out unless asked for."""
        return self.filters.include_superseded or validity.status is not ValidityStatus.SUPERSEDED

    def validity(self, instrument: Instrument) -> Validity:
        """Where the instrument stands on the asked day."""
        return validity_on(instrument, self.on)


class Reach:
    """Which instruments each scope lets through, and how many chunks they have, at one revision."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.of = lru_cache(maxsize=64)(self._of)

    def _of(self, filters: Filters) -> Reached:
        """What ``filters`` let through, validity aside."""
        scope = Scope(filters, "")
        rows = self._catalogue.query("SELECT record FROM instruments")
        ids = [i.id for i in (instrument_of(row[0]) for row in rows) if scope.lets(i)]
        counted = self._catalogue.query_in("SELECT count(*) FROM chunks WHERE instrument_id IN ({})", ids)
        chunks = sum(row[0] for row in counted)
        return Reached(frozenset(ids), chunks, chunks / max(self._catalogue.count("chunks"), 1))


def _issued_by(instrument: Instrument, name: str) -> bool:
    wanted = name.casefold()
    return any(wanted in (issuer or "").casefold() for issuer in (instrument.issuer_zh, instrument.issuer_en))
