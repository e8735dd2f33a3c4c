"""Prompts are files that are checked when they are loaded."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.answering.prompts import PROMPTS, Prompts
from assistant.domain import LANGUAGES
from assistant.errors import CorpusError
from assistant.resources import checkout, data_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("prompts"), tmp_path / "prompts"))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_prompts_that_ship_are_complete_in_both_languages() -> None:
    prompts = Prompts.load(data_folder("prompts"))
    for job, sections in PROMPTS.items():
        for language in LANGUAGES:
            prompt = prompts.get(job, language)
            assert {name: set(prompt.variables(name)) for name in sections} == sections


def test_a_digest_changes_with_the_file_and_only_with_it(folder: Path) -> None:
    before = Prompts.load(folder).digests
    edit(folder, "answer.zh.md", "你是政策问答助手", "你是助手")
    after = Prompts.load(folder).digests
    assert {name for name in before if before[name] != after[name]} == {"answer.zh"}


def test_variables_are_filled_and_braces_and_dollars_in_values_are_left_alone() -> None:
    prompt = Prompts.load(data_folder("prompts")).get("translate", "en")
    assert '{"a": "$question {}"}' in prompt.fill("user", question='{"a": "$question {}"}')


def test_a_value_too_many_or_too_few_is_refused_by_name() -> None:
    prompt = Prompts.load(data_folder("prompts")).get("translate", "en")
    with pytest.raises(ValueError, match=r"missing \['question'\], unknown \['query'\]"):
        prompt.fill("user", query="x")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("$evidence", "", "section user: missing variables: evidence; unknown: –"),
        (
            "$question\n\n# evidence",
            "$question $secret\n\n# evidence",
            "missing variables: –; unknown: secret",
        ),
        ("# turn", "# extra", "missing sections: turn; unknown: extra"),
        ("基准日期：", "基准日期（$ 5）：", "section user has a stray \\$"),
    ],
)
def test_a_wrong_prompt_is_named_with_its_file_and_what_is_wrong(
    folder: Path, old: str, new: str, said: str
) -> None:
    edit(folder, "answer.zh.md", old, new)
    with pytest.raises(CorpusError, match=said) as raised:
        Prompts.load(folder)
    assert "answer.zh.md" in str(raised.value)


def test_a_missing_or_unreadable_prompt_is_named(folder: Path) -> None:
    (folder / "rephrase.en.md").write_bytes(b"\xff\xfe")
    with pytest.raises(CorpusError, match=r"rephrase\.en\.md"):
        Prompts.load(folder)
    (folder / "rephrase.en.md").unlink()
    with pytest.raises(CorpusError, match=r"rephrase\.en\.md"):
        Prompts.load(folder)


def test_the_documentation_names_every_section_and_variable() -> None:
    root = checkout()
    assert root is not None
    text = (root / "docs" / "models.md").read_text("utf-8")
    for job, sections in PROMPTS.items():
        assert f"`{job}`" in text
        for section, variables in sections.items():
            assert f"`{section}`" in text
            assert {name for name in variables if f"`${name}`" not in text} == set()
