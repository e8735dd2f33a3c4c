"""An exchange as the reader sees it in the chat. Everything that comes from outside is escaped here.

The markup is written without line breaks: inside one HTML block the chat's Markdown renderer leaves every
character alone, so no text can turn into formatting.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from assistant.domain import Answer, Citation, Evidence, Language, Sentence, SourceConflict, Support
from assistant.ports import Library
from assistant.presentation import (
    cited_evidence,
    clause_name,
    grounding_text,
    instrument_title,
    pick,
    shown_status,
    source_names,
    stage_label,
    status_label,
    support_label,
    validity_note,
)
from assistant.web.exchange import Exchange, Problem
from assistant.web.source import address
from assistant.web.words import WORDS

_LONGEST_QUESTION_SHOWN = 2000
_TONES = {True: "good", False: "bad", None: "unsure"}


def question_html(question: str) -> str:
    """The visitor's own words."""
    shown = question[:_LONGEST_QUESTION_SHOWN] + ("…" if len(question) > _LONGEST_QUESTION_SHOWN else "")
    return f'<div class="pa-question">{_text(shown)}</div>'


def exchange_html(exchange: Exchange, library: Library, language: Language) -> str:
    """What is known so far: the finished answer, or the sentences released up to now."""
    html = (
        _answer_html(exchange.answer, library, language)
        if exchange.answer
        else _so_far(exchange, library, language)
    )
    return " ".join(html.split("\n"))


def problem_html(problem: Problem, language: Language) -> str:
    """Why there is no answer, and what to do next."""
    return f'<p class="pa-problem" role="alert">{_text(problem.localized(language))}</p>'


def _so_far(exchange: Exchange, library: Library, language: Language) -> str:
    parts = [_sentence_html(s, library, language) for s in exchange.sentences]
    if exchange.problem is not None:
        parts.append(problem_html(exchange.problem, language))
    elif exchange.stopped:
        told = WORDS[language].stopped if exchange.sentences else WORDS[language].stopped_early
        parts.append(f'<p class="pa-note">{told}</p>')
    else:
        parts.append(f'<p class="pa-stage" role="status">{escape(stage_label(exchange.stage, language))}</p>')
    return f'<div class="pa-answer">{"".join(parts)}</div>'


def _answer_html(answer: Answer, library: Library, language: Language) -> str:
    words = WORDS[language]
    status = shown_status(answer)
    badge = f'<span class="pa-badge pa-{status.value}">{status_label(status, language)}</span>'
    model = answer.trace.composer
    by_code = {"extractive": words.quoting, "rules": words.by_rules}
    composer = by_code.get(model) or words.written_by.format(model=model)
    if answer.status.is_refusal:
        composer = ""  # nothing was composed
    body = "".join(_sentence_html(s, library, language) for s in answer.sentences)
    parts = [
        f'<p class="pa-meta">{badge} <span class="pa-composer">{escape(composer)}</span></p>',
        f'<div class="pa-body" lang="{answer.language}">{body}</div>',
        _listed(words.missing, answer.missing_facts, "pa-missing"),
        "".join(_conflict_html(c, library, language) for c in answer.conflicts),
        "".join(f'<p class="pa-note">{_text(notice)}</p>' for notice in answer.notices),
        _held_back_html(answer.held_back, language),
    ]
    if answer.status.is_refusal and answer.searched:
        parts.append(f'<p class="pa-note">{words.searched}{_colon(language)}{_text(answer.searched)}</p>')
    parts.append(_sources_html(answer, library, language))
    parts.append(f'<p class="pa-tools"><button type="button" class="pa-copy">{words.copy}</button></p>')
    return f'<div class="pa-answer">{"".join(p for p in parts if p)}</div>'


