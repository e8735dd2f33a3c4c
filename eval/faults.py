"""Everything a chat endpoint may do wrong, as replies of the scripted server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval.openai_server import Reply


def faults(sentences: Sequence[str], wrong: str) -> Mapping[str, Reply]:
    """Replies by what is wrong with them.

    ``sentences`` are two that the first two clauses support, ``wrong`` is one that no clause supports.
    """
    first, second = sentences
    good = f"{first}[1]\n{second}[2]"
    return {
        "none": Reply(good),
        "slow": Reply(good, delay=0.02, pause=0.002),
        "timeout": Reply(good, delay=9),
        "stalled stream": Reply(good, stall_after=5),
        "cut before the first word": Reply(good, cut_after=0),
        "cut in the middle": Reply(good, cut_after=9),
        "error before the first word": Reply(good, error_after=0),
        "error in the stream": Reply(good, error_after=9),
        "junk in the stream": Reply(good, junk_after=3),
        "no finish reason": Reply(good, finish=None),
        "cut off by length": Reply(good, finish="length"),
        "content filter": Reply(good, finish="content_filter"),
        "context overflow": Reply(status=400, error={"message": "x", "code": "context_length_exceeded"}),
        "bad request": Reply(status=400, error={"message": "bad"}),
        "wrong key": Reply(status=401),
        "no such model": Reply(status=404, error={"message": "no such model"}),
        "too many requests": Reply(status=429, headers={"Retry-After": "30"}),
        "server error": Reply(status=500),
        "a page instead": Reply(body=b"<html></html>", content_type="text/html"),
        "no choices": Reply(body=b"{}"),
        "empty": Reply(""),
        "chatter only": Reply("好的，以下是回答："),
        "no labels": Reply(first + second),
        "labels never given": Reply(good.replace("[1]", "[88]").replace("[2]", "[99]")),
        "a figure of its own": Reply(wrong),
        "no answer": Reply("NO_ANSWER_IN_EVIDENCE"),
        "refusal in words": Reply("抱歉，证据中没有相关规定。"),
        "thinking never closed": Reply("<think>…"),
        "labels only": Reply("[1]" * 300),
        "endless": Reply("字" * 3000),
    }
