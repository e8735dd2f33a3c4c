"""Follow-ups: what they mean after the turns before them."""

from __future__ import annotations

from assistant.answering.naming import Names
from assistant.domain import Filters, Instrument, Status
from assistant.language.glossary import Glossary, Term
from tests.answering.small_library import answering, ask, library

PLAN = Instrument(
    "plan", "研发中心城市方案", "R&D City Plan", aliases=("研发中心城市方案",), issuer_zh="市政府"
)
AWARD = Instrument("award", "高新技术企业奖励办法", "HNTE Award Measures")
HELD = library(
    (
        PLAN,
        "zh",
        {
            "文件说明": ["研发中心城市方案由市政府印发。", "研发中心城市方案于2025年11月25日印发。"],
            "目标": ["到2027年，研发人员总数达到30万人。", "到2027年，研发平台数量超过1500家。"],
            "未查到的内容": ["研发中心城市方案的文号未查到。"],
        },
    ),
    (
        PLAN,
        "en",
        {
            "Goals": [
                "By 2027 R&D personnel reach 300,000 people.",
                "By 2027 there are more than 1,500 R&D platforms.",
            ]
        },
    ),
    (AWARD, "zh", {"奖励": ["首次认定为高新技术企业的，奖励10万元。", "奖励由区级财政承担。"]}),
)
GLOSSARY = Glossary(
    (Term("高新技术企业", "high-tech enterprise", ("高企",)), Term("研发平台", "R&D platform"))
)


def test_an_elliptical_question_takes_over_what_was_asked() -> None:
    answer = ask(answering(HELD, GLOSSARY), "研发中心城市方案里研发人员目标是多少？", "那它的研发平台呢？")
    assert "1500家" in answer.sentences[0].text


def test_a_question_that_says_nothing_itself_asks_about_the_last_topic() -> None:
    answer = ask(answering(HELD, GLOSSARY), "研发中心城市方案由谁印发？", "什么时候？")
    assert "2025年11月25日" in answer.sentences[0].text


def test_a_follow_up_may_end_in_an_honest_refusal() -> None:
    answer = ask(answering(HELD, GLOSSARY), "研发中心城市方案由谁印发？", "文号是什么？")
    assert answer.status is Status.NO_EVIDENCE
    assert "文号未查到" in answer.text


def test_a_new_subject_leaves_the_old_instrument() -> None:
    answer = ask(answering(HELD, GLOSSARY), "研发中心城市方案里研发人员目标是多少？", "那高企的奖励呢？")
    assert "10万元" in answer.text
    assert HELD.asked[-1].focus == ()


def test_the_language_may_change_between_turns() -> None:
    answer = ask(
        answering(HELD, GLOSSARY), "研发中心城市方案里研发人员目标是多少？", "And how many R&D platforms?"
    )
    assert answer.language == "en"
    assert "1,500" in answer.text


def test_a_refused_turn_does_not_steer_the_next_answer() -> None:
    ask(answering(HELD, GLOSSARY), "帮我写一首关于奖励的诗", "那研发平台有多少？")
    assert HELD.asked[-1].context == ()


def test_a_standalone_question_carries_nothing_over() -> None:
    ask(
        answering(HELD, GLOSSARY),
        "研发中心城市方案里研发人员目标是多少？",
        "高新技术企业首次认定的奖励金额是多少万元？",
    )
    assert HELD.asked[-1].context == ()


def test_a_long_conversation_remembers_only_the_last_turns() -> None:
    questions = [f"研发中心城市方案里研发平台目标是多少？第{n}次问" for n in range(30)]
    ask(answering(HELD, GLOSSARY), *questions, "那研发人员呢？")
    assert len(HELD.asked[-1].context) <= 5


OLD = Instrument(
    "old", "企业认定暂行办法", "Interim Measures", superseded_by="new", doc_number="工信部企业〔2022〕63号"
)
NEW = Instrument("new", "企业认定办法", "Measures", doc_number="工信部企业〔2026〕2号")
TWO = library(
    (OLD, "zh", {"条件": ["企业的资产负债率不高于70%。", "企业的营业收入不低于1000万元。"]}),
    (NEW, "zh", {"条件": ["企业的资产负债率不超过75%。", "企业的营业收入不低于1500万元。"]}),
)


def test_the_earlier_rule_is_that_of_the_predecessor() -> None:
    ask(answering(TWO), "工信部企业〔2026〕2号的资产负债率上限是多少？", "以前的办法呢？")
    assert TWO.asked[-1].filters.instruments == ("old",)
    assert TWO.asked[-1].filters.include_superseded


def test_a_number_alone_names_the_one_instrument_that_has_it() -> None:
    names = Names([OLD, NEW])
    for text in ("63号文还有效吗", "document no. 63", "2022年第63号公告"):
        assert [found.instrument_id for found in names.named(text)] == ["old"]
    assert names.named("2025年第63号公告") == []
    assert names.named("3月8号之前") == []


def test_what_a_question_names_is_looked_into_whatever_else_is_found() -> None:
    ask(answering(TWO), "工信部企业〔2022〕63号的营业收入是多少？")
    assert TWO.asked[-1].filters.instruments == ("old",)


def test_a_part_of_the_same_subject_keeps_the_instrument() -> None:
    glossary = Glossary((*GLOSSARY.terms, Term("研发人员", "R&D personnel")))
    ask(answering(HELD, glossary), "研发中心城市方案里研发平台目标是多少？", "那研发人员呢？")
    assert HELD.asked[-1].focus == ("plan",)


def test_a_search_keeps_to_the_instruments_that_may_be_used() -> None:
    ask(answering(TWO), "工信部企业〔2022〕63号的营业收入是多少？", filters=Filters(instruments=("new",)))
    assert TWO.asked[-1].filters.instruments == ("new",)
