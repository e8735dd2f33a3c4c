"""Let a chat model write the answer from labelled evidence.

The model writes labels, never links; what it writes are drafts that the pipeline checks. This module packs
the messages into a token budget, reads the stream, and tells an answer from a refusal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.budget import tokens, within
from assistant.answering.composer import Composed, ComposeTask, Draft
from assistant.answering.hostile import SENTINEL, defuse, defuse_line, without_orders
from assistant.answering.prompts import Prompt, Prompts
from assistant.answering.refusal import is_refusal
from assistant.answering.stream import ReplyParser
from assistant.domain import Conversation, Evidence, Language, Usage
from assistant.errors import ModelUnavailable, PromptTooLong
from assistant.language.fold import fold
from assistant.ports import ChatModel, Delta, Message

#: For everything that is sent; small enough for a local model with a context of 8,192 tokens.
BUDGET = 6000
#: Characters. Not a token limit of the request: a reasoning model would spend that on thinking.
LONGEST_REPLY = 6000
TURNS = 3
#: Characters in a row that no answer shares with the system prompt by chance.
_STRETCH_ZH, _STRETCH_EN = 14, 40
_SHORTEST_SECRET = 8
_CONVERSATION_SHARE = 0.15


class GenerativeComposer:
    """A `Composer` that asks a chat model."""

    def __init__(self, model: ChatModel, prompts: Prompts, *, budget: int = BUDGET) -> None:
        self._model = model
        self._prompts = prompts
        self._budget = budget

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def compose(self, task: ComposeTask) -> Iterator[Draft | Composed]:
        """Drafts as the model writes them, then `Composed`. Raises `ModelError`."""
        prompt = self._prompts.get("answer", task.language)
        try:
            yield from self._compose(task, prompt)
        except PromptTooLong:  # said before the first word, so nothing has been handed out yet
            half = task.evidence[: (len(task.evidence) + 1) // 2]
            if len(half) == len(task.evidence):
                raise
            yield from self._compose(replace(task, evidence=half, conversation=Conversation()), prompt)

    def _compose(self, task: ComposeTask, prompt: Prompt) -> Iterator[Draft | Composed]:
        messages, given = self._messages(task, prompt)
        parser = ReplyParser(task.language)
        heard = _Heard()
        said = cited = 0
        gaps: list[str] = []
        secret = fold(messages[0].content)
        for draft in heard.drafts(self._model.stream(messages), parser):
            if _reveals(draft.text, secret):
                continue
            labels = tuple(label for label in draft.labels if label in given)
            said += 1
            if is_refusal(draft.text, cited=bool(labels)):
                gaps.append(draft.text)
                continue
            cited += bool(labels)
            yield replace(draft, labels=labels)
        if not said and not parser.answerless:
            raise _nothing_said()
        if parser.missing:
            gaps.append(parser.missing)
        yield Composed(
            refused=not cited and bool(parser.answerless or gaps),
            unanswered=tuple(gaps) if cited else (),
            usage=heard.usage,
            prompt_digests={prompt.name: prompt.digest},
        )

    def _messages(self, task: ComposeTask, prompt: Prompt) -> tuple[list[Message], set[int]]:
        """The messages that fit the budget, and the labels of the evidence in them."""
        system = {"sentinel": SENTINEL}
        question = defuse(without_orders(task.question))
        budget = self._budget - tokens(prompt.fill("system", **system)) - tokens(question) - 60
        conversation = _conversation(task, prompt, int(budget * _CONVERSATION_SHARE))
        entries = [_entry(evidence, prompt, task.language) for evidence in task.evidence]
        packed = list(within(entries, budget - tokens(conversation))) or entries[:1]
        user = {
            "as_of": task.as_of,
            "conversation": conversation,
            "evidence": "\n\n".join(packed),
            "question": question,
        }
        labels = {evidence.label for evidence in task.evidence[: len(packed)]}
        return prompt.messages(system, user), labels


@dataclass
class _Heard:
    """What a stream brought beside its drafts."""

    usage: Usage | None = None

    def drafts(self, stream: Iterator[Delta], parser: ReplyParser) -> Iterator[Draft]:
        """The drafts of a reply, to its end or to `LONGEST_REPLY`, where listening stops."""
        spoken, truncated = 0, False
        for delta in stream:
            self.usage = delta.usage or self.usage
            spoken += len(delta.text)
            truncated = delta.truncated or spoken > LONGEST_REPLY
            yield from parser.feed(delta.text)
            if truncated:
                break
        yield from parser.end(truncated=truncated)


def _reveals(text: str, secret: str) -> bool:
    """Does a sentence repeat a stretch of the system prompt?"""
    said, stretch = fold(text).strip(" -.。"), _STRETCH_EN if text.isascii() else _STRETCH_ZH
    stretch = min(stretch, max(len(said), _SHORTEST_SECRET))  # a whole short sentence of the prompt counts
    return any(said[at : at + stretch] in secret for at in range(len(said) - stretch + 1))


def _entry(evidence: Evidence, prompt: Prompt, language: Language) -> str:
    passage = evidence.passage
    note = passage.validity.note_zh if language == "zh" else passage.validity.note_en
    return prompt.fill(
        "evidence",
        label=evidence.label,
        title=defuse_line(passage.instrument.title(language)),
        path=defuse_line(" › ".join(passage.chunk.path)) or "–",
        validity=defuse_line(note),
        issued=passage.instrument.issued or "–",
        effective=passage.instrument.effective or "–",
        text=defuse(without_orders(passage.chunk.text)),
    )


def _conversation(task: ComposeTask, prompt: Prompt, budget: int) -> str:
    """The latest turns that were answered, oldest first; what was refused has nothing to say here."""
    turns = [turn for turn in task.conversation.turns if not turn.answer.status.is_refusal][-TURNS:]
    told: Sequence[str] = [
        prompt.fill(
            "turn",
            question=defuse_line(without_orders(turn.question)),
            answer=defuse_line(" ".join(without_orders(s.text) for s in turn.answer.sentences)),
        )
        for turn in reversed(turns)
    ]
    return "\n".join(reversed(list(within(told, budget)))) or "–"


def _nothing_said() -> ModelUnavailable:
    return ModelUnavailable(
        zh="模型给出了空的回答。",
        en="The model's reply was empty.",
        hint_zh="请稍后再试，或换用其他模型。",
        hint_en="Try again later, or use another model.",
    )
