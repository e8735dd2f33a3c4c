"""Benchmark ``streaming``: is a reply read the same however it is cut, and what does a sentence wait for?

Replies are made of real sentences of the corpus with labels in all their guises. Every reply is cut at every
place into two pieces, and at random into many; the drafts must be those of the uncut reply, and no half label
may show. The delay is what a finished sentence waits for: its parsing and its grounding check, in processor
time of one thread, so that other work on the machine does not count.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.answering.composer import Draft
from assistant.answering.grounding import check
from assistant.answering.stream import ReplyParser
from assistant.domain import Language
from assistant.language.sentences import sentences
from assistant.resources import data_folder

DATA = data_folder("corpus") / "documents"
_REPLIES = 150  # of each language
_RANDOM_CUTS = 20
_HALF_LABEL = re.compile(r"[\[［【]\s*\^?\d{0,2}$|^\d{0,2}[\]］】]")
_LABELS = ("[1]", "【1】", "［1］", "[^1]", "[1][2]", "[1, 2]", "【1】【2】", " [来源1]", " (Source 1)")


def measure(data: Path) -> Mapping[str, float]:
    """Counts of replies, cuts and differences; milliseconds a finished sentence waits."""
    chance = random.Random(7)  # noqa: S311 - the same replies in every run
    figures: Counter[str] = Counter()
    waits: list[float] = []
    check("甲。", ["甲。"], language="zh")  # what is loaded once is no delay of a sentence
    for language in ("zh", "en"):
        clauses = list(_clauses(data / language))
        chance.shuffle(clauses)
        for clause in clauses[:_REPLIES]:
            reply = _reply(clause, chance)
            whole = _parse([reply], language)
            figures["replies"] += 1
            for pieces in _cuts(reply, chance):
                figures["cuts"] += 1
                drafts = _parse(pieces, language)
                figures["differences"] += drafts != whole
                figures["half_labels"] += any(_HALF_LABEL.search(draft.text) for draft in drafts)
            waits += _waits(reply, clause, language)
    waits.sort()
    return {
        "differences": 0,
        "half_labels": 0,
        **figures,
        "sentences": len(waits),
        "ms_p50": waits[len(waits) // 2] * 1000,
        "ms_p95": waits[int(len(waits) * 0.95)] * 1000,
        "ms_max": waits[-1] * 1000,
    }


def _clauses(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.md")):
        for section in re.split(r"(?m)^#+ .*$", path.read_text(encoding="utf-8")):
            if 40 < len(section.strip()) < 900:
                yield section.strip()


def _reply(clause: str, chance: random.Random) -> str:
    """A reply that quotes up to three sentences of the clause, each with a label before or after its stop."""
    told = []
    for span in sentences(clause)[:3]:
        text, label = span.text.strip("- \n"), chance.choice(_LABELS)
        inside = chance.random() < 0.5 and text[-1:] in "。."
        told.append(f"{text[:-1]}{label}{text[-1]}" if inside else f"{text}{label}")
    return chance.choice(("", "\n", " ")).join(told)


def _cuts(reply: str, chance: random.Random) -> Iterator[Sequence[str]]:
    yield list(reply)
    yield from ([reply[:at], reply[at:]] for at in range(1, len(reply)))
    for _ in range(_RANDOM_CUTS):
        places = sorted(chance.sample(range(1, len(reply)), min(8, len(reply) - 1)))
        yield [reply[a:b] for a, b in zip([0, *places], [*places, len(reply)], strict=True)]


def _parse(pieces: Sequence[str], language: Language) -> list[Draft]:
    parser = ReplyParser(language)
    return [*(draft for piece in pieces for draft in parser.feed(piece)), *parser.end()]


def _waits(reply: str, clause: str, language: Language) -> Iterator[float]:
    """Seconds from the character that completes a sentence to its checked release."""
    parser = ReplyParser(language)
    for character in [*reply, None]:
        began = time.thread_time()
        drafts = parser.feed(character) if character is not None else parser.end()
        for draft in drafts:
            check(draft.text, [clause], language=language)
        if drafts:
            yield (time.thread_time() - began) / len(drafts)
