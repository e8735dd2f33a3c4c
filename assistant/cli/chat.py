"""``chat``: a conversation in the terminal; sentences appear as they pass the check."""

from __future__ import annotations

import argparse
import json
import sys

from assistant.app import Assistant, build
from assistant.cli.options import filters
from assistant.cli.speech import Speech
from assistant.domain import Answer, Conversation, Filters, Finished, Progress
from assistant.errors import AssistantError, IndexUnusable
from assistant.presentation import mode_label, stage_label, to_json, to_text
from assistant.settings import Settings


def run(args: argparse.Namespace, settings: Settings, say: Speech) -> int:
    """Read questions until end of input; ``/new`` starts afresh, ``/quit`` ends."""
    conversation = Conversation()
    with build(settings) as assistant:
        chosen = filters(args, assistant.library)
        if not args.json:
            print(
                mode_label(assistant.mode, say.language),
                say("/new 新对话，/quit 退出。", "/new starts a new conversation, /quit ends."),
                sep="\n",
            )
        while (question := _read(say)) is not None:
            if question == "/quit":
                break
            if question == "/new":
                conversation = Conversation()
                continue
            if not question:
                continue
            try:
                answer = _answer(assistant, question, conversation, chosen, say, quiet=args.json)
            except IndexUnusable:
                raise
            except AssistantError as error:  # this question failed; the conversation goes on
                print(f"✗ {error.localized(say.language)}", file=sys.stderr)
                continue
            conversation = conversation.then(question, answer)
            if args.json:
                print(json.dumps(to_json(answer), ensure_ascii=False), flush=True)
            else:
                print(to_text(answer, assistant.library, answer.language), "\n")
    return 0


def _read(say: Speech) -> str | None:
    try:
        prompt = say("问> ", "ask> ") if sys.stdin.isatty() else ""
        return input(prompt).strip()
    except EOFError:
        return None


def _answer(
    assistant: Assistant,
    question: str,
    conversation: Conversation,
    chosen: Filters,
    say: Speech,
    *,
    quiet: bool,
) -> Answer:
    """The finished answer; the stages are shown meanwhile on a terminal."""
    show = not quiet and sys.stderr.isatty()
    for event in assistant.ask(question, conversation, filters=chosen):
        match event:
            case Progress(stage) if show:
                print(f"\r\033[K… {stage_label(stage, say.language)}", end="", file=sys.stderr, flush=True)
            case Finished(answer):
                if show:
                    print("\r\033[K", end="", file=sys.stderr, flush=True)
                return answer
    raise RuntimeError("the pipeline ended without an answer")
