"""Benchmark ``grounding``: are rewrites that change a clause's meaning seen, and no others?

Sentences of real clauses are rewritten by rule (`rewrites`) and checked against the whole clause they come
from. A change counts as detected when the sentence is held back (``<change>_<language>_locked``) or at
marked (``..._seen``); a harmless rewrite that is held back or marked is a false alarm. ``DATA`` is the folder
of benchmarks; the assistant's own corpus is always measured, too.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.answering.grounding import check
from assistant.domain import Language, Support
from assistant.language.sentences import sentences
from assistant.resources import data_folder
from eval.calibration_data import rows
from eval.rewrites import changes

_PER_SOURCE = 2500  # clauses of each source and language
_LONGEST_CLAUSE = 1500
_LIST_MARK = re.compile(
    r"^\s*(?:[-*•]\s*)?(?:\d{1,2}(?:\.\d{1,2})+\s+|[(（]?(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,3})[.)、）]\s*)?"
)


def measure(data: Path) -> dict[str, float]:
    """Shares per kind of change and language, ``n`` of each, and the time of one check."""
    seen: Counter[str] = Counter()
    seconds = 0.0
    for kind, language, harmful, sentence, clause in examples(data):
        began = time.perf_counter()
        support = check(sentence, [clause], language=language).support
        seconds += time.perf_counter() - began
        group = "harmful" if harmful else "harmless"
        for name in (f"{kind}_{language}", f"all_{group}_{language}"):
            seen[f"{name}_n"] += 1
            seen[f"{name}_locked"] += support is Support.UNSUPPORTED
            seen[f"{name}_seen"] += support in (Support.UNSUPPORTED, Support.WEAK)
    figures: dict[str, float] = {}
    for name in sorted({key.removesuffix("_n") for key in seen if key.endswith("_n")}):
        total = seen[f"{name}_n"]
        figures |= {f"{name}_{part}": seen[f"{name}_{part}"] / total for part in ("locked", "seen")}
        figures[f"{name}_n"] = total
    checked = sum(count for key, count in seen.items() if key.startswith("all_") and key.endswith("_n"))
    return figures | {"ms_per_sentence": seconds / max(1, checked) * 1000}


def examples(data: Path) -> Iterator[tuple[str, Language, bool, str, str]]:
    """Kind of change, language, harmful, the rewritten sentence, the clause it came from."""
    kinds = changes()
    for language, clause in clauses(data):
        chance = random.Random(clause)  # noqa: S311 - the same rewrites in every run
        units = [_LIST_MARK.sub("", s.text) for s in sentences(clause)]
        units = [unit for unit in units if is_sentence(unit, language)]
        if not units:
            continue
        for change in kinds:
            if change.language != language:
                continue
            chance.shuffle(units)
            for unit in units:
                changed = change.rewrite(unit, chance)
                if changed and (changed != unit or change.name == "verbatim"):
                    prefix = "" if change.harmful else "harmless "
                    yield (
                        f"{prefix}{change.name}".replace(" ", "_"),
                        language,
                        change.harmful,
                        changed,
                        clause,
                    )
                    break


def is_sentence(unit: str, language: Language) -> bool:
    """Is it a whole sentence: no heading, no fragment of a list, not endless?"""
    if unit.startswith(("#", "|")):
        return False
    if language == "zh":
        return 10 <= len(unit) <= 160
    return len(unit) <= 300 and len(unit.split()) >= 6


def clauses(data: Path) -> Iterator[tuple[Language, str]]:
    """Real clauses: laws and policies of China, guidance in English, the assistant's own corpus."""
    for language in ("zh", "en"):
        for path in sorted((data_folder("corpus") / "documents" / language).glob("*.md")):
            sections = re.split(r"(?m)^#+ .*$", path.read_text(encoding="utf-8"))
            yield from (
                ("zh" if language == "zh" else "en", s.strip()) for s in sections if len(s.strip()) > 20
            )
    sources: tuple[tuple[Language, Path], ...] = (
        ("zh", data / "laws_zh" / "articles.jsonl.gz"),
        ("zh", data / "policy_zh_gov" / "documents.jsonl.gz"),
        ("en", data / "conditionalqa" / "sections.jsonl.gz"),
        ("en", data / "or_sharc" / "snippets.jsonl.gz"),
        ("en", data / "doc2dial" / "passages.jsonl.gz"),
    )
    for tongue, path in sources:
        if path.is_file():
            yield from ((tongue, text) for text in _sample(path))


def _sample(path: Path) -> list[str]:
    texts = [text for row in rows(path) for text in _pieces(row["text"])]
    random.Random(path.name).shuffle(texts)  # noqa: S311
    return texts[:_PER_SOURCE]


def _pieces(text: str) -> Iterator[str]:
    """A text as it is, or by paragraphs up to the length of a clause."""
    if len(text) <= _LONGEST_CLAUSE:
        yield text
        return
    piece = ""
    for line in text.splitlines():
        if piece and len(piece) + len(line) > _LONGEST_CLAUSE / 2:
            yield piece
            piece = ""
        piece = f"{piece}\n{line}".strip()
    yield piece
