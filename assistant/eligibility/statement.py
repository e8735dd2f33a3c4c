"""One condition as it came out, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain import Language
from assistant.eligibility.attribute import PointsTable
from assistant.eligibility.model import Criterion, Verdict

MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}
OUTCOMES: Mapping[Language, Mapping[Verdict, str]] = {
    "zh": {Verdict.MET: "达到要求", Verdict.NOT_MET: "不达标", Verdict.UNKNOWN: "还不能确定"},
    "en": {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNKNOWN: "cannot tell yet"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as it came out; ``name`` is short, for the conclusion.

    ``tables`` are the points tables it was read from, to be cited; ``sums`` what was worked out for it.
    """

    text: str
    verdict: Verdict
    criteria: tuple[Criterion, ...]
    name: str
    tables: tuple[PointsTable, ...] = ()
    sums: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The text without its mark."""
        return self.text.removeprefix(f"{MARKS[self.verdict]} ")
