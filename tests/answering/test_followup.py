"""Follow-ups: what they mean after the turns before them."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.naming import Names
from assistant.domain import Filters, Instrument, Status, ValidityStatus
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
    (Term("高新技术企业", "high-tech enterprise", ("高企",), subject=True), Term("研发平台", "R&D platform"))
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


GUIDE = Instrument("guide", "概念验证中心建设办法", "Proof-of-Concept Measures")
TARGETS = Instrument("targets", "产业融合方案", "Industry Plan")
SUBJECTS = Glossary(
    (
        Term("概念验证中心", "proof-of-concept center", subject=True),
        Term("中试平台", "pilot platform", subject=True),
    )
)
BOTH = library(
    (GUIDE, "zh", {"类型": ["概念验证中心分为4个类型。"]}),
    (TARGETS, "zh", {"目标": ["到2027年建成中试平台200个。", "到2027年建成概念验证中心40个。"]}),
)


def test_what_the_text_talked_about_speaks_of_is_no_new_subject() -> None:
    answer = ask(answering(BOTH, SUBJECTS), "产业融合方案的中试平台有多少个？", "那概念验证中心有多少个呢？")
    assert "40个" in answer.text
    assert BOTH.asked[-1].focus == ("targets",)


def test_a_follow_up_is_answered_by_the_text_it_is_about() -> None:
    answer = ask(answering(HELD), "研发中心城市方案由谁印发？", "它是什么时候印发的？")
    assert {c.instrument_id for s in answer.sentences for c in s.citations} == {"plan"}


RULES = library(
    (
        Instrument("register", "合同登记办法"),
        "zh",
        {"登记": ["合同成立后30日内由卖方登记。"], "效力": ["没有登记的合同不能享受优惠。"]},
    )
)


def test_a_follow_up_hears_what_it_was_not_told_yet() -> None:
    answer = ask(answering(RULES), "合同登记办法里多少天内登记？", "不登记有什么后果")
    assert "不能享受优惠" in answer.sentences[0].text


def test_each_of_two_questions_gets_a_clause_of_its_own() -> None:
    held = library(
        (
            Instrument("law", "专利法"),
            "zh",
            {"保护": ["发明专利的保护期为20年。"], "转让": ["转让须订立书面合同并登记。"]},
        )
    )
    answer = ask(answering(held), "发明专利保护期多少年，还有转让要办什么手续？")
    assert ["20年" in answer.text, "书面合同" in answer.text] == [True, True]


def test_a_day_before_a_rule_began_is_looked_up_in_its_predecessor() -> None:
    dated = library(
        (replace(OLD, issued="2022"), "zh", {"条件": ["企业的资产负债率不高于70%。"]}),
        (replace(NEW, effective="2026-04-01"), "zh", {"条件": ["企业的资产负债率不超过75%。"]}),
    )
    answer = ask(answering(dated), "按2022年的规定，企业的资产负债率上限是多少？")
    assert "70%" in answer.sentences[0].text


def test_a_question_about_no_programme_asks_which_and_a_reply_chooses() -> None:
    held = library(
        (Instrument("a", "甲企业认定办法"), "zh", {"条件": ["甲企业的申报条件是成立满1年。"]}),
        (Instrument("b", "乙企业认定办法"), "zh", {"条件": ["乙企业的申报条件是成立满3年。"]}),
    )
    asked = ask(answering(held), "申报条件有哪些？")
    assert asked.status is Status.NEEDS_FACTS
    chosen = asked.options.index("乙企业认定办法")
    answer = ask(answering(held), "申报条件有哪些？", ["第一个", "第二个"][chosen])
    assert "满3年" in answer.text


def test_where_it_says_so_is_told_by_the_clauses_of_the_last_answer() -> None:
    answer = ask(answering(TWO), "工信部企业〔2026〕2号的资产负债率上限是多少？", "哪个文件哪一条写的？")
    assert "《企业认定办法》（工信部企业〔2026〕2号），条件：" in answer.text
    assert answer.sentences[0].citations[0].instrument_id == "new"
    assert answer.evidence


def test_the_grounds_of_something_named_are_searched_for() -> None:
    answer = ask(answering(HELD), "研发中心城市方案由谁印发？", "奖励由区级财政承担的依据是什么？")
    assert answer.trace.standalone_question != "研发中心城市方案由谁印发？"


def test_a_place_the_text_talked_about_is_not_of_turns_to_other_texts() -> None:
    held = library(
        (Instrument("n", "国家孵化器办法"), "zh", {"奖励": ["国家对孵化器的奖励为10万元。"]}),
        (Instrument("h", "湖北省孵化器办法"), "zh", {"奖励": ["湖北省对孵化器的奖励为30万元。"]}),
    )
    answer = ask(answering(held), "国家孵化器办法的奖励是多少万元？", "那湖北呢？")
    assert "30万元" in answer.sentences[0].text


def test_what_is_pointed_at_stands_in_the_question_before() -> None:
    held = library(
        (PLAN, "zh", {"目标": ["到2027年，研发人员总数达到30万人。", "到2027年，平台数量超过1500家。"]})
    )
    answer = ask(answering(held), "研发中心城市方案里平台数量是多少？", "这个目标哪一年达到？")
    assert "平台" in answer.sentences[0].text


def test_statistics_of_a_year_are_published_after_it() -> None:
    figures = Instrument("s", "统计公报", published="2023-09", status=ValidityStatus.REFERENCE)
    rule = Instrument("r", "企业办法", issued="2016")
    held = library(
        (figures, "zh", {"数据": ["2022年全国研发投入强度为2.54%。"]}),
        (rule, "zh", {"条件": ["企业的研发投入强度不低于3%。"]}),
    )
    answer = ask(answering(held), "在2022年全国研发投入强度是多少？")
    assert "2.54%" in answer.sentences[0].text


def test_who_and_until_when_are_asked_of_the_text_talked_about() -> None:
    held = library(
        (
            Instrument("own", "中心奖励办法"),
            "zh",
            {"奖励": ["奖励30万元，由所在区支付，执行至2027年12月31日。"]},
        ),
        (Instrument("far", "抵减公告"), "zh", {"期限": ["抵减政策2028年底到期后，停止抵减。"]}),
    )
    answer = ask(answering(held), "中心奖励办法奖励多少万元？", "政策哪年到期？")
    assert "2027年12月31日" in answer.sentences[0].text


LAW = Instrument("law", "水库管理条例", "Reservoir Regulations", aliases=("水库管理条例",))
REPORTS = library(
    (
        LAW,
        "zh",
        {
            "第十三条 年度报告": ["水库管理单位应在每年5月底前填报上一年度运行情况。"],
            "第十九条 取消资格": ["水库管理单位累计2年没有填报运行情况的，取消资格。"],
            "收费": [
                "上年度收入1000万元至5000万元的水库管理单位，缴费比例为20%。",
                "上年度收入5000万元至1亿元的水库管理单位，缴费比例为15%。",
            ],
        },
    )
)


def test_what_was_told_with_its_article_gives_way_to_what_meets_the_new_words() -> None:
    answer = ask(answering(REPORTS), "水库管理条例规定每年什么时候前填报运行情况？", "忘了填报两年会怎样？")
    assert "取消资格" in answer.sentences[0].text


def test_the_case_that_another_amount_is_in_comes_first() -> None:
    first = "水库管理条例里，上年度收入3000万元的单位，缴费比例是多少？"
    assert "20%" in ask(answering(REPORTS), first).sentences[0].text
    assert "15%" in ask(answering(REPORTS), first, "8000万的呢").sentences[0].text
    assert "20%" in ask(answering(REPORTS), first, "8000万的呢", "2000万的呢").sentences[0].text


def test_another_year_gets_the_days_of_that_year() -> None:
    days = ["水库登记系统于2025年6月30日至9月30日开放登记。", "水库登记时间为2026年6月1日至8月31日。"]
    held = library((LAW, "zh", {"时间": days}))
    first = "水库管理条例里2025年登记系统什么时候开放？"
    assert "2025年6月30日" in ask(answering(held), first).sentences[0].text
    assert "2026年6月1日" in ask(answering(held), first, "2026年呢").sentences[0].text
