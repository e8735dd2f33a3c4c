"""The structure of documents: numbering told from references, headings from items, paths from both."""

from assistant.ingest.outline import outline
from assistant.ingest.reading import Reading, Transcript


def reading(*lines: str) -> Reading:
    transcript = Transcript()
    for line in lines:
        transcript.paragraph(line)
    return transcript.finish("text")


def paths(*lines: str) -> list[tuple[str, ...]]:
    return [part.path for part in outline(reading(*lines)).parts]


def test_a_statute_has_chapters_sections_articles_and_items() -> None:
    assert paths(
        "某法",
        "第一章　总则",
        "第一条　为了保护权益，制定本法。",
        "第二章　申请",
        "第一节　条件",
        "第二条　申请人应当具备下列条件：",
        "（一）依法成立；",
        "（二）有固定场所。",
        "前款所称场所，包括租用的场所。",
        "第二条之一　外国人适用前条。",
    ) == [
        ("第一章 总则",),
        ("第一章 总则", "第一条"),
        ("第二章 申请",),
        ("第二章 申请", "第一节 条件"),
        ("第二章 申请", "第一节 条件", "第二条"),
        ("第二章 申请", "第一节 条件", "第二条", "（一）"),
        ("第二章 申请", "第一节 条件", "第二条", "（二）"),
        ("第二章 申请", "第一节 条件", "第二条之一"),
    ]


def test_a_paragraph_after_a_list_belongs_to_the_article_not_to_the_last_item() -> None:
    text = reading("第一条　条件如下：", "（一）甲；", "（二）乙。", "前款的甲指丙。")
    parts = outline(text).parts
    assert text.text[parts[2].start : parts[2].end] == "（二）乙。\n"
    assert text.text[parts[0].start : parts[0].end].endswith("前款的甲指丙。\n")


def test_what_follows_a_list_of_single_paragraphs_belongs_to_none_of_them() -> None:
    items = [
        f"{n}、对成效明显的县，在安排资金时倾斜，由有关部门制定办法并负责组织实施，抓好各项落实。"
        for n in "一二三四"
    ]
    closing = "各有关部门要制定实施办法，于年底前报送，并抓好政策解读工作。"
    signature = ("某市人民政府办公室", "2024年5月6日", "（此件公开发布）")
    imprint = ("抄送：市委办公室。", "某市人民政府办公室 2024年5月7日印发")
    text = reading("关于激励的通知", "各县：", *items, closing, *signature, *imprint)
    parts = outline(text).parts
    assert text.text[parts[3].start : parts[3].end].strip() == items[3]
    two_paragraphs = reading(
        "关于激励的通知", "各县：", items[0], closing, *items[1:], closing, *signature, *imprint
    )
    parts = outline(two_paragraphs).parts
    assert two_paragraphs.text[parts[3].start : parts[3].end].strip() == f"{items[3]}\n{closing}"


def test_what_the_instrument_says_of_its_own_term_belongs_to_no_other_clause() -> None:
    term = "本措施自2025年3月20日起施行，有效期至2027年12月31日。"
    clauses = ("一、支持集聚", "给予奖励。", "二、支持应用", "（一）每次补贴10元。", "（二）每条补贴30万元。")
    text = reading("某市若干措施", *clauses, term)
    assert not any(term in text.text[part.start : part.end] for part in outline(text).parts)
    for clauses in (
        ("一、支持集聚", "给予奖励。", "二、施行日期", "按年度执行。"),
        ("第一条　奖励。", "第二条　补贴。"),
    ):
        text = reading("某市若干措施", *clauses, term)
        last = outline(text).parts[-1]
        assert term in text.text[last.start : last.end]


def test_signature_and_imprint_are_no_part_of_the_last_annex() -> None:
    text = reading(
        "关于某事的通知",
        "各区：",
        "一、做好准备工作。",
        "二、按期报送材料。",
        "某局",
        "2024年5月6日",
        "附件1",
        "申报表",
        "填报单位应当按照要求如实填写。",
        "抄送：市委办公室。",
        "某局办公室 2024年5月7日印发",
    )
    parts = outline(text).parts
    assert [text.text[part.start : part.end].strip().split("\n")[-1] for part in parts[1:]] == [
        "二、按期报送材料。",
        "填报单位应当按照要求如实填写。",
    ]


def test_the_list_of_attachments_above_the_signature_belongs_to_no_item() -> None:
    text = reading(
        *("某市关于用地的批复", "一、同意用地。", "二、自批复之日起计算期限。"),
        *("附件：1.界址点坐标", "2.桥面界址点坐标", "某市人民政府", "2024年5月6日"),
        *("附件1", "界址点坐标", "第一点在东。", "附件2", "桥面界址点坐标", "第二点在西。"),
    )
    second = next(part for part in outline(text).parts if part.path[-1].startswith("二、"))
    assert text.text[second.start : second.end] == "二、自批复之日起计算期限。\n"


