"""``ask``: one question, one answer with numbered citations."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.app import build
from assistant.cli.options import filters
from assistant.cli.speech import Speech
from assistant.presentation import to_json, to_text
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, _: Speech) -> int:
    """Answer ``args.question``; exit code 0 also for an honest refusal."""
    question = sys.stdin.read() if args.question == "-" else args.question
    with build(settings) as assistant:
        answer = assistant.answer(question, filters=filters(args, assistant.library))
        if args.json:
            print(json.dumps(to_json(answer), ensure_ascii=False, indent=2))
        else:
            print(to_text(answer, assistant.library, answer.language, why=args.why))
    return 0
