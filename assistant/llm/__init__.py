"""The chat model behind any OpenAI-compatible endpoint.

This room knows the openai client and nothing of policies, prompts or answers. `OpenAIChat` is its door;
`failures` gives every error of the client a place in our own tree and serves the embedding client too.
"""

from assistant.llm.chat import OpenAIChat

__all__ = ["OpenAIChat"]
