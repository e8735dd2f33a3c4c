"""Traps: questions made from clauses, whose truth is known by construction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from assistant.domain import Instrument, ValidityStatus
from eval.cases import Case, Expected, Gold
from eval.cloze import Cloze, clozes, differing_words, similarity
from eval.rewording import reword
from eval.suites import load_suite
from eval.trap_kinds import Source
from eval.traps import traps

PATH = ("认定管理办法", "第十一条 认定条件")
STAFF = "高新技术企业的科技人员占企业当年职工总数的比例不低于10%。"
PILOTS, CENTRES = "到2027年，武汉市中试平台达到200个。", "到2027年，武汉市概念验证中心达到30个。"


def cloze(sentence: str, instrument: str = "new") -> Cloze:
    (found,) = clozes(instrument, "zh", PATH, sentence)
    return found


def test_a_clause_becomes_a_question_for_its_figure() -> None:
    made = cloze(STAFF)

    assert made.question == "高新技术企业的科技人员占企业当年职工总数的比例不低于多少？"
    assert made.answer == "10%"


def test_the_unit_stays_in_the_question_and_notes_go() -> None:
    assert (
        cloze("- 育苗计划每家累计最高支持50万元。（单一来源：网页）").question
        == "育苗计划每家累计最高支持多少元？"
    )


def test_ambiguous_sentences_and_pages_about_the_document_make_no_question() -> None:
    assert list(clozes("i", "zh", PATH, "收入不低于2000万元，研发不低于200万元。")) == []
    assert list(clozes("i", "zh", ("办法", "文件说明"), STAFF)) == []


def test_siblings_differ_in_a_name_and_a_figure() -> None:
    one, other = cloze(PILOTS), cloze(CENTRES)

    assert similarity(one, other) > 0.6
    assert differing_words(one, other) == ("中试平台", "概念验证中心")


def test_a_question_in_other_words_is_another_question() -> None:
    assert (
        reword("到2027年武汉打算有多少家研发型企业？", "zh")
        == "想请教一下，到2027年武汉计划拥有几家研发型企业？"
    )
    assert reword("第十一条说什么？", "zh") == "第十一条说什么？"


def source() -> Source:
    old = Instrument("old", status=ValidityStatus.SUPERSEDED, superseded_by="new")
    question = Case(
        "q",
        "zh",
        "benefit",
        ("育苗计划累计支持多少钱？",),
        (Expected(("最高50万元",), 0),),
        gold=(Gold("grant"),),
    )
    made = [
        cloze(PILOTS),
        cloze(CENTRES),
        cloze("按办法，小巨人企业主营业务收入占比不低于90%。"),
        cloze("按办法，小巨人企业主营业务收入占比不低于70%。", "old"),
    ]
    texts = {
        ("grant", "zh"): "累计最高支持50万元。",
        ("new", "zh"): PILOTS + CENTRES,
        ("new", "en"): "By 2027 Wuhan has 200 pilot platforms.",
    }
    new = Instrument("new", effective="2026-04-01")
    return Source([new, old, Instrument("grant")], made, texts, [question])


def made_of(kind: str) -> list[dict[str, Any]]:
    return [record for record in traps(source(), 10, 1) if record["type"] == f"trap_{kind}"]


def test_every_trap_knows_its_truth() -> None:
    version, before = sorted(made_of("version"), key=lambda record: record.get("as_of", ""))
    removed = {record["question"]: record for record in made_of("removed")}
    follow_ups = {tuple(r["turns"])[1]: r["expected"] for r in made_of("follow_up")}
    perturbed = {r["question"]: r["expected"] for r in made_of("perturbed")}

    assert version["expected"] == ["90%"]
    assert version["must_not"] == ["按办法，小巨人企业主营业务收入占比不低于70%。"]
    assert (before["as_of"], before["expected"]) == ("2026-03-31", ["70%"])
    assert before["gold"][0]["instrument"] == "old"
    assert removed["育苗计划累计支持多少钱？"]["without"] == ["grant"]
    hidden = removed["到2027年，武汉市中试平台达到多少个？"]
    assert (hidden["without"], hidden["answerable"], hidden["must_not"]) == (["new"], False, [PILOTS])
    assert follow_ups["那概念验证中心呢？"] == ["200个", "30个"]
    assert perturbed["到2027年，武汉市中试平台达到300个，对吗？"] == ["200个"]


def test_a_superseded_clause_is_no_truth_to_ask_for() -> None:
    assert {record["gold"][0]["instrument"] for record in made_of("clause")} == {"new"}


def test_the_same_seed_makes_the_same_traps_and_they_load_as_cases(tmp_path: Path) -> None:
    records = list(traps(source(), 10, 1))
    (tmp_path / "traps.yaml").write_text(yaml.safe_dump(records, allow_unicode=True), encoding="utf-8")

    assert records == list(traps(source(), 10, 1))
    assert len(load_suite(tmp_path / "traps.yaml")) == len(records)


def test_a_trap_whose_truth_is_not_certain_is_not_set() -> None:
    sure = source()
    told = {**sure.texts, ("news", "zh"): "据报道，育苗计划累计支持最高50万元。"}
    doubtful = Source(sure.instruments, sure.clozes, told, sure.cases)
    languages = {record["question"]: record["only_languages"] for record in made_of("language")}

    removed = [r["question"] for r in traps(doubtful, 10, 1) if r["type"] == "trap_removed"]
    assert "育苗计划累计支持多少钱？" not in removed  # another text tells it
    assert languages == {
        "到2027年，武汉市中试平台达到多少个？": ["en"]
    }  # the other figure is in no English text


def test_nothing_is_asked_twice_and_parts_of_a_text_are_no_rules() -> None:
    questions = [record["question"] for record in made_of("sibling")]

    assert len(questions) == len(set(questions))
    assert list(clozes("i", "zh", PATH, "申请单位须同时满足下列5个方面的条件并提供证明。")) == []
    assert list(clozes("i", "zh", PATH, "《武汉成果转化政策措施》共20条，自2024年起施行。")) == []


def test_a_rule_called_old_is_compared_without_that_word() -> None:
    old = cloze("按2022年旧标准，“小巨人”企业的资产负债率不高于70%。")
    new = cloze("“小巨人”企业的资产负债率不超过75%。")

    assert similarity(old, new) > 0.85
