"""Ask a chat model which attribute a condition is about, for a draft that a person reviews."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from assistant.answering.fact_proposals import listed
from assistant.answering.hostile import defuse, without_orders
from assistant.answering.prompts import Prompts
from assistant.domain import Language
from assistant.eligibility.attribute import Attribute
from assistant.errors import ModelError
from assistant.ports import ChatModel

_log = logging.getLogger(__name__)


class AttributeChooser:
    """Chooses among attributes with a chat model."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts

    def choose(self, condition: str, attributes: Sequence[Attribute], language: Language) -> str | None:
        """The name of one of ``attributes``; None where the model names another, or none, or fails."""
        prompt = self._prompts.get("attribute", language)
        material = {
            "attributes": listed(prompt, attributes, language),
            "text": defuse(without_orders(condition)),
        }
        try:
            reply, _ = self._model.complete(prompt.messages({}, material))
        except ModelError as error:
            _log.warning("no attribute from the model: %s", error)
            return None
        name = reply.strip().strip("`\"'。. ")
        return name if name in {attribute.name for attribute in attributes} else None
