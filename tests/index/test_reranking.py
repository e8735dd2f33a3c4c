"""What a reranker may change in the order of passages, and what it may not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Authority, Instrument, Kind, Query, Retrieval
from assistant.errors import ModelUnavailable
from assistant.index.reranking import DEPTH, Reranking, shares
from assistant.index.retriever import HybridRetriever
from assistant.settings import RerankerSettings
from tests.index.rerank_server import RerankServer, serving
from tests.index.shelf import HNTE, TALENT, Clauses, document, fill, reader


class Liking:
    """A reranker that likes texts with a word in them; it fails while ``broken``."""

    name = "liking"

    def __init__(self, word: str) -> None:
        self.word, self.broken = word, False
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, texts: Sequence[str]) -> Sequence[float]:
        self.asked.append((question, list(texts)))
        if self.broken:
            raise ModelUnavailable(zh="坏了", en="broken")
        return [4.0 if self.word in text else -4.0 for text in texts]


def ask(state: Path, query: Query, reranker: Liking | None) -> Retrieval:
    with reader(state) as index:
        return HybridRetriever(index, reranker=reranker, today=lambda: "2026-11-23").retrieve(query)


def order(found: Retrieval) -> list[tuple[str, str]]:
    return [(p.instrument.id, p.chunk.path[-1]) for p in found.passages]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    instrument = Instrument("hnte", title_zh="认定办法", doc_number="国科发火〔2016〕32号")
    fill(tmp_path, (instrument, document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    return tmp_path


def test_the_clause_that_the_reranker_likes_comes_first(shelf: Path) -> None:
    question = Query("高新技术企业研发费用占比")
    plain, reranked = ask(shelf, question, None), ask(shelf, question, Liking("更名"))
    assert order(plain)[0] == ("hnte", "第十一条 认定条件")
    assert order(reranked)[0] == ("hnte", "第十七条 更名")
    assert set(order(reranked)) == set(order(plain))
    assert reranked.passages[0].found_by["reranker"] == 1.0
    assert all(0 <= passage.found_by["reranker"] <= 1 for passage in reranked.passages)


def test_whether_there_is_an_answer_is_judged_as_without_a_reranker(shelf: Path) -> None:
    for question in ("高新技术企业年度报告", "zzz"):
        with_it, without = ask(shelf, Query(question), Liking("更名")), ask(shelf, Query(question), None)
        assert with_it.answerability == without.answerability


def test_an_article_asked_for_by_number_stays_first_whatever_the_reranker_likes(shelf: Path) -> None:
    found = ask(shelf, Query("国科发火〔2016〕32号第十三条"), Liking("更名"))
    assert order(found)[:2] == [("hnte", "第十三条 年度报告"), ("hnte", "第十七条 更名")]


def test_law_comes_before_news_that_the_reranker_likes_as_much(tmp_path: Path) -> None:
    text: Clauses = (("一、奖励", "对认定的企业给予一次性奖励20万元。"),)
    news = Instrument("a-news", kind=Kind.NEWS, authority=Authority.NEWS)
    law = Instrument("z-law", kind=Kind.LAW, authority=Authority.LAW)
    fill(tmp_path, (news, document("a-news", text)), (law, document("z-law", text)))
    assert [name for name, _ in order(ask(tmp_path, Query("奖励"), Liking("奖励")))] == ["z-law", "a-news"]


def test_a_reranker_that_fails_changes_nothing_but_the_note(
    shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reranker = Liking("更名")
    reranker.broken = True
    question = Query("高新技术企业研发费用占比")
    plain, failed = ask(shelf, question, None), ask(shelf, question, reranker)
    assert (failed.passages, failed.answerability) == (plain.passages, plain.answerability)
    assert "重排" in failed.note_zh
    assert "order" in failed.note_en
    assert plain.note_zh == ""
    assert "broken" in caplog.text


def test_after_a_failure_the_reranker_is_left_alone_for_a_while(shelf: Path) -> None:
    with reader(shelf) as index:
        passages = HybridRetriever(index).retrieve(Query("高新技术企业")).passages
    now, reranker = [0.0], Liking("更名")
    reranking = Reranking(reranker, clock=lambda: now[0])
    reranker.broken = True
    assert reranking.rerank(Query("问"), passages).scores is None
    reranker.broken = False
    now[0] = 29.0
    assert reranking.rerank(Query("问"), passages).scores is None
    assert len(reranker.asked) == 1
    now[0] = 31.0
    assert reranking.rerank(Query("问"), passages).scores is not None


def test_the_question_is_sent_after_the_turns_it_leans_on_and_all_within_512_tokens(tmp_path: Path) -> None:
    long: Clauses = (("第一条", "高新技术企业" * 200), ("第二条", "high-tech enterprise " * 200))
    fill(tmp_path, (Instrument("a"), document("a", long)))
    reranker = Liking("企业")
    context = (("外国人" * 100, 0.4), ("高新技术企业认定", 0.4))
    ask(tmp_path, Query("那条件呢？", context=context), reranker)
    question, texts = reranker.asked[0]
    assert question.endswith("高新技术企业认定\n那条件呢？")
    assert len(question) <= 100 + 2
    assert max(map(len, texts)) <= 1200
    chinese = next(text for text in texts if "high" not in text)
    assert len(chinese) <= 400 + 10


def test_what_the_reranker_did_not_read_comes_after_what_it_read(tmp_path: Path) -> None:
    many: Clauses = tuple((f"第{n}条", f"高新技术企业第{n}项奖励" + "名额" * (n % 7)) for n in range(1, 60))
    fill(tmp_path, (Instrument("a"), document("a", many)))
    reranker = Liking("名额")
    found = ask(tmp_path, Query("高新技术企业奖励名额", limit=50), reranker)
    assert len(reranker.asked[0][1]) == DEPTH
    assert [("reranker" in p.found_by) for p in found.passages] == [True] * DEPTH + [False] * (50 - DEPTH)
    scores = [passage.score for passage in found.passages]
    assert scores == sorted(scores, reverse=True)


def test_a_real_endpoint_reorders_and_its_failure_is_noted(shelf: Path) -> None:
    from assistant.index.rerankers import open_reranker

    with serving(RerankServer(liked=("更名",))) as server, reader(shelf) as index:
        reranker = open_reranker(RerankerSettings("endpoint", "m", server.url))
        retriever = HybridRetriever(index, reranker=reranker)
        assert order(retriever.retrieve(Query("高新技术企业")))[0] == ("hnte", "第十七条 更名")
        server.body = b"{}"
        assert retriever.retrieve(Query("高新技术企业")).note_en


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_scores_of_any_scale_become_shares_in_the_same_order(scores: list[float]) -> None:
    found = shares(scores)
    assert all(0 <= share <= 1 for share in found)
    assert max(found) == 1
    for one, left in zip(scores, found, strict=True):
        for other, right in zip(scores, found, strict=True):
            assert one >= other or left <= right


def test_shares_by_hand() -> None:
    assert shares([0.2, 0.6, 0.4]) == pytest.approx((0.0, 1.0, 0.5))
    assert shares([0.3, 0.3]) == (1.0, 1.0)
    assert shares([-30.0, 0.0, 30.0]) == pytest.approx((0.0, 0.5, 1.0))  # logits
    assert shares([]) == ()
