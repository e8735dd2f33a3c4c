"""Labels as a reader meets them: 1 for the clause cited first, 2 for the next.

While an answer is composed a label is a clause's place among all that were given; a reader would see 21, 1
and 15. The labels of sentences that were shown never change afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.domain import Answer, Event, Evidence, Finished, Sentence, SentenceReleased


def numbered(events: Iterable[Event]) -> Iterator[Event]:
    """The same events with their labels in the order of first use."""
    labels: dict[int, int] = {}
    for event in events:
        if isinstance(event, SentenceReleased):
            yield SentenceReleased(_sentence(event.sentence, labels))
        elif isinstance(event, Finished):
            yield Finished(_answer(event.answer, labels))
        else:
            yield event


def _answer(answer: Answer, labels: dict[int, int]) -> Answer:
    return replace(
        answer,
        sentences=tuple(_sentence(sentence, labels) for sentence in answer.sentences),
        evidence=_evidence(answer.evidence, labels),
        held_back=tuple(_sentence(sentence, labels) for sentence in answer.held_back),
    )


def _sentence(sentence: Sentence, labels: dict[int, int]) -> Sentence:
    citations = tuple(replace(c, label=_label(c.label, labels)) for c in sentence.citations)
    return replace(sentence, citations=citations)


def _evidence(evidence: Sequence[Evidence], labels: dict[int, int]) -> tuple[Evidence, ...]:
    """Cited clauses first; what nothing cites comes behind them."""
    cited = sorted(evidence, key=lambda item: labels.get(item.label, len(labels) + item.label))
    return tuple(replace(item, label=_label(item.label, labels)) for item in cited)


def _label(label: int, labels: dict[int, int]) -> int:
    return labels.setdefault(label, len(labels) + 1)
