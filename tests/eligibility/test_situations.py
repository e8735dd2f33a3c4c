"""The rules against situations worked out by hand; see situations/README.md."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.eligibility.check import applicable, check
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import Rulebook, load_rulebook
from assistant.eligibility.values import read_value

FOLDER = Path(__file__).parent / "situations"
TODAY = date(2026, 11, 23)
RULES = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules")


def situations() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))
        for situation in book["situations"]:
            yield pytest.param(book, situation, id=f"{book['scheme']}: {situation['name']}")


def profile_of(book: dict[str, Any], situation: dict[str, Any], rules: Rulebook, on: date) -> Profile:
    facts = {**book["base"], **situation.get("but", {})}
    profile = Profile(rules.attributes, {}, on)
    for name, written in facts.items():
        if name not in situation.get("without", []):
            value = read_value(rules.attributes[name], written)
            profile = profile.with_fact(Fact(name, value, str(written)))
    return profile


@pytest.mark.parametrize(("book", "situation"), list(situations()))
def test_the_rules_decide_as_worked_out_by_hand(book: dict[str, Any], situation: dict[str, Any]) -> None:
    on = situation.get("day", TODAY)
    scheme = RULES.schemes[book["scheme"]]
    found = applicable(scheme, on)
    if situation.get("no_version"):
        assert found is None
        return
    assert found is not None
    assert found.in_force is situation.get("in_force", True)
    done = check(scheme, found.version, profile_of(book, situation, RULES, on))
    verdicts = {finding.criterion.id: finding.verdict.value for finding in done.findings}
    assert done.verdict.value == situation["verdict"], verdicts
    for criterion, verdict in situation.get("criteria", {}).items():
        assert verdicts[criterion] == verdict, criterion
    if "instrument" in situation:
        assert found.version.instrument == situation["instrument"]
    if "missing" in situation:
        assert list(done.missing) == situation["missing"]


def test_every_scheme_has_at_least_five_situations() -> None:
    counts = {
        path.stem: len(yaml.safe_load(path.read_text(encoding="utf-8"))["situations"])
        for path in FOLDER.glob("*.yaml")
    }
    assert counts.keys() == RULES.schemes.keys()
    assert min(counts.values()) >= 5
