"""Does the sentence leave out a condition that the clause puts on what it says?

The clause's sentence that the claim rests on is cut at its commas. Where the claim repeats the rule but not
the neighbouring part that limits it ("经批准", "…的，", "unless ..."), the part is reported. What the question
itself supposes is no omission.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.faithfulness_words import content
from assistant.domain import Conflict
from assistant.language.fold import aligned
from assistant.language.sentences import sentences

_RESTS_ON = 0.6  # share of the claim's words that its sentence has
_REPEATED = 0.6  # share of a part's words that the claim has, to count as repeated
_LEFT_OUT = 0.34  # ... and to count as left out
_PART = re.compile(r"[^，,；;。:：\n]+")
_LIMITS = re.compile(
    r"^(?:如果|如|若|凡|除|但|经(?=.{2,30}(?:批准|同意|审核|备案|许可|认定|核准)))|(?<!目)的$|(?:外|除外|前提下|情况下|情形下|条件下|时)$|"
    r"^(?:if|unless|where|when|provided|except|subject to|as long as|only if|only when|but)\b"
)
_INNER_LIMIT = re.compile(
    r"\b(?:unless|if|provided that|except(?: for| that)?|as long as|only if|only when|subject to) [^,.;]{6,}"
)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    words: frozenset[str]
    limits: bool

    def share_in(self, words: frozenset[str]) -> float:
        return len(self.words & words) / len(self.words) if self.words else 1.0


def left_out(claim: str, quotes: Sequence[str], question: str = "") -> tuple[Conflict, ...]:
    """A `Conflict` of type ``condition`` for each limiting part that the claim leaves out."""
    ours = frozenset(content(claim))
    known = ours | frozenset(content(question))
    basis = max(
        (sentence.text for quote in quotes for sentence in sentences(quote)),
        key=lambda text: len(ours & frozenset(content(text))) / (len(ours) + 1) - len(content(text)) / 10_000,
        default="",
    )
    if not ours or len(ours & frozenset(content(basis))) / len(ours) < _RESTS_ON:
        return ()
    parts = _parts(basis)
    found = []
    for index, part in enumerate(parts):
        if not part.limits or len(part.words) < 2 or part.share_in(known) >= _LEFT_OUT:
            continue
        beside = parts[max(0, index - 1) : index] + parts[index + 1 : index + 2]
        if any(other.words and not other.limits and other.share_in(ours) >= _REPEATED for other in beside):
            found.append(Conflict("condition", "", (part.text,)))
    return tuple(found)


def _parts(sentence: str) -> list[_Part]:
    """The sentence cut at commas, and English conditions cut off where no comma stands."""
    pieces: list[str] = []
    for match in _PART.finditer(sentence):
        piece = match.group().strip()
        inner = _INNER_LIMIT.search(aligned(piece))
        if inner and inner.start() > 0:
            pieces += [piece[: inner.start()].strip(), piece[inner.start() :].strip()]
        elif piece:
            pieces.append(piece)
    return [
        _Part(p, frozenset(content(p)), bool(_LIMITS.search(aligned(p))) and len(pieces) > 1) for p in pieces
    ]
