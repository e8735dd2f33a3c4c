"""LlamaIndex sees our retriever as one of its own."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Filters, Instrument, Source, ValidityStatus
from assistant.index.llama import AsLlamaIndexRetriever
from assistant.index.retriever import HybridRetriever
from tests.index.shelf import HNTE, TALENT, document, fill, reader


def test_a_llama_index_pipeline_gets_clauses_with_where_they_stand(tmp_path: Path) -> None:
    known = Instrument(
        "hnte",
        title_zh="认定办法",
        status=ValidityStatus.IN_FORCE,
        sources=(Source("https://example.org/a", "official"),),
    )
    fill(tmp_path, (known, document("hnte", HNTE)), (Instrument("t"), document("t", TALENT)))
    with reader(tmp_path) as index:
        retriever = AsLlamaIndexRetriever(
            HybridRetriever(index), filters=Filters(instruments=("hnte",)), limit=2
        )
        nodes = retriever.retrieve("更名要在多久内报告？")
    assert len(nodes) == 2
    assert nodes[0].node.text == HNTE[2][1]
    assert nodes[0].node.metadata == {
        "instrument": "hnte",
        "title": "认定办法",
        "path": "第十七条 更名",
        "language": "zh",
        "document": "hnte.zh",
        "start": sum(len(text) + 1 for _, text in HNTE[:2]),
        "end": sum(len(text) + 1 for _, text in HNTE) - 1,
        "url": "https://example.org/a",
        "status": "in_force",
        "in_force": True,
    }
    assert nodes[0].score > nodes[1].score
