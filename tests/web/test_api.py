from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
import pytest

from assistant.domain import Event, Level, Progress
from assistant.errors import IndexMissing, ModelAuthError, ModelUnavailable, QuestionError
from assistant.web.api_errors import status_code
from tests.web.world import ScriptedAssistant

LOCKED_OUT = ModelAuthError(zh="密钥无效。", en="The key is wrong.", hint_zh="请检查。", hint_en="Check it.")


def failing(question: str) -> Iterator[Event]:
    yield Progress("searching")
    raise LOCKED_OUT


def stream(http: httpx.Client, question: str, **headers: str) -> list[tuple[str, dict[str, object]]]:
    reply = http.post(
        "/api/ask", json={"question": question}, headers={"accept": "text/event-stream", **headers}
    )
    assert reply.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in reply.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_health_says_that_the_process_lives(http: httpx.Client) -> None:
    assert http.get("/api/health").json() == {"status": "ok"}


def test_status_tells_what_there_is_but_no_folder_of_the_machine(http: httpx.Client) -> None:
    assert http.get("/api/status").json() == {"mode": "extractive", "instruments": 2}


def test_ask_gives_the_whole_answer(http: httpx.Client) -> None:
    body = http.post("/api/ask", json={"question": "问"}).json()
    assert body["status"] == "answered"
    assert body["sentences"][0]["citations"][0]["chunk_id"] == "workshop0001"


def test_a_conversation_goes_on_under_its_token_and_under_no_other(
    http: httpx.Client, assistant: ScriptedAssistant
) -> None:
    first = http.post("/api/ask", json={"question": "一"}).json()
    second = http.post("/api/ask", json={"question": "二", "conversation": first["conversation"]}).json()
    http.post("/api/ask", json={"question": "三", "conversation": "made-up"})
    assert second["conversation"] == first["conversation"]
    assert [[turn.question for turn in before.turns] for _, before, _ in assistant.asked] == [[], ["一"], []]


def test_filters_reach_the_assistant(http: httpx.Client, assistant: ScriptedAssistant) -> None:
    filters = {"as_of": "2024-01-01", "levels": ["municipal"], "include_superseded": True}
    assert http.post("/api/ask", json={"question": "问", "filters": filters}).status_code == 200
    given = assistant.asked[0][2]
    assert (given.as_of, given.levels, given.include_superseded) == ("2024-01-01", (Level.MUNICIPAL,), True)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": 3},
        {"question": "q", "surprise": 1},
        {"question": "q", "filters": {"as_of": "2024-13-01"}},
        {"question": "q", "filters": {"levels": ["galactic"]}},
    ],
)
def test_a_wrong_request_names_the_field(http: httpx.Client, body: dict[str, object]) -> None:
    reply = http.post("/api/ask", json=body, headers={"accept-language": "en"})
    error = reply.json()["error"]
    assert reply.status_code == 422
    assert error["type"] == "RequestError"
    assert error["message"] == "The request does not have the expected form."
    assert error["fields"][0]["field"]


def test_the_stream_gives_progress_then_sentences_then_the_answer(http: httpx.Client) -> None:
    found = stream(http, "问", **{"accept-language": "zh-CN"})
    assert [name for name, _ in found] == ["progress"] * 2 + ["sentence"] * 3 + ["answer"]
    assert found[1][1] == {"stage": "searching", "label": "正在检索政策条款"}
    assert found[2][1]["text"] == "上一年度研发投入不低于销售收入的4.5%。"
    assert found[-1][1]["status_label"] == "已回答"


def test_a_failure_in_the_stream_arrives_as_an_error_event(
    http: httpx.Client, assistant: ScriptedAssistant
) -> None:
    assistant.scripts.append(failing)
    name, body = stream(http, "问", **{"accept-language": "en"})[-1]
    assert name == "error"
    assert body == {"error": {"type": "ModelAuthError", "message": "The key is wrong.", "hint": "Check it."}}


def test_an_unexpected_failure_in_the_stream_tells_nothing_of_the_inside(
    http: httpx.Client, assistant: ScriptedAssistant
) -> None:
    def broken(question: str) -> Iterator[Event]:
        yield Progress("searching")
        raise ZeroDivisionError("secret detail")

    assistant.scripts.append(broken)
    name, body = stream(http, "问")[-1]
    assert name == "error"
    assert "secret" not in json.dumps(body)


@pytest.mark.parametrize(
    ("accept", "message"), [("zh", "密钥无效。"), ("en-GB,zh;q=0.5", "The key is wrong.")]
)
def test_an_error_is_told_in_the_callers_language(
    http: httpx.Client, assistant: ScriptedAssistant, accept: str, message: str
) -> None:
    assistant.scripts.append(failing)
    reply = http.post("/api/ask", json={"question": "问"}, headers={"accept-language": accept})
    assert reply.status_code == 502
    assert reply.json()["error"]["message"] == message


def test_each_error_has_the_code_that_says_whose_fault_it_is() -> None:
    words = {"zh": "", "en": ""}
    kinds = (QuestionError, IndexMissing, ModelUnavailable, ModelAuthError)
    assert [status_code(kind(**words)) for kind in kinds] == [400, 503, 503, 502]


def test_search_gives_clauses_without_an_answer(http: httpx.Client) -> None:
    body = http.post("/api/search", json={"text": "研发投入", "limit": 1}).json()
    assert [p["chunk_id"] for p in body["passages"]] == ["workshop0001"]
    assert body["passages"][0]["validity"]["in_force"] is True
    assert body["note"] is None


@pytest.mark.parametrize(("accept", "note"), [("zh", "重排没有成功。"), ("en", "Reranking failed.")])
def test_search_tells_what_it_had_to_do_without(
    http: httpx.Client, assistant: ScriptedAssistant, accept: str, note: str
) -> None:
    assistant.search_notes = ("重排没有成功。", "Reranking failed.")
    body = http.post("/api/search", json={"text": "研发投入"}, headers={"accept-language": accept}).json()
    assert body["note"] == note


def test_a_source_opens_over_http_whole_or_as_a_fragment(http: httpx.Client) -> None:
    whole = http.get("/source/workshop0001?span=16-32&lang=zh")
    part = http.get("/source/workshop0001?span=16-32&lang=zh&fragment=true")
    assert "<mark>研发投入不低于销售收入的4.5%</mark>" in whole.text
    assert whole.text.startswith("<!doctype html>")
    assert part.text.startswith("<article")
    assert http.get("/source/gone?lang=en").status_code == 404
