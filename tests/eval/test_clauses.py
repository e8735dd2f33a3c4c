"""References of cases against headings of documents."""

from __future__ import annotations

import pytest

from eval.clauses import Reference, matches, number, parse


@pytest.mark.parametrize(
    ("ref", "kind", "numbers"),
    [
        ("Art. 11(5)", "article", [11]),
        ("Art. 6, 8", "article", [6, 8]),
        ("Art. 92-94", "article", [92, 93, 94]),
        ("cond. 3-5", "condition", [3, 4, 5]),
        ("1", "item", [1]),
        ("(一)", "paragraph", [1]),
        ("goals", "goals", [0]),
    ],
)
def test_a_reference_names_its_places(ref: str, kind: str, numbers: list[int]) -> None:
    assert parse(ref) == {Reference(kind, n) for n in numbers}  # type: ignore[arg-type]


def test_a_reference_that_cannot_be_read_names_nothing() -> None:
    assert parse("see annex") == frozenset()


@pytest.mark.parametrize(
    ("ref", "path", "text"),
    [
        ("Art. 11(5)", ("高新技术企业认定管理办法", "第十一条 认定条件"), ""),
        ("Art. 11(5)", ("HNTE Measures", "Article 11 Conditions"), ""),
        ("goals", ("行动方案", "一、主要目标"), ""),
        ("goals", ("Action Plan", "I. Main goals"), ""),
        ("(一)", ("措施", "（一）优化科技创新服务"), ""),
        ("1", ("方案", "二、主要任务", "1 引聚国际研发机构"), ""),
        ("1", ("方案", "1. 引聚国际研发机构"), ""),
        ("cond. 3-5", ("办法", "条件"), "3. 设备投入不少于1000万元。"),
    ],
)
def test_a_section_answers_to_its_reference(ref: str, path: tuple[str, ...], text: str) -> None:
    assert matches(parse(ref), path, text)


@pytest.mark.parametrize(
    ("ref", "path", "text"),
    [
        ("Art. 11(5)", ("办法", "第十二条 程序"), "依照第十一条办理"),
        ("Art. 1", ("办法", "第十一条 认定条件"), ""),
        ("goals", ("三年目标行动方案", "二、主要任务"), ""),
        ("1", ("方案", "11 加强管理"), ""),
        ("cond. 3", ("办法", "条件"), "13. 没有失信记录。"),
        ("cond. 3", ("办法", "支持政策"), "3. 奖励10万元。"),
    ],
)
def test_another_section_does_not(ref: str, path: tuple[str, ...], text: str) -> None:
    assert not matches(parse(ref), path, text)


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("十一", 11), ("二十", 20), ("一百零三", 103), ("92", 92)]
)
def test_chinese_numerals(numeral: str, value: int) -> None:
    assert number(numeral) == value
