"""Reliability: bins and errors by hand, labels of people and of a judge, the diagram on the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.language.glossary import Glossary
from eval import lines
from eval.calibrating import figure, insert, table
from eval.calibration import Calibration
from eval.diagrams import reliability as diagram
from eval.errors import RunError
from eval.judge import Judged, Judgement
from eval.judging import Line
from eval.labels import JUDGE, PEOPLE, clean, reliabilities
from eval.record import Record, to_json
from eval.reliability import Bin, reliability
from eval.report_html import page
from eval.report_json import report
from eval.run_folder import About, RunFolder
from eval.scoring import score_case
from tests.eval.making import CLAUSE, case, evidence, sentence, turn

INVENTED = "企业负责人须在外地居住十年并持有海外博士学位证书。"


def test_bins_and_errors_by_hand() -> None:
    found = reliability([0.9, 0.1, 0.7, 0.3], [True, False, False, True], bins=2)

    assert found is not None
    assert [(part.score, part.share, part.n) for part in found.bins] == [(0.2, 0.5, 2), (0.8, 0.5, 2)]
    assert found.ece == pytest.approx(0.3)  # (2 × .3 + 2 × .3) / 4
    assert found.brier == pytest.approx((0.01 + 0.01 + 0.49 + 0.49) / 4)
    assert reliability([], []) is None


def test_the_best_score_has_no_error_and_bins_differ_by_one_at_most() -> None:
    marks = [number % 2 == 0 for number in range(23)]
    found = reliability([float(mark) for mark in marks], marks)

    assert found is not None
    assert (found.ece, found.brier, found.n) == (0, 0, 23)
    assert {part.n for part in found.bins} == {2, 3}


def labelled(path: Path) -> RunFolder:
    """A run of two answers, one in the evidence and one made up."""
    folder = RunFolder(path)
    folder.start(About("cases", "suite", "target", "2026-11-23", {}))
    for name, text in (("good", CLAUSE), ("bad", INVENTED)):
        reply = turn(sentence(text, 1), given=evidence(CLAUSE), found=("hnte-2016",))
        folder.add(Record(name, (reply,), key=f"key-{name}"))
    return folder


def judged(name: str, *supported: bool | None) -> Line:
    made = tuple(Judgement("c", mark, "judge", computed=True) for mark in supported)
    return Line(f"key-{name}/0/0/judge", name, 0, 0, Judged(made))


def test_the_page_shows_the_score_against_people_and_judge(tmp_path: Path) -> None:
    folder = labelled(tmp_path)
    lines.append(tmp_path / PEOPLE, {"case": "good", "supported": True})
    lines.append(tmp_path / PEOPLE, {"case": "bad", "turn": 1, "supported": False})
    for line in (judged("good", True, True), judged("bad", True, None)):
        lines.append(tmp_path / JUDGE, to_json(line))
    found = reliabilities(folder)
    records = {record.case: record for record in folder.records()}
    scored = [score_case(case("60%", id="good"), records["good"], {}, Glossary())]
    html = page({**report(scored, folder.about()), "reliability": found}, folder)

    assert [(part["share"], part["n"]) for part in found["people"]["bins"]] == [(0, 1), (1, 1)]
    assert found["judge"]["n"] == 1  # the disputed answer has no label
    assert "faithfulness score against people, n = 2" in html
    assert "faithfulness score against judge, n = 1" in html
    assert html.count("<circle") == 3


def test_the_score_is_higher_for_what_is_in_the_evidence(tmp_path: Path) -> None:
    good, bad = (clean(record.turns[0]) for record in labelled(tmp_path).records())

    assert good is not None
    assert bad is not None
    assert good > bad


def test_no_labels_no_diagram_and_a_bad_label_is_named(tmp_path: Path) -> None:
    folder = labelled(tmp_path)
    assert reliabilities(folder) == {}

    (tmp_path / PEOPLE).write_text(json.dumps({"case": "good", "supported": "yes"}) + "\n", encoding="utf-8")
    with pytest.raises(RunError, match="holds a line that cannot be read"):
        reliabilities(folder)


def test_a_dot_stands_where_score_and_share_say() -> None:
    drawn = diagram([Bin(0.0, 0.0, 1), Bin(1.0, 1.0, 4)])

    assert 'points="34.0,228.0 254.0,8.0"' in drawn  # lower left and upper right of the frame
    assert 'r="5.0"' in drawn  # half the radius over 3 for a quarter of the number
    assert 'r="7.0"' in drawn


def test_the_table_goes_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    document = tmp_path / "faithfulness.md"
    document.write_text(
        "before\n<!-- calibrate: begin -->\nold\n<!-- calibrate: end -->\nafter\n", encoding="utf-8"
    )
    numbers = {
        "mtrag_spearman": 0.654,
        "mtrag_spearman_low": 0.55,
        "mtrag_spearman_high": 0.75,
        "mtrag_n": 254,
    }
    insert(document, "\n".join(table(numbers)))
    written = document.read_text(encoding="utf-8")

    assert written.startswith("before\n<!-- calibrate: begin -->\n| set |")
    assert "n = 254 | Spearman | **.654** [.550, .750] |" in written
    assert written.endswith("<!-- calibrate: end -->\nafter\n")
    assert "old" not in written
    with pytest.raises(RunError, match="does not hold"):
        insert(tmp_path / "other.md", "x") if (tmp_path / "other.md").write_text(
            "x", encoding="utf-8"
        ) else None


def test_the_diagrams_of_all_sets_are_one_picture() -> None:
    found = reliability([0.2, 0.8], [False, True])
    assert found is not None
    drawn = figure(Calibration({}, {"ragtruth_qa": found, "mtrag": found}))

    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "RAGTruth QA: no unsupported claim, n = 2, ECE .200" in drawn
    assert "MTRAG: rated faithful" in drawn
