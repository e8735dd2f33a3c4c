"""``python -m eval traps``: new cases with known truth, made from the corpus and the suite.

No model is asked: the truth is known by construction. Each kind sets one trap (docs/metrics.md lists them);
questions come from clauses that hold exactly one telling figure, spread over the instruments.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from assistant.app import build
from assistant.ports import Library
from assistant.settings import read_settings
from eval.cases import Case
from eval.cloze import Cloze, clozes
from eval.suites import DEFAULT_SUITE, load_suite
from eval.trap_kinds import KINDS, Record, Source

SEED = 20261123


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
    texts: dict[tuple[str, str], str] = {}
    for instrument in library.instruments():
        texts[instrument.id, ""] = repr(instrument)  # dates and numbers on record answer questions, too
        for document in library.documents(instrument.id):
            key = instrument.id, document.language
            texts[key] = f"{texts.get(key, '')}\n{document.text}"
            for chunk in library.chunks(document.id):
                found += clozes(instrument.id, document.language, chunk.path, chunk.text)
    return Source(library.instruments(), list(dict.fromkeys(found)), texts, cases)


def traps(source: Source, per_kind: int, seed: int) -> Iterator[Record]:
    """A sample of every kind, the same for the same seed."""
    for kind, make in KINDS.items():
        made = list({json.dumps(_asked(record)): record for record in make(source)}.values())
        random.Random(f"{seed}{kind}").shuffle(made)  # noqa: S311 - a sample, not a secret
        for number, record in enumerate(_spread(made)[:per_kind], 1):
            yield {"id": f"t-{kind}-{number:02d}", "type": f"trap_{kind}", **record}


def _spread(records: Sequence[Record]) -> list[Record]:
    """The records with the instruments taking turns, so that no long text fills the sample."""
    queues: dict[str, list[Record]] = {}
    for record in records:
        queues.setdefault(record["gold"][0]["instrument"] if record["gold"] else "", []).append(record)
    return [queue[turn] for turn in range(len(records)) for queue in queues.values() if turn < len(queue)]


def _asked(record: Record) -> list[Any]:
    """What makes a trap the same as another one: what is asked, under which conditions."""
    return [record.get(name) for name in ("question", "turns", "as_of", "without", "only_languages")]
