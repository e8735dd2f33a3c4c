"""The content words of a text and how much each one tells.

English gives stems, Chinese pairs of characters. Figures and modals are left to their own readings, labels
and list marks are no content, and words of answering ("overall", "provides information") say nothing about a
topic. Weights are inverse document frequencies counted once over public texts and kept in a table.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.language.cues import cues
from assistant.language.fold import fold
from assistant.language.quantities import quantities
from assistant.language.tokens import CJK, singular, stem

# how Chinese answers open a sentence: they say nothing about a topic either
_OPENING = re.compile(
    r"(?:^|(?<=[。！？\n]))\s*(?:[您你]好[，,！!])?"
    r"(?:(?:根据|依据|按照|依照)[^，,。；;]{0,30}(?:规定|要求|精神|条款|文件|办法|通知|方案|政策)[，,：]|"
    r"(?:因此|所以|综上(?:所述)?|总之|此外|另外|同时|具体(?:而言|来说)|需要注意的是|也就是说|换句话说|简单来说)[，,：])?"
)
_TITLE = re.compile(r"《[^《》]{2,80}》")
_HAS_CHINESE = re.compile(f"[{CJK}]")
_READ_ELSEWHERE = ("must", "may", "ban", "floor", "ceiling")
TABLE = Path(__file__).with_name("faithfulness_words.json")
_RUN = re.compile(rf"[{CJK}]+|[a-z]+(?:['’][a-z]+)?")
_LABELS = re.compile(
    r"[(（]?(?:(?:according to|in|see|ref(?:erence)?s?:?)\s+)?(?:passages?|sources?|documents?)\s+"
    r"\d+(?:(?:,|\s+and|,\s+and)\s+\d+)*[)）]?"
    r"|[\[【［]\d{1,3}(?:[,，]\s*\d{1,3})*[\]】］]"
    r"|^\s*(?:[-*•#>]+\s*)?(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.)、）](?!\d))?\s*"
    r"|\b(?:step|option|question|method)\s+\d{1,2}\b",
    re.IGNORECASE | re.MULTILINE,
)


def without_labels(text: str) -> str:
    """The text without citation labels and list marks."""
    return _LABELS.sub(" ", text).strip()


@lru_cache(maxsize=8192)
def content(text: str) -> tuple[str, ...]:
    """The content words of ``text`` in reading order."""
    ignored = _table()[0]
    found: list[str] = []
    for run in _RUN.findall(fold(singular(_wording(without_labels(text))))):
        if run[0] > "\u2fff":
            found.extend(map("".join, pairwise(run)) if len(run) > 1 else run)
        else:
            word = re.split("['’]", run)[0]
            if word not in ignored:
                found.append(stem(word))
    return tuple(found)


def _wording(text: str) -> str:
    """The text with a space for each figure, title and modal, which other readings compare.

    English needs none of it: digits are no words and modals are ignored.
    """
    if not _HAS_CHINESE.search(text):
        return text
    spans = [match.span() for pattern in (_OPENING, _TITLE) for match in pattern.finditer(text)]
    spans += [(q.start, q.end) for q in quantities(text)]
    spans += [(cue.start, cue.end) for cue in cues(text) if cue.kind in _READ_ELSEWHERE]
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def roots(words: tuple[str, ...]) -> tuple[str, ...]:
    """The smaller pieces that forms of one word share: characters for Chinese, stems as they are."""
    found: list[str] = []
    for index, word in enumerate(words):
        if word[0] > "\u2fff" and len(word) == 2:
            follows_on = index > 0 and len(words[index - 1]) == 2 and words[index - 1][1] == word[0]
            found.extend(word[1:] if follows_on else word)
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """How much a word tells: its inverse document frequency; an unknown word tells most."""
    _, weights, unknown = _table()
    return weights.get(word, unknown)


@cache
def _table() -> tuple[frozenset[str], dict[str, float], float]:
    data = json.loads(TABLE.read_text(encoding="utf-8"))
    weights = {word: float(level) for level, words in data["weights"].items() for word in words.split()}
    return frozenset(data["ignored"].split()), weights, float(data["unknown"])
