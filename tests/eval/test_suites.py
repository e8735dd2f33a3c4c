"""Case files: what is accepted, and what is said about what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Status
from eval.cases import Expected
from eval.errors import SuiteError
from eval.suites import DEFAULT_SUITE, load_suite

MINIMAL = "- {id: a, lang: zh, question: 多少？}"


def write(tmp_path: Path, text: str, name: str = "cases.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_suite_that_ships_has_the_99_dev_questions() -> None:
    cases = load_suite(DEFAULT_SUITE)

    assert len(cases) == 99
    assert {case.as_of for case in cases} == {"2026-11-23"}


def test_a_minimal_case_is_answerable_and_expects_nothing(tmp_path: Path) -> None:
    (case,) = load_suite(write(tmp_path, MINIMAL))

    assert (case.turns, case.answerable, case.expected, case.as_of) == (("多少？",), True, (), None)


def test_the_day_stands_in_a_comment_or_in_the_case(tmp_path: Path) -> None:
    text = f"# as_of: 2026-01-02\n{MINIMAL}\n- {{id: b, lang: en, question: x, as_of: '2025-05-05'}}"

    assert [case.as_of for case in load_suite(write(tmp_path, text))] == ["2026-01-02", "2025-05-05"]


def test_jsonl_reads_like_yaml(tmp_path: Path) -> None:
    path = write(tmp_path, '{"id": "a", "lang": "en", "question": "How many?"}\n\n', "cases.jsonl")

    assert load_suite(path)[0].question == "How many?"


def test_one_statement_per_turn_belongs_to_that_turn(tmp_path: Path) -> None:
    both, one = "expected: [甲, 乙]", "expected: [甲]"
    text = "\n".join(
        f"- {{id: {name}, lang: zh, turns: [一, 二], {e}}}" for name, e in (("a", both), ("b", one))
    )
    paired, free = load_suite(write(tmp_path, text))

    assert [e.turn for e in paired.expected] == [0, 1]
    assert [e.turn for e in free.expected] == [None]


def test_a_fact_may_have_other_wordings_and_a_turn_of_its_own(tmp_path: Path) -> None:
    text = "- {id: a, lang: zh, turns: [一, 二], status: partial, facts: [{any: [甲, 乙], turn: 2}]}"
    (case,) = load_suite(write(tmp_path, text))

    assert case.expected == (Expected(("甲", "乙"), 1),)
    assert case.status == (Status.PARTIAL,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- {lang: zh, question: x}", "id is missing"),
        ("- {id: a, question: x}", "lang must be zh or en"),
        ("- {id: a, lang: zh}", "question is needed, or turns"),
        ("- {id: a, lang: zh, question: x, turns: [y]}", "and not both"),
        ("- {id: a, lang: zh, question: x, gold: [cit-law]}", "list of {instrument, ref}"),
        ("- {id: a, lang: zh, question: x, status: maybe}", "status must be among"),
        ("- {id: a, lang: zh, question: x, expcted: []}", "expcted is not a known field"),
        (f"{MINIMAL}\n{MINIMAL}", "appears twice"),
        ("id: a", "must be a list of cases"),
        ("- [", "cannot be read"),
    ],
)
def test_a_wrong_case_is_named_with_its_file_and_field(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(SuiteError, match=words) as error:
        load_suite(path)

    assert str(path) in str(error.value)


def test_an_empty_folder_says_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"Give a \.yaml or \.jsonl file"):
        load_suite(tmp_path)
