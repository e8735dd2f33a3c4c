"""Which clause of one text answers to which of another."""

from __future__ import annotations

from assistant.domain import Chunk, Section
from assistant.index.twins import Text, twins


def text(language: str, *parts: tuple[str, int]) -> Text:
    """Sections with so many chunks each; ids are the language, the section and the chunk."""
    sections, chunks, start = [], [], 0
    for ordinal, (heading, count) in enumerate(parts):
        sections.append(Section(language, ordinal, (heading,), start, start + 10 * max(count, 1), 1))
        for i in range(count):
            key = f"{language}{ordinal}{'abc'[i]}"
            chunks.append(
                Chunk(key, language, "x", "zh", len(chunks), (heading,), start, start + 10, "·" * 10, 1)
            )
            start += 10
        start += 0 if count else 10
    return Text(sections, chunks)


def test_texts_with_as_many_sections_answer_to_each_other_by_position() -> None:
    zh, en = text("zh", ("文件说明", 1), ("奖励", 1)), text("en", ("About", 1), ("Awards", 1))
    assert twins(zh, en) == {"zh0a": "en0a", "zh1a": "en1a"}


def test_where_one_text_has_more_sections_the_numbers_decide() -> None:
    zh = text("zh", ("第十一条 条件", 1), ("第十三条 报告", 1))
    en = text("en", ("Foreword", 1), ("Article 11 Conditions", 1), ("Article 13 Report", 1))
    assert twins(zh, en) == {"zh0a": "en1a", "zh1a": "en2a"}


def test_a_section_that_is_cut_differently_is_answered_in_proportion() -> None:
    zh, en = text("zh", ("一、目标", 2)), text("en", ("1. Goals", 3))
    assert twins(zh, en) == {"zh0a": "en0a", "zh0b": "en0b"}
    assert twins(en, zh) == {"en0a": "zh0a", "en0b": "zh0a", "en0c": "zh0b"}


def test_a_clause_whose_section_was_cut_into_another_chunk_is_answered_by_that_chunk() -> None:
    zh = text("zh", ("一、目标", 1), ("二、措施", 1))
    sections = [Section("en", 0, ("1. Goals",), 0, 5, 1), Section("en", 1, ("2. Measures",), 5, 10, 1)]
    en = Text(sections, [Chunk("both", "en", "x", "en", 0, ("1. Goals",), 0, 10, "·" * 10, 1)])
    assert twins(zh, en) == {"zh0a": "both", "zh1a": "both"}
