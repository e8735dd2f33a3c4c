from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.app import build
from assistant.domain import Status
from assistant.settings import read_settings

QUESTION = "2027年武汉全社会研发投入强度要达到多少？"


def test_questions_go_on_being_answered_while_documents_come_and_go(demo_state: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    shutil.copytree(demo_state, state)
    note = tmp_path / "notes" / "光谷测试办法.md"
    note.parent.mkdir()
    with build(read_settings({"POLICY_ASSISTANT_STATE": str(state)})) as assistant:
        with ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(assistant.answer, QUESTION) for _ in range(8)]
            for figure in (31, 32):
                note.write_text(
                    f"# 光谷测试办法\n\n## 第一条 奖励\n\n测试企业一次性奖励{figure}万元。\n", "utf-8"
                )
                assert not assistant.ingest([note.parent]).failed
                asked += [pool.submit(assistant.answer, QUESTION) for _ in range(4)]
            answers = [future.result() for future in asked]
        assert {answer.status for answer in answers} == {Status.ANSWERED}
        found = assistant.search("测试企业一次性奖励多少").passages[0]
        assert "奖励32万元" in found.chunk.text


def test_once_warm_a_question_finds_everything_open_and_loaded(
    demo_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: object, **__: object) -> None:
        raise AssertionError("the first question had to wait for this")

    with build(read_settings({"POLICY_ASSISTANT_STATE": str(demo_state)})) as assistant:
        assistant.warm()
        for opening in ("index.index.Index.open", "index.vectors._local_client", "app.load_rulebook"):
            monkeypatch.setattr(f"assistant.{opening}", late)
        assert assistant.answer(QUESTION).status is Status.ANSWERED


def test_a_citation_is_reopened_with_exactly_the_quoted_words(demo_state: Path) -> None:
    with build(read_settings({"POLICY_ASSISTANT_STATE": str(demo_state)})) as assistant:
        answer = assistant.answer(QUESTION)
        citation = answer.sentences[0].citations[0]
        clause = assistant.cited(citation)
    assert clause is not None
    assert clause.quote_start is not None
    assert clause.section_text[clause.quote_start : clause.quote_end] == citation.quote
    assert clause.instrument.id == citation.instrument_id
    assert clause.validity.in_force is True


def test_a_reranker_that_cannot_be_reached_costs_a_notice_and_not_the_answer(demo_state: Path) -> None:
    env = {"POLICY_ASSISTANT_STATE": str(demo_state)}
    nowhere = {
        "POLICY_ASSISTANT_RERANKER": "endpoint",
        "POLICY_ASSISTANT_RERANKER_URL": "http://127.0.0.1:9/rerank",
    }
    with build(read_settings(env)) as plain, build(read_settings(env | nowhere)) as reranking:
        expected, answer = plain.answer(QUESTION), reranking.answer(QUESTION)
    assert answer.sentences == expected.sentences
    assert [notice for notice in answer.notices if "重排" in notice]
    assert not [notice for notice in expected.notices if "重排" in notice]


def test_an_edited_glossary_is_followed_while_the_assistant_is_open(
    demo_state: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    glossary = tmp_path / "glossary.yaml"
    known = "- {zh: 高新技术企业, en: high-tech enterprise}"
    glossary.write_text(f"terms:\n{known}\n", encoding="utf-8")
    env = {"POLICY_ASSISTANT_STATE": str(demo_state), "POLICY_ASSISTANT_CORPUS": str(tmp_path)}

    def first() -> str:
        return assistant.search("金疙瘩的补贴").passages[0].instrument.id

    with build(read_settings(env)) as assistant:
        assert first() != "hnte-2016"
        edited = known.replace("}", ", aliases_zh: [金疙瘩]}")
        glossary.write_text(f"terms:\n{edited}\n", encoding="utf-8")
        assert first() == "hnte-2016"
        glossary.write_text("terms: nonsense", encoding="utf-8")
        assert first() == "hnte-2016"
    assert "glossary.yaml stays as it was" in caplog.text
