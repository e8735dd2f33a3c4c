"""What a question finds, and in which order: structure, law, language and numbers beside the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Authority, Filters, Instrument, Kind, Level, Query, ValidityStatus
from assistant.index.references import References
from assistant.index.retriever import HybridRetriever
from assistant.language.glossary import Glossary, Term
from assistant.language.lay_terms import LayTerm, LayTerms
from tests.index.shelf import HNTE, HNTE_EN, TALENT, Clauses, document, fill, reader

TODAY = "2026-11-23"
TEXT: Clauses = (("一、奖励", "对认定的企业给予一次性奖励20万元。"),)


def ask(
    state: Path, query: Query, glossary: Glossary | None = None, lay_terms: LayTerms = LayTerms()
) -> list[tuple[str, str]]:
    with reader(state) as index:
        retriever = HybridRetriever(index, glossary, lay_terms=lay_terms, today=lambda: TODAY)
        passages = retriever.retrieve(query).passages
        return [(p.instrument.id, p.chunk.path[-1]) for p in passages]


def test_an_article_asked_for_by_number_comes_first(tmp_path: Path) -> None:
    numbered = Instrument("hnte", doc_number="国科发火〔2016〕32号")
    other = Instrument("old", doc_number="国科发火〔2008〕172号")
    fill(tmp_path, (numbered, document("hnte", HNTE)), (other, document("old", HNTE)))
    assert ask(tmp_path, Query("国科发火[2016]32号第十七条讲研发费用吗？"))[0] == ("hnte", "第十七条 更名")
    assert ask(tmp_path, Query("第13条", focus=("old",)))[0] == ("old", "第十三条 年度报告")


def test_a_document_number_without_year_or_issuer_is_understood(tmp_path: Path) -> None:
    numbered = Instrument("vat", doc_number="财政部 税务总局公告2023年第7号")
    fill(tmp_path, (numbered, document("vat", TEXT)), (Instrument("other"), document("other", TEXT)))
    assert ask(tmp_path, Query("7号公告的奖励是多少"))[0][0] == "vat"


def test_a_document_is_known_by_its_number_alone_as_people_say_it(tmp_path: Path) -> None:
    numbered = Instrument("hnte", doc_number="国科发火〔2016〕32号")
    fill(tmp_path, (numbered, document("hnte", HNTE)), (Instrument("t"), document("t", HNTE)))
    for question in ("32号文第十七条", "科技部３２号文件第17条讲什么"):
        assert ask(tmp_path, Query(question))[0] == ("hnte", "第十七条 更名")
    with reader(tmp_path) as index:
        assert References(index.catalogue).read("5月32号公告的结果").instruments == ()


def test_a_number_that_many_documents_have_points_at_none(tmp_path: Path) -> None:
    many = [Instrument(f"i{year}", doc_number=f"财税〔{year}〕7号") for year in range(2010, 2016)]
    fill(tmp_path, *((instrument, document(instrument.id, TEXT)) for instrument in many))
    with reader(tmp_path) as index:
        assert References(index.catalogue).read("7号文").instruments == ()
        assert References(index.catalogue).read("财税〔2012〕7号").instruments == ("i2012",)


def test_law_comes_before_news_that_says_the_same(tmp_path: Path) -> None:
    news = Instrument("a-news", kind=Kind.NEWS, authority=Authority.NEWS)
    law = Instrument("z-law", kind=Kind.LAW, authority=Authority.LAW)
    fill(tmp_path, (news, document("a-news", TEXT)), (law, document("z-law", TEXT)))
    assert [instrument for instrument, _ in ask(tmp_path, Query("奖励多少钱"))] == ["z-law", "a-news"]


def test_superseded_versions_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    old = Instrument("old", status=ValidityStatus.SUPERSEDED, superseded_by="new", expires="2025-12-31")
    new = Instrument("new", status=ValidityStatus.IN_FORCE, effective="2026-01-01")
    fill(tmp_path, (old, document("old", TEXT)), (new, document("new", TEXT)))
    question = "奖励多少钱"

    def instruments(query: Query) -> list[str]:
        return [instrument for instrument, _ in ask(tmp_path, query)]

    assert instruments(Query(question)) == ["new"]
    assert set(instruments(Query(question, Filters(include_superseded=True)))) == {"old", "new"}
    assert set(instruments(Query(question, focus=("old",)))) == {"old", "new"}
    assert instruments(Query(question, Filters(as_of="2025-06-01")))[0] == "old"


def test_filters_keep_only_what_they_name(tmp_path: Path) -> None:
    city = Instrument("city", level=Level.MUNICIPAL, kind=Kind.NOTICE, issuer_zh="武汉市科技局")
    state = Instrument("state", level=Level.NATIONAL, kind=Kind.LAW, issuer_en="State Council")
    fill(tmp_path, (city, document("city", TEXT)), (state, document("state", TEXT)))
    for filters, kept in (
        (Filters(levels=(Level.MUNICIPAL,)), ["city"]),
        (Filters(kinds=(Kind.LAW,)), ["state"]),
        (Filters(issuers=("科技局",)), ["city"]),
        (Filters(issuers=("state council",)), ["state"]),
        (Filters(instruments=("state",)), ["state"]),
        (Filters(languages=("en",)), []),
        (Filters(levels=(Level.PROVINCIAL,)), []),
    ):
        assert [i for i, _ in ask(tmp_path, Query("奖励", filters))] == kept, filters


@pytest.fixture
def bilingual(tmp_path: Path) -> Path:
    instrument = Instrument("hnte", title_zh="认定办法", title_en="Recognition Measures")
    fill(
        tmp_path,
        (instrument, document("hnte", HNTE)),
        (instrument, document("hnte", HNTE_EN, "en", "Recognition Measures")),
        (Instrument("t"), document("t", TALENT)),
    )
    return tmp_path


def test_a_clause_that_stands_in_both_languages_is_shown_once_in_the_askers(bilingual: Path) -> None:
    english = [path for i, path in ask(bilingual, Query("When is the annual report filed?")) if i == "hnte"]
    chinese = [path for i, path in ask(bilingual, Query("年度报告什么时候填报？")) if i == "hnte"]
    assert english[0] == "Article 13 Annual report"
    assert chinese[0] == "第十三条 年度报告"
    assert all(path.startswith("Article") for path in english)
    assert all(path.startswith("第") for path in chinese)
    assert len(english) == len(set(english)) == len(HNTE_EN)


def test_a_question_finds_the_clause_through_the_words_of_its_twin(bilingual: Path) -> None:
    # 填报 stands in the Chinese text only; the English clause is shown
    query = Query("What does the rule on 填报 say in English, when and by whom?")
    assert ask(bilingual, query)[0] == ("hnte", "Article 13 Annual report")


def test_another_name_from_the_glossary_finds_the_official_one(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("t"), document("t", TALENT)), (Instrument("x"), document("x", TEXT)))
    glossary = Glossary((Term(zh="外国高端人才", en="foreign experts", aliases_zh=("洋专家",)),))
    assert ask(tmp_path, Query("洋专家"), glossary)[0] == ("t", "第一条 对象")
    assert ask(tmp_path, Query("foreign experts"), glossary)[0] == ("t", "第一条 对象")


def test_earlier_turns_decide_where_the_question_leaves_it_open(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    question = "那条件是什么？"
    assert ask(tmp_path, Query(question, context=(("外国人来华工作许可", 0.4),)))[0][0] == "t"
    assert ask(tmp_path, Query(question, context=(("高新技术企业认定", 0.4),)))[0][0] == "hnte"


def test_an_instrument_in_focus_comes_before_one_that_says_the_same(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("a"), document("a", TEXT)), (Instrument("b"), document("b", TEXT)))
    assert ask(tmp_path, Query("奖励", focus=("a",)))[0][0] == "a"
    assert ask(tmp_path, Query("奖励", focus=("b",)))[0][0] == "b"


def test_a_question_without_a_known_word_finds_nothing_by_words(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("t"), document("t", TALENT)))
    with reader(tmp_path) as index:
        passages = HybridRetriever(index).retrieve(Query("zzz")).passages
    assert all("words" not in passage.found_by for passage in passages)


def test_no_more_passages_are_returned_than_asked_for(tmp_path: Path) -> None:
    fill(tmp_path, (Instrument("hnte"), document("hnte", HNTE)))
    assert len(ask(tmp_path, Query("高新技术企业", limit=2))) == 2


def test_everyday_words_find_the_clause_that_puts_it_in_words_of_law(tmp_path: Path) -> None:
    work: Clauses = (
        ("第四十六条 经济补偿", "用人单位提出解除劳动合同的，应当支付经济补偿。"),
        ("第五条 被试", "被试单位应当报告。"),
    )
    fill(tmp_path, (Instrument("work"), document("work", work)))
    question = Query("被炒鱿鱼有钱拿吗")
    lay_terms = LayTerms((LayTerm(("炒鱿鱼",), ("解除劳动合同", "经济补偿")),))
    assert ask(tmp_path, question)[0][1] == "第五条 被试"
    assert ask(tmp_path, question, lay_terms=lay_terms)[0][1] == "第四十六条 经济补偿"
