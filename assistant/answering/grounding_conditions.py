"""Does the sentence leave out a condition that the clause puts on what it says?

The clause's sentence that the claim rests on is cut at its commas. Where the claim repeats the rule but
not the neighbouring part that limits it ("经批准", "…的，", "unless ..."), the part is reported. What the
question itself supposes is no omission.
"""

from __future__ import annotations

import re
from collections import Counter
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
    own: frozenset[str]  # words that no other part of the sentence has
    limits: bool


def left_out(claim: str, quotes: Sequence[str], question: str = "") -> tuple[Conflict, ...]:
    """A `Conflict` of type ``condition`` for each limiting part that the claim leaves out."""
    ours = frozenset(content(claim))
    known = ours | frozenset(content(question))
    basis = max(
        (sentence.text for quote in quotes for sentence in sentences(quote)),
        key=lambda text: _share(ours, frozenset(content(text))) - len(text) / 100_000,
        default="",
    )
    if not ours or _share(ours, frozenset(content(basis))) < _RESTS_ON:
        return ()
    parts = _parts(basis)
    found = []
    for index, part in enumerate(parts):
        if not part.limits or not part.own or _share(part.own, known) >= _LEFT_OUT:
            continue
        beside = parts[max(0, index - 1) : index] + parts[index + 1 : index + 2]
        if any(
            other.words and not other.limits and _share(other.words, ours) >= _REPEATED for other in beside
        ):
            found.append(Conflict("condition", "", (part.text,)))
    return tuple(found)


def _share(words: frozenset[str], known: frozenset[str]) -> float:
    return len(words & known) / len(words) if words else 1.0


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
    words = [frozenset(content(piece)) for piece in pieces]
    often = Counter(word for found in words for word in found)
    return [
        _Part(
            text=piece,
            words=found,
            own=frozenset(word for word in found if often[word] == 1),
            limits=len(pieces) > 1 and bool(_LIMITS.search(aligned(piece))),
        )
        for piece, found in zip(pieces, words, strict=True)
    ]
