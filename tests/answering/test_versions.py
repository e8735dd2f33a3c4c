"""A past year that a question names means the version of that year, where there was another."""

from __future__ import annotations

import pytest

from assistant.domain import Instrument
from tests.answering.small_library import answering, ask, library

OLD = Instrument(
    "old", "小巨人暂行办法", "Old Measures", effective="2022-06-01", expires="2026-03-31", superseded_by="new"
)
NEW = Instrument("new", "小巨人管理办法", "New Measures", effective="2026-04-01", supersedes=("old",))
VERSIONS = library(
    (OLD, "zh", {"条件": ["小巨人企业的资产负债率不高于70%。"]}),
    (NEW, "zh", {"条件": ["小巨人企业的资产负债率要求是不超过75%。"]}),
)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("2023年小巨人企业的资产负债率要求是多少？", "70%"),
        ("小巨人企业的资产负债率要求是多少？", "75%"),
        ("2028年小巨人企业的资产负债率要求是多少？", "75%"),
    ],
)
def test_a_past_year_means_the_version_of_that_year(question: str, figure: str) -> None:
    assert figure in ask(answering(VERSIONS), question).text
