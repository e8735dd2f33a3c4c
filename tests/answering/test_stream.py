"""A streamed reply becomes drafts, whatever Markdown it wears and however it was cut."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.composer import Draft
from assistant.answering.stream import ReplyParser
from assistant.domain import Language

Said = list[tuple[str, tuple[int, ...]]]


def said(drafts: list[Draft]) -> Said:
    return [(draft.text, draft.labels) for draft in drafts]


def parse(*pieces: str, language: Language = "zh", truncated: bool = False) -> Said:
    parser = ReplyParser(language)
    drafts = [draft for piece in pieces for draft in parser.feed(piece)]
    return said([*drafts, *parser.end(truncated=truncated)])


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("比例不低于4%。[1]收入占60%。[2]", [("比例不低于4%。", (1,)), ("收入占60%。", (2,))]),
        ("比例为3.1%，甲[1]，乙[2]。", [("比例为3.1%，甲，乙。", (1, 2))]),
        ("[1] 甲。\n[2] 乙。", [("甲。", (1,)), ("乙。", (2,))]),
        ("甲。[1]\n\n乙。[1]", [("甲。", (1,)), ("乙。", (1,))]),
        (
            "条件：[1]\n- 甲[1]\n* 乙；[2]\n• 丙",
            [("条件：", (1,)), ("- 甲", (1,)), ("- 乙；", (2,)), ("- 丙", ())],
        ),
        (
            "1. 甲。[1]\n2、乙。[2]\n（三）丙。[3]",
            [("1. 甲。", (1,)), ("2、乙。", (2,)), ("（三）丙。", (3,))],
        ),
        ("## 认定条件\n**结论**\n---\n甲。[1]", [("甲。", (1,))]),
        ("**甲**是`乙`的*丙*。**[1]**", [("甲是乙的丙。", (1,))]),
        ("```markdown\n甲。[1]\n```", [("甲。", (1,))]),
        ("> 甲。[1]\n> 乙。[2]", [("甲。", (1,)), ("乙。", (2,))]),
        ("甲。[1]\n\n参考资料：\n[1] 《办法》第十一条\n[2] 《指引》", [("甲。", (1,))]),
        ("甲。[^1]\n\n[^1]: 《办法》第十一条", [("甲。", (1,))]),
        ("国科发火[2016]32号有效。[1]", [("国科发火[2016]32号有效。", (1,))]),
        ("甲（乙。丙。）丁。[1]", [("甲（乙。丙。）丁。", (1,))]),
        ("甲。(1)", [("甲。", (1,))]),
        ("甲\r\n乙[1]\r\n", [("甲", ()), ("乙", (1,))]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_a_reply_becomes_sentences_with_labels(reply: str, expected: Said) -> None:
    assert parse(reply) == expected


def test_english_sentences_keep_their_abbreviations_and_numbers() -> None:
    reply = (
        "The rate is 3.1% under Art. 11 of the U.S. Act [1]. It applies from Jan. 1, 2026.[2] See No. 32 (3)."
    )
    assert parse(reply, language="en") == [
        ("The rate is 3.1% under Art. 11 of the U.S. Act.", (1,)),
        ("It applies from Jan. 1, 2026.", (2,)),
        ("See No. 32.", (3,)),
    ]


def test_a_row_of_a_table_repeats_the_heads_and_carries_its_labels() -> None:
    heads = "| 指标 | 目标 | 依据 |\n|---|:-:|---|\n"
    rows = "| 强度 | **4%** | [1] |\n| 数量 | 5家<br>以上 [2] | [3] |\n"
    assert parse(heads + rows + "甲。[1]") == [
        ("指标：强度；目标：4%", (1,)),
        ("指标：数量；目标：5家 以上", (2, 3)),
        ("甲。", (1,)),
    ]
    assert parse("| Rate | 4% [1] |\n| Share | 60% [2] |", language="en") == [
        ("Rate; 4%", (1,)),
        ("Share; 60%", (2,)),
    ]


def test_a_label_at_the_end_of_a_line_serves_its_unlabelled_sentences() -> None:
    assert parse("甲。乙。[2]丙。") == [("甲。", (2,)), ("乙。", (2,)), ("丙。", ())]


def test_a_lead_in_takes_the_labels_of_its_first_item() -> None:
    assert parse("须同时满足：\n- 甲[1]\n- 乙[2]") == [("须同时满足：", (1,)), ("- 甲", (1,)), ("- 乙", (2,))]
    assert parse("甲。\n须同时满足：\n- 乙[2]")[0] == ("甲。", ())


def test_a_line_of_labels_serves_the_line_before_it() -> None:
    assert parse("甲。\n[1][2]\n乙。[3]") == [("甲。", (1, 2)), ("乙。", (3,))]


def test_words_that_say_there_is_no_answer_take_no_label() -> None:
    assert parse("证据中没有相关规定。企业应当自行申报。[1]") == [
        ("证据中没有相关规定。", ()),
        ("企业应当自行申报。", (1,)),
    ]


def test_a_sentence_is_handed_out_when_the_next_begins_and_not_before() -> None:
    parser = ReplyParser("zh")
    assert parser.feed("不低于4%。") == []
    assert parser.feed("[1") == []
    assert parser.feed("][3]") == []
    assert said(parser.feed("收")) == [("不低于4%。", (1, 3))]
    assert said(parser.feed("入占60%。[2]\n")) == [("收入占60%。", (2,))]


def test_a_sentence_that_was_cut_off_is_dropped() -> None:
    assert parse("甲。[1]乙的条件是", truncated=True) == [("甲。", (1,))]
    assert parse("甲。[1]乙。[2", truncated=True) == [("甲。", (1,)), ("乙。", ())]
    assert parse("甲。[1]乙的条件是") == [("甲。", (1,)), ("乙的条件是", ())]


@pytest.mark.parametrize(
    ("reply", "expected", "missing"),
    [
        ("NO_ANSWER_IN_EVIDENCE", [], ""),
        ("**NO_ANSWER_IN_EVIDENCE**\n另外补充一句。[1]", [], ""),
        (r"`NO\_ANSWER\_IN\_EVIDENCE`。", [], ""),
        ("No answer in evidence.", [], ""),
        ("甲。[1]\nNO_ANSWER_IN_EVIDENCE：没有**奖励**金额\n乙", [("甲。", (1,))], "没有奖励金额"),
        ("甲。[1] NO_ANSWER_IN_EVIDENCE: <b>bonus</b> [x](http://a.b)", [("甲。", (1,))], "bonus x"),
        ("甲。[1]\nNO_ANSWER_IN_EVIDENCE：" + "长" * 999, [("甲。", (1,))], "长" * 200),
    ],
)
def test_the_sentinel_ends_the_answer_and_names_what_is_missing(
    reply: str, expected: Said, missing: str
) -> None:
    parser = ReplyParser("zh")
    drafts = [*parser.feed(reply), *parser.end()]
    assert said(drafts) == expected
    assert parser.answerless
    assert parser.missing == missing


FRAGMENTS = [
    *(
        "研发占比",
        "不低于",
        "3.1%",
        "10",
        "年",
        "《办法》",
        "“引文。”",
        "（甲。乙）",
        "证据中没有",
        "参考资料：\n",
    ),
    *("The rate is ", "60%. ", "U.S. ", "e.g. ", "Art. 5", "Next One", " may apply. "),
    *("。", "。", "。", "？", "！", "…", "：", "：\n", "；", " ", "\n", "\n\n"),
    *("[1]", "【2】", "[1][2]", "［3, 4］", "(1)", "（一）", "[2016]32号", "[Source 3]", "^2", "[", "【"),
    *("- ", "\n1. ", "一、", "**", "|", "| a | b |\n|---|---|\n", "# 标题\n", "```\n", "> "),
    *(
        "NO_ANSWER_IN_EVIDENCE",
        "NO_ANSWER",
        "<b>",
        "<!--",
        "http://x.cn/a.b",
        "[链接](http://a.b)",
        "![图](x.png)",
    ),
]
REPLIES = st.lists(st.sampled_from(FRAGMENTS), max_size=16).map("".join) | st.text(max_size=60)


@given(REPLIES, st.data())
def test_however_a_reply_is_cut_the_drafts_are_the_same(reply: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(reply)), max_size=8)))
    pieces = [reply[a:b] for a, b in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    whole, cut = ReplyParser("zh"), ReplyParser("zh")
    expected = [*whole.feed(reply), *whole.end()]
    assert [*(draft for piece in pieces for draft in cut.feed(piece)), *cut.end()] == expected
    assert (cut.answerless, cut.missing) == (whole.answerless, whole.missing)


class _LineByLine(ReplyParser):
    """Reads whole lines only: slower to speak, and with all there is to know."""

    def _begins_sentence(self, character: str) -> bool:
        return False


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
def test_speaking_early_changes_nothing_in_what_is_said(reply: str) -> None:
    early, late = ReplyParser("zh"), _LineByLine("zh")
    assert [*early.feed(reply), *early.end()] == [*late.feed(reply), *late.end()]


@given(REPLIES)
def test_no_half_label_or_sentinel_ever_gets_out(reply: str) -> None:
    parser = ReplyParser("zh")
    for draft in [*parser.feed(reply + "甲。[1"), *parser.end()]:
        assert not draft.text.endswith("[1")
        assert "NO_ANSWER_IN_EVIDENCE" not in draft.text


def test_reading_costs_far_less_than_a_model_takes_to_write() -> None:
    reply = "企业申请认定前一年内未发生重大安全、重大质量事故或严重环境违法行为。[1][2]" * 60
    began = time.perf_counter()
    drafts = parse(*reply)
    spent = time.perf_counter() - began
    assert len(drafts) == 60
    assert spent / 60 < 0.02
