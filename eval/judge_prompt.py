"""What a judge is asked, and what is read from its reply. Everything judged is hostile text until proven.

Evidence, question and claims are defused before they enter the prompt; of the reply only the last JSON
object counts, and of each verdict only what can be checked: a known word, a quote that is in the evidence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from string import Template

from assistant.answering.hostile import defuse, defuse_line
from assistant.domain import Language
from assistant.language.fold import fold
from assistant.ports import Message
from eval.errors import RunError
from eval.record import GivenEvidence

_SECTIONS = {"system", "user", "evidence", "claim"}


class Verdict(StrEnum):
    """What a judge may say of a claim."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    NOT_FOUND = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judge's verdict on one claim, as it gave it."""

    verdict: Verdict
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class JudgePrompt:
    """The judge's prompt in one language."""

    sections: Mapping[str, Template]
    digest: str

    def messages(
        self, question: str, evidence: Sequence[GivenEvidence], claims: Sequence[str]
    ) -> list[Message]:
        """The request for one answer."""
        given = "\n\n".join(
            self._fill("evidence", label=e.label, title=defuse_line(e.title), text=defuse(e.text))
            for e in evidence
        )
        asked = "\n\n".join(
            self._fill("claim", number=number, text=defuse(claim)) for number, claim in enumerate(claims, 1)
        )
        user = self._fill("user", question=defuse(question), evidence=given, claims=asked)
        return [Message("system", self._fill("system")), Message("user", user)]

    def _fill(self, section: str, **values: object) -> str:
        return self.sections[section].substitute({name: str(value) for name, value in values.items()})


def load_judge_prompt(folder: Path, language: Language) -> JudgePrompt:
    """``judge.zh.md`` or ``judge.en.md``. Raises `RunError` when a section is missing."""
    path = folder / f"judge.{language}.md"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    parts = re.split(r"^# (\w+)[ \t]*$", text, flags=re.MULTILINE)
    sections = {name: Template(body.strip()) for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    if sections.keys() != _SECTIONS:
        raise RunError(
            zh=f"提示词文件 {path} 应有这些段落：{', '.join(sorted(_SECTIONS))}。",
            en=f"The prompt file {path} must have the sections {', '.join(sorted(_SECTIONS))}.",
        )
    return JudgePrompt(sections, hashlib.sha256(text.encode()).hexdigest()[:16])


def read_rulings(reply: str, count: int) -> dict[int, Ruling]:
    """The rulings by claim number (from 1); what cannot be read is left out."""
    data = _last_object(reply)
    found: dict[int, Ruling] = {}
    for entry in data.get("verdicts", ()) if isinstance(data, dict) else ():
        if not isinstance(entry, dict):
            continue
        number, verdict = entry.get("claim"), str(entry.get("verdict", "")).strip().upper()
        if isinstance(number, int) and 1 <= number <= count and verdict in set(Verdict):
            found[number] = Ruling(
                Verdict(verdict), str(entry.get("quote") or ""), str(entry.get("reason") or "")
            )
    return found


def quoted(ruling: Ruling, evidence: Sequence[GivenEvidence]) -> bool:
    """Does the quote really stand in the evidence? Spaces, width and quotation marks do not matter."""
    wanted = _bare(ruling.quote)
    return len(wanted) > 3 and any(wanted in _bare(e.text) for e in evidence)


def _bare(text: str) -> str:
    return re.sub(r"[\s\"'│.…]+", "", fold(text))


def _last_object(reply: str) -> object:
    """The last JSON object in ``reply``, or None."""
    decoder, found, position = json.JSONDecoder(), None, reply.find("{")
    while position >= 0:
        try:
            found, end = decoder.raw_decode(reply, position)
        except ValueError:
            end = position + 1
        position = reply.find("{", end)
    return found
