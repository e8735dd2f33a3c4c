"""A small shelf of documents for the tests of the index."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from assistant.domain import Chunk, Document, Instrument, Language, Section
from assistant.index.embeddings.builtin import BuiltinEmbedder
from assistant.index.index import Index

Clauses = Sequence[tuple[str, str]]  # heading, text

HNTE: Clauses = (
    ("第十一条 认定条件", "高新技术企业近三年研发费用占销售收入的比例不低于5%。"),
    ("第十三条 年度报告", "高新技术企业应在每年5月底前填报上一年度发展情况。"),
    ("第十七条 更名", "高新技术企业更名的，应在3个月内向认定机构报告。"),
)
HNTE_EN: Clauses = (
    ("Article 11 Conditions", "A high-tech enterprise spends at least 5% of its sales on research."),
    ("Article 13 Annual report", "A high-tech enterprise files its report by the end of May each year."),
    ("Article 17 Change of name", "A change of name is reported to the recognition body within 3 months."),
)
TALENT: Clauses = (
    ("第一条 对象", "本办法适用于来武汉工作的外国高端人才。"),
    ("第二条 许可", "外国人来华工作许可分为A、B、C三类。"),
    ("第三条 补贴", "符合条件的人才可以申请安家补贴，一次性发放。"),
)


def document(
    instrument: str, clauses: Clauses, language: Language = "zh", title: str = "办法"
) -> tuple[Document, list[Section], list[Chunk]]:
    """A text with one section and one chunk for each clause."""
    text = "\n".join(text for _, text in clauses)
    document_id = f"{instrument}.{language}"
    digest = sha256(text.encode()).hexdigest()
    sections, chunks, start = [], [], 0
    for ordinal, (heading, clause) in enumerate(clauses):
        end = start + len(clause)
        key = sha256(f"{instrument}{language}{heading}{clause}".encode()).hexdigest()[:16]
        sections.append(Section(document_id, ordinal, (heading,), start, end, 1))
        chunks.append(
            Chunk(
                key, document_id, instrument, language, ordinal, (heading,), start, end, clause, len(clause)
            )
        )
        start = end + 1
    whole = Document(document_id, instrument, language, f"{document_id}.md", "markdown", digest, title, text)
    return whole, sections, chunks


def writer(state: Path, *, rebuild: bool = False) -> Index:
    """An index open for writing."""
    return Index.open(state, embedder=BuiltinEmbedder(), write=True, rebuild=rebuild)


def reader(state: Path) -> Index:
    """An index open for reading."""
    return Index.open(state, embedder=BuiltinEmbedder())


def fill(state: Path, *texts: tuple[Instrument, tuple[Document, list[Section], list[Chunk]]]) -> None:
    """Ingest ``texts`` into the index in ``state``."""
    with writer(state) as index:
        for instrument, parts in texts:
            index.put_instruments([instrument])
            index.replace(*parts, "v1")
        index.refresh()
