"""What a question takes for granted and is not so."""

from __future__ import annotations

import pytest

from assistant.domain import Instrument, Kind, Status
from assistant.language.glossary import Glossary, Term
from tests.answering.small_library import answering, ask, library

RULES = Instrument("rules", "高新技术企业认定办法", "HNTE Measures")
DRAFT = Instrument(
    "draft", "区科技创新措施（征求意见稿）", "District Draft", kind=Kind.DRAFT, issuer_zh="区科创局"
)
HELD = library(
    (RULES, "zh", {"有效期": ["办法取消了旧办法中的复审，高新技术企业资格期满后须重新认定。"]}),
    (
        RULES,
        "en",
        {"Term": ["HNTE status is no longer renewed by review; the enterprise must be recognized again."]},
    ),
    (
        DRAFT,
        "zh",
        {
            "文件说明": ["区科技创新措施征求意见稿还处在征求意见阶段，不是生效的规定。"],
            "奖励": ["区科技创新措施征求意见稿提出，研发投入增幅在20%以上的，最高奖励100万元。"],
        },
    ),
)


@pytest.mark.parametrize(
    ("question", "no"),
    [
        ("高新技术企业资格期满后复审就行，对吧？", "不对："),
        ("HNTE status is renewed by review, right?", "No:"),
    ],
)
def test_a_claim_that_a_clause_denies_is_denied_in_the_first_line(question: str, no: str) -> None:
    answer = ask(answering(HELD), question)
    assert answer.sentences[0].text.startswith(no)
    assert answer.sentences[0].citations


@pytest.mark.parametrize(
    "question", ["高新技术企业资格期满后须重新认定，对吗？", "高新技术企业复审取消了，对吗？"]
)
def test_what_a_clause_says_as_well_is_not_denied(question: str) -> None:
    held = library(
        (RULES, "zh", {"有效期": ["高新技术企业资格期满后须重新认定。", "高新技术企业的复审已经取消。"]})
    )
    assert not ask(answering(held), question).text.startswith("不对")


def test_who_takes_a_draft_for_final_is_told_what_it_is() -> None:
    answer = ask(answering(HELD), "区科技创新措施研发投入奖励已经正式实施了，帮我写申请理由。")
    assert answer.status is Status.ANSWERED
    assert answer.sentences[0].text.startswith("不对：")
    assert "征求意见阶段" in answer.sentences[0].text


def test_whether_a_draft_was_adopted_is_not_known() -> None:
    answer = ask(answering(HELD), "区科技创新措施（征求意见稿）什么时候正式实施？")
    assert answer.status is Status.NO_EVIDENCE


def test_what_a_draft_would_bring_is_answered() -> None:
    answer = ask(
        answering(HELD), "如果区科技创新措施（征求意见稿）正式实施，研发投入增幅20%以上最高奖励多少？"
    )
    assert "100万元" in answer.text


LAW = Instrument(
    "law",
    "款项支付条例",
    "Payment Regulations",
    issuer_zh="国务院",
    effective="2025-06-01",
    issued="2025-03-17",
)
ABOUT = {
    "文件说明": ["《款项支付条例》由国务院制定。", "《款项支付条例》自2025年6月1日起施行。"],
    "第九条": ["机关应当在30日内付款。"],
}


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("款项支付条例是工业和信息化部制定的，对吧？", "不对：《款项支付条例》由国务院制定"),
        ("款项支付条例2026年1月1日起施行，没错吧？", "不对：《款项支付条例》自2025年6月1日起施行"),
        ("款项支付条例是国务院制定的，对吧？", "《款项支付条例》由国务院制定"),
        ("款项支付条例2025年6月起施行，对吧？", "《款项支付条例》自2025年6月1日起施行"),
    ],
)
def test_a_claim_about_an_instrument_is_held_against_its_record(question: str, begins: str) -> None:
    assert ask(answering(library((LAW, "zh", ABOUT))), question).text.startswith(begins)


def test_the_figure_of_the_thing_claimed_corrects_it_and_not_that_of_a_neighbour() -> None:
    rules = {
        "范围": [
            "研发费用加计扣除的其他相关费用不超过可加计扣除研发费用总额的10%。",
            "负面清单行业收入占比在50%以上的企业，不能享受研发费用加计扣除。",
        ]
    }
    question = "研发费用加计扣除的其他相关费用上限是20%，没问题吧？"
    first = ask(answering(library((RULES, "zh", rules))), question).sentences[0].text
    assert first.startswith("不对：")
    assert "10%" in first


@pytest.mark.parametrize(
    "question", ["区科技创新措施（征求意见稿）是正式文件吗？", "这个区科技创新措施征求意见稿算正式的文件吗？"]
)
def test_who_asks_whether_a_draft_is_official_is_told_that_it_is_not(question: str) -> None:
    answer = ask(answering(HELD), question)
    assert answer.status is Status.ANSWERED
    assert answer.sentences[0].text.startswith("不对：")


OPEN = Instrument("open", "招投标公平参与办法", "Fair Tender Measures")
OTHER = Instrument("other", "省级检测中心认定", "Testing Center Recognition")
INSTITUTES = Instrument("institutes", "新型研究院指导意见", "Guidance on Institutes")
CLAIMS = library(
    (OPEN, "zh", {"采购": ["外地企业有权公平参与本市政府采购。"]}),
    (OPEN, "en", {"Tenders": ["Outside firms are guaranteed fair participation in municipal tenders."]}),
    (OTHER, "zh", {"条件": ["申请省级检测中心的企业，专职研发人员不少于50人。"]}),
    (INSTITUTES, "zh", {"门槛": ["国家对新型研究院没有规定数值门槛，由各地自行规定。"]}),
)


@pytest.mark.parametrize(
    ("question", "no"),
    [
        ("外地企业被排除在本市政府采购之外，对吧？", "不对："),
        ("Outside firms are shut out of municipal tenders, right?", "No:"),
    ],
)
def test_who_is_said_to_be_shut_out_and_is_let_in_gets_a_no(question: str, no: str) -> None:
    assert ask(answering(CLAIMS), question).sentences[0].text.startswith(no)


def test_a_clause_with_reserve_denies_no_bar() -> None:
    held = library((OPEN, "zh", {"采购": ["外地企业只有在本市设立分支机构的，可以参与本市政府采购。"]}))
    answer = ask(answering(held), "外地企业被排除在本市政府采购之外，对吧？")
    assert not answer.text.startswith("不对")


def test_a_claimed_figure_is_not_corrected_by_another_programme() -> None:
    terms = (Term("新型研究院", "new-type institute", subject=True),)
    answer = ask(answering(CLAIMS, Glossary(terms)), "指导意见规定新型研究院研发人员不得少于30人，对吗？")
    assert "50人" not in answer.text
    assert answer.sentences[0].text.startswith("不对：国家对新型研究院没有规定数值门槛")
