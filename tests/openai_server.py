"""The scripted endpoint under the name that tests know; it lives in `eval.openai_server`."""

from eval.openai_server import OpenAIServer, Reply, Request

__all__ = ["OpenAIServer", "Reply", "Request"]
