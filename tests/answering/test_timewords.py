"""Words that place the asker in time."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.timewords import time_scope

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "as_of"),
    [
        ("在2023年申请要满足什么条件？", "2023-12-31"),
        ("2022年的时候研发占比要多少？", "2022-12-31"),
        ("2025年3月申请的适用哪个标准？", "2025-03-31"),
        ("What was the rate in March 2025?", "2025-03-31"),
        ("In 2023, what was the rate?", "2023-12-31"),
        ("What did it take as of 1 May 2024?", "2024-05-31"),
        ("按2022年的标准能评吗？", "2022-12-31"),
    ],
)
def test_a_past_point_of_view_moves_the_day(question: str, as_of: str) -> None:
    scope = time_scope(question, TODAY)
    assert (scope.as_of, scope.moved, scope.include_superseded) == (as_of, True, True)


@pytest.mark.parametrize(
    "question",
    [
        "到2027年研发平台要建多少家？",
        "现在是2026年11月，今年还能填报吗？",
        "《三年行动方案（2025—2027年）》的目标是什么？",
        "How many platforms are planned by 2030?",
        "在2027年要达到多少？",
    ],
)
def test_targets_titles_and_today_do_not(question: str) -> None:
    assert time_scope(question, TODAY).as_of == "2026-11-23"


@pytest.mark.parametrize(
    "question", ["旧标准和新标准有什么区别？", "Is the old rule still used?", "以前的门槛是多少？"]
)
def test_asking_for_old_rules_brings_them_in(question: str) -> None:
    assert time_scope(question, TODAY).include_superseded
