"""The matcher of key facts against labels given by hand, and its promises one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.language.glossary import Glossary
from eval.facts import Said, said, take_apart
from eval.stretches import Reply

NO_GLOSSARY = Glossary()
SEEN = ("fact_pairs.yaml", "fact_pairs_second.yaml")


def pairs(*names: str) -> list[tuple[str, str, str, bool]]:
    return [
        (pair["q"], str(pair["fact"]), answer, label)
        for name in names
        for pair in yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
        for label, answers in ((True, pair["says"]), (False, pair["lacks"]))
        for answer in answers
    ]


def judge(question: str, fact: str, answer: str) -> Said:
    return said(take_apart(fact, question, NO_GLOSSARY), Reply(answer, NO_GLOSSARY))


def test_the_matcher_agrees_with_people_on_nearly_all_pairs_it_was_built_with() -> None:
    cases = pairs(*SEEN)
    wrong = [(fact, answer) for q, fact, answer, label in cases if judge(q, fact, answer).said != label]

    assert len(wrong) <= 0.02 * len(cases), wrong


def test_it_agrees_as_well_on_pairs_it_had_never_seen() -> None:
    cases = pairs("fact_pairs_unseen.yaml")
    wrong = [(fact, answer) for q, fact, answer, label in cases if judge(q, fact, answer).said != label]

    assert len(wrong) <= 0.04 * len(cases), wrong


@pytest.mark.parametrize(
    ("fact", "says", "lacks"),
    [
        ("不低于60%", "须不低于60%。", "须不低于50%。"),
        ("不低于60%", "须达到百分之六十以上。", "须不高于60%。"),
        ("5000万元", "五千万元。", "5000元。"),
        ("5000万元", "50 million yuan.", "5 million yuan."),
        ("超过300家", "300家以上。", "300家以下。"),
        ("2027年12月31日", "31 December 2027.", "31 December 2026."),
        ("2027年12月31日", "截至2027-12-31。", "截至2027年。"),
        ("3年", "36个月。", "3个月。"),
        ("约3.3倍", "3.27倍。", "3.4倍。"),
    ],
)
def test_a_figure_counts_by_its_value_and_bound_not_by_its_spelling(fact: str, says: str, lacks: str) -> None:
    question = "要求是什么？"

    assert judge(question, fact, says).said
    assert not judge(question, fact, lacks).said


def test_the_answer_must_decide_as_the_fact_does() -> None:
    question = "研发占4.4%，达标吗？"

    assert judge(question, "4.4%低于5%，不达标", "4.4%低于5%，不符合要求。").said
    assert not judge(question, "4.4%低于5%，不达标", "研发费用占比不低于5%。").said
    assert not judge(question, "4.4%低于5%，不达标", "4.4%接近5%，达标。").said


def test_figures_given_to_the_wrong_things_are_not_the_fact() -> None:
    question = "A类和B类各按几倍算？"

    assert judge(question, "A类6倍，B类4倍", "A类为六倍，B类为四倍。").said
    assert not judge(question, "A类6倍，B类4倍", "A类为四倍，B类为六倍。").said


def test_leaving_out_a_listed_thing_is_leaving_out_the_fact() -> None:
    question = "责任单位有哪些？"

    assert judge(question, "科技创新局、经济和信息化局", "由科技创新局、经济和信息化局负责。").said
    assert not judge(question, "科技创新局、经济和信息化局", "由科技创新局负责。").said


def test_a_figure_of_the_opposite_thing_is_not_the_fact() -> None:
    question = "研发费用有45%花在海外，够不够？"

    assert judge(question, "境内研发只占55%", "境内研发占55%。").said
    assert not judge(question, "境内研发只占55%", "境外研发占55%。").said


def test_the_order_of_a_list_does_not_matter() -> None:
    assert judge("哪三档？", "5%、4%、3%", "3%、4%、5%三档。").said


def test_a_denied_word_speaks_against_the_fact() -> None:
    question = "未抵减完的怎么办？"

    assert judge(question, "未抵减完的停止抵减", "到期未抵减完的，停止抵减。").said
    assert not judge("还有复审吗？", "办法取消了复审", "办法没有取消复审。").said


def test_the_reason_names_the_missing_figure() -> None:
    assert judge("多少？", "200万元", "100万元。").reason == "figure missing: 200万元"


def test_the_glossary_lets_a_fact_be_said_in_the_other_language(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(
        "terms: [{zh: 负面清单, en: negative list}, {zh: 餐饮业, en: catering}]", encoding="utf-8"
    )
    glossary = Glossary.load(file)
    fact = take_apart("餐饮业在负面清单", "行不行？", glossary)

    assert said(fact, Reply("Catering is on the negative list.", glossary)).said
    assert not said(fact, Reply("Retail is on the negative list.", glossary)).said
