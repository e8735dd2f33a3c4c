"""What the grounding check lets through, marks and holds back. Clauses are made up."""

from __future__ import annotations

import time

import pytest

from assistant.answering.grounding import check
from assistant.domain import Grounding, Language, Support
from assistant.language.glossary import Glossary, Term

RATE = (
    "最近一年销售收入小于5,000万元（含）的企业，研发费用占同期销售收入的比例不低于5%；"
    "最近一年销售收入超过2亿元的企业，研发费用占同期销售收入的比例不低于3%。"
)
FILING = "企业应当在2023年5月底前提交年度报告；逾期未提交的，不得享受税收优惠，但经主管部门批准延期的除外。"
GRANT = "入驻企业可以申请最高300万元的资助，资助期限不超过3年，所有资助资金应当专款专用。"
RULE_EN = (
    "An enterprise must file its report within 30 days of the end of the year. It may apply for a grant of "
    "up to RMB 3 million, unless it has already received one. Only registered enterprises can apply."
)


def of(text: str, *quotes: str, language: Language = "zh", **more: object) -> Grounding:
    return check(text, quotes, language=language, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (RATE, RATE),
        ("销售收入超过2亿元的企业，研发费用占销售收入的比例不低于3%。", RATE),
        ("最近一年销售收入不超过五千万元的企业，研发费用占销售收入的比例至少为百分之五。", RATE),
        ("逾期未提交年度报告的，不得享受税收优惠，经主管部门批准延期的除外。", FILING),
        ("企业须于2023-05底前提交年度报告。", FILING),
        ("入驻企业可申请最多300万元的资助，期限不超过三年。", GRANT),
        ("资助期限不超过36个月。", GRANT),
    ],
)
def test_what_a_clause_says_in_whatever_writing_is_supported(text: str, clause: str) -> None:
    assert of(text, clause).support is Support.SUPPORTED


@pytest.mark.parametrize(
    ("text", "clause", "kind"),
    [
        ("研发费用占同期销售收入的比例不低于6%。", RATE, "percent"),
        ("最近一年销售收入超过2亿元的企业，研发费用占同期销售收入的比例不低于5%。", RATE, "percent"),
        ("最近一年销售收入小于5,000万美元的企业，比例不低于5%。", RATE, "unit"),
        ("研发费用占同期销售收入的比例不高于3%。", RATE, "comparator"),
        ("企业应当在2024年5月底前提交年度报告。", FILING, "date"),
        ("企业可以在2023年5月底前提交年度报告。", FILING, "modality"),
        ("逾期未提交的，可以享受税收优惠。", FILING, "modality"),
        ("逾期未提交的，享受税收优惠。", FILING, "negation"),
        ("入驻企业不可以申请资助。", GRANT, "modality"),
        ("资助期限不超过3个月。", GRANT, "unit"),
        ("部分资助资金应当专款专用。", GRANT, "scope"),
        ("依照第十二条，企业应当提交年度报告。", FILING, "article"),
        ("依照国科发火〔2016〕33号，企业应当提交年度报告。", FILING, "doc_number"),
        ("商务部要求企业提交年度报告。", FILING, "body"),
        ("上海的企业应当提交年度报告。", FILING, "place"),
        ("《年度报告管理办法》规定企业应当提交年度报告。", FILING, "instrument"),
    ],
)
def test_a_contradiction_holds_the_sentence_back_with_its_kind(text: str, clause: str, kind: str) -> None:
    grounding = of(text, clause)
    assert grounding.support is Support.UNSUPPORTED
    assert kind in {conflict.type for conflict in grounding.conflicts}
    assert grounding.reason_zh
    assert grounding.reason_en


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An enterprise must file its report within 60 days of the end of the year.", "duration"),
        ("An enterprise must file its report within 30 months of the end of the year.", "unit"),
        ("An enterprise may file its report within 30 days of the end of the year.", "modality"),
        (
            "It may apply for a grant of at least RMB 3 million, unless it has already received one.",
            "comparator",
        ),
        (
            "It may not apply for a grant of up to RMB 3 million, unless it has already received one.",
            "modality",
        ),
        ("It may apply for a grant of up to USD 3 million, unless it has already received one.", "unit"),
    ],
)
def test_contradictions_are_seen_in_english_too(text: str, kind: str) -> None:
    grounding = of(text, RULE_EN, language="en")
    assert grounding.support is Support.UNSUPPORTED
    assert kind in {conflict.type for conflict in grounding.conflicts}


