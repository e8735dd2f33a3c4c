"""Questions to start with, taken from the corpus that is being asked about.

A corpus may bring its own in ``examples.yaml`` (``zh:`` and ``en:``, a list of questions each). One that
brings none gets a question about each of its weightiest instruments.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from assistant.domain import Instrument, Language
from assistant.errors import CorpusError
from assistant.ports import Library
from assistant.yaml_text import read_yaml

_MOST = 4


def read_examples(corpus: Path) -> dict[Language, tuple[str, ...]]:
    """The corpus's own examples. Raises `CorpusError` when the file is not what it should be."""
    file = corpus / "examples.yaml"
    if not file.is_file():
        return {}
    try:
        content = read_yaml(file.read_text(encoding="utf-8")) or {}
        languages: tuple[Language, ...] = ("zh", "en")
        lists = {language: content.get(language) or [] for language in languages}
        wrong = any(not isinstance(q, str) for questions in lists.values() for q in questions)
    except (yaml.YAMLError, AttributeError, TypeError, UnicodeDecodeError):
        wrong, lists = True, {}
    if wrong:
        raise CorpusError(
            zh=f"{file} 格式不对。",
            en=f"{file} is not in the expected form.",
            hint_zh="应有 zh 和 en 两项，各为问题的列表。",
            hint_en="It needs the keys zh and en, each a list of questions.",
        )
    return {language: tuple(questions[:_MOST]) for language, questions in lists.items()}


def examples(corpus: Path, library: Library, language: Language) -> tuple[str, ...]:
    """At most four questions in ``language``."""
    own = read_examples(corpus).get(language)
    if own:
        return own
    ranked = sorted(library.instruments(), key=lambda i: -i.authority)
    return tuple(_about(instrument, language) for instrument in ranked[:_MOST])


def _about(instrument: Instrument, language: Language) -> str:
    title = instrument.title(language)
    return (
        f"《{title.strip('《》')}》主要规定了什么？" if language == "zh" else f"What does “{title}” require?"
    )
