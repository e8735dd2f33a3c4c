"""Turn a sentence with one telling figure into a question whose answer is known.

"高新技术企业的科技人员占企业当年职工总数的比例不低于10%。" becomes "……的比例不低于多少？", answer
10%. Dates are left alone, and so are sentences with several figures, whose blank would be ambiguous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.domain import Language
from assistant.language.sentences import sentences
from eval.amounts import Amount, amounts

_KINDS = frozenset(("percent", "money", "count", "duration"))
_NOTE = re.compile(r"(?:[（(](?:单一来源|来源|single source|sources?)[^）)]*[）)]|\s*\[\d+\])")
_MARK = re.compile(r"^\s*(?:[-*]\s+|\d+[.、]\s*|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）]\s*)")
_OF_OLD = re.compile(r"^(?:按|依照?)[^，,]*旧[^，,]*[，,]|^Under [^,]*\bold\b[^,]*, ", re.IGNORECASE)
#: What is counted where a sentence speaks of papers and names instead of rules.
_OF_PAPERS = frozenset(("项", "条", "章", "节", "类", "款", "个方面", "方面", "部分", "份", "强", "rank"))
_PAPERS = re.compile(r"下列|见《|\bsee \b|个方面|文号|未查到|公告|〔|\bnumber\b|\bNo\. \d")
_ABOUT = re.compile(r"说明|来源|\babout\b|\bnotes?\b", re.IGNORECASE)
_LONGEST, _SHORTEST, _LONGEST_NAME = 160, 12, 40


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence of an instrument with one figure taken out."""

    instrument: str
    language: Language
    sentence: str
    figure: Amount

    @property
    def question(self) -> str:
        """The sentence as a question for its figure."""
        start, end = self.figure.span
        before, after = self.sentence[:start], self.sentence[end:].rstrip("。.")
        if self.language == "zh":
            return f"{before}多少{self._unit}{after}？"
        return f"What figure belongs in the blank: “{before}___{after}”?"

    @property
    def answer(self) -> str:
        """The figure as the sentence writes it."""
        return self.figure.text

    @property
    def _unit(self) -> str:
        """What stays of the figure when its number goes: 2000万元 leaves 元, 10% nothing."""
        unit = re.sub(r"^[\d,.\s一二三四五六七八九十百千万亿两%]+", "", self.figure.text)
        return "" if self.figure.quantity.kind == "percent" else unit

    def with_figure(self, text: str) -> str:
        """The sentence with another figure in the same place."""
        start, end = self.figure.span
        return self.sentence[:start] + text + self.sentence[end:]

    def skeleton(self) -> str:
        """The sentence without its figure, to tell siblings by."""
        return self.with_figure("")


def clozes(instrument: str, language: Language, path: tuple[str, ...], text: str) -> Iterator[Cloze]:
    """The clozes of one clause. Pages about the document itself have none."""
    if any(_ABOUT.search(heading) for heading in path[1:]):
        return
    for span in sentences(text):
        sentence = _MARK.sub("", _NOTE.sub("", span.text)).strip()
        figures = [a for a in amounts(sentence) if a.quantity.kind in _KINDS]
        telling = len(figures) == 1 and _is_a_rule(figures[0]) and not _PAPERS.search(sentence)
        if telling and _SHORTEST <= len(sentence) <= _LONGEST and "\n" not in sentence:
            yield Cloze(instrument, language, sentence, figures[0])


def _is_a_rule(figure: Amount) -> bool:
    """A figure in digits that counts something in the world, not parts of the text."""
    return figure.text[0].isdigit() and figure.quantity.unit not in _OF_PAPERS


def similarity(one: Cloze, other: Cloze) -> float:
    """How alike two sentences are (0..1) apart from their figures and an opening that calls a rule old."""
    ours, theirs = (_OF_OLD.sub("", cloze.skeleton()) for cloze in (one, other))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > 0.5 else 0.0


def differing_words(one: Cloze, other: Cloze) -> tuple[str, str] | None:
    """The one short run of words in which two skeletons differ; None where they differ otherwise."""
    ours, theirs = _pieces(one), _pieces(other)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    if not changed or len(changed) > 3:
        return None
    first, last = changed[0], changed[-1]
    pair = _joined(one, ours[first[1] : last[2]]), _joined(other, theirs[first[3] : last[4]])
    short = all(1 < len(words) <= _LONGEST_NAME and not re.search(r"[,，;；。]", words) for words in pair)
    return pair if short else None


def _pieces(cloze: Cloze) -> list[str]:
    """Characters in Chinese, words in English."""
    return list(cloze.skeleton()) if cloze.language == "zh" else cloze.skeleton().split()


def _joined(cloze: Cloze, pieces: list[str]) -> str:
    text = ("" if cloze.language == "zh" else " ").join(pieces).strip()
    return re.sub(r"^的|(?:的|达到|为)$", "", text)
