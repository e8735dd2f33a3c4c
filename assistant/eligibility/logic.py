"""Three-valued logic over a rule's tree, after Kleene: what is not known stays unknown.

This module knows nothing of facts: it is handed a verdict for each criterion and the values that choose
bands, and says what follows. That makes "what if" questions cheap: change one input, ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.eligibility.interval import Interval
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Criterion,
    Node,
    Value,
    Verdict,
    When,
)

Judge = Callable[[Criterion], Verdict]
Lookup = Callable[[str], Value | None]


def decide(node: Node, judge: Judge, lookup: Lookup) -> Verdict:
    """The verdict of ``node`` when ``judge`` decides criteria and ``lookup`` gives attributes."""
    match node:
        case Criterion():
            return judge(node)
        case AllOf(parts):
            return at_least(len(parts), [decide(part, judge, lookup) for part in parts])
        case AnyOf(parts):
            return at_least(1, [decide(part, judge, lookup) for part in parts])
        case AtLeast(count, parts):
            return at_least(count, [decide(part, judge, lookup) for part in parts])
        case Bands():
            return _unanimous(decide(part, judge, lookup) for part in candidates(node, lookup))
        case When(attribute, values, part):
            value = lookup(attribute)
            if value is None:
                verdict = decide(part, judge, lookup)
                return Verdict.MET if verdict is Verdict.MET else Verdict.UNKNOWN
            return decide(part, judge, lookup) if value in values else Verdict.MET


def at_least(count: int, verdicts: list[Verdict]) -> Verdict:
    """Met when ``count`` are met; not met when too many have failed for that; else unknown."""
    met = verdicts.count(Verdict.MET)
    open_ = verdicts.count(Verdict.UNKNOWN)
    if met >= count:
        return Verdict.MET
    return Verdict.UNKNOWN if met + open_ >= count else Verdict.NOT_MET


def candidates(node: Bands, lookup: Lookup) -> tuple[Node, ...]:
    """The parts that may apply: one if the choosing fact is known, else every band's.

    A known value outside all bands leaves none.
    """
    return tuple(band.part for band in chosen(node, lookup))


def chosen(node: Bands, lookup: Lookup) -> tuple[Band, ...]:
    """The bands that may apply."""
    value = lookup(node.by)
    if not isinstance(value, Decimal | Interval):
        return node.bands
    return tuple(band for band in node.bands if band.may_hold(value))


def _unanimous(verdicts: Iterable[Verdict]) -> Verdict:
    """What all bands agree on; a value outside every band does not qualify."""
    found = set(verdicts)
    if not found:
        return Verdict.NOT_MET
    return found.pop() if len(found) == 1 else Verdict.UNKNOWN


def criteria_of(node: Node) -> Iterator[Criterion]:
    """Every criterion in the tree, in order."""
    match node:
        case Criterion():
            yield node
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from criteria_of(part)
        case Bands(_, bands):
            for band in bands:
                yield from criteria_of(band.part)
        case When(_, _, part):
            yield from criteria_of(part)


def relevant(node: Node, lookup: Lookup) -> Iterator[Criterion]:
    """The criteria that can still matter, given the facts that choose bands and exceptions."""
    match node:
        case Criterion():
            yield node
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from relevant(part, lookup)
        case Bands():
            for part in candidates(node, lookup):
                yield from relevant(part, lookup)
        case When(attribute, values, part):
            value = lookup(attribute)
            if value is None or value in values:
                yield from relevant(part, lookup)


def choosers(node: Node) -> Iterator[str]:
    """The attributes that choose bands or exceptions."""
    match node:
        case Criterion():
            return
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from choosers(part)
        case Bands(by, bands):
            yield by
            for band in bands:
                yield from choosers(band.part)
        case When(attribute, _, part):
            yield attribute
            yield from choosers(part)


def open_choosers(node: Node, judge: Judge, lookup: Lookup) -> Iterator[str]:
    """The attributes that choose bands or exceptions where the choice can still change the outcome."""
    if decide(node, judge, lookup) is not Verdict.UNKNOWN:
        return
    match node:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from open_choosers(part, judge, lookup)
        case Bands(by, bands):
            yield by
            for band in bands:
                yield from open_choosers(band.part, judge, lookup)
        case When(attribute, _, part):
            yield attribute
            yield from open_choosers(part, judge, lookup)
        case _:
            return


def rescues(node: Node, judge: Judge, lookup: Lookup) -> Iterator[Criterion]:
    """The open criteria that alone keep a failed one from deciding: exemptions, and other routes.

    Nothing where the verdict is not open, or where no criterion has failed: then what is open is simply open.
    """
    if decide(node, judge, lookup) is not Verdict.UNKNOWN:
        return
    match node:
        case AllOf(parts):
            for part in parts:
                yield from rescues(part, judge, lookup)
        case AnyOf(parts) | AtLeast(_, parts):
            verdicts = [decide(part, judge, lookup) for part in parts]
            if Verdict.NOT_MET in verdicts:
                for part, verdict in zip(parts, verdicts, strict=True):
                    if verdict is Verdict.UNKNOWN:
                        yield from (c for c in criteria_of(part) if judge(c) is Verdict.UNKNOWN)
        case _:
            return


def undecided(node: Node, judge: Judge, lookup: Lookup) -> Iterator[Criterion]:
    """The criteria whose outcome can still change the verdict of ``node``."""
    if decide(node, judge, lookup) is not Verdict.UNKNOWN:
        return
    match node:
        case Criterion():
            yield node
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from undecided(part, judge, lookup)
        case Bands():
            for part in candidates(node, lookup):
                yield from criteria_of(part)
        case When(_, _, part):
            yield from undecided(part, judge, lookup)


def restricted(node: Node, keep: Callable[[Criterion], bool]) -> Node | None:
    """The part of a rule that concerns the criteria to ``keep``; None where nothing is left.

    Alternatives stay together: what one of them lacks, another may make good.
    """
    match node:
        case Criterion():
            return node if keep(node) else None
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            kept = tuple(part for part in (restricted(p, keep) for p in parts) if part is not None)
            if not kept:
                return None
            return replace(node, parts=kept) if isinstance(node, AllOf) else node
        case Bands(by, bands):
            pairs = [(band, restricted(band.part, keep)) for band in bands]
            kept_bands = tuple(replace(band, part=part) for band, part in pairs if part is not None)
            return Bands(by, kept_bands) if kept_bands else None
        case When(attribute, values, part):
            inner = restricted(part, keep)
            return When(attribute, values, inner) if inner is not None else None
