"""Let a chat model restate a question for the search: a follow-up in full, or in another language.

The model may only rearrange what was said. A restatement that brings in a figure, a name or many words of
its own, or that loses what was asked, is thrown away and the question stays as it was; so it does when the
model fails. No answer depends on this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.answering.budget import within
from assistant.answering.hostile import defuse, defuse_line, neutral, without_orders
from assistant.answering.prompts import Prompt, Prompts
from assistant.domain import Conversation, Language, Turn, Usage
from assistant.errors import ModelError
from assistant.language.detect import detect
from assistant.language.quantities import quantities
from assistant.language.tokens import terms, without_boilerplate
from assistant.ports import ChatModel

TURNS, CONVERSATION_TOKENS = 3, 1200
_NEW_WORDS, _KEPT_WORDS = 0.25, 0.5
_LONGEST = 300
_LEAD = re.compile(
    r"^\W*(?:(?:改写后的?|完整的?|独立)?(?:问题|追问|译文)|(?:standalone )?question|translation)\s*[:：]\s*",
    re.IGNORECASE,
)
_NAME = re.compile(r"《[^》]+》|(?<=[a-z,;] )[A-Z][A-Za-z]+|\b[A-Z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Restated:
    """The question to search for; where it stayed as it was (not ``by_model``), ``note`` says why."""

    question: str
    by_model: bool = False
    note: str = ""
    usage: Usage | None = None
    prompt_digests: dict[str, str] = field(default_factory=dict)


class Rephraser:
    """Restates questions with a chat model."""

    def __init__(self, model: ChatModel, prompts: Prompts) -> None:
        self._model = model
        self._prompts = prompts

    def standalone(self, question: str, conversation: Conversation, language: Language) -> Restated:
        """A follow-up as a question that needs no conversation, or unchanged. Raises no `ModelError`."""
        turns = [turn for turn in conversation.turns if not turn.answer.status.is_refusal][-TURNS:]
        if not turns:
            return Restated(question, note="no conversation")
        prompt = self._prompts.get("rephrase", language)
        told = "\n".join(
            reversed(list(within((_told(t, prompt) for t in reversed(turns)), CONVERSATION_TOKENS)))
        )
        restated = self._ask(
            prompt, question, {"conversation": told or "–", "question": defuse(without_orders(question))}
        )
        return restated if not restated.by_model else _guarded(restated, question, f"{told}\n{question}")

    def translated(self, question: str, target: Language) -> Restated:
        """The question in ``target`` with the same figures, or unchanged. Raises no `ModelError`."""
        if detect(question) == target:
            return Restated(question, note="already in that language")
        prompt = self._prompts.get("translate", target)
        restated = self._ask(prompt, question, {"question": defuse(without_orders(question))})
        if not restated.by_model:
            return restated
        if _figures(restated.question) != _figures(question):
            return _kept(restated, question, "other figures")
        if detect(restated.question) != target:
            return _kept(restated, question, "not in that language")
        return restated

    def _ask(self, prompt: Prompt, question: str, user: dict[str, object]) -> Restated:
        digests = {prompt.name: prompt.digest}
        try:
            reply, usage = self._model.complete(prompt.messages({}, user))
        except ModelError as error:
            return Restated(question, note=str(error), prompt_digests=digests)
        lines = [line.strip() for line in reply.splitlines() if line.strip()]
        text = _LEAD.sub("", neutral(lines[0], detect(reply))).strip(" \"'“”「」*`│") if lines else ""
        restated = Restated(text, True, "", usage, digests)
        if len(lines) != 1 or not text or len(text) > _LONGEST:
            return _kept(restated, question, "not one line")
        return restated


def _told(turn: Turn, prompt: Prompt) -> str:
    answer = " ".join(without_orders(sentence.text) for sentence in turn.answer.sentences)
    question = without_orders(turn.question)
    return prompt.fill("turn", question=defuse_line(question), answer=defuse_line(answer))


def _guarded(restated: Restated, question: str, said: str) -> Restated:
    """The restatement, if it rearranges what was ``said`` and keeps what the question asks."""
    if _figures(restated.question) - _figures(said):
        return _kept(restated, question, "a figure nobody mentioned")
    if any(name.strip("《》").lower() not in said.lower() for name in _NAME.findall(restated.question)):
        return _kept(restated, question, "a name nobody mentioned")
    words, known = _words(restated.question), set(_words(said))
    if words and sum(word not in known for word in words) / len(words) > _NEW_WORDS:
        return _kept(restated, question, "too many new words")
    asked, kept = _words(question), set(words)
    if asked and sum(word in kept for word in asked) / len(asked) < _KEPT_WORDS:
        return _kept(restated, question, "lost what was asked")
    return restated


def _kept(restated: Restated, question: str, note: str) -> Restated:
    return Restated(question, False, note, restated.usage, restated.prompt_digests)


def _words(text: str) -> list[str]:
    """Characters, stems and numbers, without the words that only make a question."""
    return [
        term
        for term in terms(without_boilerplate(text))
        if "_" not in term and (len(term) == 1 or term.isascii())
    ]


def _figures(text: str) -> set[object]:
    return {(quantity.kind, quantity.value) for quantity in quantities(text)}
