"""Prompts are files: one per job and language under ``prompts/``, in sections headed ``# name``.

The code says which sections and variables a prompt has; a file that lacks one or invents one is refused when
it is loaded, with the file and the place, not when the first question comes. Each answer records the digests
of the prompts that made it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

from assistant.domain import LANGUAGES, Language
from assistant.errors import CorpusError
from assistant.ports import Message

Job = Literal["answer", "attribute", "facts", "rephrase", "translate"]

#: What each prompt is made of: its sections, and the variables of each. All must be there, and no others.
PROMPTS: Mapping[Job, Mapping[str, frozenset[str]]] = {
    "answer": {
        "system": frozenset({"sentinel"}),
        "user": frozenset({"as_of", "conversation", "evidence", "question"}),
        "evidence": frozenset({"label", "title", "path", "validity", "issued", "effective", "text"}),
        "turn": frozenset({"question", "answer"}),
    },
    "attribute": {
        "system": frozenset(),
        "user": frozenset({"attributes", "text"}),
        "attribute": frozenset({"name", "kind", "label"}),
    },
    "facts": {
        "system": frozenset(),
        "user": frozenset({"attributes", "text"}),
        "attribute": frozenset({"name", "kind", "label"}),
    },
    "rephrase": {
        "system": frozenset(),
        "user": frozenset({"conversation", "question"}),
        "turn": frozenset({"question", "answer"}),
    },
    "translate": {"system": frozenset(), "user": frozenset({"question"})},
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt in one language; ``digest`` identifies the bytes of its file."""

    name: str
    digest: str
    sections: Mapping[str, Template]

    def variables(self, section: str) -> tuple[str, ...]:
        """The variables of a section, in the order of their first use."""
        return tuple(self.sections[section].get_identifiers())

    def fill(self, section: str, **values: object) -> str:
        """The section with its variables filled in. Raises `ValueError` for a value too many or too few."""
        wanted = set(self.variables(section))
        if wanted != values.keys():
            missing, unknown = sorted(wanted - values.keys()), sorted(values.keys() - wanted)
            raise ValueError(f"{self.name}, section {section}: missing {missing}, unknown {unknown}")
        return self.sections[section].substitute({name: str(value) for name, value in values.items()})

    def messages(self, system: Mapping[str, object], user: Mapping[str, object]) -> list[Message]:
        """The system and the user message with their variables filled in."""
        return [
            Message("system", self.fill("system", **system)),
            Message("user", self.fill("user", **user)),
        ]


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts, in both languages."""

    by_name: Mapping[str, Prompt]

    @classmethod
    def load(cls, folder: Path) -> Prompts:
        """The prompts in ``folder``. Raises `CorpusError` naming the file and what is wrong with it."""
        found = {}
        for job, sections in PROMPTS.items():
            for language in LANGUAGES:
                path = folder / f"{job}.{language}.md"
                found[path.stem] = _read(path, sections)
        return cls(found)

    def get(self, job: Job, language: Language) -> Prompt:
        """The prompt for a job in one language."""
        return self.by_name[f"{job}.{language}"]

    @property
    def digests(self) -> dict[str, str]:
        """The digest of every prompt by its name."""
        return {name: prompt.digest for name, prompt in self.by_name.items()}


def _read(path: Path, expected: Mapping[str, frozenset[str]]) -> Prompt:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, f"读不出来（{error}）", f"cannot be read ({error})") from error
    parts = re.split(r"^# (\w+)[ \t]*$", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    sections = {name: Template(body.strip()) for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    if sections.keys() != expected.keys():
        missing, unknown = _named(expected.keys() - sections), _named(sections.keys() - expected)
        raise _wrong(
            path,
            f"缺少的段落：{missing}；多余的段落：{unknown}",
            f"missing sections: {missing}; unknown: {unknown}",
        )
    for name, template in sections.items():
        if not template.is_valid():
            raise _wrong(path, f"“{name}”段有无效的 $", f"section {name} has a stray $ (write $$)")
        variables = set(template.get_identifiers())
        if variables != expected[name]:
            missing, unknown = _named(expected[name] - variables), _named(variables - expected[name])
            raise _wrong(
                path,
                f"“{name}”段缺少的变量：{missing}；不认识的变量：{unknown}",
                f"section {name}: missing variables: {missing}; unknown: {unknown}",
            )
    return Prompt(path.stem, hashlib.sha256(raw).hexdigest()[:16], sections)


def _named(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "–"


def _wrong(path: Path, zh: str, en: str) -> CorpusError:
    return CorpusError(
        zh=f"提示词文件 {path} 有误：{zh}。",
        en=f"The prompt file {path} is wrong: {en}.",
        hint_zh="变量表见 docs/models.md。",
        hint_en="docs/models.md lists the sections and variables.",
    )
