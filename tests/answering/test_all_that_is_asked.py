"""Every side, every figure and every named text that a question asks about gets its clause."""

from __future__ import annotations

from assistant.domain import Answer, Instrument, ValidityStatus
from tests.answering.small_library import answering, ask, library


def rule(name: str, title: str) -> Instrument:
    return Instrument(name, title, f"{title} in English", status=ValidityStatus.IN_FORCE)


ONE, OTHER = rule("one", "甲类中心认定办法"), rule("other", "乙类中心认定办法")


def asked(question: str, first: list[str], second: list[str]) -> Answer:
    held = library((ONE, "zh", {"条件": first}), (OTHER, "zh", {"条件": second}))
    return ask(answering(held), question)


def test_the_difference_of_two_thresholds_is_worked_out() -> None:
    answer = asked(
        "甲类中心认定办法和乙类中心认定办法，设备原值门槛差多少？",
        ["申请甲类中心，设备原值不低于2000万元。", "申请甲类中心，人员不少于40人。"],
        ["申请乙类中心，设备原值不低于800万元。", "申请乙类中心，场地不少于500平方米。"],
    )
    assert "2000万元 − 800万元 = 1200万元" in answer.text


def test_each_named_text_is_quoted() -> None:
    answer = asked(
        "甲类中心认定办法和乙类中心认定办法里，名额分别是多少？",
        ["每年认定的名额为30个。", "名额30个由市里分配。", "名额30个分别下达到区。"],
        ["名额为20个。"],
    )
    assert {"30个", "20个"} <= {
        s.text[s.text.index("个") - 2 : s.text.index("个") + 1] for s in answer.sentences
    }


def test_each_kind_of_figure_asked_for_is_given() -> None:
    answer = asked(
        "甲类中心的成果权属比例和使用年限各是多少？",
        [
            "甲类中心成果的权属比例和使用年限，使用年限不少于10年。",
            "甲类中心成果的使用年限自认定之日起10年。",
            "甲类中心的使用年限由市里公布，每10年一次。",
            "甲类中心成果权属份额的比例不低于70%。",
        ],
        ["乙类中心的名额为20个。"],
    )
    assert "10年" in answer.text
    assert "70%" in answer.text


def test_the_way_to_apply_is_not_answered_with_conditions() -> None:
    held = library(
        (
            ONE,
            "zh",
            {
                "认定条件": ["申请甲类中心的企业须注册满1年。", "申请甲类中心的企业人员不少于40人。"],
                "申报程序": ["甲类中心由企业网上申报，常年受理。", "甲类中心由专家评审。"],
            },
        )
    )
    answer = ask(answering(held), "甲类中心怎么申报？")
    assert "网上申报" in answer.sentences[0].text
    assert "40人" not in answer.text


def test_lists_whose_headings_the_question_names_side_by_side_are_given_together() -> None:
    held = library(
        (
            ONE,
            "zh",
            {
                "A类人员条件": ["得分在85分以上的为该类人员。", "工资不低于6倍的为该类人员。"],
                "B类人员条件": ["得分在60分以上的为该类人员。", "工资不低于4倍的为该类人员。"],
                "C类人员条件": ["得分在30分以上的为该类人员。", "工资不低于2倍的为该类人员。"],
            },
        )
    )
    text = ask(answering(held), "A类和B类人员分别什么条件？").text
    assert "85分" in text
    assert "60分" in text
    assert "30分" not in text


def test_the_parts_of_a_section_are_given_as_an_outline() -> None:
    groups = {
        f"二、三大行动 › {heading}": [
            f"{heading[3:]}行动由市里组织。",
            f"{heading[3:]}行动每年评估1次。",
        ]
        for heading in ("（一）引才", "（二）建链", "（三）开放")
    }
    held = library((ONE, "zh", {"一、主要目标": ["到2027年平台超过100家。"], **groups}))
    whole = ask(answering(held), "三大行动有哪些？").text
    assert [f"{name}行动由市里组织" in whole for name in ("引才", "建链", "开放")] == [True] * 3
    assert "评估" not in whole


def test_the_name_of_a_plan_asks_for_no_outline_of_it() -> None:
    plan = Instrument("plan", title_zh="某市开放三年行动方案")
    groups = {
        f"二、三大行动 › {name}": [f"{name}由市里组织。"] for name in ("引才行动", "建链行动", "开放行动")
    }
    targets = ["到2027年平台超过100家。", "到2027年园区超过20个。"]
    held = library((plan, "zh", {"一、主要目标": targets, **groups}))
    text = ask(answering(held), "某市开放三年行动方案的目标有哪些？").text
    assert "100家" in text
    assert "由市里组织" not in text


def test_who_does_it_is_taken_from_the_heading_of_what_is_done() -> None:
    duties = ["全市建设环大学创新街区与孵化载体。", "该项工作的责任单位是科技局和各区政府。"]
    held = library((ONE, "zh", {"任务一": duties, "任务二": ["人才培养的责任单位是教育局。"]}))
    assert "科技局和各区政府" in ask(answering(held), "环大学创新街区与孵化载体归哪些部门管？").text


def in_english(question: str, *lines: str) -> Answer:
    title = Instrument("plan", "规划", "Centers plan", status=ValidityStatus.IN_FORCE)
    return ask(answering(library((title, "en", {"Goals": list(lines)}))), question)


def test_the_clause_of_another_part_is_left_to_it() -> None:
    answer = in_english(
        "By mid-2025, how many patents per head did Lakeland have, and what had the 7th Plan target been?",
        "The 7th Plan target for patents per head in Lakeland was 12.",
        "By June 2025 Lakeland had 15.3 patents per head.",
        "Lakeland pays for patents of universities.",
    )
    assert [s.text[:14] for s in answer.sentences] == ["By June 2025 L", "The 7th Plan t"]


def test_british_spelling_finds_american_words() -> None:
    answer = in_english(
        "Lakeland by 2030: number of verification centres and of pilot bases?",
        "Lakeland plans 200 pilot bases by 2030.",
        "Lakeland plans 100 verification centers by 2030.",
        "Lakeland plans 7 laboratories by 2031.",
    )
    assert "200 pilot" in answer.text
    assert "100 verification" in answer.text


def test_a_part_that_leans_on_the_one_before_is_answered_by_its_own_words() -> None:
    answer = in_english(
        "What does the investment plan need for the city award, and which years does it run?",
        "The investment plan for the city award must exceed 20 million yuan.",
        "The city award gives 6 million yuan over 3 years for the investment plan.",
        "The city award is for the investment plan of the last 4 years.",
        "The city award for an investment plan counts equipment of the last 5 years.",
        "The funding runs from 2024 to 2026.",
    )
    assert "from 2024 to 2026" in answer.text


def test_the_rule_comes_before_what_it_replaced() -> None:
    answer = in_english(
        "What is the deduction rate?",
        "Announcement 7 replaced the general deduction rate of 75%.",
        "The rate of the further deduction is 100%.",
    )
    assert "100%" in answer.sentences[0].text


def test_a_verb_said_twice_asks() -> None:
    answer = asked(
        "甲类中心的名额从哪年起算？以前的乙类名单还引用不引用",
        ["甲类中心的名额自2026年起算。"],
        ["乙类名单已经被替代，不能再引用。"],
    )
    assert "不能再引用" in answer.text
