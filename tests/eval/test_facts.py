"""The matcher of key facts against labels given by hand, and its promises one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.language.glossary import Glossary
from eval import bench_matcher
from eval.bench_matcher import agreement
from eval.demo_corpus import demo_glossary
from eval.facts import take_apart
from eval.matching import Said, said
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


@pytest.mark.parametrize(
    ("question", "fact", "says", "lacks"),
    [
        # what a sum works out needs no name
        ("税前合计能扣多少？", "合计600万元", "300万 + 300万元 = 600万元。", "300万 + 200万元 = 500万元。"),
        ("占几成？", "约68%", "21家 ÷ 31家 ≈ 67.74%。", "21家 ÷ 30家 = 70%。"),
        # a figure told is compared with the one required
        ("能办吗？", "工资不低于4倍", "工资为4.2倍，达到要求的4倍。", "积分为85分，工资没有要求。"),
        # the day may stand elsewhere
        (
            "What is the ceiling?",
            "75% since 2026-04-01",
            "The ceiling is 75%. A. B. C. D. E. The new rules apply from 1 April 2026.",
            "The ceiling is 75%. A. B. C. D. E. The new rules apply from 1 May 2026.",
        ),
        # a verdict is explained, forbidden, put in other words
        ("还做复审吗？", "不是，已取消复审", "2016年的办法取消了复审。", "每三年复审一次。"),
        ("还能退税吗？", "不能", "已抵扣的不得退税。", "退税须先申报。"),
        ("还能退税吗？", "不能（暂不符合）", "不符合退税条件。", "符合退税条件。"),
        ("950平方米够吗？", "950 is not enough", "950 is below the required 1,000.", "950 is required."),
        # a ceiling is no floor, a band is not its end
        ("多少分？", "不足60分", "低于60分。", "要求不低于60分。"),
        ("要求多少？", "不低于10%", "不低于10%。", "10%至15%的得4分。"),
    ],
)
def test_other_words_say_the_same_and_near_words_do_not(
    question: str, fact: str, says: str, lacks: str
) -> None:
    assert judge(question, fact, says).said
    assert not judge(question, fact, lacks).said


def test_capitals_are_a_name_and_stand_for_its_words() -> None:
    assert judge("Who?", "MOST", "The Ministry of Science and Technology.").said
    assert judge("Who?", "MOST", "MOST and MOF.").said
    assert not judge("Who?", "MOST", "Most bodies of the Ministry of Finance.").said


def test_a_band_is_said_by_its_two_ends() -> None:
    assert judge("哪一档？", "5000万至1亿元的为6%", "5000万元以上、1亿元以下的，为6%。").said
    assert not judge("哪一档？", "5000万至1亿元的为6%", "5000万元以上、2亿元以下的，为6%。").said


def test_whom_to_ask_is_no_answer() -> None:
    assert not judge("由谁负责？", "科技部", "没有查到。建议向商务部、科技部核实。").said
    assert judge("由谁负责？", "科技部", "由商务部、科技部负责。").said
    assert judge("现在有效吗？", "建议向科技部核实", "没有查到。建议向科技部核实。").said


def test_a_verdict_is_not_said_where_the_answer_leaves_it_open() -> None:
    left_open = "研发费用达到要求。其余条件还没有信息，目前不能下结论。"

    assert not judge("我们符合吗？", "可以享受", left_open).said


def test_what_some_may_do_decides_nothing() -> None:
    rule = "须有4项以上Ⅰ类知识产权；获奖的企业可以免除这一要求。"

    assert not judge("行不行？", "Ⅰ类知识产权4项以上，达标", rule).said


def test_the_matcher_agrees_with_a_reader_of_real_answers() -> None:
    measured = agreement(list(bench_matcher.pairs(bench_matcher.DATA / "check.yaml", demo_glossary())))

    assert (measured["kappa"] or 0) >= 0.88
    assert (measured["precision"] or 0) >= 0.93


def test_agreement_by_hand() -> None:
    # 2 said and found, 1 said and missed, 1 found and not said, 4 neither
    pairs = [(True, True)] * 2 + [(True, False), (False, True)] + [(False, False)] * 4

    assert agreement(pairs) == pytest.approx(
        {
            "pairs": 8,
            "accuracy": 6 / 8,
            "precision": 2 / 3,
            "recall": 2 / 3,
            "kappa": (0.75 - 34 / 64) / (30 / 64),
        }
    )
