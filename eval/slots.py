"""Facts found in utterances against those written down by hand: right, wrong, missed or made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from assistant.eligibility.extract import Extractor
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.eligibility.needs import needed
from assistant.eligibility.rulebook import Rulebook
from assistant.validity import first_day, last_day

#: The day on which the utterances are read.
ON = date(2026, 11, 23)
_BOUNDS = ((">=", True, True), ("<=", False, True), (">", True, False), ("<", False, False))


@dataclass(frozen=True, slots=True)
class Slots:
    """One utterance: how many slots were right, and by name what was wrong, missed or made up."""

    said: str
    right: int
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()

    @property
    def false(self) -> int:
        """Slots with a value that was not told."""
        return len(self.wrong) + len(self.made_up)


def read_utterances(path: Path) -> list[dict[str, Any]]:
    """The utterances of a file, as `tests/eligibility/utterances.yaml` has them."""
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def slots(case: Mapping[str, Any], extractor: Extractor, rulebook: Rulebook) -> Slots:
    """What was found in one utterance."""
    scheme = case.get("scheme")
    prefer = needed(rulebook.schemes[str(scheme)], rulebook) if scheme else ()
    told = {fact.attribute: fact for fact in extractor.extract(str(case["say"]), prefer, ON).facts}
    facts: Mapping[str, object] = case["facts"]
    hypothetical = bool(case.get("hypothetical"))
    found = [name for name in facts if name in told]
    right = [
        name
        for name in found
        if _same(told[name].value, _expected(facts[name])) and told[name].hypothetical is hypothetical
    ]
    return Slots(
        str(case["say"]),
        len(right),
        tuple(f"{name} = {told[name].value}" for name in found if name not in right),
        tuple(name for name in facts if name not in told),
        tuple(f"{name} = {fact.value}" for name, fact in told.items() if name not in facts),
    )


def slot_f1(outcomes: Sequence[Slots]) -> float:
    """Micro F1 over slots: 2 right / (2 right + missed + wrong + made up)."""
    right = sum(outcome.right for outcome in outcomes)
    errors = sum(len(outcome.missed) + outcome.false for outcome in outcomes)
    return 2 * right / (2 * right + errors) if right or errors else 1.0


def _expected(written: object) -> Value:
    """A value as the file writes it: ``<500``, ``>=3``, ``1..3``, a year or month as a span of days."""
    if isinstance(written, bool | date):
        return written
    if not isinstance(written, str):
        return Decimal(str(written))
    for sign, low, inclusive in _BOUNDS:
        if written.startswith(sign):
            bound = Decimal(written.removeprefix(sign))
            if low:
                return Interval(bound, None, low_inclusive=inclusive)
            return Interval(Decimal(0), bound, high_inclusive=inclusive)
    if ".." in written:
        low_end, high_end = written.split("..")
        return Interval(Decimal(low_end), Decimal(high_end))
    if written[:4].isdigit():
        return Interval(first_day(written), last_day(written))
    return written


def _same(found: Value, wanted: Value) -> bool:
    if isinstance(found, Decimal) and isinstance(wanted, Decimal):
        return abs(found - wanted) <= Decimal("0.01")
    return found == wanted
