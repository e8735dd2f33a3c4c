"""The head of the page and the words that greet an empty conversation."""

from __future__ import annotations

from html import escape

from assistant.domain import Language
from assistant.presentation import mode_label
from assistant.web.words import WORDS


def masthead_html(mode: str, language: Language) -> str:
    """Title, what this is, and how answers are written."""
    words = WORDS[language]
    return (
        f'<header lang="{language}"><h1>{words.title}</h1><p>{words.subtitle}</p>'
        f'<span class="pa-mode">{escape(mode_label(mode, language))}</span></header>'
    )


def welcome_html(language: Language) -> str:
    """What it can do, before the first question."""
    words = WORDS[language]
    return f'<div class="pa-welcome" lang="{language}"><p>{words.intro}</p><h2>{words.examples}</h2></div>'


def limits_html(language: Language) -> str:
    """What its answers are not."""
    return f"<p>{WORDS[language].limits}</p>"