def _sentence_html(sentence: Sentence, library: Library, language: Language) -> str:
    chips = "".join(
        _chip(tuple(citations), library, language)
        for _, citations in groupby(sentence.citations, key=lambda c: (c.label, c.chunk_id))
    )
    grounding = sentence.grounding
    why = ""
    if sentence.citations and grounding.support is not Support.NOT_CHECKABLE:
        why = (
            f'<details class="pa-why pa-{grounding.support.value}"><summary title="{WORDS[language].why}">'
            f"<span>{support_label(grounding.support, language)}</span></summary>"
            f"<span>{_text(grounding_text(grounding, language))}</span></details>"
        )
    marks = f'<span class="pa-marks">{chips}{why}</span>' if chips else ""
    return f'<div class="pa-sentence"><span>{_text(sentence.text)}</span>{marks}</div>'


def _chip(citations: Sequence[Citation], library: Library, language: Language) -> str:
    first = citations[0]
    instrument = library.instrument(first.instrument_id)
    place = clause_name((instrument.title(language), *first.path) if instrument else first.path)
    name = escape(f"{WORDS[language].source} {first.label}{_colon(language)}{place}")
    url = address(citations, library, language)
    if url is None:
        return f'<span class="pa-cite" title="{name}">{first.label}</span>'
    names = f'title="{name}" aria-label="{name}"'
    return f'<a class="pa-cite" href="{escape(url)}" {names}>{first.label}</a>'


def _sources_html(answer: Answer, library: Library, language: Language) -> str:
    sources = cited_evidence(answer)
    if not sources:
        return ""
    names = source_names(sources)
    rows = "".join(_source_row(e, names[e.label], answer, library, language) for e in sources)
    return f'<section class="pa-sources"><h2>{WORDS[language].sources}</h2><ol>{rows}</ol></section>'


def _source_row(evidence: Evidence, clause: str, answer: Answer, library: Library, language: Language) -> str:
    passage = evidence.passage
    quoted = [c for s in answer.sentences for c in s.citations if c.label == evidence.label]
    url = address(quoted, library, language) or "#"
    title, number = passage.instrument.title(language), ""
    if passage.instrument.doc_number:
        number = f'<span class="pa-number">{escape(passage.instrument.doc_number)}</span> '
    tone, note = _TONES[passage.validity.in_force], validity_note(passage.validity, language)
    return (
        f'<li value="{evidence.label}"><a class="pa-source-link" href="{escape(url)}">'
        f'<span class="pa-label">{evidence.label}</span>'
        f'<span class="pa-name"><b>{escape(title)}</b> {number}'
        f'<span class="pa-clause">{escape(clause)}</span> '
        f'<span class="pa-state pa-{tone}">{escape(note)}</span></span></a></li>'
    )


def _conflict_html(conflict: SourceConflict, library: Library, language: Language) -> str:
    words = WORDS[language]
    topic = pick((conflict.topic_zh, conflict.topic_en), language)
    resolution = pick((conflict.resolution_zh, conflict.resolution_en), language)
    claims = []
    for instrument_id, claim in conflict.claims:
        title = instrument_title(instrument_id, library, language)
        claims.append(f"<li><b>{escape(title)}</b>{_colon(language)}{_text(claim)}</li>")
    return (
        f'<section class="pa-conflict"><h2>{words.conflict}{_colon(language)}{_text(topic)}</h2>'
        f"<ul>{''.join(claims)}</ul>"
        f"<p><b>{words.recommended}</b>{_colon(language)}{_text(resolution)}</p></section>"
    )


def _held_back_html(held_back: Sequence[Sentence], language: Language) -> str:
    """Why sentences were held back; never what they said. A notice of the answer tells how many."""
    if not held_back:
        return ""
    heading = WORDS[language].held_back
    rows = "".join(f"<li>{_text(grounding_text(s.grounding, language))}</li>" for s in held_back)
    return f'<details class="pa-held"><summary>{heading}</summary><ul>{rows}</ul></details>'


def _listed(heading: str, lines: Sequence[str], css: str) -> str:
    if not lines:
        return ""
    rows = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f'<section class="{css}"><h2>{heading}</h2><ul>{rows}</ul></section>'


def _colon(language: Language) -> str:
    return pick(("：", ": "), language)


def _text(text: str) -> str:
    return escape(text.strip()).replace("\r", "").replace("\n", "<br>")
