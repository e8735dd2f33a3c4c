"""Small words and names are found for what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.cues import about_the_sources, cues, opposites
from assistant.language.names import names


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("企业应当备案，可以申请复审，不得转让。", ["must", "may", "ban"]),
        ("An enterprise shall file, may appeal and must not transfer it.", ["must", "may", "ban"]),
        ("未申报的不享受优惠", ["not", "not"]),
        ("所有企业原则上均可参加，仅限一次", ["all", "mostly", "all", "may", "only"]),
        ("除另有规定外，如果在上述条件下", ["except", "if", "if"]),
        ("Some firms generally pay unless exempted", ["part", "mostly", "except"]),
        ("认可的应用需求", []),
        ("不断提高，不仅如此，无论如何", []),
    ],
)
def test_cues_are_found_with_their_kind(text: str, kinds: list[str]) -> None:
    assert [cue.kind for cue in cues(text)] == kinds


@pytest.mark.parametrize(
    "text", ["不低于5%", "不得超过3年", "at least 5%", "no more than 3 years", "shall not exceed 30%"]
)
def test_words_of_comparison_beside_a_number_deny_nothing(text: str) -> None:
    assert not {cue.kind for cue in cues(text)} & {"not", "ban"}


def test_a_comparison_without_a_number_is_a_bound() -> None:
    assert [cue.kind for cue in cues("待遇不低于国内投资者")] == ["floor"]
    assert [cue.kind for cue in cues("待遇不超过国内投资者")] == ["ceiling"]


@given(st.text())
def test_cues_never_overlap_and_are_the_text_itself(text: str) -> None:
    end = 0
    for cue in cues(text):
        assert end <= cue.start < cue.end
        assert text[cue.start : cue.end] == cue.text
        end = cue.end


def test_opposites_are_words_turned_round() -> None:
    assert opposites("税率提高", "税率降低") == [("提高", "降低")]
    assert opposites("The rate was raised", "The rate is cut") == [("raise", "cut")]
    assert opposites("税率提高", "税率先降低后提高") == []


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("资料中没有说明办理时限。", True),
        ("The passages do not mention a deadline.", True),
        ("企业应当按时报送。", False),
        ("The enterprise must not be late.", False),
    ],
)
def test_words_about_the_sources_are_told_from_claims(sentence: str, about: bool) -> None:
    assert about_the_sources(sentence) is about


def test_one_body_has_one_key_in_both_languages() -> None:
    texts = ["科技部", "科学技术部", "the Ministry of Science and Technology", "MOST"]
    assert {name.key for text in texts for name in names(text)} == {"科学技术部"}


def test_an_abbreviation_counts_only_in_capitals() -> None:
    assert [name.kind for name in names("most enterprises")] == ["actor"]
    assert [name.kind for name in names("a MOST notice")] == ["body"]


def test_the_longest_name_wins() -> None:
    assert [name.key for name in names("国家税务总局湖北省")] == ["国家税务总局", "湖北"]
