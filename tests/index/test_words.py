"""The lexical index by itself."""

from __future__ import annotations

from pathlib import Path

from assistant.index.words import Entry, Words


def test_a_short_text_does_not_win_by_being_short(tmp_path: Path) -> None:
    words = Words(tmp_path)
    short = Entry(1, "short", "law", "en", ("fee", "paid", "late"))
    long = Entry(2, "long", "law", "en", ("fee", "fee", *(f"w{i}" for i in range(40))))
    words.replace((), (short, long))
    scores = words.search({"fee": 1.0}, 10)
    assert scores[2] > scores[1] > 0
