"""Ask a chat model what a question tells of its asker, as structured output.

Only asks and reads the reply; what of it can be believed is decided by `eligibility.proposals`, against the
asker's own words. A model that fails proposes nothing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from assistant.answering.hostile import defuse, without_orders
from assistant.answering.prompts import Prompt, Prompts
from assistant.domain import Language
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.proposals import Proposed
from assistant.errors import ModelError
from assistant.ports import ChatModel

_log = logging.getLogger(__name__)


class FactProposer:
    """Proposes facts with a chat model."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts

    def propose(self, text: str, attributes: Sequence[Attribute], language: Language) -> Sequence[Proposed]:
        """What the model finds in ``text``. Raises no `ModelError`: then it found nothing."""
        prompt = self._prompts.get("facts", language)
        shown = without_orders(text)
        material = {"attributes": listed(prompt, attributes, language), "text": defuse(shown)}
        try:
            reply, _ = self._model.complete(prompt.messages({}, material), json=True)
        except ModelError as error:
            _log.warning("no facts from the model: %s", error)
            return ()
        return tuple(proposed for proposed in _proposed(reply) if proposed.quote in shown)


def listed(prompt: Prompt, attributes: Sequence[Attribute], language: Language) -> str:
    """The attributes as the prompt writes them, one a line."""
    return "\n".join(
        prompt.fill("attribute", name=a.name, kind=_kind(a), label=a.label(language)) for a in attributes
    )


def _kind(attribute: Attribute) -> str:
    if attribute.kind is AttributeKind.CHOICE:
        return " | ".join(choice.id for choice in attribute.choices)
    return f"{attribute.kind.value}, {attribute.unit}"


def _proposed(reply: str) -> list[Proposed]:
    """The facts of a reply that has the asked shape; whatever has another shape is left out."""
    start, end = reply.find("{"), reply.rfind("}")
    try:
        body = json.loads(reply[start : end + 1])
    except (ValueError, RecursionError):
        return []
    entries = body.get("facts") if isinstance(body, dict) else None
    found = []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        attribute, quote, value = entry.get("attribute"), entry.get("quote"), entry.get("value")
        if isinstance(attribute, str) and isinstance(quote, str):
            found.append(Proposed(attribute, quote, value if isinstance(value, bool | str) else None))
    return found
