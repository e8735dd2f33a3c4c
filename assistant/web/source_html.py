"""A source as the reader sees it: the record of the instrument and the clause with the quoted words marked.

One fragment serves both the panel beside the chat and the page that opens on its own.
"""

from __future__ import annotations

from html import escape

from assistant.domain import Instrument, Language, Validity
from assistant.presentation import clause_name, pick, validity_note
from assistant.web.source import OpenedSource
from assistant.web.words import AUTHORITIES, KINDS, LANGUAGE_NAMES, LEVELS, WORDS

_CONFIDENCE = {"high": ("高", "high"), "medium": ("中", "medium"), "low": ("低", "low")}


def source_html(source: OpenedSource, language: Language) -> str:
    """The fragment for one source."""
    clause, words = source.clause, WORDS[language]
    instrument = clause.instrument
    page = f' · <span class="pa-page">{words.page.format(page=clause.page)}</span>' if clause.page else ""
    parts = [
        '<article class="pa-source">',
        f'<h2 lang="{clause.document.language}">{escape(instrument.title(clause.document.language))}</h2>',
        validity_badge(clause.validity, language),
        f'<p class="pa-path" lang="{clause.document.language}">{escape(clause_name(clause.path))}{page}</p>',
        f'<h3 class="pa-visually-hidden">{words.quoted}</h3>',
        _neighbour(source.before, words.before, clause.document.language),
        f'<blockquote lang="{clause.document.language}">{_marked(source)}</blockquote>',
        _neighbour(source.after, words.after, clause.document.language),
        record_html(instrument, clause.document.language, language),
        original_link(instrument, language),
        "</article>",
    ]
    return "".join(parts)


def gone_html(language: Language) -> str:
    """What is shown when the clause is no longer held."""
    return f'<article class="pa-source"><p class="pa-gone">{WORDS[language].gone}</p></article>'


def source_page(fragment: str, language: Language) -> str:
    """The fragment as a page of its own, readable without any script."""
    words = WORDS[language]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light">'
        f"<title>{words.source} · {words.title}</title>"
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/ui/assistant.css">'
        '<link rel="stylesheet" href="/ui/tabs.css"></head>'
        f'<body class="pa-page-alone"><main>{fragment}'
        f'<p><a href="/?lang={language}">{words.title}</a></p></main></body></html>'
    )


def validity_badge(validity: Validity, language: Language) -> str:
    """Validity in words and colour; the words alone are enough."""
    tone, sign = {True: ("good", "✓"), False: ("bad", "✕"), None: ("unsure", "?")}[validity.in_force]
    note = escape(validity_note(validity, language))
    as_of = WORDS[language].as_of.format(day=escape(validity.on))
    return (
        f'<p class="pa-validity pa-{tone}"><strong><span aria-hidden="true">{sign}</span> {note}</strong> '
        f'<time datetime="{escape(validity.on)}">{as_of}</time></p>'
    )


def _marked(source: OpenedSource) -> str:
    text, pieces, at = source.clause.section_text, [], 0
    for start, end in source.spans:
        pieces.append(f"{escape(text[at:start])}<mark>{escape(text[start:end])}</mark>")
        at = end
    pieces.append(escape(text[at:]))
    return "".join(pieces)


def _neighbour(text: str, label: str, language: Language) -> str:
    if not text.strip():
        return ""
    body = escape(text.strip())
    return (
        f'<details class="pa-around"><summary>{label}</summary><div lang="{language}">{body}</div></details>'
    )


def record_html(instrument: Instrument, text_language: Language, language: Language) -> str:
    """What is known of an instrument, field by field; what is unknown is left out."""
    words = WORDS[language]
    confidence = instrument.confidence
    coverage = (
        (instrument.coverage_zh or instrument.coverage_en)
        if language == "zh"
        else (instrument.coverage_en or instrument.coverage_zh)
    )
    rows = [
        (words.issuer, instrument.issuer(language)),
        (words.doc_number, instrument.doc_number),
        (words.dates, _dates(instrument, language)),
        (words.kind, pick(KINDS[instrument.kind], language)),
        (words.level, pick(LEVELS[instrument.level], language)),
        (words.authority, pick(AUTHORITIES[instrument.authority], language)),
        (
            words.confidence,
            pick(_CONFIDENCE.get(confidence, (confidence,) * 2), language) if confidence else None,
        ),
        (words.coverage, coverage),
        (words.text_language, LANGUAGE_NAMES[text_language]),
    ]
    cells = "".join(f"<dt>{label}</dt><dd>{escape(value)}</dd>" for label, value in rows if value)
    return f'<dl class="pa-record">{cells}</dl>'


def _dates(instrument: Instrument, language: Language) -> str:
    named = [
        (("发文", "issued"), instrument.issued),
        (("公布", "published"), instrument.published),
        (("施行", "effective"), instrument.effective),
        (("截止", "until"), instrument.expires),
    ]
    space = pick(("", " "), language)
    return pick(("，", ", "), language).join(f"{pick(n, language)}{space}{day}" for n, day in named if day)


def original_link(instrument: Instrument, language: Language) -> str:
    """The way to the best source of the record, named for what it is, if it is an address on the web."""
    source = next((s for s in instrument.sources if s.url == instrument.url), None)
    if source is None:
        return ""
    words = WORDS[language]
    label = words.original if source.type == "official" else words.record
    return (
        f'<p class="pa-original"><a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">'
        f"{label} ({escape(source.url.split('/')[2])})</a></p>"
    )
