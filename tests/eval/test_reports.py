"""Reports of a scored run, comparing two, thresholds: through the files that the commands read and write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from assistant.language.glossary import Glossary
from eval.attribution import Cause
from eval.baseline import from_report, misses, read_baseline
from eval.cases import Gold
from eval.compare import changes, compare, read_report
from eval.errors import RunError
from eval.record import Record
from eval.report_html import page
from eval.report_json import report
from eval.report_junit import junit
from eval.report_text import table
from eval.run_folder import About, RunFolder
from eval.scoring import CaseScores, score_case
from tests.eval.making import CLAUSE, case, evidence, record, sentence, turn

ABOUT = About("cases", "suite", "target", "2026-11-23", {})
HOSTILE = "<script>alert(1)</script>"


def scored(number: int, *, right: bool, structure: dict[str, Any] | None = None) -> CaseScores:
    """A case whose answer says 60% where the fact is 60%, or 70% where it is not."""
    asked = case("不低于60%" if right else "不低于70%", id=f"c{number}", gold=(Gold(f"law-{number}"),))
    reply = turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), found=("hnte-2016",))
    return score_case(asked, record(reply, case_id=f"c{number}"), structure or {}, Glossary())


def run_of(rights: int, wrongs: int) -> list[CaseScores]:
    return [scored(n, right=n < rights) for n in range(rights + wrongs)]


def test_the_json_report_has_the_keys_that_ci_reads() -> None:
    content = report(run_of(3, 1), ABOUT)

    assert content["n"] == 4
    assert content["key_fact_recall"] == pytest.approx(3 / 4)
    assert content["refusal_f1"] is None
    for key in (
        "refusal_precision",
        "refusal_recall",
        "citation_precision",
        "citation_recall",
        "hit@1",
        "hit@5",
        "mrr",
    ):
        assert key in content
    for key in ("citation_validity", "unsupported_numbers", "ndcg@10", "faithfulness", "must_not_violations"):
        assert key in content
    assert content["by_type"]["target"]["key_fact_recall"]["value"] == pytest.approx(3 / 4)
    assert content["by_lang"]["zh"]["success"]["n"] == 4
    assert json.loads(json.dumps(content, allow_nan=False))


def test_the_table_counts_what_could_not_be_scored() -> None:
    lines = "\n".join(table(run_of(1, 0)))

    assert "must_not_violations" in lines
    assert "(not scored: 1 nothing forbidden)" in lines


def test_junit_fails_where_a_case_fails_and_says_why() -> None:
    failed = score_case(case("60%", id="down"), Record("down", error="ModelUnavailable"), {}, Glossary())
    suite = ElementTree.fromstring(junit([scored(1, right=True), scored(2, right=False), failed]))

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert "figure missing: 70%" in (suite.findtext("testcase/failure") or "")


def test_the_page_is_self_contained_and_escapes_what_it_shows(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.start(ABOUT)
    reply = turn(sentence(HOSTILE, 1), given=evidence(HOSTILE), found=("hnte-2016",))
    folder.add(Record("c1", (reply,), key="k"))
    cases = [score_case(case("70%", id="c1"), record(reply, case_id="c1"), {}, Glossary())]
    html = page(report(cases, ABOUT), folder)

    assert HOSTILE not in html
    assert "&lt;script&gt;" in html
    assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("structure", "cause"),
    [
        ({}, Cause.RETRIEVAL_MISSED),
        ({"hnte-2016": [(("条件",), "不低于70%")]}, Cause.RETRIEVAL_MISSED),
    ],
)
def test_a_gold_instrument_that_never_came_was_missed_by_the_search(
    structure: dict[str, Any], cause: Cause
) -> None:
    assert scored(1, right=False, structure=structure).cause is cause


def test_a_clause_that_was_never_found_is_told_from_one_that_was_not_used() -> None:
    asked = case("不低于70%", gold=(Gold("hnte-2016"),))
    reply = turn(sentence(CLAUSE, 1), given=evidence(CLAUSE), found=("hnte-2016",))
    absent = score_case(asked, record(reply), {"hnte-2016": [(("条件",), "不低于70%")]}, Glossary())
    nowhere = score_case(asked, record(reply), {"hnte-2016": [(("条件",), CLAUSE)]}, Glossary())
    used = turn(sentence("不清楚。", 1), given=evidence("不低于70%"), found=("hnte-2016",))
    ignored = score_case(asked, record(used), {}, Glossary())

    assert absent.cause is Cause.CLAUSE_MISSED
    assert nowhere.cause is Cause.NOT_WORKED_OUT
    assert ignored.cause is Cause.EVIDENCE_IGNORED


def test_a_clear_gain_is_better_and_a_small_one_is_no_difference() -> None:
    base, much, little = (
        report(run_of(10, 30), ABOUT),
        report(run_of(35, 5), ABOUT),
        report(run_of(11, 29), ABOUT),
    )
    verdicts = {v.metric: v.verdict for v in compare(base, much)}

    assert verdicts["key_fact_recall"] == "better"
    assert verdicts["mrr"] == "no difference"
    assert {v.metric: v.verdict for v in compare(much, base)}["key_fact_recall"] == "worse"
    assert {v.metric: v.verdict for v in compare(base, little)}["key_fact_recall"] == "no difference"
    assert list(changes(base, little)) == [{"case": "c10", "change": "gained"}]


def test_a_baseline_written_from_a_run_holds_that_run_and_stops_a_worse_one(tmp_path: Path) -> None:
    good, bad = report(run_of(9, 1), ABOUT), report(run_of(5, 5), ABOUT)
    baseline = from_report(good, slack=0.02)

    assert misses(good, baseline) == []
    assert "key_fact_recall: 0.500 is below 0.880" in misses(bad, baseline)
    assert misses({}, {"mrr": {"at_least": 0.5}}) == ["mrr: no figure in the report"]
    with pytest.raises(RunError, match="cannot be read"):
        read_baseline(tmp_path / "none.yaml")


def test_what_is_no_report_is_named(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("[]", encoding="utf-8")

    with pytest.raises(RunError, match="is not a readable report"):
        read_report(tmp_path)
