"""Does the sentence keep must, may, not, all, only and the conditions of the clause it rests on?

Compares cues at anchored places (`grounding_anchors`), both ways: what the claim adds or replaces, and what
it leaves out. A reversal locks; a shade lost or added marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding_anchors import anchor
from assistant.answering.grounding_marked import Marked, marked
from assistant.domain import Conflict
from assistant.language.cues import Cue, CueKind

_SURE = 0.7  # an anchor this strong speaks of the same thing
_MODAL: frozenset[CueKind] = frozenset({"ban", "must", "may"})
_DENIAL: frozenset[CueKind] = frozenset({"ban", "not"})
_SCOPE: frozenset[CueKind] = frozenset({"all", "part", "only", "mostly"})
_LIMITING: tuple[CueKind, ...] = ("only", "mostly", "part")  # to leave one out widens the rule
_BOUND: frozenset[CueKind] = frozenset({"floor", "ceiling"})


@dataclass(frozen=True, slots=True)
class Findings:
    """``locks`` reverse the rule, ``marks`` shade it."""

    locks: tuple[Conflict, ...] = ()
    marks: tuple[Conflict, ...] = ()


def compare(claim: str, quotes: Sequence[str]) -> Findings:
    """The cues of ``claim`` against those at the same places of the quotes."""
    ours = marked(claim)
    texts = [marked(quote) for quote in quotes]
    locks: list[Conflict] = []
    marks: list[Conflict] = []
    for cue, gap in zip(ours.cues, ours.gaps, strict=True):
        places = [text.cues_at(g) for text, gaps in _sure(ours, gap, texts) for g in gaps]
        verdicts = [_verdict(ours, cue, gap, there) for there in places]
        objections = [verdict for verdict in verdicts if verdict is not None]
        if verdicts and len(objections) == len(verdicts):
            severity, conflict = min(objections, key=lambda pair: pair[0])
            (locks if severity == 2 else marks).append(conflict)
    locks += _dropped(ours, texts, _DENIAL, "negation")
    for kind in _LIMITING:
        marks += _dropped(ours, texts, frozenset({kind}), "scope")
    return Findings(tuple(dict.fromkeys(locks)), tuple(dict.fromkeys(marks)))


def _verdict(ours: Marked, cue: Cue, gap: int, there: list[Cue]) -> tuple[int, Conflict] | None:
    """2: reversed, 1: shaded, None: no objection."""
    kinds = {c.kind for c in there}
    beside = {c.kind for c in ours.cues_at(gap)}
    if cue.kind in kinds:
        return None
    if cue.kind in _MODAL:
        return _modal(cue, kinds, there)
    if cue.kind == "not":
        if kinds & (_DENIAL | _BOUND):
            return None
        return 2, _conflict("negation", cue, there)
    if cue.kind in _BOUND:
        return (2, _conflict("comparator", cue, there)) if kinds & _BOUND else None
    if cue.kind in _SCOPE:
        return _scope(cue, kinds, beside, there)
    return None


def _modal(cue: Cue, kinds: set[CueKind], there: list[Cue]) -> tuple[int, Conflict] | None:
    others = kinds & _MODAL
    if cue.kind == "ban":
        if "not" in kinds or kinds & _BOUND:
            return None
        return 2, _conflict("modality" if others else "negation", cue, there)
    if others:
        return 2, _conflict("modality", cue, [c for c in there if c.kind in _MODAL])
    return None


def _scope(
    cue: Cue, kinds: set[CueKind], beside: set[CueKind], there: list[Cue]
) -> tuple[int, Conflict] | None:
    opposite: dict[CueKind, set[CueKind]] = {
        "all": {"part", "mostly"},
        "part": {"all"},
        "mostly": {"all"},
        "only": set(),
    }
    if kinds & opposite[cue.kind]:
        return 2, _conflict("scope", cue, [c for c in there if c.kind in _SCOPE])
    if beside & kinds & _SCOPE:
        return None
    return 1, _conflict("scope", cue, there)


def _conflict(kind: str, cue: Cue, there: list[Cue]) -> Conflict:
    return Conflict(kind, cue.text, tuple(dict.fromkeys(c.text for c in there)))


def _dropped(ours: Marked, texts: Sequence[Marked], kinds: frozenset[CueKind], name: str) -> list[Conflict]:
    """Cues of the quotes whose place stands in the claim without them, and nowhere better in the quotes."""
    found = []
    for text in texts:
        for cue, gap in zip(text.cues, text.gaps, strict=True):
            if cue.kind not in kinds:
                continue
            place = anchor(text, gap, ours)
            if place.strength < _SURE or any(_has(ours, g, kinds) for g in place.gaps):
                continue
            back = [
                [_has(other, b, kinds) for b in places]
                for g in place.gaps
                for other, places in _best(ours, g, texts)
            ]
            if back and all(all(has) for has in back):
                found.append(Conflict(name, "", (cue.text,)))
    return found


def _has(text: Marked, gap: int, kinds: frozenset[CueKind]) -> bool:
    return any(cue.kind in kinds for cue in text.cues_at(gap, slip=1))


def _sure(ours: Marked, gap: int, texts: Sequence[Marked]) -> list[tuple[Marked, tuple[int, ...]]]:
    """The best places where they are surely about the same thing."""
    best = _best(ours, gap, texts)
    return best if best and anchor(ours, gap, best[0][0]).strength >= _SURE else []


def _best(ours: Marked, gap: int, texts: Sequence[Marked]) -> list[tuple[Marked, tuple[int, ...]]]:
    """The places of all texts that are most like ``gap``."""
    anchors = [(anchor(ours, gap, text), text) for text in texts]
    best = max((a.strength for a, _ in anchors), default=0.0)
    return [(text, a.gaps) for a, text in anchors if best and a.strength >= best - 1e-9]
