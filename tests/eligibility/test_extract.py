from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from assistant.eligibility.extract import Extractor, extractor_for
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Value
from assistant.eligibility.needs import needed
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from assistant.eligibility.told import Told
from assistant.validity import first_day, last_day

ON = date(2026, 11, 23)
CASES = yaml.safe_load((Path(__file__).parent / "utterances.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(Path(__file__).parents[2] / "corpus" / "rules")


@pytest.fixture(scope="module")
def extractor(rulebook: Rulebook) -> Extractor:
    return extractor_for(rulebook)


@dataclass(frozen=True)
class Outcome:
    """Slots of one utterance: found with the right value, with a wrong value, missed, or made up."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    made_up: tuple[str, ...]


def expected(written: object) -> Value:
    """A value as the utterance file writes it."""
    if isinstance(written, bool | date):
        return written
    if not isinstance(written, str):
        return Decimal(str(written))
    for sign, low, inclusive in (
        (">=", True, True),
        ("<=", False, True),
        (">", True, False),
        ("<", False, False),
    ):
        if written.startswith(sign):
            bound = Decimal(written.removeprefix(sign))
            return (
                Interval(bound, None, low_inclusive=inclusive)
                if low
                else Interval(Decimal(0), bound, high_inclusive=inclusive)
            )
    if ".." in written:
        low_end, high_end = written.split("..")
        return Interval(Decimal(low_end), Decimal(high_end))
    if written[:4].isdigit():
        return Interval(first_day(written), last_day(written))
    return written


def same(found: Value, wanted: Value) -> bool:
    if isinstance(found, Decimal) and isinstance(wanted, Decimal):
        return abs(found - wanted) <= Decimal("0.01")
    return found == wanted


def score(case: dict[str, object], extractor: Extractor, rulebook: Rulebook) -> Outcome:
    scheme = case.get("scheme")
    prefer = needed(rulebook.schemes[str(scheme)], rulebook) if scheme else ()
    found = extractor.extract(str(case["say"]), prefer, ON).facts
    told: dict[str, Told] = {fact.attribute: fact for fact in found}
    facts: dict[str, object] = case["facts"]  # type: ignore[assignment]
    hypothetical = bool(case.get("hypothetical"))
    right, wrong, missed = 0, [], []
    for name, written in facts.items():
        if name not in told:
            missed.append(name)
        elif same(told[name].value, expected(written)) and told[name].hypothetical is hypothetical:
            right += 1
        else:
            wrong.append(f"{name} = {told[name].value}")
    made_up = [f"{name} = {fact.value}" for name, fact in told.items() if name not in facts]
    return Outcome(right, tuple(wrong), tuple(missed), tuple(made_up))


def test_facts_are_found_in_varied_writing_and_never_with_a_wrong_value(
    extractor: Extractor, rulebook: Rulebook
) -> None:
    outcomes = [(case["say"], score(case, extractor, rulebook)) for case in CASES]
    right = sum(o.right for _, o in outcomes)
    missed = sum(len(o.missed) for _, o in outcomes)
    false = sum(len(o.wrong) + len(o.made_up) for _, o in outcomes)
    report = "\n".join(
        f"{say}\n   wrong {o.wrong} missed {o.missed} made up {o.made_up}"
        for say, o in outcomes
        if o.wrong or o.missed or o.made_up
    )
    assert len(CASES) >= 120
    assert false == 0, report
    assert 2 * right / (2 * right + missed + false) >= 0.95, report
