"""Which instrument replaces which: a later edition of the same title, or a text that says it repeals another.

Only records that were read from texts are changed here; a manifest's word stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from assistant.domain import Instrument, ValidityStatus
from assistant.validity import first_day

_EDITION = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]*(?:\d{4}|修订|修正|修改|版)[^（）()〔〕\[\]]*[）)〕\]]|[\s《》“”\"·—-]"
)


def is_read(instrument: Instrument) -> bool:
    """Whether no manifest gave the record: then its very title was read."""
    return "title_zh" in instrument.read_fields or "title_en" in instrument.read_fields


def newer(one: Instrument, other: Instrument) -> bool:
    """Whether ``one`` is a later edition of ``other``."""
    return (
        bool(_name(one)) and _name(one) == _name(other) and (_edition(one) or "") > (_edition(other) or "9")
    )


def linked(instruments: Sequence[Instrument]) -> list[Instrument]:
    """The records that must change so that every replaced instrument names what replaces it."""
    before = {instrument.id: instrument for instrument in instruments}
    after = {id_: _released(instrument, before) for id_, instrument in before.items()}
    for old, new in (*_editions(instruments), *_repeals(instruments)):
        if is_read(before[old]) and old != new:
            after[old] = _superseded(after[old], before[new])
    return [instrument for id_, instrument in after.items() if instrument != before[id_]]


def _editions(instruments: Sequence[Instrument]) -> Iterator[tuple[str, str]]:
    """Each edition of a title with the one that follows it."""
    same: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        if _edition(instrument) and _name(instrument):
            same.setdefault(_name(instrument), []).append(instrument)
    for editions in same.values():
        for older, later in pairwise(sorted(editions, key=lambda instrument: _edition(instrument) or "")):
            if _edition(older) != _edition(later):
                yield older.id, later.id


def _repeals(instruments: Sequence[Instrument]) -> Iterator[tuple[str, str]]:
    """Each instrument that another says it repeals, by document number, title or shorter name."""
    names: dict[str, str] = {}
    for instrument in instruments:
        for name in (instrument.doc_number, instrument.title_zh, instrument.title_en, *instrument.aliases):
            if name:
                names.setdefault(re.sub(r"\s", "", name), instrument.id)
    for instrument in instruments:
        for repealed in instrument.supersedes:
            old = names.get(re.sub(r"\s", "", repealed))
            if old and old != instrument.id:
                yield old, instrument.id


def _superseded(old: Instrument, new: Instrument) -> Instrument:
    """``old`` as replaced by ``new``: it ends on the day before ``new`` takes effect."""
    start = max(filter(None, (new.effective, new.issued, new.published)), default=None)
    end = (first_day(start) - timedelta(days=1)).isoformat() if start else None
    expires = min(filter(None, (old.expires, end)), default=None)
    return replace(old, status=ValidityStatus.SUPERSEDED, superseded_by=new.id, expires=expires)


def _released(instrument: Instrument, known: dict[str, Instrument]) -> Instrument:
    """A read record whose successor is gone counts again as its text says."""
    if not is_read(instrument) or instrument.superseded_by is None or instrument.superseded_by in known:
        return instrument
    expires = instrument.expires if "expires" in instrument.read_fields else None
    return replace(instrument, status=ValidityStatus.IN_FORCE_PRESUMED, superseded_by=None, expires=expires)


def _name(instrument: Instrument) -> str:
    """The title without what tells editions apart."""
    title = instrument.title_zh or instrument.title_en or ""
    return _EDITION.sub("", title).removeprefix("中华人民共和国").lower()


def _edition(instrument: Instrument) -> str | None:
    """The date that tells editions apart: 施行 dates stay the same when a law is amended."""
    return instrument.issued or instrument.published or instrument.effective
