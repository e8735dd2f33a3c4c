"""The commands as one types them: exit codes and messages."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from eval import bench
from eval.__main__ import main
from eval.run_folder import About, RunFolder
from tests.eval.making import CLAUSE, evidence, record, sentence, turn

SUITE = "- {id: a, lang: zh, question: 境内研发费用要占多少？, expected: [不低于60%]}"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A benchmark named ``toy``."""
    module = ModuleType("eval.bench_toy")

    def measure(data: Path, split: str) -> Mapping[str, float]:
        return {"files": float(len(list(data.iterdir()))), "split_is_dev": float(split == "dev")}

    module.measure = measure  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "eval.bench_toy", module)
    monkeypatch.setattr(bench, "names", lambda: ["toy"])


@pytest.mark.usefixtures("measured")
def test_a_benchmark_writes_its_figures_under_metrics(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    out = tmp_path / "out" / "figures.json"

    assert main(["bench", "toy", "--data", str(tmp_path / "data"), "--json", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["metrics"] == {"files": 0.0, "split_is_dev": 1.0}


@pytest.mark.usefixtures("measured")
def test_missing_data_and_unknown_names_are_said_with_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "toy", "--data", str(tmp_path / "none")]) == 2
    assert "There is no data at" in capsys.readouterr().err
    assert main(["bench", "toy"]) == 2
    assert "No data are named" in capsys.readouterr().err
    assert main(["bench", "other", "--data", str(tmp_path)]) == 2
    assert "Choose one of: toy." in capsys.readouterr().err


@pytest.mark.usefixtures("measured")
def test_a_benchmark_that_names_its_own_data_needs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.modules["eval.bench_toy"], "DATA", tmp_path, raising=False)

    assert main(["bench", "toy"]) == 0
    assert "split_is_dev" in capsys.readouterr().out


def test_a_stored_run_is_scored_again_without_asking(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite, run = tmp_path / "suite.yaml", tmp_path / "run"
    suite.write_text(SUITE, encoding="utf-8")
    folder = RunFolder(run)
    folder.start(About(str(suite), "s", "t", "now", {}))
    folder.add(record(turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))))

    assert main(["score", str(run)]) == 0
    assert "key_fact_recall               1  n=1" in capsys.readouterr().out
    assert (run / "report.html").is_file()
    (tmp_path / "baseline.yaml").write_text(
        "success: {at_least: 0.9}\nmrr: {at_least: 0.5}\n", encoding="utf-8"
    )
    assert main(["check", str(run), "--baseline", str(tmp_path / "baseline.yaml")]) == 1
    assert "mrr: no figure" in capsys.readouterr().out
    assert main(["check", str(run), "--baseline", str(tmp_path / "own.yaml"), "--write"]) == 0
    assert main(["check", str(run), "--baseline", str(tmp_path / "own.yaml")]) == 0


def test_comparing_two_runs_leaves_the_verdicts_beside_the_second(tmp_path: Path) -> None:
    (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")
    for name in ("first", "second"):
        folder = RunFolder(tmp_path / name)
        folder.start(About(str(tmp_path / "suite.yaml"), "s", "t", "now", {}))
        folder.add(record(turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))))
        main(["score", str(folder.path)])

    assert main(["compare", str(tmp_path / "first"), str(tmp_path / "second")]) == 0
    assert (tmp_path / "second" / "compare-first.json").is_file()


def test_lint_names_the_doubtful_case_and_fails_only_when_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = tmp_path / "suite.yaml"
    suite.write_text(
        "- {id: a, lang: en, question: How many}\n- {id: b, lang: zh, question: How many}", encoding="utf-8"
    )

    assert main(["lint", str(suite)]) == 0
    out = capsys.readouterr().out
    assert "a: is answerable but expects no fact" in out
    assert "b: says lang zh, but reads otherwise" in out
    assert main(["lint", str(suite), "--strict"]) == 1


def test_the_schema_accepts_the_suite_that_ships_and_refuses_a_wrong_field() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    from eval.schema import SCHEMA
    from eval.suites import DEFAULT_SUITE

    for file in DEFAULT_SUITE.glob("*.yaml"):
        jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{"id": "a", "lang": "zh", "question": "x", "expcted": []}], SCHEMA)


def test_a_suite_that_cannot_be_read_ends_with_exit_code_2(tmp_path: Path) -> None:
    assert main(["lint", str(tmp_path / "none.yaml")]) == 2


def test_a_reader_that_stops_reading_costs_no_file(tmp_path: Path) -> None:
    run = tmp_path / "run"
    (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")
    folder = RunFolder(run)
    folder.start(About(str(tmp_path / "suite.yaml"), "s", "target", "2026-11-23", {}))
    folder.add(record(turn(sentence(CLAUSE, 1), given=evidence(CLAUSE))))
    command = [sys.executable, "-m", "eval", "score", str(run), "--junit", str(tmp_path / "junit.xml")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()  # gone before a word was written
    _, errors = process.communicate()

    assert (process.returncode, errors) == (141, b"")
    assert (run / "report.json").is_file()
    assert (tmp_path / "junit.xml").is_file()
