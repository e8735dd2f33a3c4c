"""``python -m eval lint``: what is wrong or doubtful in case files, before anything is asked.

Errors stop a run; warnings point at cases that cannot tell a good answer from a bad one.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.language.detect import detect
from assistant.language.glossary import Glossary
from eval.behaviour import expectation
from eval.cases import Case
from eval.clauses import parse
from eval.facts import take_apart
from eval.matching import said
from eval.schema import SCHEMA
from eval.stretches import Reply
from eval.suites import DEFAULT_SUITE, load_suite


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``lint``."""
    parser.add_argument(
        "suite", nargs="*", type=Path, default=[DEFAULT_SUITE], help="files or folders (eval/cases)"
    )
    parser.add_argument("--corpus", action="store_true", help="also check gold against the ingested corpus")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when there is a warning")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of case files and stop")


def run(args: argparse.Namespace) -> int:
    """Exit code 2 (from the loader) when a file cannot be used; warnings fail only with ``--strict``."""
    if args.schema:
        print(json.dumps(SCHEMA, ensure_ascii=False, indent=1))
        return 0
    cases = [case for path in args.suite for case in load_suite(path)]
    known = _instruments() if args.corpus else None
    warnings = [f"{case.id}: {warning}" for case in cases for warning in lint(case, known)]
    print("\n".join([*warnings, f"{len(cases)} cases, {len(warnings)} warnings"]))
    return int(args.strict and bool(warnings))


def lint(case: Case, known: frozenset[str] | None = None) -> Iterator[str]:
    """What is doubtful in one case."""
    expected = [e for number in range(len(case.turns)) if (e := expectation(case, number))]
    if case.answerable and not any(e.facts for e in expected) and not case.status:
        yield "is answerable but expects no fact"
    if not case.answerable and all(e.must_answer for e in expected):
        yield "is not answerable but expects an answer"
    if len(case.turns) > 1 and len(case.expected) not in (0, len(case.turns)):
        yield f"has {len(case.turns)} turns and {len(case.expected)} statements: which belongs to which?"
    if detect(" ".join(case.turns)) != case.language:
        yield f"says lang {case.language}, but reads otherwise"
    yield from _facts_that_say_nothing(case, [fact.text for e in expected for fact in e.facts])
    for gold in case.gold:
        if gold.ref and not parse(gold.ref):
            yield f"ref {gold.ref!r} cannot be read"
        if known is not None and gold.instrument not in known:
            yield f"gold {gold.instrument} is not in the corpus"


def _facts_that_say_nothing(case: Case, facts: Sequence[str]) -> Iterator[str]:
    """A fact that the question itself already says, or that any reply would say."""
    glossary = Glossary()
    asked = " ".join(case.turns)
    for text in facts:
        fact = take_apart(text, asked, glossary)
        if not (fact.figures or fact.wording or fact.decides):
            yield f"fact {text!r} has nothing that could be looked for"
        elif not fact.decides and said(take_apart(text, "", glossary), Reply(asked, glossary)).said:
            yield f"fact {text!r} is already in the question"


def _instruments() -> frozenset[str]:
    from assistant.app import build
    from assistant.settings import read_settings

    with build(read_settings(os.environ)) as assistant:
        return frozenset(instrument.id for instrument in assistant.library.instruments())
