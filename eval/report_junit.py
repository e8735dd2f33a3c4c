"""A scored run as JUnit XML: every case a test, so that any CI shows which ones fail and why."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from eval.scoring import CaseScores


def junit(scored: Sequence[CaseScores]) -> str:
    """One test suite; a case fails where it did not succeed and errs where the target failed."""
    suite = ET.Element(
        "testsuite",
        name="eval",
        tests=str(len(scored)),
        failures=str(sum(c.error is None and not c.succeeded for c in scored)),
        errors=str(sum(c.error is not None for c in scored)),
    )
    for case in scored:
        seconds = sum(turn.seconds for turn in case.record.turns)
        name = case.case.id if case.record.repeat == 0 else f"{case.case.id} #{case.record.repeat + 1}"
        test = ET.SubElement(
            suite, "testcase", classname=f"eval.{case.case.type}", name=name, time=f"{seconds:.3f}"
        )
        if case.error is not None:
            ET.SubElement(test, "error", message=_clean(case.error))
        elif not case.succeeded:
            failure = ET.SubElement(test, "failure", message=_clean(str(case.cause)))
            failure.text = _clean("\n".join(_reasons(case)))
    return ET.tostring(suite, encoding="unicode", xml_declaration=True)


def _reasons(case: CaseScores) -> list[str]:
    return [
        case.case.question,
        *(f"not said: {fact.fact} ({fact.reason})" for fact in case.facts if not fact.said),
        *(f"must not be said: {phrase}" for phrase in case.violated),
        *(
            f"status {o.status}, accepted {', '.join(o.accepted)}"
            for o in case.outcomes
            if not o.status_right
        ),
        "answer: " + " / ".join(turn.text for turn in case.record.turns),
    ]


def _clean(text: str) -> str:
    """Without the control characters that XML forbids."""
    return "".join(c if c in "\t\n" or ord(c) >= 32 else " " for c in text)
