"""The suite of statuses: every kind is there, in both languages."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Status
from eval.suites import load_suite


def test_every_status_that_refuses_and_answers_is_asked_for_in_both_languages() -> None:
    cases = load_suite(Path("eval/statuses.yaml"))
    for language in ("zh", "en"):
        expected = {case.status[0] for case in cases if case.language == language}
        assert expected == {
            Status.ANSWERED,
            Status.NO_EVIDENCE,
            Status.OUT_OF_SCOPE,
            Status.NEEDS_FACTS,
            Status.DECLINED,
        }
    assert len(cases) >= 100
