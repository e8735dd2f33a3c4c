from __future__ import annotations

import pytest

from assistant.domain import Instrument, ValidityStatus
from assistant.validity import first_day, last_day, validity_on


def rule(**fields: object) -> Instrument:
    return Instrument(id="r", **{"status": ValidityStatus.IN_FORCE, **fields})  # type: ignore[arg-type]


def test_a_partial_date_spans_its_whole_month_or_year() -> None:
    assert first_day("2024-02").isoformat() == "2024-02-01"
    assert last_day("2024-02").isoformat() == "2024-02-29"
    assert last_day("2024").isoformat() == "2024-12-31"


@pytest.mark.parametrize(
    ("on", "in_force"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)],
)
def test_a_rule_lives_from_its_first_to_its_last_day_inclusive(on: str, in_force: bool) -> None:
    assert validity_on(rule(effective="2026-01-01", expires="2026-12-31"), on).in_force is in_force


def test_a_superseded_rule_was_in_force_before_it_ended() -> None:
    old = rule(status=ValidityStatus.SUPERSEDED, issued="2022-06-01", expires="2026-03-31")
    assert validity_on(old, "2025-01-01").in_force is True
    assert validity_on(old, "2026-04-01").status is ValidityStatus.SUPERSEDED


def test_unknown_validity_is_neither_yes_nor_no() -> None:
    validity = validity_on(rule(status=ValidityStatus.UNKNOWN), "2026-11-23")
    assert validity.in_force is None
    assert "未能核实" in validity.note_zh
