"""A question in a language that the texts do not speak, with a model that can translate it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.app import build
from assistant.domain import Answer, Status
from assistant.settings import read_settings
from eval.openai_server import OpenAIServer, Reply, Request
from tests.scripted_models import quoting

HOUNDS = (
    "# 养犬办法\n\n## 第一条 登记\n\n饲养大型犬须在十日内到派出所登记。\n\n"
    "## 第二条 免疫\n\n犬只每年接种狂犬病疫苗。\n"
)
BEES = "# Bee rules\n\n## Article 1 Hives\n\nHives stand at least 30 metres from a road.\n"


def asking(folder: Path, question: str, reply: str | None) -> tuple[Answer, list[Request]]:
    """The answer with a model that translates to ``reply``, or without one; and what the model was asked."""
    env = {"POLICY_ASSISTANT_STATE": str(folder / "state")}

    def respond(request: Request) -> Reply:
        translating = "译文" in request.prompt or "translate" in request.prompt
        return Reply(reply or "") if translating else quoting(request)

    with OpenAIServer(respond) as server:
        model = {"OPENAI_MODEL": "test-model", "OPENAI_BASE_URL": server.url} if reply is not None else {}
        with build(read_settings(env | model)) as assistant:
            assistant.ingest([folder / "texts"])
            return assistant.answer(question), list(server.requests)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "养犬办法.md").write_text(HOUNDS, encoding="utf-8")
    return tmp_path


def test_an_english_question_finds_the_chinese_clause_through_a_translation(folder: Path) -> None:
    question = "Where must the keeper of a large hound register it?"
    alone, _ = asking(folder, question, None)
    assert alone.status is Status.NO_EVIDENCE
    answer, _ = asking(folder, question, "饲养大型犬要到哪里登记？")
    assert answer.status is Status.ANSWERED
    assert "派出所登记" in answer.sentences[0].citations[0].quote
    assert "translate.zh" in answer.trace.prompt_digests


def test_a_chinese_question_finds_the_english_clause_through_a_translation(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "bees.md").write_text(BEES, encoding="utf-8")
    question = "蜂箱离马路要多远？"
    assert asking(tmp_path, question, None)[0].status is Status.NO_EVIDENCE
    answer, _ = asking(tmp_path, question, "How far must hives stand from a road?")
    assert answer.status is Status.ANSWERED
    assert "30 metres" in answer.sentences[0].citations[0].quote


@pytest.mark.parametrize("reply", ["", "Where is a large hound registered?", "饲养3条大型犬要到哪里登记？"])
def test_a_translation_that_is_none_or_adds_a_figure_is_not_used(folder: Path, reply: str) -> None:
    answer, _ = asking(folder, "Where must the keeper of a large hound register it?", reply)
    assert answer.status is Status.NO_EVIDENCE


def test_what_is_found_in_the_askers_own_language_is_not_translated(folder: Path) -> None:
    answer, requests = asking(folder, "饲养大型犬要到哪里登记？", "Where?")
    assert answer.status is Status.ANSWERED
    assert not any("translate" in request.prompt or "译文" in request.prompt for request in requests)
