"""Situations worked out by hand against the rules: the verdict, and the verdicts on single criteria."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.eligibility.check import applicable, check
from assistant.eligibility.profile import Fact, Profile
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.values import read_value

#: The day of a situation that names none.
TODAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation of a scheme: what differs from its ``base`` profile, and what should come out."""

    scheme: str
    base: Mapping[str, Any]
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Scheme and situation in words."""
        return f"{self.scheme}: {self.given['name']}"

    @property
    def day(self) -> date:
        """The day whose rules apply."""
        day: date = self.given.get("day", TODAY)
        return day

    def profile(self, rulebook: Rulebook) -> Profile:
        """The facts, read as people write them."""
        profile = Profile(rulebook.attributes, {}, self.day)
        for name, written in {**self.base, **self.given.get("but", {})}.items():
            if name not in self.given.get("without", []):
                value = read_value(rulebook.attributes[name], written)
                profile = profile.with_fact(Fact(name, value, str(written)))
        return profile


@dataclass(frozen=True, slots=True)
class Worked:
    """What came out, difference by difference; ``criteria`` of them were compared."""

    situation: Situation
    criteria: int
    wrong: tuple[str, ...]
    wrong_criteria: tuple[str, ...]


def read_situations(folder: Path) -> Iterator[Situation]:
    """The situations of a folder, as `tests/eligibility/situations/README.md` describes them."""
    for path in sorted(folder.glob("*.yaml")):
        book = yaml.safe_load(path.read_text(encoding="utf-8"))
        for given in book["situations"]:
            yield Situation(book["scheme"], book["base"], given)


def work_out(situation: Situation, rulebook: Rulebook) -> Worked:
    """Decide a situation and compare with what was worked out by hand."""
    given, scheme = situation.given, rulebook.schemes[situation.scheme]
    found = applicable(scheme, situation.day)
    if given.get("no_version"):
        return Worked(situation, 0, () if found is None else ("there are rules",), ())
    if found is None:
        return Worked(situation, 0, ("there are no rules",), ())
    done = check(scheme, found.version, situation.profile(rulebook))
    verdicts = {finding.criterion.id: finding.verdict.value for finding in done.findings}
    compared = {
        "verdict": (done.verdict.value, given["verdict"]),
        "in_force": (found.in_force, given.get("in_force", True)),
        "instrument": (found.version.instrument, given.get("instrument", found.version.instrument)),
        "missing": (list(done.missing), given.get("missing", list(done.missing))),
    }
    wanted = given.get("criteria", {})
    return Worked(
        situation,
        len(wanted),
        tuple(f"{name}: {is_} instead of {due}" for name, (is_, due) in compared.items() if is_ != due),
        tuple(
            f"{name}: {verdicts.get(name)} instead of {due}"
            for name, due in wanted.items()
            if verdicts.get(name) != due
        ),
    )
