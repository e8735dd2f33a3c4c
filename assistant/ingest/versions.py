"""Which instrument replaces which: a newer text of the same title, or one that says it repeals another.

Only records that were read from texts are linked here; a manifest's word stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.domain import Instrument, ValidityStatus

_NOISE = re.compile(r"[\s《》“”\"（）()〔〕\[\]·—-]|\d{4}年?(修订|修正|修改|版)|修订|修正|中华人民共和国")


def same_title(one: Instrument, other: Instrument) -> bool:
    """Whether two records name the same instrument, whatever the edition."""
    return bool(_key(one)) and _key(one) == _key(other)


def newer(one: Instrument, other: Instrument) -> bool:
    """Whether ``one`` is a later edition of ``other``."""
    return same_title(one, other) and (_date(one) or "") > (_date(other) or "9")


def linked(instruments: Sequence[Instrument]) -> list[Instrument]:
    """The records that change when editions of the same title are put in order."""
    editions: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        if "status" in instrument.read_fields and _date(instrument) and _key(instrument):
            editions.setdefault(_key(instrument), []).append(instrument)
    changed = []
    for same in editions.values():
        ordered = sorted(same, key=lambda instrument: _date(instrument) or "")
        for older, later in pairwise(ordered):
            if _date(older) == _date(later):
                continue
            link = replace(older, status=ValidityStatus.SUPERSEDED, superseded_by=later.id)
            if link != older:
                changed.append(link)
    return changed


def _key(instrument: Instrument) -> str:
    return _NOISE.sub("", instrument.title_zh or instrument.title_en or "").lower()


def _date(instrument: Instrument) -> str | None:
    return instrument.effective or instrument.issued or instrument.published
