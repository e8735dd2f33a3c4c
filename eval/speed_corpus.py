"""A corpus of any size for timing retrieval: the articles of real laws, mixed anew.

Each synthetic article takes its sentences from two real ones; every law depends on its number alone, so that
an interrupted build goes on where it stopped. Every other law is a law, the rest are notices.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from assistant.domain import Authority, Kind
from eval.shelving import Clause, Work

ARTICLES = 50  # articles of each law


def works(articles: Sequence[str], first: int, after: int) -> Iterator[Work]:
    """The laws with numbers from ``first`` up to, not including, ``after``."""
    for number in range(first, after):
        chance = random.Random(number)  # noqa: S311 - no secret, the same every time
        clauses = []
        for i in range(ARTICLES):
            one, other = chance.choice(articles).split("。"), chance.choice(articles).split("。")
            text = "。".join((*one[: len(one) // 2 + 1], *other[len(other) // 2 :]))
            clauses.append(Clause(f"law-{number}-{i}", text, (f"第{i + 1}条",)))
        kind, authority = (Kind.LAW, Authority.LAW) if number % 2 else (Kind.NOTICE, Authority.NOTICE)
        yield Work(f"law-{number}", f"第{number}号规定", clauses, kind, authority)


def questions(articles: Sequence[str], count: int) -> list[str]:
    """Stretches of articles, asked as people ask."""
    chance = random.Random(11)  # noqa: S311 - no secret, the same every time
    long = [text for text in articles if len(text) > 60]
    starts = ((text, chance.randrange(len(text) - 30)) for text in chance.sample(long, count))
    return [f"请问{text[at : at + chance.randint(8, 24)]}有什么规定？" for text, at in starts]
