"""Titles as people remember them: a word left out, another order, 计划 where the title says 方案.

A title is recognised by the words that tell it from other titles, standing close together at a word for a
document. Who writes no such word speaks of the subject and not of the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.domain import Instrument
from assistant.language.fold import aligned
from assistant.language.tokens import CJK, stem

_ASIDE = re.compile(r"[（(〔\[][^）)〕\]]*[）)〕\]]")
_DOCUMENT = re.compile(
    r"(?:方案|计划|规划|办法|规定|条例|通知|意见|公告|措施|细则|指引|纲要|政策|文件)"
    r"|\b(?:plan|measures|rules|regulations?|notice|announcement|guidelines?|opinions|circular|call)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，。；？！,;?!\n]|\.\s")
_WORD = re.compile(rf"[{CJK}]{{2,}}|[a-z][a-z&'’-]+")
_STOP = re.compile(r"the|of|for|to|in|on|and|with|its|by|an|at|from")
#: How far a title reaches behind the word for a document, in characters: a "plan for building a ...".
_BEHIND = 90
#: How far its last word may stand from the word for a document: 那个条例.
_APART = 2
#: A title is meant where so much of what tells it apart is said, so densely, and so much more than of others.
_COVERED, _DENSE, _AHEAD = 0.4, 0.6, 0.15
#: Fewer words than these tell no title apart.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Remembered:
    """The instrument whose title ``text[start:end]`` is taken for."""

    instrument_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


class Titles:
    """The titles of instruments, ready to be recognised."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self._instruments = instruments

    @cached_property
    def _titles(self) -> Sequence[tuple[str, frozenset[str]]]:
        """The words of each title; cut only where a text names a document at all."""
        return [
            (instrument.id, frozenset(word.text for word in _words(without_asides(title))))
            for instrument in self._instruments
            for title in (instrument.title_zh, instrument.title_en)
            if title
        ]

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        frequency = Counter(word for _, words in self._titles for word in words)
        return {word: math.log(1 + len(self._titles) / n) for word, n in frequency.items()}

    def recognised(self, text: str) -> Iterator[Remembered]:
        """The titles that ``text`` gives in its own words; none where two fit alike."""
        said = list(_words(text))
        told: set[str] = set()
        for start, document, end in _windows(text):
            window = [word for word in said if start <= word.start and word.end <= end]
            best: dict[str, tuple[float, int, int]] = {}
            for instrument_id, words in self._titles:
                found = self._found(window, words)
                best[instrument_id] = max(found, best.get(instrument_id, (0.0, 0, 0)))
            (name, (covered, first, last)), *others = [
                *sorted(best.items(), key=lambda item: -item[1][0]),
                ("", (0.0, 0, 0)),
            ]
            if name in told or document.start() - last > _APART:
                continue
            if covered >= _COVERED and covered - others[0][1][0] >= _AHEAD:
                told.add(name)
                yield Remembered(name, first, max(last, document.end()))

    def _found(self, window: Sequence[_Word], words: frozenset[str]) -> tuple[float, int, int]:
        """The largest share of a title's ``words`` in a dense stretch of ``window``, and where it lies."""
        held = [i for i, word in enumerate(window) if word.text in words]
        whole = sum(self._rarity[word] for word in words)
        best = (0.0, 0, 0)
        for n, first in enumerate(held):
            for m in range(n + _FEWEST, len(held) + 1):
                last = held[m - 1]
                if m - n >= _DENSE * (last - first + 1):
                    met = {window[i].text for i in held[n:m]}
                    share = sum(self._rarity[word] for word in met) / whole
                    best = max(best, (share, window[first].start, window[last].end))
        return best


def without_asides(title: str) -> str:
    """A title or heading without what stands in brackets: （2025—2027年）, （标题未核实）."""
    return _ASIDE.sub("", title)


def _windows(text: str) -> Iterator[tuple[int, re.Match[str], int]]:
    """Where a title may stand: from the clause's start to a word for a document, or beyond in English."""
    for found in _DOCUMENT.finditer(text):
        ends = [mark.end() for mark in _CLAUSE.finditer(text, 0, found.start())]
        end = found.end()
        if found.group().isascii():
            mark = _CLAUSE.search(text, end)
            end = min(end + _BEHIND, mark.start() if mark else len(text))
        yield (ends[-1] if ends else 0), found, end


def _words(text: str) -> Iterator[_Word]:
    """Pairs of Chinese characters and stems of English words, in reading order."""
    folded = aligned(text)
    for run in _WORD.finditer(folded):
        if not run.group().isascii():
            for i in range(run.start(), run.end() - 1):
                yield _Word(folded[i : i + 2], i, i + 2)
        elif not _STOP.fullmatch(run.group()):
            yield _Word(stem(run.group()), run.start(), run.end())