def test_a_reference_at_the_beginning_of_a_line_is_no_heading() -> None:
    assert paths(
        "第一条 依照本法。",
        "第二条 违反前条的，",
        "第一条规定的机关可以处罚。",
        "第二条、第三条所列情形除外。",
        "第三条第二款另有规定的，从其规定。",
        "第三条 本法自公布之日起施行。",
    ) == [("第一条",), ("第二条",), ("第三条",)]


def test_articles_are_found_when_no_space_follows_their_number() -> None:
    assert paths("第一条为了发展，制定本法。", "第二条和解协议有效。", "第三条本法施行。") == [
        ("第一条",),
        ("第二条",),
        ("第三条",),
    ]


def test_a_policy_has_headings_and_numbered_paragraphs() -> None:
    assert paths(
        "一、总体要求",
        "（一）指导思想。",
        "坚持新发展理念，推进试点工作。",
        "（二）基本原则。",
        "1.问题导向。针对建设分散的问题，建设统一平台，实现资源共享和联动。",
        "2.开放融合。综合运用先进技术，探索构建开放互联的平台架构，支撑新应用。",
        "二、重点任务",
        "（三）加强领导。各地要按照分工，认真抓好落实，重大情况及时报告。",
    ) == [
        ("一、总体要求",),
        ("一、总体要求", "（一）指导思想"),
        ("一、总体要求", "（二）基本原则"),
        ("一、总体要求", "（二）基本原则", "1.问题导向"),
        ("一、总体要求", "（二）基本原则", "2.开放融合"),
        ("二、重点任务",),
        ("二、重点任务", "（三）加强领导"),  # numbering that runs through the document
    ]


def test_decimals_dates_and_enumerations_are_no_numbering() -> None:
    assert paths(
        "一、目标", "3.1%的增速不低于上年。", "2025.12.31前完成。", "三、四级医院参加。", "二、任务"
    ) == [
        ("一、目标",),
        ("二、任务",),
    ]


def test_a_text_attached_to_its_cover_letter_is_a_part_of_its_own() -> None:
    assert paths(
        "关于印发试点方案的通知",
        "各单位：",
        "现印发给你们，请认真贯彻执行。",
        "某办公厅",
        "2018年10月27日",
        "（此件公开发布）",
        "试点工作方案",
        "为推进工作，制定以下方案。",
        "一、总体要求",
        "坚持改革。",
        "附件1：任务分工表",
        "任务一由某局负责。",
    ) == [("试点工作方案",), ("试点工作方案", "一、总体要求"), ("附件1 任务分工表",)]


def test_two_texts_attached_one_after_the_other_are_two_parts() -> None:
    assert paths(
        "关于印发两个规定的通知",
        "各单位：",
        "现予印发。",
        "2018年12月18日",
        "转制为企业的规定",
        "一、总则",
        "转制工作按本规定办理。",
        "二、附则",
        "本规定自印发之日起施行。",
        "支持企业发展的规定",
        "为支持发展，制定以下规定：",
        "一、财政",
        "加大支持力度。",
    ) == [
        ("转制为企业的规定",),
        ("转制为企业的规定", "一、总则"),
        ("转制为企业的规定", "二、附则"),
        ("支持企业发展的规定",),
        ("支持企业发展的规定", "一、财政"),
    ]


def test_headings_above_articles_do_what_chapters_do() -> None:
    assert paths(
        "一、合同的成立",
        "第一条　下列情形视为成立：",
        "（一）签字；",
        "（二）盖章",
        "第二条　其他情形。",
        "二、合同的效力",
        "（一）一般规定",
        "第三条　依法成立的合同有效。",
    ) == [
        ("一、合同的成立",),
        ("一、合同的成立", "第一条"),
        ("一、合同的成立", "第一条", "（一）"),
        ("一、合同的成立", "第一条", "（二）"),
        ("一、合同的成立", "第二条"),
        ("二、合同的效力",),
        ("二、合同的效力", "（一）一般规定"),
        ("二、合同的效力", "（一）一般规定", "第三条"),
    ]


def test_a_number_that_stands_alone_has_its_title_on_the_next_line() -> None:
    assert paths(
        "一、质量", "（一）", "合理用药", "1.处方占比", "计算方法见说明。", "2.使用强度", "计算方法见说明。"
    ) == [
        ("一、质量",),
        ("一、质量", "（一）合理用药"),
        ("一、质量", "（一）合理用药", "1.处方占比"),
        ("一、质量", "（一）合理用药", "2.使用强度"),
    ]


