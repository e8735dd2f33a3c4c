"""On the clauses of the demo corpus: changed meanings are seen, harmless rewrites are let through.

The full measure over public laws and guidance is ``python -m eval bench grounding --data FOLDER``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from eval.bench_grounding import examples, is_sentence, measure
from eval.rewrites import changes


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, float]:
    return measure(tmp_path_factory.mktemp("no-benchmarks"))


@pytest.mark.parametrize("kind", ["number", "unit", "year", "modality", "comparator", "negation"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_changed_rule_is_held_back(figures: Mapping[str, float], kind: str, language: str) -> None:
    assert figures[f"{kind}_{language}_n"] >= 15
    assert figures[f"{kind}_{language}_locked"] >= 0.85


@pytest.mark.parametrize("language", ["zh", "en"])
def test_dropped_conditions_and_limits_are_at_least_marked(
    figures: Mapping[str, float], language: str
) -> None:
    assert figures[f"condition_{language}_seen"] >= 0.6
    assert figures[f"scope_{language}_seen"] >= 0.7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_harmless_rewrites_are_not_held_back(figures: Mapping[str, float], language: str) -> None:
    assert figures[f"all_harmless_{language}_n"] >= 300
    assert figures[f"all_harmless_{language}_locked"] <= 0.01
    assert figures[f"all_harmless_{language}_seen"] <= 0.02


def test_every_rewrite_differs_and_comes_out_the_same_again(tmp_path: Path) -> None:
    first = list(examples(tmp_path))
    assert first == list(examples(tmp_path))
    assert all(text != clause or kind.endswith("verbatim") for kind, _, _, text, clause in first)


def test_each_kind_of_change_is_named_once_per_language() -> None:
    names = [(change.language, change.name, change.harmful) for change in changes()]
    assert len(names) == len(set(names))


def test_headings_and_fragments_are_no_sentences() -> None:
    assert not is_sentence("# Conditions for all of the enterprises", "en")
    assert not is_sentence("stair lifts", "en")
    assert is_sentence("企业应当按时提交年度报告。", "zh")
