"""A reply cut into clauses, and the neighbouring clauses in which one fact may be said.

The parts of a clause between commas matter too: the words beside a competing figure are not words about
the wanted one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.language.fold import aligned
from assistant.language.glossary import Glossary
from assistant.language.sentences import clauses
from eval.amounts import Amount, agree, amounts, competes
from eval.polarity import Polarity, polarities
from eval.wording import Vocabulary, vocabulary

_PART = re.compile(r"(?<!\d),|,(?!\d{3})|[;、]")
_ADVICE = re.compile(r"(?:建议|请)向[^,。;]{1,40}(?:核实|咨询|确认)|\bplease (?:check|verify|confirm) with\b")
_RESULT = re.compile(r"[=≈]\s*$")
_COMPARED = re.compile(
    r"^\s*(?:但|而|正好|刚好)?(?:是|为)?(?:[^,]{0,8},)?(?:没有|未)?(?:达到|低于|少于|超过|高于|多于|不足|不到)"
    r"|^\s*(?:reaching|below|within|over|above|exactly)\b"
)


def is_advice(text: str) -> bool:
    """Does it only say whom to ask: 建议向市科技创新局核实?"""
    return _ADVICE.search(aligned(text)) is not None


@dataclass(frozen=True)
class Part:
    """What stands between two commas."""

    text: str
    amounts: tuple[Amount, ...]
    words: Vocabulary


@dataclass(frozen=True)
class Stretch:
    """Some neighbouring clauses."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount in it, read in full context."""
        return tuple(amounts(self.text))

    @cached_property
    def results(self) -> tuple[Amount, ...]:
        """What it works out: the amounts behind an equals sign."""
        plain = aligned(self.text)
        return tuple(a for a in self.amounts if _RESULT.search(plain, 0, a.span[0]))

    @cached_property
    def decides(self) -> frozenset[Polarity]:
        """What it decides."""
        return polarities(self.text) - {Polarity.UNKNOWN}

    def words_for(self, figures: Sequence[Amount], others: Sequence[Amount]) -> Vocabulary:
        """The words of the parts that do not speak of a competing figure instead.

        ``others`` are figures that compete with nothing: those of the fact or the question itself.
        """
        return _union(
            [
                part.words
                for part, following in zip(self.parts, [*self.parts[1:], None], strict=True)
                if not _speaks_of_another(part, figures, others)
                or (following and _compared(following, figures))
            ]
        )

    def words_about(self, figure: Amount) -> list[Vocabulary]:
        """The words around each place where ``figure`` stands: its part and what leads up to it."""
        found = []
        for index, part in enumerate(self.parts):
            if any(agree(figure, amount) for amount in part.amounts):
                start = index
                while start and not any(
                    figure.quantity.same_unit(a.quantity) for a in self.parts[start - 1].amounts
                ):
                    start -= 1
                found.append(_union([p.words for p in self.parts[start : index + 1]]))
        return found


@dataclass(frozen=True)
class Reply:
    """A whole reply, ready to be looked through for several facts.

    Advice whom to ask states nothing and is left out, but for facts that are ``advice`` themselves.
    """

    text: str
    glossary: Glossary
    advice: bool = False

    @cached_property
    def clauses(self) -> tuple[tuple[str, tuple[Part, ...]], ...]:
        """Each clause with its parts, a label with what it labels."""
        found: list[tuple[str, tuple[Part, ...]]] = []
        for clause in clauses(self.text):
            if self.advice or not is_advice(clause.text):
                text, parts = clause.text, tuple(self._parts(clause.text))
                if found and found[-1][0].endswith((":", "：")):  # what a label stands before
                    label, before = found.pop()
                    text, parts = f"{label}\n{text}", (*before, *parts)
                found.append((text, parts))
        return tuple(found)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Every amount in it."""
        return tuple(amounts(self.text))

    def stretches(self, reach: int) -> Iterator[Stretch]:
        """Every run of up to ``reach`` neighbouring clauses, short ones first."""
        for length in range(1, min(reach, len(self.clauses)) + 1):
            for start in range(len(self.clauses) - length + 1):
                run = self.clauses[start : start + length]
                yield Stretch("\n".join(text for text, _ in run), tuple(p for _, parts in run for p in parts))

    def _parts(self, clause: str) -> Iterator[Part]:
        start = 0
        for end in [*(m.start() for m in _PART.finditer(aligned(clause))), len(clause)]:
            text = clause[start:end]
            yield Part(text, tuple(amounts(text)), vocabulary(text, self.glossary))
            start = end + 1


def _union(vocabularies: Sequence[Vocabulary]) -> Vocabulary:
    words: dict[str, frozenset[bool]] = {}
    for vocabulary_ in vocabularies:
        for form, marks in vocabulary_.items():
            words[form] = words.get(form, frozenset()) | marks
    return words


def _compared(part: Part, figures: Sequence[Amount]) -> bool:
    """Is what stands before ``part`` compared with a wanted figure: 52人，达到要求的50人?"""
    wanted = any(agree(figure, amount) for amount in part.amounts for figure in figures)
    return wanted and _COMPARED.search(aligned(part.text)) is not None


def _speaks_of_another(part: Part, figures: Sequence[Amount], others: Sequence[Amount]) -> bool:
    if any(agree(figure, amount) for amount in part.amounts for figure in figures):
        return False
    rivals = [amount for amount in part.amounts if any(competes(figure, amount) for figure in figures)]
    return any(not any(agree(other, rival) for other in others) for rival in rivals)
