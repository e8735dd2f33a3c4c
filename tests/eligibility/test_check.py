from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.change import changes
from assistant.eligibility.check import check, version_on
from assistant.eligibility.formula import FormulaError, evaluate, names
from assistant.eligibility.model import AllOf, Criterion, Scheme, Value, Verdict, Version
from assistant.eligibility.profile import Fact, Profile

D = Decimal
RATIO = Criterion("rd", "rd_ratio", "gte", D(5), "percent", "研发占比", "R&D ratio")
STAFF = Criterion("staff", "staff_ratio", "gte", D(10), "percent", "科技人员占比", "staff ratio")
V1 = Version("old", AllOf((RATIO,)), (RATIO,), "2010", "2019-12-31")
V2 = Version("new", AllOf((RATIO, STAFF)), (RATIO, STAFF), "2020-01-01")
SCHEME = Scheme("s", "某资格", "a status", "enterprise", (V1, V2))


def attribute(name: str, *formulas: str) -> Attribute:
    return Attribute(name, AttributeKind.NUMBER, "", name, name, name, name, formulas=formulas)


ATTRIBUTES = {
    a.name: a
    for a in (
        attribute("rd_ratio", "rd / sales * 100"),
        attribute("rd"),
        attribute("sales"),
        attribute("staff_ratio"),
    )
}


def profile(**facts: Value) -> Profile:
    given = {name: Fact(name, value) for name, value in facts.items()}
    return Profile(ATTRIBUTES, given, date(2026, 11, 23))


def test_exactly_on_the_threshold_meets_at_least() -> None:
    done = check(SCHEME, V2, profile(rd=D(450), sales=D(9000), staff_ratio=D(10)))
    assert done.verdict is Verdict.MET
    assert [f.verdict for f in done.findings] == [Verdict.MET, Verdict.MET]


def test_a_derived_fact_shows_its_arithmetic() -> None:
    done = check(SCHEME, V2, profile(rd=D(600), sales=D(9000)))
    known = done.findings[0].known
    assert known is not None
    assert known.computation == "600 / 9000 * 100"
    assert round(known.value, 2) == D("6.67")  # type: ignore[arg-type]


def test_a_missing_fact_is_unknown_and_asked_for_never_a_no() -> None:
    done = check(SCHEME, V2, profile(rd=D(600), sales=D(9000)))
    assert done.verdict is Verdict.UNKNOWN
    assert done.missing == ("staff_ratio",)


def test_one_failed_condition_decides_even_where_others_are_open() -> None:
    done = check(SCHEME, V2, profile(staff_ratio=D("9.5")))
    assert done.verdict is Verdict.NOT_MET
    assert done.findings[1].near_miss


def test_the_version_in_force_on_the_day_applies() -> None:
    assert version_on(SCHEME, date(2019, 12, 31)) is V1
    assert version_on(SCHEME, date(2020, 1, 1)) is V2
    assert version_on(SCHEME, date(2009, 12, 31)) is None


def test_what_would_change_it_is_computed_back_to_the_amount_that_was_given() -> None:
    poor = profile(rd=D(360), sales=D(9000), staff_ratio=D(12))
    ((change,),) = changes(check(SCHEME, V2, poor), poor)
    assert (change.input, change.needed) == ("rd", D(450))


def test_a_formula_names_its_operands_and_refuses_anything_else() -> None:
    assert names("rd / sales * 100") == ("rd", "sales")
    assert evaluate("rd / sales", {"rd": D(1), "sales": D(0)}) is None
    assert evaluate("days(a, b)", {"a": date(2025, 1, 1), "b": date(2026, 1, 1)}) == D(365)
    for hostile in ("__import__('os')", "a.b", "a if b else c", "open(a)", "'x'"):
        with pytest.raises(FormulaError):
            names(hostile)
