"""Chunks: one clause each, exact spans, nothing cut that must stay whole."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Chunk, Document
from assistant.ingest.breaks import pieces
from assistant.ingest.chunks import cut
from assistant.ingest.outline import outline
from assistant.ingest.reading import Transcript
from assistant.ingest.tokens import count


def chunks_of(*lines: str, budget: int = 400) -> tuple[Chunk, ...]:
    transcript = Transcript()
    for line in lines:
        transcript.paragraph(line)
    reading = transcript.finish("text")
    document = Document("d", "i", "zh", "p", "text", "0", "t", reading.text)
    chunks = cut(document, outline(reading), budget)
    for chunk in chunks:
        assert chunk.text == document.text[chunk.start : chunk.end]
        assert chunk.tokens == count(chunk.text)
    return chunks


def test_each_article_is_one_chunk_without_its_number() -> None:
    chunks = chunks_of("第一章 总则", "第一条　甲的规定。", "第二条　乙的规定。", "丙的规定。")
    assert [(chunk.path, chunk.text) for chunk in chunks] == [
        (("第一章 总则", "第一条"), "甲的规定。"),
        (("第一章 总则", "第二条"), "乙的规定。\n丙的规定。"),
    ]


def test_a_long_list_is_cut_between_items_and_its_introduction_travels_in_the_path() -> None:
    items = [f"（{n}）第{n}项条件是企业应当具备相应的研究开发能力和管理水平；" for n in "一二三四五六"]
    chunks = chunks_of("第一条　企业应当同时满足以下条件：", *items, budget=100)
    assert len(chunks) > 1
    assert chunks[0].text.startswith("企业应当同时满足以下条件：\n（一）")
    for chunk in chunks[1:]:
        assert chunk.path == ("第一条", "企业应当同时满足以下条件：")
        assert chunk.text.startswith("（")
        assert chunk.text.endswith("；")


def test_items_below_an_item_are_told_both_introductions_and_cut_off_together() -> None:
    points = [
        f"{n}. 最近一年销售收入在{n}亿元以下的企业，研发费用占销售收入的比例不低于{n}%；" for n in (1, 2, 3)
    ]
    chunks = chunks_of(
        "第一条　企业须同时满足本条第（一）项至第（三）项条件。",
        "（一）企业注册成立满一年，并且在本市有固定的研究开发场所和相应的设备；",
        "（二）研发费用的比例按收入分档计算；",
        *points,
        "（三）没有发生重大事故。",
        budget=90,
    )
    whole = "企业须同时满足本条第（一）项至第（三）项条件。"
    assert chunks[0].text.startswith(f"{whole}\n（一）")
    assert chunks[1].text.startswith("（二）研发费用的比例按收入分档计算；\n1. ")
    assert chunks[1].path == ("第一条", whole)
    assert chunks[2].text.startswith(("2. ", "3. "))
    assert chunks[2].path == ("第一条", whole, "（二）研发费用的比例按收入分档计算；")


def test_many_short_lines_stay_within_the_budget_with_their_line_ends() -> None:
    chunks = chunks_of("第一条　名单：", *["张三", "李四", "王五", "赵六"] * 40, budget=90)
    assert len(chunks) > 3
    assert max(chunk.tokens for chunk in chunks) <= 90


def test_names_are_told_what_they_are_a_list_of() -> None:
    names = [f"{family}某 某某委员会副主任" for family in "赵钱孙李周吴郑王"]
    chunks = chunks_of("一、成员名单", f"组　长：陈某 副市长\n成　员：{names[0]}", *names[1:], budget=60)
    assert len(chunks) > 2
    assert all(chunk.path == ("一、成员名单", "成　员：") for chunk in chunks[1:])


def test_closing_words_stand_in_a_chunk_of_their_own() -> None:
    items = [
        f"{n}、对成效明显的县，在安排资金时倾斜，由有关部门制定办法并负责组织实施，抓好各项落实。"
        for n in "一二三四"
    ]
    closing = "各有关部门要制定实施办法，于年底前报送，并抓好政策解读工作。"
    chunks = chunks_of("关于激励的通知", "各县：", *items, closing, "某局", "2024年5月6日")
    assert [(chunk.path, chunk.text) for chunk in chunks[-2:]] == [
        (("四、",), items[3]),
        ((), f"{closing}\n某局\n2024年5月6日"),
    ]


def test_a_list_stays_with_a_sentence_that_announces_it() -> None:
    items = [
        f"（{n}）发生洪水、地震以及其他严重的自然灾害或者重大传染性疫情，造成市场异常波动的。"
        for n in (1, 2, 3)
    ]
    chunks = chunks_of("3.2 应急报告", "有下列情形之一的，有关部门应当立即调查核实，并及时报告。", *items)
    assert len(chunks) == 1


def test_an_introduction_never_ends_a_chunk() -> None:
    long = "本办法所称企业，是指在本市依法注册并从事研究开发活动的各类企业。" * 3
    chunks = chunks_of(
        f"第一条　{long}", "申请人应当提交下列材料：", "（一）申请书；", "（二）证明。", budget=110
    )
    assert not any(chunk.text.endswith("：") for chunk in chunks)


def test_ids_come_from_content_and_tell_repeated_clauses_apart() -> None:
    first = chunks_of("第一条　甲。", "第二条　乙。")
    again = chunks_of("第一条　甲。", "第二条　乙。", "第三条　丙。")
    assert [chunk.id for chunk in first] == [chunk.id for chunk in again[:2]]
    repeated = chunks_of("一、目标", "做好工作。", "附件1", "一、目标", "做好工作。")
    assert len({chunk.id for chunk in repeated}) == len(repeated)


NUMBERS = st.sampled_from(
    [
        "3.1%",
        "5,000万元",
        "1,234.56元",
        "2023年11月23日",
        "2023-11-23",
        "国发〔2023〕7号",
        "武政规〔2024〕15号",
        "百分之六十",
        "二十五个百分点",
        "第三十一条之一",
        "第十二条第三款",
        "12.5亿元",
        "USD 1,200.50",
        "½",
        "１２３．４％",
        "R&D-2025",
        "10—15%",
        "2025—2027年",
    ]
)
WORDS = st.text(alphabet="企业应当按照规定提交材料并接受检查和监督", min_size=0, max_size=30)
MARKS = st.sampled_from(["", "，", "。", "；", "、", " ", "：", "\n", "）", "（"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(WORDS, NUMBERS, MARKS), min_size=1, max_size=30), st.integers(5, 60))
def test_no_number_amount_date_or_document_number_is_ever_cut(
    parts: list[tuple[str, str, str]], budget: int
) -> None:
    text = ""
    spans = []
    for words, number, mark in parts:
        text += words
        spans.append((len(text), len(text) + len(number)))
        text += number + (mark or "，")
    cuts = {start for start, _ in pieces(text, lambda piece: count(piece) <= budget)}
    for start, end in spans:
        assert not [cut for cut in cuts if start < cut < end], text[start:end]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.integers(1, 40))
def test_pieces_cover_any_text_without_gap_or_overlap(text: str, budget: int) -> None:
    spans = pieces(text, lambda piece: count(piece) <= budget)
    assert "".join(text[start:end] for start, end in spans) == text
    for start, _ in spans[1:]:
        assert not re.match(r"(?<=[0-9])[0-9]", text[start - 1 : start + 1])
        assert not (text[start - 1].isdecimal() and text[start].isdecimal())


def test_a_salutation_and_a_long_paragraph_stay_within_the_budget_together() -> None:
    paragraph = "各地区要认真贯彻落实，结合实际制定实施办法，明确责任分工，强化监督检查。" * 5
    budget = count(paragraph) + 3
    chunks = chunks_of("关于某事的通知", "各区人民政府，市直各有关单位：", paragraph, budget=budget)
    assert all(chunk.tokens <= budget for chunk in chunks)
    assert "".join(chunk.text for chunk in chunks).endswith(paragraph)
    assert any("各区人民政府，市直各有关单位：\n各地区" in chunk.text for chunk in chunks)
