"""``search``: the clauses that fit, without an answer."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.app import build
from assistant.cli.options import filters
from assistant.cli.speech import Speech
from assistant.domain import Language, Passage
from assistant.presentation import clause_name, passage_json
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Print the passages for ``args.text``; exit code 1 when nothing was found."""
    with build(settings) as assistant:
        found = assistant.search(args.text, filters=filters(args, assistant.library), limit=args.limit)
    note = say(found.note_zh, found.note_en)
    if note:
        print(note, file=sys.stderr)
    if args.json:
        body = {
            "query": args.text,
            "answerability": found.answerability,
            "note": note or None,
            "passages": [passage_json(passage) for passage in found.passages],
        }
        print(json.dumps(body, ensure_ascii=False, indent=2))
    elif not found.passages:
        print(say("没有找到相关条款。", "No clause was found."))
    else:
        for rank, passage in enumerate(found.passages, 1):
            print(_line(rank, passage, say.language))
    return 0 if found.passages else 1


def _line(rank: int, passage: Passage, language: Language) -> str:
    chunk, instrument = passage.chunk, passage.instrument
    note = passage.validity.note_zh if language == "zh" else passage.validity.note_en
    body = " ".join(chunk.text.split())
    head = f"{rank}. {instrument.title(language)} › {clause_name(chunk.path)}"
    return f"{head}\n   [{passage.score:.2f}] {note}\n   {body}\n"
