"""Is an instrument in force on a given day? Computed from its record, never guessed.

Dates may be partial (``2023``, ``2023-09``); a partial start counts from its first day and a partial end
to its last, so that an unknown day never shortens a rule's life.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from assistant.domain import Instrument, Validity, ValidityStatus


def first_day(partial: str) -> date:
    """The first day a partial ISO date can mean: ``2023-09`` is 2023-09-01."""
    year, month, day = _parts(partial)
    return date(year, month or 1, day or 1)


def last_day(partial: str) -> date:
    """The last day a partial ISO date can mean: ``2023-09`` is 2023-09-30."""
    year, month, day = _parts(partial)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def _parts(partial: str) -> tuple[int, int | None, int | None]:
    pieces = [int(piece) for piece in partial.split("-")]
    padded: list[int | None] = [*pieces, None, None]
    year = pieces[0]
    return year, padded[1], padded[2]


def begins_after(instrument: Instrument, on: str) -> bool:
    """Did ``instrument`` take effect only after the ISO date ``on``?"""
    start = instrument.effective or instrument.issued or instrument.published
    return start is not None and first_day(start) > date.fromisoformat(on)


def validity_on(instrument: Instrument, on: str) -> Validity:
    """What the record says of ``instrument`` on the ISO date ``on``."""
    day = date.fromisoformat(on)
    status = instrument.status

    def result(in_force: bool | None, effective_status: ValidityStatus, zh: str, en: str) -> Validity:
        return Validity(on, in_force, effective_status, zh, en)

    if begins_after(instrument, on):
        start = instrument.effective or instrument.issued or instrument.published
        return result(False, status, f"自{start}起施行，{on}尚未生效", f"takes effect {start}, after {on}")
    if instrument.expires and last_day(instrument.expires) < day:
        ended = ValidityStatus.SUPERSEDED if status is ValidityStatus.SUPERSEDED else ValidityStatus.EXPIRED
        return result(
            False,
            ended,
            f"已于{instrument.expires}到期",
            f"ended on {instrument.expires}",
        )
    if status is ValidityStatus.SUPERSEDED and not instrument.expires:
        by = instrument.superseded_by
        return result(
            False,
            status,
            "已被替代" + (f"（见 {by}）" if by else ""),
            "superseded" + (f" by {by}" if by else ""),
        )
    if status is ValidityStatus.EXPIRED and not instrument.expires:
        return result(False, status, "已失效", "expired")
    ends = instrument.expires
    until_zh, until_en = (f"，有效至{ends}", f", until {ends}") if ends else ("", "")
    if status in (ValidityStatus.IN_FORCE, ValidityStatus.SUPERSEDED, ValidityStatus.EXPIRED):
        return result(True, ValidityStatus.IN_FORCE, f"有效{until_zh}", f"in force{until_en}")
    notes = {
        ValidityStatus.IN_FORCE_PRESUMED: (
            True,
            "推定有效（未见废止，未经核实）",
            "presumed in force (no repeal seen, not confirmed)",
        ),
        ValidityStatus.WINDOW_CLOSED: (False, "申报期已结束", "the filing window is closed"),
        ValidityStatus.HISTORICAL: (
            None,
            "历史文件，后续版本未查到",
            "an old call; later ones were not found",
        ),
        ValidityStatus.DRAFT: (False, "征求意见稿，未见正式文本", "a draft; no final text was found"),
        ValidityStatus.REFERENCE: (None, "参考资料，不是规定", "reference material, not a rule"),
        ValidityStatus.UNKNOWN: (None, "现行有效性未能核实", "validity could not be confirmed"),
    }
    in_force, zh, en = notes[status]
    return result(in_force, status, zh + until_zh, en + until_en)
