"""``python -m eval selftest``: does every metric move as it should when answers are spoilt?

From a suite an ideal run is made up: each expected fact said as a sentence that cites a clause saying just
that, refusals where nothing can be answered, the gold found first. Then one thing at a time is spoilt, and
the table shows which figures fall. A metric that does not fall where it should, or falls where it should
not, measures something else than its name says.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.domain import Status
from assistant.language.glossary import Glossary
from eval.amounts import amounts
from eval.behaviour import expectation
from eval.cases import Case
from eval.record import FoundPassage, GivenEvidence, Record, StoredCitation, StoredSentence, TurnRecord
from eval.scoring import score_case
from eval.suites import DEFAULT_SUITE, load_suite
from eval.summary import Figure, figures

SHOWN = (
    "key_fact_recall",
    "refusal_recall",
    "refusal_precision",
    "citation_validity",
    "citation_recall",
    "citation_precision",
    "faithfulness",
    "unsupported_numbers",
    "hit@1",
    "mrr",
)
_REFUSAL = "现有资料中没有找到答案。"


@dataclass(frozen=True, slots=True)
class Mutation:
    """One way to spoil a turn, and which metrics must fall (or, for counts, rise) because of it."""

    name: str
    spoil: Callable[[TurnRecord], TurnRecord]
    moves: frozenset[str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``selftest``."""
    parser.add_argument("suite", nargs="?", type=Path, default=DEFAULT_SUITE, help="file or folder of cases")


def run(args: argparse.Namespace) -> int:
    """Print the table; exit code 1 when a metric does not move as it should."""
    table = measure(load_suite(args.suite))
    print(f"  {'':<22}" + "".join(f"{name[:11]:>13}" for name in SHOWN))
    for name, row in table.items():
        print(f"  {name:<22}" + "".join(f"{_show(row.get(metric)):>13}" for metric in SHOWN))
    wrong = surprises(table)
    print("\n".join(wrong) or "every metric moves as it should")
    return int(bool(wrong))


def measure(cases: Sequence[Case]) -> dict[str, Mapping[str, Figure]]:
    """The figures of the ideal run and of every spoilt one."""
    ideal = [(case, ideal_record(case)) for case in cases]
    table: dict[str, Mapping[str, Figure]] = {"ideal": _figures(ideal)}
    for mutation in MUTATIONS:
        spoilt = [(c, replace(r, turns=tuple(mutation.spoil(t) for t in r.turns))) for c, r in ideal]
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
            moved = abs(after - (before or 0)) > 0.05
            if moved != (metric in mutation.moves):
                found.append(f"{mutation.name}: {metric} went from {before} to {after:.3f}")
    return found


def ideal_record(case: Case) -> Record:
    """A record in which everything expected of ``case`` is done."""
    turns = []
    for number, question in enumerate(case.turns):
        expected = expectation(case, number)
        facts = [fact.text for fact in expected.facts] if expected else []
        refused = expected is not None and expected.must_abstain
        evidence = tuple(
            GivenEvidence(label, f"i{label}", "", (), f"c{label}", text, case.language)
            for label, text in enumerate(facts, 1)
        )
        sentences = tuple(_cited(text, label) for label, text in enumerate(facts, 1))
        gold = [g.instrument for g in case.gold]
        turns.append(
            TurnRecord(
                question,
                0.0,
                str(expected.statuses[0] if expected and refused else Status.ANSWERED),
                (StoredSentence(_REFUSAL),) if refused else sentences,
                evidence=() if refused else evidence,
                found=tuple(FoundPassage(name, (), name, 1.0) for name in dict.fromkeys(gold)),
            )
        )
    return Record(case.id, tuple(turns))


def _cited(text: str, label: int) -> StoredSentence:
    return StoredSentence(text, (StoredCitation(label, f"i{label}", (), f"c{label}", text),))


def _figures(pairs: Sequence[tuple[Case, Record]]) -> Mapping[str, Figure]:
    return figures([score_case(case, record, {}, Glossary()) for case, record in pairs])


def _change_sentences(
    change: Callable[[StoredSentence], StoredSentence],
) -> Callable[[TurnRecord], TurnRecord]:
    return lambda turn: replace(turn, sentences=tuple(change(s) for s in turn.sentences))


def _wrong_figures(sentence: StoredSentence) -> StoredSentence:
    """Every figure another one: 5% becomes 9%, 2027 becomes 2031."""
    text = sentence.text
    for amount in reversed(amounts(text)):
        start, end = amount.span
        text = text[:start] + re.sub(r"\d+", lambda m: str(int(m.group()) + 4), text[start:end]) + text[end:]
    return replace(sentence, text=text)


def _uncited(sentence: StoredSentence) -> StoredSentence:
    return replace(sentence, citations=())


def _miscited(turn: TurnRecord) -> TurnRecord:
    """Every sentence cites a clause about something else."""
    other = GivenEvidence(99, "i99", "", (), "c99", "本办法由主管部门负责解释。", "zh")
    citation = StoredCitation(99, "i99", (), "c99", other.text)
    sentences = tuple(replace(s, citations=(citation,) if s.citations else ()) for s in turn.sentences)
    return replace(turn, sentences=sentences, evidence=(*turn.evidence, other))


def _stale(sentence: StoredSentence) -> StoredSentence:
    problem = "the quote is not the text at its place"
    return replace(sentence, citations=tuple(replace(c, problem=problem) for c in sentence.citations))


def _refuse(turn: TurnRecord) -> TurnRecord:
    return replace(turn, status=str(Status.NO_EVIDENCE), sentences=(StoredSentence(_REFUSAL),), evidence=())


def _never_refuse(turn: TurnRecord) -> TurnRecord:
    if not Status(turn.status or "answered").is_refusal:
        return turn
    return replace(turn, status=str(Status.ANSWERED), sentences=(StoredSentence("可以，按规定办理即可。"),))


def _badly_ranked(turn: TurnRecord) -> TurnRecord:
    strangers = tuple(FoundPassage(f"x{n}", (), f"x{n}", 1.0) for n in range(3))
    return replace(turn, found=(*strangers, *(turn.found or ())))


_CLAIMS = frozenset({"citation_recall", "citation_precision", "faithfulness"})
MUTATIONS = (
    Mutation(
        "wrong figures",
        _change_sentences(_wrong_figures),
        _CLAIMS | {"key_fact_recall", "unsupported_numbers"},
    ),
    Mutation("no citations", _change_sentences(_uncited), frozenset({"citation_recall", "faithfulness"})),
    Mutation("wrong citations", _miscited, _CLAIMS | {"unsupported_numbers"}),
    Mutation("stale citations", _change_sentences(_stale), frozenset({"citation_validity"})),
    Mutation("refuses everything", _refuse, frozenset({"key_fact_recall", "refusal_precision"})),
    Mutation("refuses nothing", _never_refuse, frozenset({"refusal_recall"})),
    Mutation("gold ranked fourth", _badly_ranked, frozenset({"hit@1", "mrr"})),
)


def _show(figure: Figure | None) -> str:
    return "-" if figure is None or figure.value is None else f"{figure.value:.3f}"
