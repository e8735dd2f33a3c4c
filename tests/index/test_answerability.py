"""The score that tells whether the passages answer, on small shelves."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Instrument, Query
from assistant.index.answerability import Signs, answerability
from assistant.index.retriever import HybridRetriever
from assistant.language.glossary import Glossary, Term
from assistant.language.lacking import says_lacking
from tests.index.shelf import HNTE, TALENT, Clauses, document, fill, reader


def signs(state: Path, question: str, glossary: Glossary | None = None) -> Signs:
    with reader(state) as index:
        found = HybridRetriever(index, glossary).signs(Query(question))
    assert found is not None
    return found


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    return tmp_path


def test_what_the_texts_say_scores_above_what_they_do_not(shelf: Path) -> None:
    answered = answerability(signs(shelf, "高新技术企业的年度报告什么时候填报？"))
    near_miss = answerability(signs(shelf, "高新技术企业在哪里上市？"))
    strange = answerability(signs(shelf, "明天下雨吗？"))
    assert 1 > answered > near_miss > strange > 0


def test_where_nothing_is_found_the_score_is_zero(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("t"), document("t", ())))
    with reader(tmp_path) as index:
        assert HybridRetriever(index).retrieve(Query("奖励")).answerability == 0


def test_words_that_stand_together_tell_more_than_words_that_are_strewn(tmp_path: Path) -> None:
    gap = "，".join("其他事项" for _ in range(40))
    together: Clauses = (("一", f"企业更名应当报告{gap}"),)
    strewn: Clauses = (("一", f"企业{gap}更名{gap}报告"),)
    fill(tmp_path / "a", (Instrument("a"), document("a", together)))
    fill(tmp_path / "b", (Instrument("b"), document("b", strewn)))
    question = "企业更名报告"
    assert signs(tmp_path / "a", question).together > signs(tmp_path / "b", question).together


def test_a_source_that_says_it_does_not_know_is_no_answer(tmp_path: Path) -> None:
    open_: Clauses = (("一", "中心的奖励为每家30万元。"), ("二", "名单每年公布。"))
    lacking: Clauses = (("一", "中心的奖励每家多少未查到。"), ("二", "名单每年公布。"))
    fill(tmp_path / "a", (Instrument("a"), document("a", open_)))
    fill(tmp_path / "b", (Instrument("b"), document("b", lacking)))
    assert signs(tmp_path / "a", "中心的奖励每家多少").lacking == 0
    assert signs(tmp_path / "b", "中心的奖励每家多少").lacking == 1
    assert signs(tmp_path / "b", "名单什么时候公布").lacking == 0


def test_a_term_of_the_field_speaks_for_an_answer(shelf: Path) -> None:
    glossary = Glossary((Term(zh="安家补贴", en="settlement allowance"),))
    assert signs(shelf, "安家补贴", glossary).named > 0
    assert signs(shelf, "安家费", glossary).named == 0


def test_the_more_of_the_field_a_question_names_the_more_speaks_for_an_answer(shelf: Path) -> None:
    glossary = Glossary((Term("年度报告", "annual report"), Term("高新技术企业", "high-tech enterprise")))
    one = signs(shelf, "年度报告什么时候填报？", glossary)
    two = signs(shelf, "高新技术企业的年度报告什么时候填报？", glossary)
    assert 1 > two.named > one.named > signs(shelf, "什么时候填报？", glossary).named == 0


@pytest.mark.parametrize(
    "sentence",
    [
        "2026年的金额未查到。",
        "没有找到实施细则。（截至2026年11月）",
        "The amount was not found.",
        "It is not known.",
    ],
)
def test_a_sentence_that_says_it_was_not_found_is_known(sentence: str) -> None:
    assert says_lacking(sentence)


@pytest.mark.parametrize(
    "sentence", ["未查到违法记录的企业，可以申报。", "Persons not known to it, apply first."]
)
def test_a_rule_about_what_was_not_found_is_a_rule(sentence: str) -> None:
    assert not says_lacking(sentence)


def test_every_sentence_under_a_heading_of_gaps_lacks() -> None:
    assert says_lacking("补助金额", "未查到的内容")
    assert not says_lacking("补助金额", "补助")
