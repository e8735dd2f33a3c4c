"""Disagreements between sources that people have already looked at, and when an answer touches one.

``corpus/conflicts.yaml`` lists them with the recommended reading. An answer states one when the question
is about its topic and a source named in it stands among the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from assistant.answering.composer import Draft
from assistant.answering.signs import sign
from assistant.domain import Evidence, Language, SourceConflict
from assistant.errors import CorpusError
from assistant.language.fold import fold
from assistant.language.quantities import quantities
from assistant.language.sentences import sentences
from assistant.language.tokens import terms
from assistant.yaml_text import read_yaml

#: A figure shared with a claim tells as much as a word of this length; a second disagreement must be as near.
_FIGURE, _AS_MUCH = 4, 0.8
_ASKS_WHICH = sign("asks.which")
_ASKS_WHETHER = sign("asks.whether")
_OWN = re.compile(r"我们|我司|本公司|我公司|\bwe\b|\bour\b", re.IGNORECASE)
#: Advice to whoever answers is no statement about the sources.
_ADVICE = re.compile(
    r"^(?:宜|回答时?|注意|请)|^.{0,8}都要(?:说明|写)|^(?:Report|Ask|Give|Use|Note|State|Do not)\b"
)

_ASIDE = re.compile(r"\s?（[^（）]*）|\s?\([^()]*\)")


@dataclass(frozen=True, slots=True)
class KnownConflict:
    """One disagreement as the file holds it: claims in both languages, words that point to its topic."""

    id: str
    topic: Mapping[Language, str]
    claims: tuple[tuple[str, Mapping[Language, str]], ...]
    resolution: Mapping[Language, str]
    confidence: str | None
    terms: tuple[str, ...]

    def told(self, language: Language) -> SourceConflict:
        """The disagreement as an answer in ``language`` shows it."""
        return SourceConflict(
            id=self.id,
            topic_zh=self.topic["zh"],
            topic_en=self.topic["en"],
            claims=tuple((instrument, text[language]) for instrument, text in self.claims),
            resolution_zh=self.resolution["zh"],
            resolution_en=self.resolution["en"],
            confidence=self.confidence,
        )


def load_conflicts(path: Path) -> tuple[KnownConflict, ...]:
    """The disagreements listed in ``path``; none when the corpus has no such file.

    Raises `CorpusError` naming the file, the entry and the field.
    """
    if not path.is_file():
        return ()
    try:
        entries = read_yaml(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(path, "YAML", str(error)) from error
    if not isinstance(entries, list):
        raise _wrong(path, "-", "not a list")
    return tuple(_read(path, entry) for entry in entries)


def _read(path: Path, entry: object) -> KnownConflict:
    if not isinstance(entry, Mapping):
        raise _wrong(path, "-", f"not a mapping: {entry!r:.60}")
    name = str(entry.get("id", "?"))

    def pair(source: Mapping[str, object], stem: str) -> Mapping[Language, str]:
        found = {language: source.get(f"{stem}_{language}") for language in ("zh", "en")}
        known = [text for text in found.values() if text]
        if not known:
            raise _wrong(path, f"{name}.{stem}_zh", "missing")
        return {cast(Language, language): str(text or known[0]) for language, text in found.items()}

    claims = entry.get("claims")
    if not isinstance(claims, Sequence) or not all(
        isinstance(c, Mapping) and "instrument" in c for c in claims
    ):
        raise _wrong(path, f"{name}.claims", "must list {instrument, text_zh, text_en}")
    return KnownConflict(
        id=name,
        topic=pair(entry, "topic"),
        claims=tuple((str(claim["instrument"]), pair(claim, "text")) for claim in claims),
        resolution=pair(entry, "resolution"),
        confidence=str(entry["confidence"]) if entry.get("confidence") else None,
        terms=tuple(str(term) for term in entry.get("terms") or ()),
    )


def _wrong(path: Path, field: str, reason: str) -> CorpusError:
    return CorpusError(
        zh=f"{path} 有误（{field}）：{reason}。",
        en=f"{path} is wrong at {field}: {reason}.",
        hint_zh="格式见 corpus/README.md。",
        hint_en="corpus/README.md describes the format.",
    )


def _doubts(conflict: KnownConflict, question: str, whole: str) -> bool:
    """Does the question ask whether something is so, with a figure of one of the claims?"""
    whether = _ASKS_WHETHER.search(question) and not _OWN.search(question)
    return bool(whether) and _figures_shared(conflict, whole) > 0


def _figures_shared(conflict: KnownConflict, question: str) -> int:
    claimed = [q for _, text in conflict.claims for q in quantities(" ".join(text.values()))]
    return sum(any(asked.agrees(q) for q in claimed) for asked in quantities(question) if asked.value >= 10)


def weight(conflict: KnownConflict, question: str) -> int:
    """How much of the question is about the disagreement: characters of its terms, and its figures."""
    folded = fold(question)
    words = sum(len(term) for term in conflict.terms if fold(term) in folded)
    if not words:
        return 0
    return words + _FIGURE * _figures_shared(conflict, question)


def asks_which_figure(question: str) -> bool:
    """Does the question ask which of two figures of one kind holds?"""
    kinds = [q.kind for q in quantities(question) if q.kind in ("money", "percent", "count", "duration")]
    return bool(_ASKS_WHICH.search(question)) and len(kinds) == 2 and len(set(kinds)) == 1


def asked_about(
    conflicts: Sequence[KnownConflict], question: str, before: str = ""
) -> tuple[KnownConflict, ...]:
    """The disagreements that the question itself asks about, not only their topic.

    ``before`` is the question it leans on; it may hold the topic.
    """
    whole = f"{before} {question}"
    weights = {conflict.id: weight(conflict, whole) for conflict in conflicts}
    if not _ASKS_WHICH.search(question):
        weights = {c.id: weights[c.id] if _doubts(c, question, whole) else 0 for c in conflicts}
    most = max(weights.values(), default=0)
    return tuple(c for c in conflicts if weights[c.id] and weights[c.id] >= _AS_MUCH * most)


def touched(
    conflicts: Sequence[KnownConflict], question: str, language: Language, cited: Collection[str]
) -> tuple[SourceConflict, ...]:
    """The disagreements that an answer citing the instruments ``cited`` should tell."""
    return tuple(
        conflict.told(language)
        for conflict in conflicts
        if weight(conflict, question) and any(instrument in cited for instrument, _ in conflict.claims)
    )


def readings(conflict: KnownConflict, evidence: Sequence[Evidence], language: Language) -> tuple[Draft, ...]:
    """Who says what, and the recommended reading, resting on the clauses of those who disagree."""
    claims = []
    for instrument, text in conflict.claims:
        own = [item for item in evidence if item.passage.instrument.id == instrument]
        if own:
            words = set(terms(text[language]))
            best = max(own, key=lambda item: len(words & set(terms(item.passage.chunk.text))))
            title = best.passage.instrument.title(language)
            claim = _borne_out(text[language], best.passage.chunk.text)
            said = f"《{title}》：{claim}" if language == "zh" else f"{title}: {claim}"
            claims.append(Draft(said, (best.label,)))
    distinct = tuple(dict.fromkeys(label for claim in claims for label in claim.labels))
    if not distinct:
        return ()
    told = [span.text for span in sentences(conflict.resolution[language])]
    read = (Draft(text, distinct) for text in told if not _ADVICE.search(text))
    return (*(claims if len(distinct) > 1 else ()), *read)


def _borne_out(claim: str, clause: str) -> str:
    """``claim`` without asides whose figures do not stand in the clause it is shown with: （2025年1月）."""
    held = quantities(clause)

    def kept(aside: re.Match[str]) -> str:
        told = quantities(aside.group())
        return aside.group() if all(any(q.agrees(h) for h in held) for q in told) else ""

    return _ASIDE.sub(kept, claim)
