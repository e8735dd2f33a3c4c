"""One quantity, however it is written, is one quantity; no number is ever cut."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.fold import aligned
from assistant.language.numerals import parse
from assistant.language.quantities import Quantity, quantities


def only(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


SAME = [
    (
        "money",
        [
            "5,000万元",
            "五千万元",
            "5000 万元",
            "50 million yuan",
            "RMB 50 million",
            "￥５０００万",
            "¥50,000,000",
            "人民币5000万元",
        ],
    ),
    ("money", ["10亿美元", "USD 1 billion", "$1bn", "one billion US dollars", "10亿美金"]),
    ("money", ["50万元至100万元", "50-100万元", "RMB 500,000 to 1,000,000"]),
    ("percent", ["百分之六", "6%", "６％", "6 percent", "6 per cent", "6.0%"]),
    ("percent", ["3.5个百分点", "3.5 percentage points", "3.5百分点"]),
    ("percent", ["三分之一", "one third", "one-third"]),
    ("percent", ["5%-8%", "5%至8%", "5—8%", "between 5% and 8%", "5 to 8 percent"]),
    (
        "date",
        [
            "2023年3月1日",
            "二〇二三年三月一日",
            "2023-03-01",
            "1 March 2023",
            "March 1, 2023",
            "2023/3/1",
            "2023.3.1",
            "March 1st, 2023",
        ],
    ),
    ("date", ["2023年3月", "March 2023", "二零二三年三月"]),
    ("duration", ["3年", "三年", "36个月", "three years", "36 months", "3-year"]),
    ("duration", ["半年", "6个月", "six months", "half a year"]),
    ("duration", ["一年半", "18个月"]),
    ("duration", ["30个工作日", "30 working days", "三十个工作日", "30 business days"]),
    ("count", ["3—5个", "3至5个", "三到五个"]),
    (
        "doc_number",
        ["国科发火〔2016〕32号", "国科发火[2016]32号", "国科发火（2016）32号", "Guo Ke Fa Huo [2016] No. 32"],
    ),
    ("doc_number", ["财政部 税务总局公告2023年第7号", "Announcement No. 7 of 2023"]),
    ("doc_number", ["国务院令第512号", "Decree No. 512"]),
    ("article", ["第十一条第（五）项", "第11条第5项", "Article 11(5)"]),
]


@pytest.mark.parametrize(("kind", "writings"), SAME)
def test_every_writing_of_one_quantity_agrees(kind: str, writings: list[str]) -> None:
    found = [only(writing) for writing in writings]
    assert {quantity.kind for quantity in found} == {kind}
    assert all(one.agrees(other) and other.agrees(one) for one in found for other in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5000万元", "5000万美元"),
        ("百亿元", "100 billion yuan"),
        ("5%", "5个百分点"),
        ("3年", "3个月"),
        ("10个工作日", "10天"),
        ("2023年3月", "2023年4月"),
        ("2023年3月1日", "2022年3月1日"),
        ("国科发火〔2016〕32号", "国科发火〔2016〕195号"),
        ("国科发火〔2016〕32号", "国科发火〔2017〕32号"),
        ("国科发火〔2016〕32号", "财税〔2016〕32号"),
        ("第十一条", "第十二条"),
        ("第十一条第（五）项", "第十一条第（四）项"),
        ("3—5个", "3个"),
        ("5%至8%", "5%至9%"),
    ],
)
def test_different_quantities_do_not_agree(one: str, other: str) -> None:
    assert not only(one).agrees(only(other))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("百亿元", 10**10),
        ("6个亿", 600_000_000),
        ("480w元", 4_800_000),
        ("2.6m yuan", 2_600_000),
        ("1亿2000万元", 120_000_000),
        ("一百二十亿五千万元", 12_050_000_000),
        ("一亿二元", 120_000_000),
        ("三万五元", 35_000),
        ("3.2万亿元", 3_200_000_000_000),
        ("two million five hundred thousand yuan", 2_500_000),
        ("三成", 30),
        ("千分之三", Decimal("0.3")),
        ("3-5万人", 30_000),
    ],
)
def test_values_are_in_whole_units(text: str, value: Decimal) -> None:
    assert only(text).value == value


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("不低于5%", "gte"),
        ("60%以上", "gte"),
        ("5000万元（含）以上", "gte"),
        ("at least 4%", "gte"),
        ("5% or more", "gte"),
        ("不少于3年", "gte"),
        ("no less than 5%", "gte"),
        ("must not be less than 5%", "gte"),
        ("20%以上（不含）", "gt"),
        ("超过300家", "gt"),
        ("more than 1,500", "gt"),
        ("不超过100%", "lte"),
        ("不得超过2年", "lte"),
        ("2年以内", "lte"),
        ("up to $10 million", "lte"),
        ("小于5,000万元（含）", "lte"),
        ("within 30 working days", "lte"),
        ("shall not exceed 30%", "lte"),
        ("no more than 3 years", "lte"),
        ("低于5%", "lt"),
        ("不满3年", "lt"),
        ("less than 5%", "lt"),
        ("约50家", "approx"),
        ("十余家", "approx"),
        ("about 50", "approx"),
        ("5%", "eq"),
        ("近三年", "eq"),
        ("最近一年", "eq"),
        ("自2023年1月1日起", "gte"),
        ("2025年底前", "lte"),
        ("before March 2023", "lt"),
        ("by 2027", "lte"),
    ],
)
def test_the_bound_around_a_number_is_read(text: str, comparator: str) -> None:
    assert only(text).comparator == comparator


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19",
        "5G",
        "H2O",
        "一带一路",
        "一个",
        "统一",
        "进一步",
        "几十家",
        "数百亿元",
        "[1]",
        "1. 目标",
        "（一）目标",
        "十四五",
    ],
)
def test_names_marks_and_vague_words_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_document_numbers_in_a_row_share_issuer_and_year() -> None:
    assert [(q.unit, q.key, q.text) for q in quantities("根据财关税〔2026〕7号、8号")] == [
        ("财关税", "2026-7", "财关税〔2026〕7号"),
        ("财关税", "2026-8", "8号"),
    ]


def test_a_range_of_years_gives_both_years() -> None:
    assert [q.key for q in quantities("2025—2027年")] == ["2025", "2027"]


def test_an_amount_under_a_table_head_agrees_with_the_amount_in_yuan() -> None:
    assert only("共 5000 元").agrees(quantities("金额（单位：元） 5000")[0])


numerals = st.one_of(
    st.integers(0, 10**13).map(str),
    st.integers(1000, 10**12).map(lambda n: f"{n:,}"),
    st.decimals(0, 10**6, places=2).map(str),
)
units = st.sampled_from(
    [
        "",
        "%",
        "万元",
        "亿元",
        "家",
        "年",
        " million yuan",
        " percent",
        "个百分点",
        "个月",
        "人",
        " years",
        "万美元",
    ]
)
words = st.sampled_from(
    ["不低于", "的企业", "，", "、", "。", " and ", " of ", "（", "）", "；", "at least ", "研发", "：", "\n"]
)


@given(st.lists(st.tuples(words, numerals, units, words), min_size=1, max_size=6))
def test_numbers_are_never_cut_whatever_stands_around_them(parts: list[tuple[str, str, str, str]]) -> None:
    text = "".join("".join(part) for part in parts)
    found = quantities(text)
    spans = [(q.start, q.end) for q in found]
    assert spans == sorted(spans)
    for quantity in found:
        assert text[quantity.start : quantity.end] == quantity.text
        folded = aligned(text)
        before, first = folded[: quantity.start][-1:], folded[quantity.start]
        last, after = folded[quantity.end - 1], folded[quantity.end : quantity.end + 1]
        assert not (before.isdigit() and first.isdigit())
        assert not (last.isdigit() and after.isdigit())


@given(numerals, units)
def test_a_number_in_digits_is_always_read_with_its_value(numeral: str, unit: str) -> None:
    found = quantities(f"规定为{numeral}{unit}。")
    assert len(found) == 1
    digits = Decimal(numeral.replace(",", ""))
    scale = {"万元": 10**4, "亿元": 10**8, " million yuan": 10**6, "万美元": 10**4}.get(unit, 1)
    if found[0].kind != "date":
        assert found[0].value == digits * scale


DIGITS = "零一二三四五六七八九"


def in_chinese(number: int) -> str:
    """An independent writer of Chinese numerals up to 9999亿, to read back."""
    if number < 10:
        return DIGITS[number]
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            head, rest = divmod(number, unit)
            gap = "零" if rest and rest < unit // 10 else ""
            return in_chinese(head) + name + (gap + in_chinese(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(0, 999_999_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert parse(in_chinese(number)) == number


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for quantity in quantities(text):
        assert quantity.agrees(quantity)
        assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize(
    "text", ["合计1920万", "销售收入2010万", "研发2005万多", "R&D of 2000 million", "营收1999亿"]
)
def test_an_amount_that_looks_like_a_year_is_no_year(text: str) -> None:
    (found,) = quantities(text)
    assert found.kind in ("number", "money", "count")
    assert found.value >= 1_000_000