@pytest.mark.parametrize(
    ("text", "clause", "language", "kind"),
    [
        ("逾期未提交的，不得享受税收优惠。", FILING, "zh", "condition"),
        ("It may apply for a grant of up to RMB 3 million.", RULE_EN, "en", "condition"),
        ("Registered enterprises can apply.", RULE_EN, "en", "scope"),
        ("最近一年销售收入超过2亿元的企业，研发费用占同期销售收入的比例为3%。", RATE, "zh", "comparator"),
        ("入驻个人可以申请最高300万元的资助，资助期限不超过3年。", GRANT, "zh", "subject"),
    ],
)
def test_what_is_left_out_or_shaded_is_shown_with_a_mark(
    text: str, clause: str, language: Language, kind: str
) -> None:
    grounding = of(text, clause, language=language)
    assert grounding.support is Support.WEAK
    assert kind in {conflict.type for conflict in grounding.conflicts}


def test_a_condition_that_the_question_supposes_is_no_omission() -> None:
    question = "经主管部门批准延期的企业，逾期提交会怎样？"
    kinds = {c.type for c in of("逾期未提交的，不得享受税收优惠。", FILING, question=question).conflicts}
    assert "condition" not in kinds


def test_other_words_for_another_thing_are_marked_by_the_score() -> None:
    grounding = of("企业可以为高层次人才申请免费公寓和子女入学指标。", GRANT)
    assert grounding.support is Support.WEAK
    assert grounding.score is not None
    assert grounding.score < 0.5


def test_the_score_is_near_one_for_a_quotation() -> None:
    score = of(GRANT, GRANT).score
    assert score is not None
    assert score > 0.95


def test_a_figure_that_only_the_asker_said_is_marked() -> None:
    grounding = of("贵公司研发费用为480万元，比例应不低于3%。", RATE, question="研发费用480万元够吗？")
    assert grounding.support is Support.WEAK
    assert grounding.conflicts[0].type == "question_only"


def test_titles_are_legitimate_sources_of_names_dates_and_numbers() -> None:
    text = "《年度报告管理办法》（国科发火〔2016〕32号）第七条规定，企业应当在2023年5月底前提交年度报告。"
    titles = ["年度报告管理办法", "国科发火〔2016〕32号", "第七条 报告"]
    assert of(text, FILING, titles=titles).support is Support.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "以下是主要内容：",
        "您想了解哪一年的政策？",
        "所引资料中没有说明具体的申请时间。",
        "[1]",
        "Here are the rules:",
    ],
)
def test_headings_questions_and_words_about_the_sources_claim_nothing(text: str) -> None:
    assert of(text, FILING).support is Support.NOT_CHECKABLE


def test_a_figure_makes_any_sentence_a_claim() -> None:
    assert of("资料中没有说明，但比例为7%。", RATE).support is Support.UNSUPPORTED


def test_labels_and_list_marks_are_no_figures() -> None:
    assert of("3. 资助期限不超过3年。[1][2]", GRANT).support is Support.SUPPORTED


def test_an_english_sentence_is_held_to_the_figures_of_a_chinese_clause() -> None:
    right = of(
        "R&D spending must be at least 5% where sales do not exceed 50 million yuan.", RATE, language="en"
    )
    wrong = of(
        "R&D spending must be at least 7% where sales do not exceed 50 million yuan.", RATE, language="en"
    )
    assert right.support is Support.SUPPORTED
    assert right.score is None
    assert wrong.support is Support.UNSUPPORTED


def test_across_languages_the_glossary_speaks_for_the_wording() -> None:
    glossary = Glossary(
        (Term("年度报告", "annual report"), Term("税收优惠", "tax benefit"), Term("免费住房", "free flat"))
    )
    same = of("Without the annual report there is no tax benefit.", FILING, language="en", glossary=glossary)
    other = of("There is a free flat for everyone.", FILING, language="en", glossary=glossary)
    assert same.support is Support.SUPPORTED
    assert other.support is Support.WEAK


def test_without_figures_or_terms_another_language_cannot_be_confirmed() -> None:
    assert of("Everyone gets a free flat.", FILING, language="en").support is Support.WEAK


def test_without_quotes_there_is_nothing_to_check_against() -> None:
    assert of("企业应当提交年度报告。").support is Support.NOT_CHECKABLE


def test_any_of_several_clauses_may_support_a_sentence() -> None:
    assert of("资助期限不超过3年。", RATE, FILING, GRANT).support is Support.SUPPORTED


def test_a_check_takes_milliseconds() -> None:
    quotes = [f"{RATE}{FILING}{GRANT}第{n}类企业的资助上限为{n}万元。" * 3 for n in range(1, 6)]
    check("资助期限不超过3年。", quotes, language="zh")
    began = time.perf_counter()
    for number in range(20):
        check(f"逾期未提交的，不得享受税收优惠，第{number}次提醒后取消资格。", quotes, language="zh")
    assert (time.perf_counter() - began) / 20 < 0.05


def test_a_verdict_before_a_clause_is_no_part_of_what_is_checked() -> None:
    clause = "2016年办法取消了复审，资格期满后须重新认定。"
    assert check(f"不对：{clause}", [clause], language="zh").support is Support.SUPPORTED
    assert check("不对：资格期满后不须重新认定。", [clause], language="zh").support is Support.UNSUPPORTED
