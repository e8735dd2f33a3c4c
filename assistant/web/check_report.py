"""A check to print: the same parts as Markdown and as a Word document, with every clause named."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Citation, Language
from assistant.eligibility.combination_words import combination_words, conflict_words
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.phrases import shown
from assistant.eligibility.remedies import step
from assistant.eligibility.report import clause_words, verdict_words
from assistant.eligibility.rulebook import Rulebook
from assistant.ports import Library
from assistant.presentation import clause_name, pick
from assistant.web import check_words as words
from assistant.web.check_text import cautions, fact_used, remark, rules_applied, verdict_of


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the title."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Paragraph | Bullets | Table


def one_scheme(
    outcome: Outcome,
    cited: Mapping[str, Citation],
    library: Library,
    rulebook: Rulebook,
    language: Language,
) -> Iterator[Part]:
    """The report on one scheme: what was said, what was decided, and by which clause."""

    def say(pair: words.Pair) -> str:
        return pick(pair, language)

    check, profile = outcome.check, outcome.profile
    verdict = verdict_words(check.verdict, language)
    yield Heading(f"{check.scheme.name(language)}{pick(('：', ': '), language)}{verdict}", 1)
    yield Paragraph(rules_applied(outcome, library.instrument(check.version.instrument), language))
    yield from (Paragraph(text) for text in cautions(outcome, rulebook, language))
    rows = []
    for finding in check.findings:
        criterion, citation = finding.criterion, cited.get(finding.criterion.id)
        clause = clause_name(citation.path) if citation else clause_words(criterion.clause, language)
        single = f" ({say(words.SINGLE)})" if criterion.single_source else ""
        rows.append(
            (
                criterion.text(language) + single,
                fact_used(finding, profile, language) or "–",
                verdict_of(finding, language),
                clause,
            )
        )
    head = (words.CONDITION, words.FACT, words.VERDICT, words.CLAUSE)
    yield Table(tuple(map(say, head)), tuple(rows))
    lists = (
        (words.MISSING, [profile.attributes[name].question(language) for name in check.missing]),
        (
            words.CHANGES,
            ["; ".join(step(c, profile, language) for c in o) for o in outcome.changes if o],
        ),
        (words.BENEFITS, [b.text(language) for b in check.version.benefits]),
        (words.STEPS, [s.text(language) for s in check.version.procedure]),
        (words.SAID, [_said(name, outcome, language) for name in profile.facts]),
    )
    for heading, items in lists:
        if items:
            yield from (Heading(say(heading), 2), Bullets(tuple(items)))
    quotes = dict.fromkeys(f"{clause_name(c.path)}: {c.quote}" for c in cited.values())
    if quotes:
        yield from (Heading(say(words.QUOTED), 2), Bullets(tuple(quotes)))
    yield Paragraph(say(words.DISCLAIMER))


def all_schemes(outcomes: Sequence[Outcome], language: Language) -> Iterator[Part]:
    """The report on a screening."""
    yield Heading(pick(words.ALL, language), 1)
    head = (words.SCHEME, words.VERDICT, words.CONDITION, words.BENEFITS, words.STEPS)
    yield Table(
        tuple(pick(pair, language) for pair in head),
        tuple(
            (
                o.check.scheme.name(language),
                verdict_words(o.check.verdict, language),
                remark(o, language),
                "; ".join(b.text(language) for b in o.check.version.benefits),
                "; ".join(s.text(language) for s in o.check.version.procedure),
            )
            for o in outcomes
        ),
    )
    for told in (*conflict_words(outcomes, language), *combination_words(outcomes, language)):
        yield Paragraph(told)
    facts = [_said(name, outcomes[0], language) for name in outcomes[0].profile.facts] if outcomes else []
    if facts:
        yield from (Heading(pick(words.SAID, language), 2), Bullets(tuple(facts)))
    yield Paragraph(pick(words.DISCLAIMER, language))


def _said(name: str, outcome: Outcome, language: Language) -> str:
    attribute = outcome.profile.attributes[name]
    value = shown(outcome.profile.facts[name].value, attribute, language)
    return f"{attribute.label(language)}{pick(('：', ': '), language)}{value}"


def to_markdown(parts: Iterator[Part]) -> str:
    """The parts as Markdown; text that looks like markup stays text."""
    return "\n\n".join(_markdown(part) for part in parts) + "\n"


def _markdown(part: Part) -> str:
    match part:
        case Heading(text, level):
            return f"{'#' * level} {_plain(text)}"
        case Paragraph(text):
            return _plain(text)
        case Bullets(items):
            return "\n".join(f"- {_plain(item)}" for item in items)
        case Table(head, rows):
            lines = [head, ("---",) * len(head)]
            body = [tuple(map(_plain, row)) for row in rows]
            return "\n".join(f"| {' | '.join(line)} |" for line in (*lines, *body))


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))


def to_docx(parts: Iterator[Part]) -> bytes:
    """The parts as a Word document."""
    import docx

    document = docx.Document()
    for part in parts:
        match part:
            case Heading(text, level):
                document.add_heading(_printable(text), level)
            case Paragraph(text):
                document.add_paragraph(_printable(text))
            case Bullets(items):
                for item in items:
                    document.add_paragraph(_printable(item), style="List Bullet")
            case Table(head, rows):
                table = document.add_table(rows=0, cols=len(head), style="Table Grid")
                for row in (head, *rows):
                    for cell, text in zip(table.add_row().cells, row, strict=True):
                        cell.text = _printable(text)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _printable(text: str) -> str:
    """XML cannot hold control characters."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
