"""One reader for profiles: every mistake names file, line and field, and nothing doubtful is judged by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.eligibility.profiles import read_facts, read_profile
from assistant.eligibility.rulebook import load_rulebook
from assistant.errors import QuestionError, SettingsError

ATTRIBUTES = load_rulebook(Path(__file__).parents[2] / "corpus" / "rules").attributes
ON = date(2026, 11, 23)


def written(folder: Path, text: str) -> Path:
    path = folder / "profile.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_values_are_read_as_people_write_them(tmp_path: Path) -> None:
    text = (
        "annual_sales: 5,000万元\ntech_staff_ratio: 百分之六\n"
        "registration_date: 2019-03-01\nhnte_status: 是\n"
    )
    profile = read_profile(written(tmp_path, text), ATTRIBUTES, ON)
    assert profile.value("annual_sales") == Decimal(50_000_000)
    assert profile.value("tech_staff_ratio") == Decimal(6)
    assert profile.value("registration_date") == date(2019, 3, 1)
    assert profile.value("hnte_status") is True


def test_a_profile_that_the_form_saved_and_one_with_the_facts_inside_are_read_alike(tmp_path: Path) -> None:
    for text in ('{"employees": "80"}', '{"facts": {"employees": 80}}'):
        assert read_profile(written(tmp_path, text), ATTRIBUTES, ON).value("employees") == Decimal(80)


@pytest.mark.parametrize(
    ("text", "line", "field", "told"),
    [
        ("employees: 80\nannual_sales: 很多\n", 2, "annual_sales", "看不懂"),
        ("employees: 80\nannual_sale: 5000万元\n", 2, "annual_sale", "annual_sales"),
        ("employees: 80\ntech_staff_ratio: 140%\n", 2, "tech_staff_ratio", "不合理"),
        ("employees: 80\n\n\ntech_staff: 300\n", 4, "tech_staff", "矛盾"),
        ("employees: [1, 2]\n", 1, "employees", "看不懂"),
        ("registration_date: 2030-01-01\n", 1, "registration_date", "矛盾"),
    ],
)
def test_a_wrong_value_names_file_line_and_field(
    tmp_path: Path, text: str, line: int, field: str, told: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(QuestionError) as raised:
        read_profile(path, ATTRIBUTES, ON)
    message = raised.value.localized("zh")
    assert f"{path} 第 {line} 行，字段 {field}：" in message
    assert told in message
    assert f"{path}, line {line}, field {field}: " in raised.value.localized("en")


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "a: [", "employees: 80\n" * 6000])
def test_what_is_no_profile_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingsError, match=r"profile\.yaml"):
        read_profile(path, ATTRIBUTES, ON)
    with pytest.raises(SettingsError, match="absent"):
        read_profile(tmp_path / "absent.yaml", ATTRIBUTES, ON)


def test_what_cannot_be_believed_is_told_and_left_out_of_the_profile() -> None:
    found = read_facts({"employees": "100", "tech_staff": "300", "annual_sales": "5000万元"}, ATTRIBUTES, ON)
    assert set(found.problems) == {"employees", "tech_staff"}
    assert set(found.profile.facts) == {"annual_sales"}
