"""The documents held: the list of instruments, and one instrument with its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

from assistant.domain import Document, Instrument, Language, Level, Section, Validity
from assistant.presentation import pick, validity_note
from assistant.web.intake import MAX_FILE
from assistant.web.source_html import original_link, record_html, validity_badge
from assistant.web.words import KINDS, LANGUAGE_NAMES, LEVELS, WORDS

_TONES = {True: "good", False: "bad", None: "unsure"}


def shelf_html(
    held: Sequence[tuple[Instrument, Validity]], uploaded: Mapping[str, str], language: Language
) -> str:
    """Every instrument with its validity: what visitors sent first, then the others under their level.

    ``uploaded`` maps the id of an instrument that a visitor sent to its file, which can be removed again.
    """
    groups = [(WORDS[language].uploaded, [row for row in held if row[0].id in uploaded])]
    for level in Level:
        rows = [row for row in held if row[0].level is level and row[0].id not in uploaded]
        groups.append((pick(LEVELS[level], language), rows))
    sections = "".join(
        f"<section><h2>{heading} <small>{len(rows)}</small></h2><ul>"
        + "".join(_row(i, validity, uploaded.get(i.id), language) for i, validity in rows)
        + "</ul></section>"
        for heading, rows in groups
        if rows
    )
    none = f'<p class="pa-note" role="status" hidden>{WORDS[language].none_found}</p>'
    return f'<div class="pa-shelf">{sections}{none}</div>'


def filter_html(day: str, language: Language) -> str:
    """What narrows the list as one types and chooses, by script; a day is asked of the server."""
    words = WORDS[language]
    levels = [("", words.any_level), *((level.value, pick(LEVELS[level], language)) for level in Level)]
    tones = zip(_TONES.values(), (words.in_force, words.not_in_force, words.not_confirmed), strict=True)
    return (
        f'<div class="pa-filter"><input type="search" data-narrows="text" placeholder="{words.narrow}" '
        f'aria-label="{words.narrow}" autocomplete="off">'
        f"{_choice('level', words.level, levels)}"
        f"{_choice('tone', words.any_validity, [('', words.any_validity), *tones])}"
        f"<label><span>{words.as_of_day}</span>"
        f'<input type="date" value="{escape(day)}" data-day></label></div>'
    )


def _choice(name: str, label: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(f'<option value="{value}">{shown}</option>' for value, shown in options)
    return f'<select data-narrows="{name}" aria-label="{label}">{listed}</select>'


def instrument_address(instrument_id: str, language: Language) -> str:
    """Where an instrument can be read."""
    return f"/instrument/{quote(instrument_id, safe='')}?lang={language}"


def upload_html(formats: Iterable[str], language: Language) -> str:
    """The form that sends files; our script sends them and shows what becomes of each."""
    words = WORDS[language]
    note = words.upload_note.format(megabytes=MAX_FILE // 2**20)
    return (
        '<form class="pa-upload" method="post" action="/api/documents" enctype="multipart/form-data">'
        f'<label><span class="pa-pick">{words.upload}</span><input type="file" name="files" multiple '
        f'class="pa-visually-hidden" accept="{",".join(sorted(formats))}"></label><p>{note}</p>'
        '<ul class="pa-progress" aria-live="polite"></ul></form>'
    )


def _row(instrument: Instrument, validity: Validity, uploaded: str | None, language: Language) -> str:
    day = instrument.effective or instrument.issued or instrument.published
    facts = [instrument.doc_number, day, pick(KINDS[instrument.kind], language)]
    small = " · ".join(escape(fact) for fact in facts if fact)
    note, tone = escape(validity_note(validity, language)), _TONES[validity.in_force]
    remove = ""
    if uploaded:
        named = f'data-file="{escape(uploaded)}"'
        remove = f'<button type="button" class="pa-remove" {named}>{WORDS[language].remove}</button>'
    return (
        f'<li data-level="{instrument.level.value}" data-tone="{tone}">'
        f'<a class="pa-doc" href="{escape(instrument_address(instrument.id, language))}">'
        f"<b>{escape(instrument.title(language))}</b><span>{small}</span>"
        f'<span class="pa-state pa-{tone}">{note}</span></a>{remove}</li>'
    )


def instrument_html(
    instrument: Instrument,
    validity: Validity,
    document: Document | None,
    sections: Sequence[Section],
    others: Sequence[Language],
    language: Language,
) -> str:
    """An instrument's record and its text; ``others`` are the languages it can also be read in."""
    shown = document.language if document else language
    links = "".join(
        f' <a class="pa-doc" href="{escape(instrument_address(instrument.id, language))}&amp;text={other}">'
        f"{LANGUAGE_NAMES[other]}</a>"
        for other in others
    )
    parts = [
        '<article class="pa-source">',
        f'<h2 lang="{shown}">{escape(instrument.title(shown))}</h2>',
        validity_badge(validity, language),
        f'<p class="pa-others">{links}</p>' if links else "",
        record_html(instrument, shown, language),
        original_link(instrument, language),
        f'<div class="pa-fulltext" lang="{shown}">{_text(document, sections)}</div>' if document else "",
        "</article>",
    ]
    return "".join(parts)


def _text(document: Document, sections: Sequence[Section]) -> str:
    """The text with its own headings set as headings."""
    text, pieces = document.text, []
    ordered = sorted(sections, key=lambda section: section.start)
    starts = [*(section.start for section in ordered), len(text)]
    preface = text[: starts[0]]
    pieces.append(_paragraphs(preface.removeprefix(document.title)))
    for section, end in zip(ordered, starts[1:], strict=True):
        body = text[section.start : end]
        heading, _, rest = body.partition("\n")
        if heading.strip() == section.path[-1].strip():
            size = min(section.level + 2, 6)
            pieces.append(f"<h{size}>{escape(heading)}</h{size}>{_paragraphs(rest)}")
        else:
            pieces.append(_paragraphs(body))
    return "".join(pieces)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