def test_an_only_item_that_counts_on_is_what_those_before_it_are() -> None:
    method = "计算方法：合格数除以总数。"
    lines = ("（一）质量", "1.合格率", method, "2.优良率", method, "（二）信用", "3.信用等级", method)
    text = reading("某市考核指标", "一、考核", *lines)
    last = outline(text).parts[-1]
    assert last.path[-2:] == ("（二）信用", "3.信用等级")
    assert text.text[last.start : last.end] == f"3.信用等级\n{method}\n"


def test_a_table_of_contents_carries_no_structure() -> None:
    found = outline(
        reading(
            "某法",
            "目　录",
            "第一章 总则……1",
            "第二章 附则……9",
            "第一章 总则",
            "第一条 甲。",
            "第二章 附则",
            "第二条 乙。",
        )
    )
    assert [part.path for part in found.parts] == [
        ("第一章 总则",),
        ("第一章 总则", "第一条"),
        ("第二章 附则",),
        ("第二章 附则", "第二条"),
    ]


def test_english_articles_and_lettered_items() -> None:
    assert paths(
        "Chapter 1 General Provisions",
        "Article 1 The purpose is growth.",
        "Article 2. An enterprise shall:",
        "(a) be registered in the city;",
        "(b) keep accounts.",
        "Article 2 applies to branches as well.",
        "Section 3 of the Act remains in force.",
        "Article 3 These Measures take effect on 1 May 2024.",
    ) == [
        ("Chapter 1 General Provisions",),
        ("Chapter 1 General Provisions", "Article 1"),
        ("Chapter 1 General Provisions", "Article 2"),
        ("Chapter 1 General Provisions", "Article 2", "(a)"),
        ("Chapter 1 General Provisions", "Article 2", "(b)"),
        ("Chapter 1 General Provisions", "Article 3"),
    ]


def test_english_sections_subsections_and_letters_that_are_roman_numbers() -> None:
    assert paths(
        "DATA ACT",
        "PART I",
        "PRELIMINARY",
        "Section 1. Definitions",
        "In this Act—",
        "(a) data means information:",
        "(i) on paper; or",
        "(ii) in a file;",
        "(b) person includes a firm.",
        "PART II",
        "DUTIES",
        "Section 2. Records",
        "Records shall be kept.",
        "Section 2A. Access",
        "Section 1(a) applies.",
        "SCHEDULE 1",
        "The Form of Request",
        "The form is below.",
        "1. Scope",
        "1.1 Persons",
        "All persons may apply.",
    ) == [
        ("PART I PRELIMINARY",),
        ("PART I PRELIMINARY", "Section 1 Definitions"),
        ("PART I PRELIMINARY", "Section 1 Definitions", "(a)"),
        ("PART I PRELIMINARY", "Section 1 Definitions", "(a)", "(i)"),
        ("PART I PRELIMINARY", "Section 1 Definitions", "(a)", "(ii)"),
        ("PART I PRELIMINARY", "Section 1 Definitions", "(b)"),
        ("PART II DUTIES",),
        ("PART II DUTIES", "Section 2 Records"),
        ("PART II DUTIES", "Section 2A Access"),
        ("SCHEDULE 1 The Form of Request",),
        ("SCHEDULE 1 The Form of Request", "1. Scope"),
        ("SCHEDULE 1 The Form of Request", "1. Scope", "1.1 Persons"),
    ]


def test_marked_headings_nest_by_level_and_take_numbering_below_them() -> None:
    transcript = Transcript()
    transcript.heading("行动方案", 0)
    transcript.heading("一、主要目标", 2)
    transcript.paragraph("到2027年：")
    transcript.paragraph("1. 投入强度达到4.2%；")
    transcript.paragraph("2. 平台超过1500个。")
    transcript.heading("（一）集聚资源", 3)
    transcript.heading("二、保障", 2)
    assert [part.path for part in outline(transcript.finish("markdown")).parts] == [
        ("一、主要目标",),
        ("一、主要目标", "1."),
        ("一、主要目标", "2."),
        ("一、主要目标", "（一）集聚资源"),
        ("二、保障",),
    ]


def test_sections_nest_by_span() -> None:
    text = reading(
        "第一章 总则", "第一条 甲。", "第二条 乙：", "（一）丙；", "（二）丁。", "第二章 附则", "第三条 戊。"
    )
    sections = outline(text).sections("d")
    for section in sections:
        inside = [s for s in sections if s.path[: len(section.path)] == section.path]
        assert all(section.start <= s.start and s.end <= section.end for s in inside)
    assert [section.ordinal for section in sections] == list(range(7))
