"""Asked whether a rule is in force, the answer decides first and quotes the words that say so."""

from __future__ import annotations

from assistant.domain import Answer, Instrument, ValidityStatus
from tests.answering.small_library import SmallLibrary, answering, ask, library

OLD = Instrument(
    "old",
    "示范企业暂行办法",
    "Interim Measures for Model Firms",
    doc_number="示范〔2022〕6号",
    status=ValidityStatus.SUPERSEDED,
    expires="2026-03-31",
    superseded_by="new",
)
NEW = Instrument(
    "new",
    "示范企业管理办法",
    "Measures for Model Firms",
    doc_number="示范〔2026〕2号",
    status=ValidityStatus.IN_FORCE,
)
OLD_TEXT = {
    "文件说明": ["《示范企业暂行办法》已由《示范企业管理办法》（示范〔2026〕2号）取代，不再适用。"],
    "条件": ["示范企业的收入不低于1000万元。"],
}
NEW_TEXT = {
    "文件说明": ["《示范企业管理办法》现行有效。", "《示范企业管理办法》没有终止日期。"],
    "条件": ["示范企业的收入不低于1500万元，自2026年4月1日起计算。"],
}


def asked(question: str, held: SmallLibrary | None = None) -> Answer:
    return ask(answering(held or library((OLD, "zh", OLD_TEXT), (NEW, "zh", NEW_TEXT))), question)


def test_a_rule_that_was_replaced_is_named_as_such_with_its_successor() -> None:
    first = asked("示范〔2022〕6号还有效吗？").sentences[0]
    assert first.text.startswith("不再有效：")
    assert "示范〔2026〕2号" in first.text
    assert first.citations


def test_a_rule_in_force_is_said_to_be_so() -> None:
    assert asked("《示范企业管理办法》还有效吗？").sentences[0].text.startswith("仍然有效：")


def test_until_when_is_answered_by_what_the_text_says_of_its_end() -> None:
    assert "没有终止日期" in asked("《示范企业管理办法》的收入条件哪年到期？").sentences[0].text


def test_a_number_that_another_text_says_was_replaced_is_no_longer_in_force() -> None:
    text = {
        "沿革": ["《示范企业管理办法》施行后，示范〔2019〕1号的规定已被替代。"],
        "条件": ["收入不低于1500万元。"],
    }
    answer = asked("示范〔2019〕1号的规定还有效吗？", library((NEW, "zh", text)))
    assert answer.sentences[0].text.startswith("不再有效：")


def test_an_askers_own_title_is_not_taken_for_a_rule() -> None:
    answer = asked("我们2024年拿的示范企业称号还算数吗？")
    assert not answer.text.startswith(("不再有效", "仍然有效"))
