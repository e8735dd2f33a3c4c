"""A language model as judge of faithfulness, held in check by what can be computed.

One call judges the claims of one answer. Asked once more, alone and with the cited clauses first, so that
neither place nor length decides: a SUPPORTED or CONTRADICTED whose quote is not in the evidence, a
SUPPORTED where a typed conflict (a figure, a date) says otherwise, a NOT_FOUND where the words stand in
the cited clause. The second verdict counts; one without its quote, or against a conflict, is *disputed*
and counts for neither side. A call that fails is tried once more, then the deterministic verdict stands
and is marked as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Language, Support
from assistant.errors import ModelError
from assistant.ports import ChatModel
from eval.judge_prompt import JudgePrompt, Ruling, Verdict, quoted, read_rulings
from eval.record import GivenEvidence, TurnRecord
from eval.support import Claim, claims

DETERMINISTIC, JUDGE, DISPUTED = "deterministic", "judge", "disputed"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one claim. ``supported`` is None where judge and computation disagree."""

    claim: str
    supported: bool | None
    by: str
    computed: bool
    verdict: str | None = None
    quote: str = ""
    reason: str = ""
    first: str | None = None  # the verdict before it was asked once more


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer judged, and what it cost."""

    judgements: tuple[Judgement, ...]
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Judge:
    """Judges answers with ``model``; ``prompts`` by language."""

    def __init__(self, model: ChatModel, prompts: Mapping[Language, JudgePrompt]) -> None:
        self._model, self._prompts = model, prompts

    @property
    def key(self) -> str:
        """Model and prompts: what a verdict depends on beside the answer."""
        return " ".join([self._model.name, *(p.digest for p in self._prompts.values())])

    def judge(self, turn: TurnRecord, language: Language) -> Judged:
        """The judgement of every checkable claim of an answer."""
        checkable = [claim for claim in claims(turn, language) if claim.checkable]
        if not checkable:
            return Judged(())
        call = _Call(self._model, self._prompts[language], turn.question)
        rulings = call.ask(turn.evidence, [claim.sentence.text for claim in checkable])
        judgements = []
        for number, claim in enumerate(checkable, 1):
            first = ruling = rulings.get(number)
            if rulings and _asks_again(ruling, claim, turn.evidence):
                ruling = call.ask(_cited_first(claim), [claim.sentence.text]).get(1, ruling)
            judgements.append(_judgement(claim, ruling, first, turn.evidence))
        return Judged(tuple(judgements), call.prompt_tokens, call.completion_tokens)


class _Call:
    """Asks, tries once more when the call fails, and counts what it cost."""

    def __init__(self, model: ChatModel, prompt: JudgePrompt, question: str) -> None:
        self._model, self._prompt, self._question = model, prompt, question
        self.prompt_tokens = self.completion_tokens = 0

    def ask(self, evidence: Sequence[GivenEvidence], texts: Sequence[str]) -> dict[int, Ruling]:
        messages = self._prompt.messages(self._question, evidence, texts)
        for _ in range(2):
            try:
                reply, usage = self._model.complete(messages, json=True)
            except ModelError:
                continue
            if usage is not None:
                self.prompt_tokens += usage.prompt_tokens
                self.completion_tokens += usage.completion_tokens
            if rulings := read_rulings(reply, len(texts)):
                return rulings
        return {}


def _cited_first(claim: Claim) -> list[GivenEvidence]:
    """The evidence in another order: what the claim cites, then the rest from the end."""
    return [*claim.cited, *(e for e in claim.given[::-1] if e not in claim.cited)]


def _asks_again(ruling: Ruling | None, claim: Claim, evidence: Sequence[GivenEvidence]) -> bool:
    if ruling is not None and ruling.verdict is Verdict.NOT_FOUND:
        return bool(claim.cited) and claim.support is Support.SUPPORTED
    return ruling is None or _doubtful(ruling, claim, evidence)


def _doubtful(ruling: Ruling, claim: Claim, evidence: Sequence[GivenEvidence]) -> bool:
    if ruling.verdict is Verdict.NOT_FOUND:
        return False
    conflict = ruling.verdict is Verdict.SUPPORTED and claim.support is Support.UNSUPPORTED
    return conflict or not quoted(ruling, evidence)


def _judgement(
    claim: Claim, ruling: Ruling | None, first: Ruling | None, evidence: Sequence[GivenEvidence]
) -> Judgement:
    text, computed = claim.sentence.text, claim.supported
    if ruling is None:
        return Judgement(text, computed, DETERMINISTIC, computed, reason="the judge gave no usable verdict")
    before = first.verdict.value if first is not None and first is not ruling else None
    said = (ruling.verdict.value, ruling.quote, ruling.reason, before)
    if _doubtful(ruling, claim, evidence):
        return Judgement(text, None, DISPUTED, computed, *said)
    return Judgement(text, ruling.verdict is Verdict.SUPPORTED, JUDGE, computed, *said)
