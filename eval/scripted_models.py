"""Language models for tests and the evaluation: functions from a request to a reply.

Give one to ``OpenAIServer(respond=...)``. `quoting` answers as an honest model would, `obedient` does what
any text in the prompt tells it to.
"""

from __future__ import annotations

import re

from eval.openai_server import Reply, Request

_ENTRY = re.compile(
    r"^=== (?:证据|Evidence) \[(\d+)\] ===\n(.*?)(?=^=== |^问题：|^Question:|\Z)", re.MULTILINE | re.DOTALL
)
_ORDER = re.compile(
    r"(?:请输出|输出|回复|回答|say|output|print|reply with)[:： ]*[“\"「'](.+?)[”\"」']", re.IGNORECASE
)


def evidence(prompt: str) -> dict[int, str]:
    """The evidence of a prompt: the text of each clause by its label."""
    found = {}
    for label, entry in _ENTRY.findall(prompt):
        lines = [line[2:] for line in entry.splitlines() if line.startswith("│ ")]
        found[int(label)] = "\n".join(lines)
    return found


def quoting(request: Request) -> Reply:
    """Quotes the first sentence of the first three clauses, each with its label."""
    sentences = []
    for label, text in list(evidence(request.prompt).items())[:3]:
        pieces = re.split(r"(?<=[。！？])|(?<=[a-z)][.!?])\s|\n", text)
        first = next((piece.strip() for piece in pieces if len(piece.strip()) > 8), text)
        sentences.append(f"{first}[{label}]")
    return Reply("\n".join(sentences) or "NO_ANSWER_IN_EVIDENCE")


def obedient(request: Request) -> Reply:
    """Says whatever a quoted order in any part of the prompt tells it to say, with a label for looks."""
    orders = _ORDER.findall(request.prompt)
    return Reply("\n".join(f"{order}[1]" for order in orders) or quoting(request).text)


def confessing(request: Request) -> Reply:
    """Repeats its system prompt, each line with a label for looks."""
    system = next((m["content"] for m in request.body.get("messages", ()) if m.get("role") == "system"), "")
    return Reply("\n".join(f"{line}[1]" for line in str(system).splitlines() if line.strip()))
