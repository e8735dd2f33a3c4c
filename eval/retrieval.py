"""Was the gold found, and where in the ranking? By instrument, and by clause where the reference tells.

A gold clause counts as resolvable when the corpus has a section that answers to its reference; the run
keeps the corpus's headings (`Structure`) so that this can be told later without the corpus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval import ranking
from eval.cases import Case, Gold
from eval.clauses import Reference, matches, parse
from eval.record import TurnRecord
from eval.score import Score

Structure = Mapping[
    str, Sequence[tuple[tuple[str, ...], str]]
]  # instrument -> (heading path, text) of its chunks
DEPTH = 10


def score_retrieval(case: Case, turn: TurnRecord, structure: Structure) -> dict[str, Score]:
    """Hit, reciprocal rank, recall and nDCG of the ranking behind a case's last turn."""
    names = ("hit@1", "hit@5", "mrr", "recall@10", "ndcg@10")
    if turn.found is None:
        return {name: Score.absent("the target shows no ranking") for name in names}
    wanted = frozenset(gold.instrument for gold in case.gold)
    if not wanted:
        return {name: Score.absent("no gold instrument") for name in names}
    marks = ranking.first_finds([passage.instrument for passage in turn.found[:DEPTH]], wanted)
    scores = _scores(marks, len(wanted), names)
    return {**scores, **_by_clause(case, turn, structure)}


def _by_clause(case: Case, turn: TurnRecord, structure: Structure) -> dict[str, Score]:
    names = ("clause_hit@1", "clause_hit@5", "clause_mrr", "clause_recall@10", "clause_ndcg@10")
    wanted = {gold: parse(gold.ref) for gold in case.gold if gold.ref}
    resolvable = {gold: refs for gold, refs in wanted.items() if resolves(gold, refs, structure)}
    if not resolvable:
        reason = "no gold clause" if not wanted else "no section of the corpus answers to the reference"
        return {name: Score.absent(reason) for name in names}
    found: list[Gold | int] = []
    for rank, passage in enumerate((turn.found or ())[:DEPTH]):
        hits = [
            gold
            for gold, refs in resolvable.items()
            if gold.instrument == passage.instrument and matches(refs, passage.path, passage.text)
        ]
        found.append(next((gold for gold in hits if gold not in found), rank))
    marks = [isinstance(item, Gold) for item in found]
    return _scores(marks, len(resolvable), names)


def resolves(gold: Gold, references: frozenset[Reference], structure: Structure) -> bool:
    """Does the corpus have a section for this reference?"""
    return any(matches(references, path, text) for path, text in structure.get(gold.instrument, ()))


def _scores(marks: Sequence[bool], total: int, names: Sequence[str]) -> dict[str, Score]:
    values = (
        ranking.hit(marks, 1),
        ranking.hit(marks, 5),
        ranking.reciprocal_rank(marks),
        ranking.recall(marks, DEPTH, total),
        ranking.ndcg(marks, DEPTH, total),
    )
    return {name: Score(value) for name, value in zip(names, values, strict=True)}
