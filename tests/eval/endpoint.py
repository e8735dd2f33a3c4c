"""The local endpoint that speaks the OpenAI protocol, wherever it lies."""

from __future__ import annotations

try:
    from eval.openai_server import OpenAIServer, Reply, Request
except ModuleNotFoundError:
    from tests.openai_server import OpenAIServer, Reply, Request

__all__ = ["OpenAIServer", "Reply", "Request"]
