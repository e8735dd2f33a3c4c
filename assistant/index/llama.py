"""The retriever as LlamaIndex knows retrievers: for query engines, agents and pipelines built on it.

``AsLlamaIndexRetriever(retriever).retrieve("…")`` gives nodes whose text is the clause and whose metadata
say where it stands, in which instrument, and whether that is in force.
"""

from __future__ import annotations

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.domain import Filters, Passage, Query
from assistant.ports import Retriever


class AsLlamaIndexRetriever(BaseRetriever):  # type: ignore[misc]  # llama_index is not typed here
    """Asks a `Retriever` of ours with fixed filters and limit."""

    def __init__(self, retriever: Retriever, *, filters: Filters = Filters(), limit: int = 10) -> None:
        super().__init__()
        self._retriever, self._filters, self._limit = retriever, filters, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        query = Query(query_bundle.query_str, filters=self._filters, limit=self._limit)
        return [node(passage) for passage in self._retriever.retrieve(query).passages]


def node(passage: Passage) -> NodeWithScore:
    """A passage as a scored node."""
    chunk, instrument = passage.chunk, passage.instrument
    metadata = {
        "instrument": instrument.id,
        "title": instrument.title(chunk.language),
        "path": " › ".join(chunk.path),
        "language": chunk.language,
        "document": chunk.document_id,
        "start": chunk.start,
        "end": chunk.end,
        "url": instrument.url,
        "status": passage.validity.status.value,
        "in_force": passage.validity.in_force,
    }
    text = TextNode(
        id_=chunk.id, text=chunk.text, metadata=metadata, excluded_embed_metadata_keys=list(metadata)
    )
    return NodeWithScore(node=text, score=passage.score)
