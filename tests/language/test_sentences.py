"""Sentences end where a reader would end them, and never inside a number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.quantities import quantities
from assistant.language.sentences import clauses, sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def test_chinese_sentences_keep_their_closing_marks() -> None:
    assert texts("“高质量发展。”他说。第二句！") == ["“高质量发展。”", "他说。", "第二句！"]


def test_a_stop_inside_brackets_does_not_cut_the_sentence_around_them() -> None:
    assert texts("其中（见附件。）另行规定。其他不变。") == ["其中（见附件。）另行规定。", "其他不变。"]


def test_english_abbreviations_and_decimals_do_not_end_a_sentence() -> None:
    assert texts(
        "See Art. 11 of No. 32. The rate is 3.5 per cent. U.S. firms pay 5,000 yuan, e.g. more."
    ) == [
        "See Art. 11 of No. 32.",
        "The rate is 3.5 per cent.",
        "U.S. firms pay 5,000 yuan, e.g. more.",
    ]


def test_list_items_are_units_and_their_marks_stay_with_them() -> None:
    assert texts("主要目标\n（一）到2027年达到4.2%；\n1. First item\n2. Second item") == [
        "主要目标",
        "（一）到2027年达到4.2%；",
        "1. First item",
        "2. Second item",
    ]


def test_an_english_line_that_breaks_off_goes_on_in_the_next() -> None:
    assert texts("The enterprise must be\nregistered in China.\nIt pays 15%.") == [
        "The enterprise must be\nregistered in China.",
        "It pays 15%.",
    ]


def test_clauses_cut_at_semicolons_too() -> None:
    assert [c.text for c in clauses("小于5,000万元的，不低于5%；超过2亿元的，不低于3%。")] == [
        "小于5,000万元的，不低于5%；",
        "超过2亿元的，不低于3%。",
    ]


PIECES = [
    "不低于3.1%",
    "5,000万元",
    "２０２３年",
    "Art. 11",
    "。",
    "；",
    "\n",
    " ",
    "，",
    "The rate is 3.5. ",
    "第十一条",
]
PIECES += [
    "(1)",
    "（",
    "）",
    "国科发火〔2016〕32号",
    "No. 7 of 2023",
    "e.g. ",
    "“",
    "”",
    "- item",
    "1. ",
    "USD 3.2bn",
]
pieces = st.lists(st.sampled_from(PIECES)).map("".join)


@given(pieces | st.text())
def test_spans_are_in_order_and_are_the_text_itself(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        end = sentence.end


@given(pieces | st.text())
def test_every_letter_and_digit_is_in_some_sentence(text: str) -> None:
    kept = "".join(sentence.text for sentence in sentences(text))
    assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in text if c.isalnum())


@given(pieces)
def test_no_sentence_ends_inside_a_quantity(text: str) -> None:
    edges = {edge for sentence in sentences(text) for edge in (sentence.start, sentence.end)}
    for quantity in quantities(text):
        if "\n" not in quantity.text:
            assert not any(quantity.start < edge < quantity.end for edge in edges)
