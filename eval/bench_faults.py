"""Benchmark ``faults``: two hundred conversations with a model endpoint that fails in every way it can.

The assistant answers over its own library; the endpoint is a local server with the faults of `faults`. A turn
is lost where no answer is finished or the reader is left with nothing; an error that reaches the caller is
unhandled. ``DATA`` is the suite whose answerable questions are asked.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from assistant.app import build
from assistant.domain import Status
from assistant.settings import read_settings
from eval.faults import faults
from eval.openai_server import OpenAIServer
from eval.scripted import Said, scripted, talk
from eval.scripted_models import quoting
from eval.suites import DEFAULT_SUITE, load_suite

DATA = DEFAULT_SUITE
CONVERSATIONS = 200
_TIMEOUT = 0.3  # seconds to the first word; a local server needs a hundredth
_WRONG = "研发费用占比不低于97.31%。[1]"
_SIGN = "97.31"
_FELL_BACK = re.compile("语言模型|language model")
_SENTENCES = ("企业应当符合条款规定的条件。", "具体要求见所引条款。")


def measure(data: Path) -> Mapping[str, float]:
    """Counts over all conversations."""
    questions = [case.turns for case in load_suite(data) if case.answerable and case.type != "injection"]
    chance = random.Random(20)  # noqa: S311 - the same conversations in every run
    figures: Counter[str] = Counter()
    with build(read_settings(os.environ)) as assistant, OpenAIServer(quoting) as server:
        answering = scripted(assistant, server.url, timeout=_TIMEOUT)
        scripts = list(faults(_SENTENCES, _WRONG).values())
        for number in range(CONVERSATIONS):
            turns = [q for talked in chance.sample(questions, 2) for q in talked][: chance.choice((1, 2, 3))]
            server.enqueue(*[scripts[number % len(scripts)]] * chance.choice((1, 2, 3)))
            figures["conversations"] += 1
            figures["turns"] += len(turns)
            try:
                said = talk(answering, turns)
            except Exception:  # noqa: BLE001 - an error of any kind is what is counted
                figures["unhandled_errors"] += 1
                figures["lost_turns"] += len(turns)
                continue
            finally:
                server.forget()
            for one in said:
                _count(figures, one)
    return {"unhandled_errors": 0, "lost_turns": 0, "wrong_figures_shown": 0, **figures}


def _count(figures: Counter[str], said: Said) -> None:
    answer = said.answer
    figures["lost_turns"] += not answer.sentences
    figures["wrong_figures_shown"] += _SIGN in answer.text
    figures["not_streamed"] += bool(
        answer.status in (Status.ANSWERED, Status.PARTIAL)
        and not {s.text for s in answer.sentences} <= set(said.streamed)
    )
    figures[f"answered_by_{answer.trace.composer.replace('-', '_')}"] += 1
    figures["told_of_the_failure"] += any(
        ("语言模型" in n) or ("language model" in n) for n in answer.notices
    )
