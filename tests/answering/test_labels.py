"""Labels are found in all their guises, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from assistant.answering.labels import Mark, take_labels


@pytest.mark.parametrize(
    ("text", "left", "labels"),
    [
        ("不低于4%。[1]", "不低于4%。", [(1,)]),
        ("不低于4%[1]。", "不低于4%。", [(1,)]),
        ("at least 4% [1].", "at least 4%.", [(1,)]),
        ("甲[1][3]。", "甲。", [(1,), (3,)]),
        ("甲【2】乙［12］", "甲乙", [(2,), (12,)]),
        ("甲[1, 3]。", "甲。", [(1, 3)]),
        ("甲[1、3；4]。", "甲。", [(1, 3, 4)]),
        ("甲[1]和[2]。", "甲和。", [(1,), (2,)]),
        ("甲[2-4]。", "甲。", [(2, 3, 4)]),
        ("甲[1–2，5]。", "甲。", [(1, 2, 5)]),
        ("甲[4-2]。", "甲。", [(4, 2)]),
        ("甲[^1]。", "甲。", [(1,)]),
        ("甲[[1]]。", "甲。", [(1,)]),
        ("甲[证据1]。", "甲。", [(1,)]),
        ("甲（来源：2）", "甲", [(2,)]),
        ("A [Source 1, Source 2].", "A.", [(1, 2)]),
        ("A (see evidence 2).", "A.", [(2,)]),
        ("甲【1†source】", "甲", [(1,)]),
        ("甲[1：第十一条]。", "甲。", [(1,)]),
        ("甲[1](https://evil.example/x?a=7)。", "甲。", [(1,)]),
        ("甲[1](#src-9)。", "甲。", [(1,)]),
        ("60% (1).", "60%.", [(1,)]),
        ("占60%（1，2）。", "占60%。", [(1, 2)]),
        ("甲^1。", "甲。", [(1,)]),
        ("word[1]and", "word and", [(1,)]),
        ("One.[1]Two.", "One. Two.", [(1,)]),
    ],
)
def test_a_label_is_taken_out_with_the_space_before_it(
    text: str, left: str, labels: list[tuple[int, ...]]
) -> None:
    taken = take_labels(text)
    assert taken.text == left
    assert [mark.labels for mark in taken.marks] == labels


@pytest.mark.parametrize(
    "text",
    [
        "国科发火[2016]32号",
        "国办发[16]3号",
        "国科发火〔2016〕32号",
        "包括(1)研发费用；(2)人员费用。",
        "认定条件（一）注册一年以上。",
        "under paragraph (1).",
        "under Article 11(1).",
        "第十一条（1）。",
        "10^6个",
        "《办法》[试行]",
        "a list [a] and [b, c]",
        "区间[100, 200]",
    ],
)
def test_what_only_looks_like_a_label_stays(text: str) -> None:
    taken = take_labels(text)
    assert taken.text == text
    assert taken.marks == ()


def test_a_mark_says_where_the_label_stood() -> None:
    assert take_labels("甲[1]，乙。[2]丙").marks == (Mark(1, (1,)), Mark(4, (2,)))


@pytest.mark.parametrize("text", ["甲。[", "甲。[1", "甲。【证据", "甲。 [1, ", "甲。^"])
def test_half_a_label_at_the_end_goes(text: str) -> None:
    assert take_labels(text).text == "甲。"
