"""The outcome of a check as the reader sees it: one scheme by its conditions, or all schemes in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.domain import Citation, Language
from assistant.eligibility.check import Finding
from assistant.eligibility.combination_words import combination_words, conflict_words
from assistant.eligibility.model import Benefit, Step
from assistant.eligibility.outcome import Outcome
from assistant.eligibility.remedies import step
from assistant.eligibility.report import clause_words, verdict_words
from assistant.eligibility.rulebook import Rulebook
from assistant.ports import Library
from assistant.presentation import pick
from assistant.web import check_words as words
from assistant.web.check_text import cautions, fact_used, remark, rules_applied, verdict_of
from assistant.web.form_html import ADDRESS
from assistant.web.source import address

_LONGEST_HEADING = 60


def outcome_html(
    outcome: Outcome,
    cited: Mapping[str, Citation],
    library: Library,
    rulebook: Rulebook,
    language: Language,
) -> str:
    """One scheme: the verdict, every condition with fact and clause, and what follows."""
    check = outcome.check
    rows = "".join(_row(f, outcome, cited.get(f.criterion.id), library, language) for f in check.findings)
    heads = (words.CONDITION, words.FACT, words.VERDICT, words.CLAUSE)
    cells = "".join(f"<th>{pick(head, language)}</th>" for head in heads)
    instrument = library.instrument(check.version.instrument)
    colon = pick(("：", ": "), language)
    return (
        f"<h2>{escape(check.scheme.name(language))} {_badge(outcome, language)}</h2>"
        f'<p class="pa-note">{pick(words.RULES, language)}{colon}'
        f"{escape(rules_applied(outcome, instrument, language))}</p>"
        f"{_cautions(cautions(outcome, rulebook, language))}"
        f'<div class="pa-scroll"><table class="pa-table pa-conditions"><tr>{cells}</tr>{rows}</table></div>'
        f"{_missing(outcome, language)}{_changes(outcome, language)}"
        f"{_listed(words.BENEFITS, check.version.benefits, language)}"
        f"{_listed(words.STEPS, check.version.procedure, language)}"
        f"{_reports(language)}"
    )


def screening_html(outcomes: Sequence[Outcome], language: Language) -> str:
    """Every scheme in one table, the eligible ones first."""
    rows = "".join(
        f'<tr><td><button class="pa-link" name="scheme" value="{escape(o.check.scheme.id)}">'
        f"{escape(o.check.scheme.name(language))}</button>{_subject(o, language)}</td>"
        f"<td>{_badge(o, language)}</td>"
        f"{_named(words.CONDITION, remark(o, language), language)}"
        f"{_named(words.BENEFITS, _first(o.check.version.benefits, language), language)}"
        f"{_named(words.STEPS, _first(o.check.version.procedure, language), language)}</tr>"
        for o in outcomes
    )
    heads = (words.SCHEME, words.VERDICT, words.CONDITION, words.BENEFITS, words.STEPS)
    cells = "".join(f"<th>{pick(head, language)}</th>" for head in heads)
    told = (*conflict_words(outcomes, language), *combination_words(outcomes, language))
    apart = _cautions(told)
    return (
        f"<h2>{pick(words.RESULT, language)}</h2>{apart}"
        f'<div class="pa-scroll"><table class="pa-table pa-conditions">'
        f"<tr>{cells}</tr>{rows}</table></div>{_reports(language)}"
    )


def _cautions(texts: Sequence[str]) -> str:
    return "".join(f'<p class="pa-caution">{escape(text)}</p>' for text in texts)


def no_rules_html(language: Language) -> str:
    """What is shown when nothing applied by the day asked about."""
    return f'<p class="pa-caution">{pick(words.NO_RULES, language)}</p>'


def _row(
    finding: Finding, outcome: Outcome, citation: Citation | None, library: Library, language: Language
) -> str:
    criterion = finding.criterion
    single = (
        f' <small class="pa-single">{pick(words.SINGLE, language)}</small>' if criterion.single_source else ""
    )
    note = criterion.note(language)
    noted = f"<small>{escape(note)}</small>" if note else ""
    tone, sign = words.SIGNS[finding.verdict]
    verdict = escape(verdict_of(finding, language))
    used = fact_used(finding, outcome.profile, language)
    return (
        f"<tr><td>{escape(criterion.text(language))}{single}{noted}</td>"
        f"{_named(words.FACT, used, language)}"
        f'<td class="pa-{tone} pa-verdict"><span aria-hidden="true">{sign}</span> {verdict}</td>'
        f"<td>{_clause(criterion.clause, citation, library, language)}</td></tr>"
    )


def _clause(clause: str | None, citation: Citation | None, library: Library, language: Language) -> str:
    headings = [part for part in citation.path if _is_heading(part)] if citation else []
    named = clause_words(clause, language)
    name = headings[-1] if headings else named or pick(words.OPEN_CLAUSE, language)
    url = address([citation], library, language) if citation else None
    if url is None:
        return escape(named or "–")
    title = f"{pick(words.OPEN_CLAUSE, language)}{pick(('：', ': '), language)}{name}"
    return f'<a class="pa-source-link" href="{escape(url)}" title="{escape(title)}">{escape(name)}</a>'


def _is_heading(part: str) -> bool:
    """Other parts of a path are the sentence that introduces a list."""
    return len(part) <= _LONGEST_HEADING and not part.rstrip().endswith(("。", "：", "；", ".", ":", ";"))


def _badge(outcome: Outcome, language: Language) -> str:
    verdict = outcome.check.verdict
    tone, sign = words.SIGNS[verdict]
    text = escape(verdict_words(verdict, language))
    return f'<span class="pa-badge pa-is-{tone}"><span aria-hidden="true">{sign}</span> {text}</span>'


def _missing(outcome: Outcome, language: Language) -> str:
    attributes = [a for n in outcome.check.missing if (a := outcome.profile.attributes.get(n))]
    if not attributes:
        return ""
    rows = "".join(
        f'<li><a href="#field-{escape(a.name)}" data-to-field>{escape(a.label(language))}</a> '
        f"<small>{escape(a.question(language))}</small></li>"
        for a in attributes
    )
    return f'<h3>{pick(words.MISSING, language)}</h3><ol class="pa-list">{rows}</ol>'


def _changes(outcome: Outcome, language: Language) -> str:
    semicolon = pick(("；", "; "), language)
    ways = [
        semicolon.join(step(change, outcome.profile, language) for change in option)
        for option in outcome.changes
        if option
    ]
    if not ways:
        return ""
    lead = f"<p>{pick(words.EITHER, language)}</p>" if len(ways) > 1 else ""
    rows = "".join(f"<li>{escape(way)}</li>" for way in ways)
    return f'<h3>{pick(words.CHANGES, language)}</h3>{lead}<ul class="pa-list">{rows}</ul>'


def _listed(heading: words.Pair, stated: Sequence[Benefit | Step], language: Language) -> str:
    if not stated:
        return ""
    rows = "".join(f"<li>{escape(each.text(language))}{_small(each, language)}</li>" for each in stated)
    return f'<h3>{pick(heading, language)}</h3><ul class="pa-list">{rows}</ul>'


def _small(each: Benefit | Step, language: Language) -> str:
    condition = each.condition(language) if isinstance(each, Benefit) else None
    single = pick(words.SINGLE, language) if each.single_source else None
    clause = clause_words(each.clause, language)
    parts = [escape(part) for part in (condition, clause, single) if part]
    return f" <small>{' · '.join(parts)}</small>" if parts else ""


def _named(name: words.Pair, text: str, language: Language) -> str:
    """A cell that says what it holds where a narrow screen leaves out the heads of the table."""
    return f'<td data-name="{pick(name, language)}">{escape(text)}</td>'


def _subject(outcome: Outcome, language: Language) -> str:
    """Who is assessed, where it is not an enterprise."""
    subject = words.SUBJECTS.get(outcome.check.scheme.subject)
    return f"<br><small>{pick(subject, language)}</small>" if subject else ""


def _first(stated: Sequence[Benefit | Step], language: Language) -> str:
    return stated[0].text(language) if stated else ""


def _reports(language: Language) -> str:
    name = pick(words.FILE, language)
    buttons = "".join(
        f'<button class="pa-act" formaction="{ADDRESS}/report.{kind}?lang={language}" '
        f'data-save="{name}.{kind}">'
        f"{pick(label, language)}</button>"
        for kind, label in (("md", words.REPORT_MD), ("docx", words.REPORT_DOCX))
    )
    return f'<div class="pa-actions">{buttons}</div><p class="pa-note">{pick(words.DISCLAIMER, language)}</p>'
