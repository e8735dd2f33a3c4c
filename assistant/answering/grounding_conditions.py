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

from assistant.answering.faithfulness_words import content, without_labels
from assistant.domain import Conflict
from assistant.language.fold import aligned
from assistant.language.sentences import sentences

_RESTS_ON = 0.6  # share of the claim's words that its sentence has
_REPEATED = 0.6  # share of a part's words that the claim has, to count as repeated
_LEFT_OUT = 0.34  # ... and to count as left out
_CASE = re.compile(r"[^；;。\n]+")
_PART = re.compile(r"[^，,:：]+")
_LEADING = re.compile(
    r"^(?:如果|如|若|凡|除|经(?=.{2,30}(?:批准|同意|审核|备案|许可|认定|核准)))|(?<!目)的$|"
    r"(?:外|前提下|情况下|情形下|条件下|时)$|^(?:if|unless|where|when|provided)\b"
)
_TRAILING = re.compile(
    r"^但|除外$|^(?:if|unless|except|provided|subject to|as long as|only if|only when|but)\b",
)
_INNER_LIMIT = re.compile(
    r"\b(?:unless|if|provided that|except(?: for| that)?|as long as|only if|only when|subject to) [^,.;]{6,}"
)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    words: frozenset[str]
    own: frozenset[str]  # words that no other part of the sentence has
    leads: bool  # limits what follows
    trails: bool  # limits what goes before


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
    return tuple(
        Conflict("condition", "", (part.text,))
        for parts in _cases(without_labels(basis))
        for index, part in enumerate(parts)
        if part.own and _share(part.own, known) < _LEFT_OUT and _limits_repeated(parts, index, ours)
    )


def _limits_repeated(parts: Sequence[_Part], index: int, ours: frozenset[str]) -> bool:
    """Does the part limit something that the claim says?"""
    after = [part for part in parts[index + 1 :] if not part.leads] if parts[index].leads else []
    before = [part for part in parts[:index] if not part.leads] if parts[index].trails else []
    limited = (after[:1] if after else []) + before[-1:]
    return any(part.words and _share(part.words, ours) >= _REPEATED for part in limited)


def _share(words: frozenset[str], known: frozenset[str]) -> float:
    return len(words & known) / len(words) if words else 1.0


def _cases(sentence: str) -> list[list[_Part]]:
    """The parts of each case; a case ends at a semicolon."""
    pieces = [_pieces(match.group()) for match in _CASE.finditer(sentence)]
    words = {piece: frozenset(content(piece)) for case in pieces for piece in case}
    often = Counter(word for case in pieces for piece in case for word in words[piece])
    return [
        [
            _Part(
                text=piece,
                words=words[piece],
                own=frozenset(word for word in words[piece] if often[word] == 1),
                leads=bool(_LEADING.search(aligned(piece))) and (not piece.isascii() or index == 0),
                trails=bool(_TRAILING.search(aligned(piece))) and index > 0,
            )
            for index, piece in enumerate(case)
        ]
        for case in pieces
    ]


def _pieces(case: str) -> list[str]:
    """A case cut at commas, English conditions cut off where no comma stands."""
    pieces: list[str] = []
    for match in _PART.finditer(case):
        piece = match.group().strip()
        inner = _INNER_LIMIT.search(aligned(piece))
        if inner and inner.start() > 0:
            pieces += [piece[: inner.start()].strip(), piece[inner.start() :].strip()]
        elif piece:
            pieces.append(piece)
    return pieces
