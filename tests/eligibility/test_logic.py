from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eligibility.logic import at_least, decide, rescues
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Criterion,
    Node,
    Value,
    Verdict,
    When,
)

MET, NOT, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN


def criterion(name: str) -> Criterion:
    return Criterion(name, name, "is", True, "bool", name, name)


A, B, C = (criterion(name) for name in "abc")


def outcome(node: Node, verdicts: dict[str, Verdict], facts: dict[str, Value] | None = None) -> Verdict:
    return decide(node, lambda c: verdicts[c.id], (facts or {}).get)


@pytest.mark.parametrize(
    ("a", "b", "all_of", "any_of"),
    [
        (MET, MET, MET, MET),
        (MET, NOT, NOT, MET),
        (MET, OPEN, OPEN, MET),
        (NOT, NOT, NOT, NOT),
        (NOT, OPEN, NOT, OPEN),
        (OPEN, OPEN, OPEN, OPEN),
    ],
)
def test_all_and_any_follow_kleenes_tables(a: Verdict, b: Verdict, all_of: Verdict, any_of: Verdict) -> None:
    verdicts = {"a": a, "b": b}
    assert outcome(AllOf((A, B)), verdicts) is all_of
    assert outcome(AnyOf((A, B)), verdicts) is any_of


def test_two_of_three_is_open_only_while_it_can_still_go_both_ways() -> None:
    two = AtLeast(2, (A, B, C))
    assert outcome(two, {"a": MET, "b": NOT, "c": OPEN}) is OPEN
    assert outcome(two, {"a": MET, "b": MET, "c": OPEN}) is MET
    assert outcome(two, {"a": NOT, "b": NOT, "c": OPEN}) is NOT


BANDS = Bands(
    "sales",
    (
        Band(A, high=Decimal(50), high_inclusive=True),
        Band(B, low=Decimal(50), high=Decimal(200), high_inclusive=True),
        Band(C, low=Decimal(200)),
    ),
)


@pytest.mark.parametrize(("sales", "chosen"), [("50", "a"), ("50.01", "b"), ("200", "b"), ("200.01", "c")])
def test_a_value_on_a_boundary_falls_in_the_band_that_includes_it(sales: str, chosen: str) -> None:
    verdicts = {name: MET if name == chosen else NOT for name in "abc"}
    assert outcome(BANDS, verdicts, {"sales": Decimal(sales)}) is MET


def test_an_unknown_chooser_is_no_obstacle_when_every_band_agrees() -> None:
    assert outcome(BANDS, dict.fromkeys("abc", MET)) is MET
    assert outcome(BANDS, dict.fromkeys("abc", NOT)) is NOT
    assert outcome(BANDS, {"a": NOT, "b": MET, "c": MET}) is OPEN


def test_an_exception_asks_nothing_of_those_it_does_not_concern() -> None:
    rule = When("again", (True,), A)
    assert outcome(rule, {"a": NOT}, {"again": False}) is MET
    assert outcome(rule, {"a": NOT}, {"again": True}) is NOT
    assert outcome(rule, {"a": NOT}) is OPEN


verdicts = st.sampled_from([MET, NOT, OPEN])


@given(st.lists(verdicts, max_size=6), st.integers(1, 6))
def test_learning_a_fact_never_turns_a_settled_verdict(found: list[Verdict], count: int) -> None:
    before = at_least(count, found)
    if before is OPEN:
        return
    spots = [i for i, verdict in enumerate(found) if verdict is OPEN]
    for answers in product([MET, NOT], repeat=len(spots)):
        learned = list(found)
        for spot, answer in zip(spots, answers, strict=True):
            learned[spot] = answer
        assert at_least(count, learned) is before


def test_dates_are_kept_apart_from_numbers() -> None:
    from assistant.eligibility.check import holds

    founded = Criterion("f", "registered", "after", date(2011, 1, 1), "date", "f", "f")
    assert holds(founded, date(2011, 1, 2)) is True
    assert holds(founded, date(2011, 1, 1)) is False
    assert holds(founded, Decimal(2012)) is None


@pytest.mark.parametrize(
    ("verdicts", "named"),
    [
        ({"a": OPEN, "b": NOT, "c": OPEN}, ["c"]),  # only the exemption c can still save it
        ({"a": OPEN, "b": OPEN, "c": OPEN}, []),  # nothing has failed
        ({"a": NOT, "b": NOT, "c": OPEN}, []),  # a clear no
        ({"a": OPEN, "b": MET, "c": OPEN}, []),
    ],
)
def test_what_can_still_save_a_failed_condition_is_named(
    verdicts: dict[str, Verdict], named: list[str]
) -> None:
    rule = AllOf((A, AnyOf((B, C))))
    assert [c.id for c in rescues(rule, lambda c: verdicts[c.id], {}.get)] == named
