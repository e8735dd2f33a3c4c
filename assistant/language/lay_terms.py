"""Words that people use and texts of law do not, with the words of the law for them.

Who writes 被辞退 (sacked) needs the clause on 解除劳动合同 (ending a labour contract). The two do not
mean the same, so this is no glossary: it only helps to find, and only in one direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError
from assistant.language.fold import aligned
from assistant.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class LayTerm:
    """Ways people put a matter, and what texts of law call it."""

    lay: tuple[str, ...]
    formal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LayTerms:
    """All entries of a file."""

    entries: tuple[LayTerm, ...] = ()

    @classmethod
    def load(cls, path: Path) -> LayTerms:
        """The entries of a YAML file, none where there is no file. Raises `CorpusError` naming the entry."""
        if not path.is_file():
            return cls()
        try:
            data = read_yaml(path.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise _wrong(path, str(error).replace("\n", " ")) from error
        entries = data.get("terms") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            raise _wrong(path, "the top key must be 'terms' and hold a list")
        return cls(tuple(_entry(path, number, entry) for number, entry in enumerate(entries, 1)))

    def formal(self, text: str) -> list[str]:
        """What texts of law call the matters of ``text``, unless it says so itself."""
        folded = aligned(text)
        found = (
            name
            for entry in self.entries
            if any(word in folded for word in entry.lay)
            for name in entry.formal
            if name not in folded
        )
        return list(dict.fromkeys(found))


def _entry(path: Path, number: int, entry: Any) -> LayTerm:
    if not isinstance(entry, dict) or set(entry) != {"lay", "formal"}:
        raise _wrong(path, f"terms[{number}] must have 'lay' and 'formal' and nothing else")
    for name, words in entry.items():
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
            raise _wrong(path, f"terms[{number}].{name} must be a list of texts")
    return LayTerm(*(tuple(map(aligned, entry[name])) for name in ("lay", "formal")))


def _wrong(path: Path, what: str) -> CorpusError:
    return CorpusError(
        zh=f"日常用语表 {path.name} 有误：{what}。",
        en=f"The list of lay terms {path.name} is wrong: {what}.",
        hint_zh=f"请修改 {path} 后重试。",
        hint_en=f"Correct {path} and try again.",
    )
