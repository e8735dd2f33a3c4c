"""Embeddings and reranking as an endpoint would answer them, from the characters alone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any


def embeddings(body: Mapping[str, Any], dimensions: int) -> dict[str, Any]:
    """Hashed character pairs: the same text gives the same vector, similar texts similar ones."""
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    size = int(body.get("dimensions") or dimensions)
    rows = [
        {"object": "embedding", "index": at, "embedding": _vector(text, size)}
        for at, text in enumerate(texts)
    ]
    usage = {"prompt_tokens": sum(map(len, texts)), "total_tokens": sum(map(len, texts))}
    return {"object": "list", "model": body.get("model"), "data": rows, "usage": usage}


def _vector(text: str, size: int) -> list[float]:
    vector = [0.0] * size
    for pair in zip(text, text[1:] + " ", strict=True):
        vector[int.from_bytes(hashlib.sha256("".join(pair).encode()).digest()[:4]) % size] += 1.0
    length = sum(value * value for value in vector) ** 0.5 or 1.0
    return [value / length for value in vector]


def rerank(body: Mapping[str, Any]) -> dict[str, Any]:
    """Share of the query's characters that a document holds, best first."""
    query = set(body["query"])
    scores = [len(query & set(text)) / max(len(query), 1) for text in body["documents"]]
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))[: body.get("top_n")]
    return {"results": [{"index": at, "relevance_score": scores[at]} for at in order]}
