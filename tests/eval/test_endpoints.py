"""Other assistants as targets: a chat endpoint over HTTP, and OpenAI Batch files."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Status
from assistant.language.glossary import Glossary
from eval import batch
from eval.abstention import status_of
from eval.asking import ask_case
from eval.errors import RunError
from eval.http_target import HttpTarget, endpoint, read_reply
from eval.openai_server import OpenAIServer, Reply, Request
from eval.run_folder import RunFolder
from eval.scoring import score_case
from eval.suites import load_suite
from tests.eval.making import case

SUITE = """
- {id: a, lang: zh, question: 比例多少？, expected: [60%]}
- {id: b, lang: zh, turns: [谁发布的？, 文号呢？], expected: [市人民政府, 现有资料未找到]}
"""


def test_a_conversation_is_carried_and_labels_become_citations() -> None:
    with OpenAIServer() as server:
        server.enqueue(Reply("市人民政府发布。[1][2]"), Reply("没有找到文号。"))
        target = HttpTarget(endpoint(server.url, "test-model", {}))
        record = ask_case(case("市人民政府", "现有资料未找到", turns=("谁发布的？", "文号呢？")), target)

        assert [c.label for c in record.turns[0].sentences[0].citations] == [1, 2]
        assert [m["content"] for m in server.requests[1].body["messages"]][:2] == [
            "谁发布的？",
            "市人民政府发布。[1][2]",
        ]
    assert [status_of(turn) for turn in record.turns] == [Status.ANSWERED, Status.NO_EVIDENCE]
    assert record.turns[0].prompt_tokens == 120


def test_what_an_endpoint_cannot_show_is_absent_and_said() -> None:
    with OpenAIServer(lambda _: Reply("不低于60%。[1]")) as server:
        record = ask_case(case("60%"), HttpTarget(endpoint(server.url, "test-model", {})))
    scores = score_case(case("60%"), record, {}, Glossary()).scores

    assert scores["key_fact_recall"].value == 1
    for name in ("mrr", "faithfulness", "citation_validity"):
        assert scores[name].value is None


def test_an_endpoint_that_is_down_is_an_error_of_the_case() -> None:
    with OpenAIServer() as server:
        url = server.url
    record = ask_case(case("60%"), HttpTarget(endpoint(url, "test-model", {"OPENAI_TIMEOUT": "1"})))

    assert record.error is not None
    assert record.error.startswith("ModelUnavailable")


def test_a_target_without_a_model_name_is_refused() -> None:
    with pytest.raises(RunError, match="--model NAME"):
        endpoint("http://127.0.0.1:1/v1", None, {})


def export(tmp_path: Path) -> list[dict[str, Any]]:
    file = tmp_path / "batch.jsonl"
    batch.export(
        Namespace(
            suite=tmp_path / "suite.yaml",
            out=tmp_path / "run",
            file=file,
            model="m",
            limit=None,
            filter=None,
            as_of=None,
        )
    )
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def results(tmp_path: Path, replies: Mapping[str, str | None]) -> None:
    lines = []
    for name, text in replies.items():
        body = {
            "choices": [{"message": {"content": text}}],
            "usage": {"prompt_tokens": 5, "completion_tokens": 2},
        }
        response = (
            {"status_code": 200, "body": body} if text else {"status_code": 500, "body": {"error": "boom"}}
        )
        lines.append(json.dumps({"custom_id": name, "response": response, "error": None}))
    (tmp_path / "out.jsonl").write_text("\n".join(lines), encoding="utf-8")
    batch.import_(Namespace(run=tmp_path / "run", file=tmp_path / "out.jsonl"))


def test_a_batch_goes_turn_by_turn_until_every_case_is_finished(tmp_path: Path) -> None:
    (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")

    assert [line["custom_id"] for line in export(tmp_path)] == ["a#0", "b#0"]
    results(tmp_path, {"a#0": None, "b#0": "市人民政府。"})  # a failed, b has one turn to go
    second = export(tmp_path)
    assert [line["custom_id"] for line in second] == ["a#0", "b#1"]
    assert [m["role"] for m in second[1]["body"]["messages"]] == ["user", "assistant", "user"]
    results(tmp_path, {"a#0": "60%。", "b#1": "没有找到。"})

    assert export(tmp_path) == []
    records = {record.case: record for record in RunFolder(tmp_path / "run").records()}
    assert {name: record.error for name, record in records.items()} == {"a": None, "b": None}
    assert score_case(load_suite(tmp_path / "suite.yaml")[1], records["b"], {}, Glossary()).succeeded


def test_a_file_that_is_no_batch_result_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "suite.yaml").write_text(SUITE, encoding="utf-8")
    export(tmp_path)
    (tmp_path / "out.jsonl").write_text("{}", encoding="utf-8")

    with pytest.raises(RunError, match="line 1, is not a batch result"):
        batch.import_(Namespace(run=tmp_path / "run", file=tmp_path / "out.jsonl"))


def test_a_reply_in_plain_text_keeps_its_sentences() -> None:
    read = read_reply("问？", "第一句。[1]\n第二句。", "m")

    assert [s.text for s in read.sentences] == ["第一句。", "第二句。"]


def test_the_server_sees_the_plain_question() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return Reply("好。")

    with OpenAIServer(respond) as server:
        ask_case(case("60%", question="比例多少？"), HttpTarget(endpoint(server.url, "test-model", {})))
    assert seen[0].prompt == "比例多少？"
