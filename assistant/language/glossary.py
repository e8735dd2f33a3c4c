"""The glossary of the domain: what a thing is called in Chinese and English, and by which other names.

It lets a question find clauses that use another name or the other language, and lets the grounding check
know that two names mean one thing. It knows nothing of searching.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.domain import Language
from assistant.errors import CorpusError
from assistant.language.fold import aligned
from assistant.language.tokens import singular, stem
from assistant.yaml_text import read_yaml

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
_NAME, _ALIAS = 1.0, 0.7  # how surely a name stands for the term


@dataclass(frozen=True, slots=True)
class Term:
    """One concept with its names; the first of each language is the usual one."""

    zh: str
    en: str
    aliases_zh: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    note: str = ""
    subject: bool = False  # a title, programme, platform or instrument that rules are about

    def names(self, language: Language) -> tuple[str, ...]:
        """Every name in ``language``, the usual one first."""
        first, others = (self.zh, self.aliases_zh) if language == "zh" else (self.en, self.aliases_en)
        return (first, *others) if first else others


@dataclass(frozen=True, slots=True)
class Mention:
    """A term found in a text: ``text[start:end]`` is one of its names."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Another way to say what a text mentions; ``weight`` is 1 for the usual name, less for an alias."""

    text: str
    language: Language
    weight: float
    mention: Mention


@dataclass(frozen=True)
class Glossary:
    """All terms, ready to be found in a text."""

    terms: tuple[Term, ...] = ()
    _by_start: Mapping[str, list[tuple[str, Term]]] = field(init=False, repr=False, compare=False)
    _by_stem: Mapping[str, list[tuple[tuple[str, ...], Term]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_start: dict[str, list[tuple[str, Term]]] = {}
        by_stem: dict[str, list[tuple[tuple[str, ...], Term]]] = {}
        for term in self.terms:
            for name in term.names("zh"):
                by_start.setdefault(aligned(name)[0], []).append((aligned(name), term))
            for name in term.names("en"):
                stems = tuple(found for found, _, _ in _words(name))
                if stems:
                    by_stem.setdefault(stems[0], []).append((stems, term))
        for names in by_start.values():
            names.sort(key=lambda pair: -len(pair[0]))
        for phrases in by_stem.values():
            phrases.sort(key=lambda pair: -len(pair[0]))
        object.__setattr__(self, "_by_start", by_start)
        object.__setattr__(self, "_by_stem", by_stem)

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """The glossary in a YAML file, empty where there is none. Raises `CorpusError` naming the entry."""
        if not path.is_file():
            return cls()
        try:
            data = read_yaml(path.read_text(encoding="utf-8")) or {}
        except yaml.YAMLError as error:
            raise _wrong(path, str(error).replace("\n", " ")) from error
        entries = data.get("terms") if isinstance(data, dict) else None
        if not isinstance(entries, list):
            raise _wrong(path, "the top key must be 'terms' and hold a list")
        return cls(tuple(_term(path, index, entry) for index, entry in enumerate(entries, 1)))

    def mentions(self, text: str) -> list[Mention]:
        """The terms that ``text`` names, longest first where names overlap, in reading order."""
        found = sorted(
            (*self._mentions_zh(text), *self._mentions_en(text)), key=lambda m: (m.start - m.end, m.start)
        )
        kept: list[Mention] = []
        for mention in found:
            if all(mention.end <= m.start or m.end <= mention.start or _same_span(m, mention) for m in kept):
                kept.append(mention)
        return sorted(kept, key=lambda m: m.start)

    def variants(self, text: str, language: Language | None = None) -> list[Variant]:
        """Other names for what ``text`` mentions: its aliases, and the names in the other language.

        ``language`` keeps only variants in that language.
        """
        variants: dict[tuple[str, str], Variant] = {}
        folded = aligned(text)
        for mention in self.mentions(text):
            for tongue in ("zh", "en"):
                if language is not None and tongue != language:
                    continue
                for rank, name in enumerate(mention.term.names(tongue)):
                    if aligned(name) == folded[mention.start : mention.end]:
                        continue
                    variant = Variant(name, tongue, _ALIAS if rank else _NAME, mention)
                    known = variants.get((tongue, aligned(name)))
                    if known is None or known.weight < variant.weight:
                        variants[tongue, aligned(name)] = variant
        return list(variants.values())

    def _mentions_zh(self, text: str) -> Iterator[Mention]:
        folded = aligned(text)
        for start, character in enumerate(folded):
            for name, term in self._by_start.get(character, ()):
                if folded.startswith(name, start) and not _inside_word(folded, start, start + len(name)):
                    yield Mention(term, start, start + len(name))

    def _mentions_en(self, text: str) -> Iterator[Mention]:
        words = _words(text)
        for index, (stemmed, start, _) in enumerate(words):
            for stems, term in self._by_stem.get(stemmed, ()):
                window = words[index : index + len(stems)]
                if tuple(found for found, _, _ in window) == stems:
                    yield Mention(term, start, window[-1][2])


def _same_span(one: Mention, other: Mention) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _words(text: str) -> list[tuple[str, int, int]]:
    """Stems of the Latin words and numbers of a text with their spans."""
    return [(stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(aligned(singular(text)))]


def _inside_word(folded: str, start: int, end: int) -> bool:
    """Would the span cut a Latin word or number, as OPC does in OPCW?"""

    def joins(a: str, b: str) -> bool:
        return a.isascii() and a.isalnum() and b.isascii() and b.isalnum()

    return (start > 0 and joins(folded[start - 1], folded[start])) or (
        end < len(folded) and joins(folded[end - 1], folded[end])
    )


def _term(path: Path, index: int, entry: Any) -> Term:
    if not isinstance(entry, dict):
        raise _wrong(path, f"terms[{index}] is not a mapping")
    unknown = set(entry) - {"zh", "en", "aliases_zh", "aliases_en", "note", "subject"}
    if unknown:
        raise _wrong(path, f"terms[{index}]: unknown field {', '.join(sorted(unknown))}")
    if not (entry.get("zh") or entry.get("en")):
        raise _wrong(path, f"terms[{index}]: needs zh or en")
    return Term(
        zh=_text(path, index, "zh", entry),
        en=_text(path, index, "en", entry),
        aliases_zh=_texts(path, index, "aliases_zh", entry),
        aliases_en=_texts(path, index, "aliases_en", entry),
        note=_text(path, index, "note", entry),
        subject=_flag(path, index, "subject", entry),
    )


def _text(path: Path, index: int, name: str, entry: dict[str, Any]) -> str:
    value = entry.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(path, f"terms[{index}].{name}: {value!r} is not text; put it in quotation marks")
    return value.strip()


def _flag(path: Path, index: int, name: str, entry: dict[str, Any]) -> bool:
    value = entry.get(name, False)
    if not isinstance(value, bool):
        raise _wrong(path, f"terms[{index}].{name}: {value!r} is neither true nor false")
    return value


def _texts(path: Path, index: int, name: str, entry: dict[str, Any]) -> tuple[str, ...]:
    value = entry.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _wrong(path, f"terms[{index}].{name}: must be a list of texts")
    return tuple(item.strip() for item in value)


def _wrong(path: Path, what: str) -> CorpusError:
    return CorpusError(
        zh=f"术语表 {path.name} 有误：{what}。",
        en=f"The glossary {path.name} is wrong: {what}.",
        hint_zh=f"请修改 {path} 后重试。",
        hint_en=f"Correct {path} and try again.",
    )
