from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.domain import Evidence, Sentence, Status, Support, Trace
from assistant.presentation import (
    STATUS_LABELS,
    SUPPORT_LABELS,
    cited_evidence,
    clause_name,
    mode_label,
    source_names,
    stage_label,
    to_json,
    to_text,
)
from tests.web.world import EVIDENCE, SENTENCES, SmallLibrary, answer


def test_json_carries_the_whole_answer_and_survives_a_round_trip() -> None:
    body = json.loads(json.dumps(to_json(answer("问"))))
    assert body["status"] == "answered"
    assert body["sentences"][0]["citations"][0]["quote"] == "研发投入不低于销售收入的4.5%"
    assert body["sentences"][0]["grounding"]["support"] == "supported"
    assert body["evidence"][0]["instrument"]["authority"] == "normative"
    assert body["evidence"][0]["validity"]["in_force"] is True
    assert body["conflicts"][0]["claims"][1] == {"instrument_id": "report", "text": "5%"}
    assert body["held_back"][0]["grounding"]["conflicts"][0]["claimed"] == "20"
    assert body["trace"]["composer"] == "extractive"


def test_text_gives_each_sentence_its_labels_and_each_source_its_place_in_law() -> None:
    text = to_text(answer("问"), SmallLibrary(), "zh")
    assert "上一年度研发投入不低于销售收入的4.5%。[1]" in text
    assert "[1] 云溪市工坊登记办法（云政规〔2024〕3号） › 第五条 登记条件 (有效，有效至2029-05-31)" in text
    assert "来源不一致：研发投入门槛" in text
    assert "* 其中一个来源是新闻报道。" in text


def test_text_never_shows_what_a_held_back_sentence_said() -> None:
    for language in ("zh", "en"):
        assert "人员不少于20人" not in to_text(answer("问"), SmallLibrary(), language, why=True)


def test_why_adds_the_reason_in_the_readers_language() -> None:
    assert "supported: the figures agree" in to_text(answer("q"), SmallLibrary(), "en", why=True)
    assert "有依据：数字与条款一致" in to_text(answer("问"), SmallLibrary(), "zh", why=True)


def test_a_label_cited_twice_in_a_sentence_is_shown_once() -> None:
    twice = Sentence("甲。", SENTENCES[0].citations * 2)
    assert "甲。[1]\n" in to_text(answer("问", sentences=(twice,)), SmallLibrary(), "zh")


def test_sources_are_those_cited_and_no_others() -> None:
    only_first = answer("问", sentences=SENTENCES[:2])
    assert [evidence.label for evidence in cited_evidence(only_first)] == [1]
    assert len(only_first.evidence) == len(EVIDENCE) == 2


def test_a_refusal_names_itself_and_shows_no_source() -> None:
    refusal = answer("问", status=Status.NO_EVIDENCE, sentences=(Sentence("没有找到。"),), conflicts=())
    assert to_text(refusal, SmallLibrary(), "en").startswith("[No source found]\n\n没有找到。")
    assert "[1]" not in to_text(refusal, SmallLibrary(), "en")


@pytest.mark.parametrize(("labels", "kinds"), [(STATUS_LABELS, Status), (SUPPORT_LABELS, Support)])
def test_every_outcome_has_a_name_in_both_languages(labels: object, kinds: object) -> None:
    assert set(labels) == set(kinds)  # type: ignore[call-overload]
    assert all(zh and en and zh != en for zh, en in labels.values())  # type: ignore[attr-defined]


def test_an_unknown_stage_is_shown_as_it_is_and_a_model_by_its_name() -> None:
    assert stage_label("dreaming", "zh") == "dreaming"
    assert mode_label("some-model", "zh") == "模型：some-model"
    assert mode_label("extractive", "zh") == "摘录条款（未配置模型）"
    assert Trace().composer == "extractive"


def test_two_sources_from_one_clause_are_told_apart_by_their_own_words() -> None:
    first = EVIDENCE[0]
    chunk = replace(first.passage.chunk, id="other", text="（二）工坊须有1,200平方米场地，并且通风。")
    second = Evidence(2, replace(first.passage, chunk=chunk))
    names = source_names((first, second))
    assert names[1] != names[2]
    assert names[2].endswith("：（二）工坊须有1,200平方米场地…")
    assert source_names((first,))[1] == clause_name(first.passage.chunk.path)


def test_a_disagreement_names_the_sources_by_title() -> None:
    text = to_text(answer("问"), SmallLibrary(), "zh")
    assert "云溪市工坊登记办法：" in text
    assert "report" not in to_text(answer("问", evidence=EVIDENCE[:1]), SmallLibrary(), "zh")
