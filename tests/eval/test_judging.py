"""The judge as a command: what it costs is capped, what it found is kept, and people are asked as well."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.llm import OpenAIChat
from assistant.resources import data_folder
from assistant.settings import ChatSettings
from eval.__main__ import main
from eval.calibration_data import Labelled
from eval.judge import Judge
from eval.judge_calibration import agreement, as_turn, measure_judge
from eval.judge_prompt import load_judge_prompt
from eval.openai_server import OpenAIServer, Reply, Request
from eval.record import Record
from eval.run_folder import About, RunFolder
from tests.eval.making import CLAUSE, evidence, sentence, turn

QUOTE = "境内研发费用占全部研发费用的比例不低于60%"
CASE = "- {{id: c{n}, lang: zh, question: 境内研发费用要占多少{n}？, expected: [不低于60%]}}"
FACT = "Firms must file the annual report before the end of May."
WRONG = "Managers receive a company car and a private pension."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAIServer]:
    def supports(request: Request) -> Reply:
        given, _, asked = request.prompt.rpartition("1")
        quote = QUOTE if QUOTE in given else FACT
        verdict = "SUPPORTED" if quote in asked else "NOT_FOUND"
        return Reply(
            json.dumps({"verdicts": [{"claim": 1, "verdict": verdict, "quote": quote, "reason": "r"}]})
        )

    with OpenAIServer(supports) as opened:
        monkeypatch.setenv("OPENAI_MODEL", "test-model")
        monkeypatch.setenv("OPENAI_BASE_URL", opened.url)
        yield opened


def stored(path: Path, count: int) -> RunFolder:
    """A run of ``count`` answers that quote the clause."""
    suite = path / "suite.yaml"
    suite.write_text("\n".join(CASE.format(n=n) for n in range(count)), encoding="utf-8")
    folder = RunFolder(path / "run")
    folder.start(About(str(suite), "s", "target", "2026-11-23", {}))
    for n in range(count):
        reply = turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), question=f"境内研发费用要占多少{n}？")
        folder.add(Record(f"c{n}", (reply,), key=f"k{n}"))
    return folder


def test_the_budget_stops_the_judge_and_the_rest_is_judged_later(
    tmp_path: Path, server: OpenAIServer, capsys: pytest.CaptureFixture[str]
) -> None:
    run = str(stored(tmp_path, 5).path)

    assert main(["judge", run, "--budget", "300"]) == 0  # a call costs 160: the second one exceeds it
    assert len(server.requests) == 2
    assert main(["judge", run, "--json", str(tmp_path / "judge.json")]) == 0
    assert len(server.requests) == 5  # the two that are known are not judged again
    found = json.loads((tmp_path / "judge.json").read_text(encoding="utf-8"))["metrics"]
    assert (found["answers"], found["judge_faithfulness"], found["agreement"]) == (5, 1.0, 1.0)
    assert found["prompt_tokens"] == 5 * 120
    assert "agreement" in capsys.readouterr().out


@pytest.mark.usefixtures("server")
def test_what_the_judge_found_stands_on_the_page_of_the_run(tmp_path: Path) -> None:
    run = stored(tmp_path, 2).path
    main(["judge", str(run), "--repeat", "2"])
    assert main(["score", str(run)]) == 0
    report = json.loads((run / "report.json").read_text(encoding="utf-8"))
    html = (run / "report.html").read_text(encoding="utf-8")

    assert report["judge"]["self_agreement"] == 1
    assert "self_agreement" in html
    assert "faithfulness score against judge, n = 2" in html


def test_no_model_no_judge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["judge", str(stored(tmp_path, 1).path)]) == 2
    assert "Set OPENAI_MODEL" in capsys.readouterr().err


def test_the_tokens_of_a_run_are_priced_where_a_price_is_given(tmp_path: Path, server: OpenAIServer) -> None:
    server.respond = lambda _: Reply(f"{CLAUSE}[1]")
    suite = stored(tmp_path, 3).about().cases
    target = ["--target", server.url, "--model", "test-model", "--out", str(tmp_path / "new"), "--quiet"]

    assert main(["run", suite, *target, "--price", "2,10"]) == 0
    priced = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))
    assert main(["score", str(tmp_path / "new")]) == 0
    unpriced = json.loads((tmp_path / "new" / "report.json").read_text(encoding="utf-8"))

    assert priced["cost"] == pytest.approx(3 * (120 * 2 + 40 * 10) / 1e6)
    assert unpriced["cost"] is None
    assert unpriced["metrics"]["cost"]["unscored"] == {"no price is given": 3}


def test_a_run_that_its_budget_stopped_says_what_is_missing(
    tmp_path: Path, server: OpenAIServer, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = stored(tmp_path, 4).about().cases
    target = ["--target", server.url, "--model", "test-model", "--out", str(tmp_path / "new"), "--quiet"]

    assert main(["run", suite, *target, "--budget", "200"]) == 0  # a reply costs 160
    assert "2 answers are missing" in capsys.readouterr().err
    assert main(["run", suite, *target]) == 0
    assert "missing" not in capsys.readouterr().err
    assert len(server.requests) == 4


def labelled(text: str, *, unsupported: bool) -> Labelled:
    return Labelled(text, (FACT,), "When is the report due?", unsupported, text, "qa")


def test_the_judge_is_measured_against_people(tmp_path: Path, server: OpenAIServer) -> None:
    for name, rows in (("ragtruth/responses", ragtruth_rows()), ("mtrag/human_eval", mtrag_rows())):
        path = tmp_path / f"{name}.dev.jsonl.gz"
        path.parent.mkdir(parents=True)
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row)}\n" for row in rows)
    prompts = {language: load_judge_prompt(data_folder("prompts"), language) for language in ("zh", "en")}
    model = OpenAIChat(ChatSettings("test-model", base_url=server.url), retries=0)
    judge = Judge(model, prompts)  # type: ignore[arg-type]
    found = measure_judge(tmp_path, "dev", judge, 10)
    capped = measure_judge(tmp_path, "dev", judge, 10, budget=1)

    assert (found["judge_ragtruth_qa_n"], found["judge_mtrag_n"]) == (2, 2)
    assert (found["judge_ragtruth_qa_f1"], found["judge_ragtruth_qa_kappa"]) == (1, 1)
    assert found["judge_mtrag_balanced_accuracy"] == 1
    assert capped["judge_ragtruth_qa_n"] == 1
    assert capped["judge_mtrag_f1"] is None


def ragtruth_rows() -> list[dict[str, Any]]:
    return [
        {
            "response": text,
            "task": "QA",
            "context": f"passage 1:{FACT}",
            "query": "When?",
            "hallucinated": wrong,
            "group": text,
            "origin": "qcnli_test",
            "spans": [],
        }
        for text, wrong in ((FACT, False), (WRONG, True))
    ]


def mtrag_rows() -> list[dict[str, Any]]:
    return [
        {
            "response": text,
            "contexts": [{"text": FACT}],
            "query": "When?",
            "human": {"faithfulness": [rating] * 3},
            "conversation_id": text,
            "collection": "govt",
        }
        for text, rating in ((FACT, 4), (WRONG, 1))
    ]


def test_agreement_without_rulings_is_absent() -> None:
    assert agreement([])["f1"] is None
    assert as_turn(labelled(FACT, unsupported=False)).sentences[0].citations[0].chunk == "c1"
