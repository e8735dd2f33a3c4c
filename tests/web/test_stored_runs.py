from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.web import stored_runs
from assistant.web.run_comparison import compare
from assistant.web.runs_html import run_html, runs_html
from assistant.web.stored_runs import list_runs, open_run, report_page, significance
from tests.web.reports import NEW, OLD, case, report, store


def test_runs_are_listed_latest_first_with_their_headline(tmp_path: Path) -> None:
    store(tmp_path, "one", OLD)
    store(tmp_path, "two", NEW)
    runs = list_runs(tmp_path)
    assert [(run.name, run.started, run.n) for run in runs] == [
        ("two", "2026-11-21 09:00:00", 3),
        ("one", "2026-11-20 08:30:00", 3),
    ]
    assert runs[1].figures["success"].value == pytest.approx(1 / 3)
    assert (runs[1].figures["success"].low, runs[1].figures["success"].high) == (0.25, 0.75)


def test_no_folder_of_the_machine_is_shown_only_the_name_of_the_suite(tmp_path: Path) -> None:
    store(tmp_path, "one", OLD)
    assert list_runs(tmp_path)[0].suite == "cases"


def test_before_any_run_the_command_that_makes_one_is_shown(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        assert "python -m eval run" in runs_html(list_runs(folder), "zh")


def test_a_report_scored_again_is_read_again(tmp_path: Path) -> None:
    folder = store(tmp_path, "one", OLD)
    assert list_runs(tmp_path)[0].n == 3
    store(tmp_path, "one", report(case("甲", 1, 1)))
    os.utime(folder / "report.json", ns=(1, 1))
    assert list_runs(tmp_path)[0].n == 1


DEEP = '{"cases": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"cases": {}}', DEEP, "\x00", '{"n": 1}'])
def test_a_folder_without_a_usable_report_is_listed_as_such_and_breaks_nothing(
    tmp_path: Path, content: str
) -> None:
    store(tmp_path, "broken", content)
    store(tmp_path, "good", OLD)
    assert {run.name: run.readable for run in list_runs(tmp_path)} == {"broken": False, "good": True}
    assert "没有可读的报告" in runs_html(list_runs(tmp_path), "zh")


WRONG: list[Any] = [None, "x", -1, 1e400, 10**400, True, [], {}, "\ud800", [[1]], {"value": "x", "n": "y"}]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_value_of_the_wrong_kind_is_left_out_and_the_rest_is_shown(tmp_path: Path, wrong: Any) -> None:
    for key in ("n", "metrics", "intervals", "by_type", "cases_from", "target", "started"):
        store(tmp_path, f"a-{key}", OLD | {key: wrong})
    for key in ("id", "type", "repeat", "questions", "answer", "scores", "error", "cause"):
        store(tmp_path, f"b-{key}", OLD | {"cases": [OLD["cases"][0] | {key: wrong}, wrong]})
    for run in list_runs(tmp_path):
        opened = open_run(tmp_path, run.name)
        assert opened is not None
        assert run_html(opened, "zh", "-").encode()
        compare(opened, opened)


def test_only_names_that_are_listed_open_anything(tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    store(runs, "one", OLD, page="x")
    store(tmp_path, "outside", OLD, page="secret")
    store(tmp_path, ".hidden", OLD)
    (runs / "linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    for name in ("../outside", "linked", "..", ".", "", "one/../../outside", "\x00"):
        assert open_run(runs, name) is None
        assert report_page(runs, name) is None
    assert [run.name for run in list_runs(runs)] == ["one"]


def test_a_report_that_is_a_link_a_pipe_or_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(json.dumps(OLD))
    runs = tmp_path / "runs"
    for name in ("linked", "pipe", "large"):
        (runs / name).mkdir(parents=True)
    (runs / "linked" / "report.json").symlink_to(secret)
    os.mkfifo(runs / "pipe" / "report.json")
    monkeypatch.setattr(stored_runs, "MAX_REPORT", 10)
    store(runs, "large", OLD)
    assert [run.readable for run in list_runs(runs)] == [False] * 3


def test_runs_are_compared_on_the_cases_that_both_have(tmp_path: Path) -> None:
    store(tmp_path, "a", OLD)
    store(tmp_path, "b", report(case("乙", 1, 1), case("丙", 0, 0), case("丁", 1, 1)))
    a, b = open_run(tmp_path, "a"), open_run(tmp_path, "b")
    assert a is not None
    assert b is not None
    found = compare(a, b)
    success = next(row for row in found.rows if row.metric == "success")
    assert (success.a, success.b, success.n, success.better) == (0.0, 0.5, 2, True)
    assert not found.same_cases
    assert "latency_p50" not in [row.metric for row in found.rows]
    assert [(before.id, after.id) for before, after in found.better] == [("乙", "乙")]


def test_a_case_changes_by_success_first_and_by_facts_where_success_is_equal(tmp_path: Path) -> None:
    store(tmp_path, "a", OLD)
    store(tmp_path, "b", NEW)
    a, b = open_run(tmp_path, "a"), open_run(tmp_path, "b")
    assert a is not None
    assert b is not None
    found = compare(a, b)
    assert [after.id for _, after in found.better] == ["乙", "丙"]
    assert [after.id for _, after in found.worse] == ["甲"]
    latency = next(row for row in found.rows if row.metric == "latency_p50")
    assert (latency.n, latency.better) == (None, None)


def test_for_some_metrics_less_is_better(tmp_path: Path) -> None:
    def with_numbers(count: int) -> dict[str, Any]:
        scores = {"unsupported_numbers": {"value": count}}
        return report(case("甲", 1, 1) | {"scores": scores | case("甲", 1, 1)["scores"]}, case("乙", 1, 1))

    store(tmp_path, "a", with_numbers(3))
    store(tmp_path, "b", with_numbers(1))
    a, b = open_run(tmp_path, "a"), open_run(tmp_path, "b")
    assert a is not None
    assert b is not None
    row = next(row for row in compare(a, b).rows if row.metric == "unsupported_numbers")
    assert (row.a, row.b, row.difference, row.better) == (3, 1, -2, True)


def test_the_verdict_of_the_evaluations_own_comparison_is_read_where_it_lies(tmp_path: Path) -> None:
    store(tmp_path, "a", OLD)
    folder = store(tmp_path, "b", NEW)
    assert significance(tmp_path, "a", "b") == {}
    interval = {"low": -0.1, "high": 0.3}
    verdicts = [
        {"metric": "success", "difference": {"interval": interval}, "p": 0.4, "verdict": "no difference"},
        {"metric": "mrr", "verdict": "<b>splendid</b>"},
        "nonsense",
    ]
    (folder / "compare-a.json").write_text(json.dumps({"verdicts": verdicts}))
    found = significance(tmp_path, "a", "b")
    assert set(found) == {"success"}
    assert (found["success"].p, found["success"].low, found["success"].high) == (0.4, -0.1, 0.3)
