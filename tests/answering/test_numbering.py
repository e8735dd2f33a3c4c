"""Labels count up in reading order, in the stream and in the finished answer alike."""

from __future__ import annotations

from assistant.domain import Conversation, Finished, Instrument, SentenceReleased
from tests.answering.small_library import answering, library

NAMES = ("甲工坊", "乙工坊", "丙工坊")
RULES = [
    (
        Instrument(f"rule-{n}", f"{name}管理办法", f"Rules {n}"),
        "zh",
        {"第三条": [f"{name}的职工不少于{n + 5}人。"]},
    )
    for n, name in enumerate(NAMES)
]


def test_labels_count_up_from_one_in_the_order_of_reading() -> None:
    asked = answering(library(*RULES))  # type: ignore[arg-type]
    events = list(asked.ask("丙工坊、乙工坊、甲工坊的职工各不少于多少人？", Conversation()))
    finished = events[-1]
    assert isinstance(finished, Finished)
    answer = finished.answer
    order = list(dict.fromkeys(c.label for s in answer.sentences for c in s.citations))
    assert len(order) >= 2
    assert order == list(range(1, len(order) + 1))
    chunks = {e.label: e.passage.chunk.id for e in answer.evidence}
    assert all(chunks[c.label] == c.chunk_id for s in answer.sentences for c in s.citations)
    streamed = [e.sentence for e in events if isinstance(e, SentenceReleased)]
    assert streamed == list(answer.sentences)
