"""The main job, end to end, through the command line and on the real demo corpus."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(demo_state: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command; returns exit code, standard output and standard error."""

    def command(*argv: str, **env: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(argv, {"POLICY_ASSISTANT_STATE": str(demo_state), **env})
        out, err = capfd.readouterr()
        return code, out, err

    return command


def test_a_second_ingest_finds_nothing_to_do(run: Run) -> None:
    code, out, _ = run("ingest", "--json")
    report = json.loads(out)
    assert code == 0
    assert report["counts"] == {"unchanged": 116}
    assert report["chunks"]["added"] == report["chunks"]["removed"] == 0


@pytest.mark.parametrize(
    ("question", "language", "figure"),
    [
        ("2027年武汉全社会研发投入强度要达到多少？", "zh", "4.2%"),
        ("How many overseas patent applications a year does Wuhan want by 2027?", "en", "2,500"),
    ],
)
def test_a_question_gets_an_answer_whose_citations_are_in_the_clause(
    run: Run, question: str, language: str, figure: str
) -> None:
    code, out, _ = run("ask", question, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["status"] == "answered"
    assert answer["language"] == language
    assert any(figure in sentence["text"] for sentence in answer["sentences"])
    for sentence in answer["sentences"]:
        assert sentence["citations"], sentence["text"]
        for citation in sentence["citations"]:
            assert citation["quote"]
            assert citation["instrument_id"]


def test_what_the_sources_do_not_hold_is_refused_without_sources(run: Run) -> None:
    code, out, _ = run("ask", "帮我预测一下武汉明年的房价。", "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["status"] in ("out_of_scope", "no_evidence")
    assert not [c for sentence in answer["sentences"] for c in sentence["citations"]]


@pytest.mark.parametrize(
    ("argv", "env", "told"),
    [
        (["ask", ""], {}, "问题"),
        (["ask", "研发" * 10_000], {}, "问题"),
        (["search", "高企", "--as-of", "yesterday"], {}, "2026-11-23"),
        (["ingest", "no/such/folder"], {}, "no/such/folder"),
        (["status"], {"POLICY_ASSISTANT_STATE": "/dev/null/state"}, "/dev/null/state"),
        (["ingest"], {"POLICY_ASSISTANT_CORPUS": "no/such/corpus"}, "no/such/corpus"),
    ],
)
def test_bad_input_is_answered_in_words_with_the_next_step(
    run: Run, argv: list[str], env: dict[str, str], told: str
) -> None:
    code, out, err = run(*argv, **env)
    assert code == 1
    assert told in err + out
    assert "Traceback" not in err + out


def test_asking_before_any_ingest_names_the_command_to_run(run: Run, tmp_path: Path) -> None:
    code, _, err = run("ask", "高企有哪些条件？", POLICY_ASSISTANT_STATE=str(tmp_path / "none"))
    assert code == 1
    assert "policy-assistant ingest" in err


def test_a_killed_ingest_is_completed_by_the_next_one(tmp_path: Path) -> None:
    env = {**os.environ, "POLICY_ASSISTANT_STATE": str(tmp_path)}
    ingest = [sys.executable, "-m", "assistant.cli", "ingest", "--json"]
    for seconds in (0.5, 1.2, 2.5):
        killed = subprocess.Popen(ingest, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    done = subprocess.run(ingest, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    status = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "status", "--json"],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    index = json.loads(status.stdout)["index"]
    assert index["documents"] == 116
    assert index["pending_words"] == index["pending_vectors"] == 0
    assert index["words"] == index["vectors"] == index["chunks"]


def test_help_is_instant_because_it_loads_no_engine() -> None:
    code = (
        "import sys; from assistant.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'gradio', 'chromadb', 'llama_index', 'openai', 'tantivy', 'numpy'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
