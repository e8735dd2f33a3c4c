"""The main job with a language model: a real HTTP server speaks the OpenAI protocol, well or badly."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from assistant.cli import main
from eval.openai_server import OpenAIServer, Reply
from eval.scripted_models import quoting

QUESTION = "2027年武汉全社会研发投入强度要达到多少？"


def ask(demo_state: Path, url: str, capfd: pytest.CaptureFixture[str], **env: str) -> dict[str, object]:
    """The answer to `QUESTION` as JSON, with the model behind ``url``."""
    capfd.readouterr()
    settings = {
        "POLICY_ASSISTANT_STATE": str(demo_state),
        "OPENAI_MODEL": "test-model",
        "OPENAI_BASE_URL": url,
        "OPENAI_TIMEOUT": "2",
        **env,
    }
    assert main(["ask", QUESTION, "--json"], settings) == 0
    answer: dict[str, object] = json.loads(capfd.readouterr().out)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_model_writes_and_every_sentence_it_writes_is_cited(
    demo_state: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with OpenAIServer(quoting) as server:
        answer = ask(demo_state, server.url, capfd)
    assert answer["status"] == "answered"
    assert answer["trace"]["composer"] == "test-model"  # type: ignore[index]
    assert answer["sentences"]
    assert all(sentence["citations"] for sentence in answer["sentences"])  # type: ignore[union-attr, index, attr-defined]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401, error={"message": "bad key"}),
        Reply(status=429, headers={"Retry-After": "0"}, error={"message": "slow down"}),
        Reply(status=500, error={"message": "oops"}),
        Reply("研发投入强度要达到9.9%。"),
        Reply("研发投入强度要达到9.9%。[1]"),
        Reply("研发投入强度要达到4.2%。[77]"),
        Reply(""),
        Reply("研发投入强度", finish=None),
        Reply("研发投入强度达到4.2%。[1]", stall_after=1),
    ],
    ids=[
        "wrong key",
        "rate limit",
        "error",
        "no label",
        "wrong figure",
        "wrong label",
        "empty",
        "cut",
        "slow",
    ],
)
def test_whatever_the_model_does_the_reader_gets_a_checked_answer(
    demo_state: Path, capfd: pytest.CaptureFixture[str], reply: Reply
) -> None:
    with OpenAIServer(lambda _: reply) as server:
        answer = ask(demo_state, server.url, capfd)
    assert answer["status"] in ("answered", "partial")
    shown = " ".join(sentence["text"] for sentence in answer["sentences"])  # type: ignore[union-attr, index, attr-defined]
    assert "4.2%" in shown
    assert "9.9%" not in shown
    assert answer["notices"]


def test_an_endpoint_that_is_down_leaves_the_extractive_answer_with_a_note(
    demo_state: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = ask(demo_state, f"http://127.0.0.1:{free_port()}/v1", capfd)
    assert answer["status"] == "answered"
    assert answer["trace"]["composer"] == "extractive"  # type: ignore[index]
    assert answer["notices"]


def test_the_doctor_tells_a_wrong_key_from_a_right_one(
    demo_state: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with OpenAIServer(quoting, key="right") as server:
        for key, code in (("wrong", 1), ("right", 0)):
            env = {
                "POLICY_ASSISTANT_STATE": str(demo_state),
                "OPENAI_MODEL": "test-model",
                "OPENAI_BASE_URL": server.url,
                "OPENAI_API_KEY": key,
            }
            assert main(["doctor"], env) == code
            assert "test-model" in capfd.readouterr().out or code == 1
