"""Evidence and tasks for the tests of the generative composer, built from a few lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.composer import ComposeTask
from assistant.domain import (
    Answer,
    Chunk,
    Citation,
    Conversation,
    Document,
    Evidence,
    Instrument,
    Language,
    Passage,
    Query,
    Retrieval,
    Section,
    Sentence,
    Status,
    Validity,
    ValidityStatus,
)

RATE = "最近一年销售收入小于5,000万元的企业，研发费用占比不低于5%。"
SHARE = "近一年高新技术产品收入占企业同期总收入的比例不低于60%。"


def evidence(*texts: str, language: Language = "zh", title: str = "认定管理办法") -> tuple[Evidence, ...]:
    """The texts as labelled evidence from one instrument."""
    instrument = Instrument(
        "measures", title_zh=title, title_en="Administrative Measures", issued="2016-01-29"
    )
    validity = Validity("2026-06-01", True, ValidityStatus.IN_FORCE, "现行有效", "in force")
    return tuple(
        Evidence(
            label,
            Passage(
                Chunk(
                    id=f"c{label}",
                    document_id="d",
                    instrument_id="measures",
                    language=language,
                    ordinal=label,
                    path=("第三章", f"第{label}条"),
                    start=0,
                    end=len(text),
                    text=text,
                    tokens=len(text),
                ),
                instrument,
                validity,
                1.0,
            ),
        )
        for label, text in enumerate(texts, start=1)
    )


def task(
    *texts: str,
    question: str = "研发费用占比是多少？",
    language: Language = "zh",
    conversation: Conversation = Conversation(),
) -> ComposeTask:
    """A question with the texts as its evidence."""
    return ComposeTask(question, language, evidence(*texts or (RATE, SHARE)), "2026-06-01", conversation)


def answered(question: str, text: str) -> Answer:
    """An answer that cites something."""
    citation = Citation(1, "c1", "measures", "d", "0" * 64, ("第三章",), 0, 2, text[:2])
    return Answer(question, "zh", Status.ANSWERED, (Sentence(text, (citation,)),))


def refused(question: str) -> Answer:
    """An answer that found nothing."""
    return Answer(question, "zh", Status.NO_EVIDENCE, (Sentence("没有找到答案。"),))


class Held:
    """A retriever and a library that hold nothing but the evidence they are given."""

    def __init__(self, held: Sequence[Evidence]) -> None:
        self._passages = tuple(item.passage for item in held)
        text = "\n".join(passage.chunk.text for passage in self._passages)
        self._document = Document("d", "measures", "zh", "d.md", "md", "0" * 64, "认定管理办法", text)

    def retrieve(self, query: Query) -> Retrieval:
        return Retrieval(query, self._passages, 0.9)

    def instruments(self) -> Sequence[Instrument]:
        return [self._passages[0].instrument]

    def instrument(self, instrument_id: str) -> Instrument | None:
        return self._passages[0].instrument

    def documents(self, instrument_id: str) -> Sequence[Document]:
        return [self._document]

    def document(self, document_id: str) -> Document | None:
        return self._document

    def sections(self, document_id: str) -> Sequence[Section]:
        return []

    def chunks(self, document_id: str) -> Sequence[Chunk]:
        return [passage.chunk for passage in self._passages]

    def chunk(self, chunk_id: str) -> Chunk | None:
        return next((p.chunk for p in self._passages if p.chunk.id == chunk_id), None)
