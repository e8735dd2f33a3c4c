"""Find the labels that a model writes, ``[1]`` in all its guises, and take them out of the text.

A model is asked for ``[1]`` or ``[1][3]``. It also writes ``【1】``, ``［1］``, ``[1, 3]``, ``[1-3]``,
``[^1]``, ``^1``, ``[来源1]``, ``(Source 1)``, or ``(1)`` before a full stop. What only looks like a label
stays: the year in ``国科发火[2016]32号``, the items in ``(1)研发；(2)人员``, the number in ``paragraph (1).``
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = (
    r"(?:证据|来源|依据|引用|出处|参考|编号|标签"
    r"|evidence|sources?|references?|refs?|citations?|labels?)\s*[:：#]?\s*"
)
_AND = r"\s*(?:[,，、;；/&~–—-]|和|及|与|and)\s*"
_LIST = rf"\^?\s*(?:{_WORD})?\d{{1,2}}(?:{_AND}\^?(?:{_WORD})?\d{{1,2}})*"
_NOTE = r"(?:[†:：][^\]］】]{0,40})?"  # ``【1†source】``
_ADDRESS = r"(?:\((?:https?:|www\.|#|/)[^()\s]*\))?"
_NOT_A_YEAR = r"(?!\d*号)"  # ``[16]3号``
_STOP = r"(?=\s*(?:[。！？!?]|\.(?!\S)))"
_LABELS = re.compile(
    r"\s*(?:"
    rf"[\[［【]{{1,2}}\s*({_LIST})\s*{_NOTE}[\]］】]{{1,2}}{_ADDRESS}{_NOT_A_YEAR}"
    rf"|[(（]\s*((?:见|see)?\s*{_WORD}\d{{1,2}}(?:{_AND}(?:{_WORD})?\d{{1,2}})*)\s*[)）]"
    rf"|(?<![A-Za-z0-9第条款项目])[(（]\s*(?P<round>\d{{1,2}}(?:{_AND}\d{{1,2}})*)\s*[)）]{_STOP}"
    r"|(?<=[^\s\d^])\^(\d{1,2})\^?(?!\d)"
    r")",
    re.IGNORECASE,
)
_CUT_OFF = re.compile(r"\s*(?:[\[［【][^\]］】]{0,12}|\^)$")
_STRUCTURAL = re.compile(
    r"(?:article|section|paragraph|para|item|point|clause|chapter|annex)s?\.?$", re.IGNORECASE
)
_RUNS_ON = re.compile(r"[A-Za-z0-9][A-Za-z0-9]|[.!?][\w《“「『〈]")
_RANGE = re.compile(r"(\d{1,2})\s*[~–—-]\s*(\d{1,2})")
_WIDEST_RANGE = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """Labels that stood at a place of the text that is left."""

    at: int
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """A text without its labels, and where they were."""

    text: str
    marks: tuple[Mark, ...]


def take_labels(text: str) -> Unlabelled:
    """``text`` without its labels, the space before them, and a label that was cut off at its end."""
    text = _CUT_OFF.sub("", text)
    left, marks, done = "", [], 0
    for found in _LABELS.finditer(text):
        if found["round"] and _STRUCTURAL.search(text[: found.start()].rstrip()):
            continue  # "under paragraph (1)."
        left += text[done : found.start()]
        done = found.end()
        if _RUNS_ON.match(left[-1:] + text[done : done + 1]):
            left += " "
        marks.append(Mark(len(left), _numbers(next(filter(None, found.groups())))))
    return Unlabelled(left + text[done:], tuple(marks))


def _numbers(label: str) -> tuple[int, ...]:
    """The numbers of a label in the order given, ranges written out."""

    def write_out(found: re.Match[str]) -> str:
        low, high = int(found[1]), int(found[2])
        return " ".join(map(str, range(low, high + 1))) if 0 <= high - low < _WIDEST_RANGE else found[0]

    return tuple(dict.fromkeys(int(n) for n in re.findall(r"\d{1,2}", _RANGE.sub(write_out, label))))
