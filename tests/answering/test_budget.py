"""Tokens are estimated without a tokenizer, and texts are kept while they fit."""

from __future__ import annotations

from assistant.answering.budget import tokens, within


def test_a_chinese_character_is_a_token_and_three_others_are_one() -> None:
    assert tokens("研发费用。") == 5
    assert tokens("abcdef") == 2
    assert tokens("abcdefg") == 3
    assert tokens("占60%以上") == 4
    assert tokens("") == 0


def test_texts_are_kept_in_order_until_one_does_not_fit() -> None:
    assert list(within(["甲乙", "丙丁", "戊己庚", "辛"], 6)) == ["甲乙", "丙丁"]
    assert list(within(["甲乙"], 1)) == []
