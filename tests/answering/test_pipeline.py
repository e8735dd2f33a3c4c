"""From a question to a checked answer, without a model."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.answering.composer import Composed, ComposeTask, Draft
from assistant.answering.pipeline import Answering
from assistant.domain import Filters, Finished, Instrument, Kind, Level, Progress, SentenceReleased, Status
from assistant.domain import ValidityStatus as V
from assistant.errors import ModelUnavailable, QuestionError
from tests.answering.small_library import TODAY, answering, ask, library

MEASURES = Instrument(
    "measures",
    "高新技术企业认定管理办法",
    "HNTE Measures",
    level=Level.NATIONAL,
    issuer_zh="科技部",
    status=V.IN_FORCE,
)
PLAN = Instrument(
    "plan",
    "武汉市研发平台三年行动方案",
    "Wuhan R&D Platform Plan",
    Kind.PLAN,
    Level.MUNICIPAL,
    issuer_zh="武汉市人民政府",
    status=V.IN_FORCE,
)
HELD = library(
    (
        MEASURES,
        "zh",
        {
            "第十一条 认定条件": [
                "高新技术企业的科技人员占职工总数的比例不低于10%。",
                "高新技术企业须注册成立满1年。",
            ],
            "第十七条 更名": ["高新技术企业更名的，应在3个月内报告。"],
            "未查到的内容": ["高新技术企业认定的申请费用未查到。"],
        },
    ),
    (
        PLAN,
        "zh",
        {
            "一、主要目标": [
                "到2027年，武汉市研发平台数量超过1500家。（来源：官方文本）",
                "到2027年，武汉市概念验证中心达到40个。（单一来源：新闻摘要）",
            ]
        },
    ),
)


class Scripted:
    """A composer that says what it is told, or fails."""

    name = "model-x"

    def __init__(self, *drafts: Draft, refused: bool = False, fails: bool = False) -> None:
        self._drafts, self._refused, self._fails = drafts, refused, fails

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        yield from self._drafts
        if self._fails:
            raise ModelUnavailable(zh="断开", en="broken off")
        yield Composed(refused=self._refused, prompt_digests={"answer": "abc"})


def with_model(composer: Scripted) -> Answering:
    quoting = answering(HELD)
    return Answering(
        retriever=HELD,
        library=HELD,
        extractive=quoting._drafting.extractive,
        generative=composer,
        today=lambda: TODAY,
        clock=lambda: 0.0,
    )


def test_a_figure_is_answered_by_its_clause_with_a_citation_that_resolves() -> None:
    answer = ask(answering(HELD), "武汉到2027年要建多少家研发平台？")
    assert answer.status is Status.ANSWERED
    assert answer.sentences[0].text == "到2027年，武汉市研发平台数量超过1500家。"
    citation = answer.sentences[0].citations[0]
    document = HELD.document(citation.document_id)
    assert document is not None
    assert document.text[citation.start : citation.end] == citation.quote
    assert citation.document_digest == document.digest
    assert answer.trace.composer == "extractive"


def test_a_single_source_mark_stays_visible_and_is_explained() -> None:
    answer = ask(answering(HELD), "武汉到2027年概念验证中心有多少个？")
    assert "单一来源：新闻摘要" in answer.text
    assert any("单一来源" in notice for notice in answer.notices)


def test_the_article_of_a_quoted_clause_is_named() -> None:
    assert "（第十七条）" in ask(answering(HELD), "高新技术企业更名要多久内报告？").text


def test_events_come_in_order_and_every_sentence_before_the_end() -> None:
    events = list(answering(HELD).ask("武汉到2027年要建多少家研发平台？"))
    stages = [event.stage for event in events if isinstance(event, Progress)]
    assert stages == ["understanding", "searching", "composing"]
    released = [event.sentence for event in events if isinstance(event, SentenceReleased)]
    assert isinstance(events[-1], Finished)
    assert events[-1].answer.sentences == tuple(released)


def test_a_question_about_something_else_is_refused_without_sources() -> None:
    answer = ask(answering(HELD), "离婚以后孩子的抚养权怎么判给母亲？")
    assert answer.status.is_refusal
    assert not answer.evidence
    assert not any(sentence.citations for sentence in answer.sentences)


def test_what_the_sources_say_they_lack_is_said_and_who_to_ask() -> None:
    answer = ask(answering(HELD), "高新技术企业认定的申请费用是多少？")
    assert answer.status is Status.NO_EVIDENCE
    assert "申请费用未查到" in answer.text
    assert "科技部" in answer.text
    assert "高新技术企业认定管理办法" in answer.searched


def test_a_question_about_our_own_case_without_figures_is_asked_back() -> None:
    answer = ask(answering(HELD), "我们的科技人员比例够吗？")
    assert answer.status is Status.NEEDS_FACTS
    assert any("科技人员" in fact for fact in answer.missing_facts)
    assert answer.sentences[-1].citations


@pytest.mark.parametrize("question", ["", "   ", "？？？", "\u200b"])
def test_no_question_is_an_error_in_words(question: str) -> None:
    with pytest.raises(QuestionError) as error:
        list(answering(HELD).ask(question))
    assert error.value.zh
    assert error.value.hint_en


@pytest.mark.parametrize("length", [4_001, 20_000, 500_000])
def test_an_overlong_question_is_an_error_and_no_crash(length: int) -> None:
    with pytest.raises(QuestionError):
        list(answering(HELD).ask("武" * length))


def test_a_models_sentence_is_shown_when_its_clause_supports_it() -> None:
    model = Scripted(Draft("到2027年，武汉市研发平台数量超过1500家。", (1,)))
    answer = ask(with_model(model), "武汉到2027年要建多少家研发平台？")
    assert answer.trace.composer == "model-x"
    assert answer.trace.prompt_digests == {"answer": "abc"}
    assert not answer.held_back


def test_a_figure_the_clause_does_not_have_is_held_back_and_said_so() -> None:
    model = Scripted(
        Draft("到2027年，武汉市研发平台数量超过1500家。", (1,)), Draft("研发平台将达到9000家。", (1,))
    )
    answer = ask(with_model(model), "武汉到2027年要建多少家研发平台？")
    assert "9000" not in answer.text
    assert [sentence.text for sentence in answer.held_back] == ["研发平台将达到9000家。"]
    assert any("1句话" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "model",
    [
        Scripted(fails=True),
        Scripted(Draft("到2027年，武汉市研发平台数量超过1500家。", (1,)), fails=True),
        Scripted(refused=True),
        Scripted(),
        Scripted(Draft("研发平台超过1500家。", (99,))),
        Scripted(Draft("研发平台超过1500家。")),
    ],
    ids=["fails", "breaks off", "refuses", "says nothing", "cites what it was not given", "cites nothing"],
)
def test_where_the_model_fails_the_clauses_answer_with_a_note(model: Scripted) -> None:
    answer = ask(with_model(model), "武汉到2027年要建多少家研发平台？")
    assert answer.status is Status.ANSWERED
    assert answer.trace.composer == "extractive"
    assert answer.notices[0].startswith("语言模型未能给出")


def test_no_model_is_called_where_nothing_was_found() -> None:
    class Untouchable:
        name = "model-x"

        def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
            raise AssertionError("the model was called")
            yield

    asked = Answering(
        retriever=HELD, library=HELD, extractive=Untouchable(), generative=Untouchable(), today=lambda: TODAY
    )
    assert ask(asked, "离婚以后孩子的抚养权怎么判给母亲？").status.is_refusal


def test_the_answer_keeps_to_the_filters() -> None:
    ask(
        answering(HELD),
        "武汉研发平台目标是多少？",
        filters=Filters(instruments=("plan",), as_of="2026-01-01"),
    )
    assert HELD.asked[-1].filters.instruments == ("plan",)
    assert HELD.asked[-1].filters.as_of == "2026-01-01"
