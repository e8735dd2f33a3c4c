"""``python -m eval traps``: new cases with known truth, made from the corpus and the suite.

No model is asked: the truth is known by construction. Each kind sets one trap (docs/metrics.md lists them);
questions come from clauses that hold exactly one telling figure, spread over the instruments.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from assistant.app import build
from assistant.domain import LANGUAGES, Instrument, ValidityStatus
from assistant.language.glossary import Glossary
from assistant.ports import Library
from assistant.settings import read_settings
from eval.amounts import amounts, missing
from eval.behaviour import expectation
from eval.cases import Case
from eval.cloze import Cloze, clozes, differing_words, similarity
from eval.facts import Fact, said, take_apart
from eval.rewording import reword
from eval.stretches import Reply
from eval.suites import DEFAULT_SUITE, load_suite

SEED = 20261123
_ALIKE = 0.7  # from here on two sentences are siblings
_Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """What traps are made from."""

    instruments: Sequence[Instrument]
    clozes: Sequence[Cloze]
    texts: dict[str, str]  # instrument -> all its texts
    cases: Sequence[Case]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``traps``."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="case file to write")
    parser.add_argument("--suite", type=Path, default=DEFAULT_SUITE, help="cases to vary (eval/cases)")
    parser.add_argument(
        "--per-kind", type=int, default=20, metavar="N", help="at most so many of a kind (20)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another sample")


def run(args: argparse.Namespace) -> int:
    """Write the traps as a case file."""
    with build(read_settings(os.environ)) as assistant:
        source = read_source(assistant.library, load_suite(args.suite))
    records = list(traps(source, args.per_kind, args.seed))
    as_of = next((case.as_of for case in source.cases if case.as_of), None)
    header = f"# as_of: {as_of}\n" if as_of else ""
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(
        header + yaml.safe_dump(records, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    for kind in dict.fromkeys(record["type"] for record in records):
        print(f"  {kind:<24}{sum(record['type'] == kind for record in records):>4}")
    print(f"  written: {args.out}")
    return 0


def read_source(library: Library, cases: Sequence[Case]) -> Source:
    """The clozes and texts of everything that is in the corpus."""
    found: list[Cloze] = []
    texts: dict[str, str] = {}
    for instrument in library.instruments():
        for document in library.documents(instrument.id):
            texts[instrument.id] = f"{texts.get(instrument.id, '')}\n{document.text}"
            for chunk in library.chunks(document.id):
                found += clozes(instrument.id, document.language, chunk.path, chunk.text)
    return Source(library.instruments(), list(dict.fromkeys(found)), texts, cases)


def traps(source: Source, per_kind: int, seed: int) -> Iterator[_Record]:
    """A sample of every kind, the same for the same seed."""
    for kind, make in KINDS.items():
        made = list(make(source))
        random.Random(f"{seed}{kind}").shuffle(made)  # noqa: S311 - a sample, not a secret
        for number, record in enumerate(_spread(made)[:per_kind], 1):
            yield {"id": f"t-{kind}-{number:02d}", "type": f"trap_{kind}", **record}


def _spread(records: Sequence[_Record]) -> list[_Record]:
    """The records with the instruments taking turns, so that no long text fills the sample."""
    queues: dict[str, list[_Record]] = {}
    for record in records:
        queues.setdefault(record["gold"][0]["instrument"] if record["gold"] else "", []).append(record)
    return [queue[turn] for turn in range(len(records)) for queue in queues.values() if turn < len(queue)]


def _of(cloze: Cloze, **more: object) -> _Record:
    asked = {} if "turns" in more else {"question": cloze.question}
    return {
        "lang": cloze.language,
        **asked,
        "expected": [cloze.answer],
        "gold": [{"instrument": cloze.instrument, "ref": None}],
        **more,
    }


def clause(source: Source) -> Iterator[_Record]:
    """A clause asked for its figure."""
    yield from (_of(cloze) for cloze in source.clozes if not _obsolete(source, cloze))


def sibling(source: Source) -> Iterator[_Record]:
    """A clause beside which another one reads alike and has another figure."""
    for one, _ in _siblings(source):
        if not _obsolete(source, one):
            yield _of(one)


def perturbed(source: Source) -> Iterator[_Record]:
    """A clause quoted with a wrong figure and "right?" behind it: the answer must give the right one."""
    for cloze in source.clozes:
        wrong = _another(cloze)
        if wrong and not _obsolete(source, cloze):
            stated = cloze.with_figure(wrong).rstrip("。.")
            question = f"{stated}，对吗？" if cloze.language == "zh" else f"{stated}, right?"
            yield _of(cloze, question=question)


def version(source: Source) -> Iterator[_Record]:
    """A clause that a superseded text has with another figure: the answer must give the one in force."""
    texts = _by_text(source)
    for instrument, tongue in product(source.instruments, LANGUAGES):
        olds = texts.get((instrument.id, tongue), [])
        news = texts.get((instrument.superseded_by or "", tongue), [])
        yield from (_of(new, must_not=[old.sentence]) for old, new in product(olds, news) if _alike(old, new))


def removed(source: Source) -> Iterator[_Record]:
    """A question whose only gold is hidden: nothing else says it, so the answer must not either."""
    glossary = Glossary()
    for case in source.cases:
        instruments = {gold.instrument for gold in case.gold}
        expected = expectation(case, 0)
        if not (case.answerable and len(case.turns) == 1 and len(instruments) == 1 and expected):
            continue
        facts = [take_apart(fact.text, case.question, glossary) for fact in expected.facts]
        figured = [fact for fact in facts if fact.figures]
        elsewhere = [text for name, text in source.texts.items() if name not in instruments]
        if figured and not any(_says(text, fact) for fact in figured for text in elsewhere):
            yield {
                "lang": case.language,
                "question": case.question,
                "answerable": False,
                "must_not": [fact.text for fact in figured],
                "gold": [],
                "without": sorted(instruments),
            }


def _says(text: str, fact: Fact) -> bool:
    """Is the fact in the text? Few texts hold its figures, so those are looked for first."""
    return not missing(fact.figures, amounts(text)) and said(fact, Reply(text, Glossary())).said


def paraphrase(source: Source) -> Iterator[_Record]:
    """A question of the suite in other words."""
    for case in source.cases:
        other = reword(case.question, case.language)
        if len(case.turns) == 1 and case.answerable and other != case.question:
            yield {
                "lang": case.language,
                "question": other,
                "expected": [fact.text for fact in case.expected],
                "must_not": list(case.must_not),
                "gold": [{"instrument": g.instrument, "ref": g.ref} for g in case.gold],
            }


def language(source: Source) -> Iterator[_Record]:
    """A clause asked for in one language while only texts in the other may be used."""
    for cloze in source.clozes:
        if not _obsolete(source, cloze):
            yield _of(cloze, only_languages=[other for other in LANGUAGES if other != cloze.language])


def follow_up(source: Source) -> Iterator[_Record]:
    """A clause, then its sibling by the words alone in which they differ."""
    for one, other in _siblings(source):
        words = differing_words(one, other)
        if words and not _obsolete(source, one):
            then = f"那{words[1]}呢？" if one.language == "zh" else f"And {words[1]}?"
            yield _of(one, turns=[one.question, then], expected=[one.answer, other.answer])


KINDS: dict[str, Callable[[Source], Iterator[_Record]]] = {
    "clause": clause,
    "sibling": sibling,
    "perturbed": perturbed,
    "version": version,
    "removed": removed,
    "paraphrase": paraphrase,
    "language": language,
    "follow_up": follow_up,
}


def _siblings(source: Source) -> Iterator[tuple[Cloze, Cloze]]:
    """Pairs of one instrument that read alike but for figures that disagree."""
    for own in _by_text(source).values():
        yield from (pair for pair in product(own, own) if _alike(*pair))


def _alike(one: Cloze, other: Cloze) -> bool:
    a, b = one.figure.quantity, other.figure.quantity
    return a.kind == b.kind and not a.agrees(b) and similarity(one, other) >= _ALIKE


def _by_text(source: Source) -> dict[tuple[str, str], list[Cloze]]:
    """The clozes of each instrument and language."""
    groups: dict[tuple[str, str], list[Cloze]] = {}
    for cloze in source.clozes:
        groups.setdefault((cloze.instrument, cloze.language), []).append(cloze)
    return groups


def _another(cloze: Cloze) -> str | None:
    """A wrong figure of the same shape: the first digit moved up."""
    for place, character in enumerate(cloze.answer):
        if character.isdigit():
            digit = str(int(character) % 9 + 1)
            return cloze.answer[:place] + digit + cloze.answer[place + 1 :]
    return None


def _obsolete(source: Source, cloze: Cloze) -> bool:
    """Is the clause of a text that is no longer in force? Its figure is no truth to ask for."""
    gone = (ValidityStatus.SUPERSEDED, ValidityStatus.EXPIRED)
    return any(i.id == cloze.instrument and i.status in gone for i in source.instruments)
