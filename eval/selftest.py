"""``python -m eval selftest``: does every metric move as it should when answers are spoilt?

From a suite an ideal run is made up: each expected fact said as a sentence that cites a clause saying just
that under a heading that repeats the question, refusals where nothing can be answered, the gold found
first. Then one thing at a time is spoilt, and the table shows which figures fall. A metric that does not
fall where it should, or falls where it should not, measures something else than its name says.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.domain import Language, Status
from assistant.eligibility.model import Verdict
from assistant.language.glossary import Glossary
from eval.behaviour import expectation
from eval.cases import Case
from eval.record import FoundPassage, GivenEvidence, Record, StoredSentence, TurnRecord
from eval.scoring import score_case
from eval.spoiling import MUTATIONS, REFUSAL, cited
from eval.suites import DEFAULT_SUITE, load_suite
from eval.summary import Figure, figures

SHOWN = (
    "key_fact_recall",
    "verdict_accuracy",
    "answer_relevance",
    "must_not_violations",
    "status_accuracy",
    "refusal_recall",
    "refusal_precision",
    "citation_validity",
    "citation_recall",
    "citation_precision",
    "faithfulness",
    "unsupported_numbers",
    "hit@1",
    "mrr",
    "ndcg@10",
)
_COUNTS = frozenset({"must_not_violations", "unsupported_numbers"})
_VERDICTS: Mapping[Language, Mapping[Verdict, str]] = {
    "zh": {
        Verdict.MET: "符合条件。",
        Verdict.NOT_MET: "不符合条件。",
        Verdict.UNKNOWN: "目前不能下结论。",
    },
    "en": {
        Verdict.MET: "The conditions are met.",
        Verdict.NOT_MET: "The conditions are not met.",
        Verdict.UNKNOWN: "No conclusion can be drawn yet.",
    },
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``selftest``."""
    parser.add_argument("suite", nargs="?", type=Path, default=DEFAULT_SUITE, help="file or folder of cases")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table here")


def run(args: argparse.Namespace) -> int:
    """Print the table; exit code 1 when a metric does not move as it should."""
    table = measure(load_suite(args.suite))
    print(f"  {'':<22}" + "".join(f"{name[:11]:>13}" for name in SHOWN))
    for name, row in table.items():
        print(f"  {name:<22}" + "".join(f"{_show(row.get(metric)):>13}" for metric in SHOWN))
    if args.json:
        rows = {name: {m: row[m].value for m in SHOWN if m in row} for name, row in table.items()}
        args.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    wrong = surprises(table)
    print("\n".join(wrong) or "every metric moves as it should")
    return int(bool(wrong))


def measure(cases: Sequence[Case]) -> dict[str, Mapping[str, Figure]]:
    """The figures of the ideal run and of every spoilt one."""
    ideal = [(case, ideal_record(case)) for case in cases]
    table: dict[str, Mapping[str, Figure]] = {"ideal": _figures(ideal)}
    for mutation in MUTATIONS:
        spoilt = [(c, replace(r, turns=tuple(mutation.spoil(t, c) for t in r.turns))) for c, r in ideal]
        table[mutation.name] = _figures(spoilt)
    return table


def surprises(table: Mapping[str, Mapping[str, Figure]]) -> list[str]:
    """Metrics that stayed where they should have moved, or moved where they should have stayed."""
    found = []
    for mutation in MUTATIONS:
        for metric in SHOWN:
            before, after = table["ideal"][metric].value, table[mutation.name][metric].value
            if after is None:
                continue  # absent, with a reason: nothing left to score
            least = 1 if metric in _COUNTS else 0.05
            moved = abs(after - (before or 0)) >= least
            if moved != (metric in mutation.moves):
                found.append(f"{mutation.name}: {metric} went from {before} to {after:.3f}")
    return found


def ideal_record(case: Case) -> Record:
    """A record in which everything expected of ``case`` is done."""
    turns = []
    for number, question in enumerate(case.turns):
        expected = expectation(case, number)
        facts = [fact.text for fact in expected.facts] if expected else []
        if case.verdict and number == len(case.turns) - 1:
            facts = [_VERDICTS[case.language][case.verdict[0]], *facts]
        refused = expected is not None and expected.must_abstain
        evidence = tuple(
            GivenEvidence(label, f"i{label}", "", (), f"c{label}", text, case.language)
            for label, text in enumerate(facts, 1)
        )
        sentences = tuple(cited(text, label, question) for label, text in enumerate(facts, 1))
        gold = [g.instrument for g in case.gold]
        turns.append(
            TurnRecord(
                question,
                0.0,
                str(expected.statuses[0] if expected and refused else Status.ANSWERED),
                (StoredSentence(REFUSAL),) if refused else sentences,
                evidence=() if refused else evidence,
                found=tuple(FoundPassage(name, (), name, 1.0) for name in dict.fromkeys(gold)),
            )
        )
    return Record(case.id, tuple(turns))


def _figures(pairs: Sequence[tuple[Case, Record]]) -> Mapping[str, Figure]:
    return figures([score_case(case, record, {}, Glossary()) for case, record in pairs])


def _show(figure: Figure | None) -> str:
    return "-" if figure is None or figure.value is None else f"{figure.value:.3f}"
