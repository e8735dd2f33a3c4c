"""The form as the reader sees it: which scheme, which day, and a field per fact, each with its help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from html import escape

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.rulebook import Rulebook
from assistant.presentation import pick
from assistant.web import check_words as words
from assistant.web.check_form import ALL, PREFIX, Filled, asked
from assistant.web.exchange import Problem

ADDRESS = "/eligibility"
#: So many topics are open at first where the form asks for all schemes.
_OPEN_TOPICS = 4


def form_html(filled: Filled, rulebook: Rulebook, result: str, language: Language) -> str:
    """The whole tab. After a check ``result`` stands under the fields, and is renewed with the language."""
    plain, computed = asked(filled.scheme, rulebook)
    keep = "[data-redraws]" if not result else "[data-checks]"
    is_open = " open" if any(a.name in filled.written for a in computed) else ""
    direct = (
        f'<details class="pa-computed"{is_open}><summary>{pick(words.COMPUTED, language)}</summary>'
        f'<div class="pa-fields">{_fields(computed, filled, language)}</div></details>'
    )
    return (
        f'<form class="pa-form pa-check" method="post" action="{ADDRESS}/check?lang={language}" '
        f'data-keep="{keep}" enctype="multipart/form-data">'
        f'<p class="pa-lead">{pick(words.INTRO, language)}</p>'
        f"{''.join(_problem(problem, language) for problem in filled.general)}"
        f"{_head(filled, rulebook, language)}"
        f"{_grouped(plain, filled, rulebook, language)}"
        f"{direct if computed else ''}{_buttons(language)}"
        f'<div class="pa-result" tabindex="-1">{result}</div></form>'
    )


def _head(filled: Filled, rulebook: Rulebook, language: Language) -> str:
    chosen = filled.scheme.id if filled.scheme else ALL
    options = [(ALL, pick(words.ALL, language))]
    options += [(scheme.id, scheme.name(language)) for scheme in rulebook.schemes.values()]
    listed = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == chosen)}>{escape(name)}</option>'
        for value, name in options
    )
    return (
        f'<div class="pa-check-head"><label><span>{pick(words.SCHEME, language)}</span>'
        f'<select name="scheme" data-redraw>{listed}</select></label>'
        f"<label><span>{pick(words.ON, language)}</span>"
        f'<input type="date" name="on" value="{filled.on.isoformat()}"></label></div>'
    )


def _buttons(language: Language) -> str:
    return (
        '<div class="pa-actions">'
        f'<button class="pa-act pa-first" data-checks>{pick(words.CHECK, language)}</button>'
        f'<button class="pa-act" formaction="{ADDRESS}/profile?lang={language}" data-save="profile.json">'
        f"{pick(words.SAVE, language)}</button>"
        f'<label class="pa-act">{pick(words.LOAD, language)}<input type="file" name="profile" '
        f'accept=".json,application/json" class="pa-visually-hidden" data-redraw></label>'
        f'<a class="pa-act" data-clears href="{ADDRESS}?lang={language}">{pick(words.CLEAR, language)}</a>'
        f'<button hidden data-redraws formaction="{ADDRESS}/form?lang={language}"></button></div>'
    )


def _grouped(plain: Iterable[Attribute], filled: Filled, rulebook: Rulebook, language: Language) -> str:
    """Fields under their first topic, in the order of the catalogue.

    For all schemes at once they are many: each topic folds, and those that most schemes ask about are open.
    """
    groups: dict[str, list[Attribute]] = {topic: [] for topic in rulebook.catalogue.topics}
    for attribute in plain:
        groups.setdefault(_topic(attribute), []).append(attribute)
    if filled.scheme is not None:
        fields = "".join(_fields(group, filled, language) for group in groups.values())
        return f'<div class="pa-fields">{fields}</div>'
    schemes = rulebook.schemes.values()
    asks = Counter(topic for scheme in schemes for topic in {_topic(a) for a in asked(scheme, rulebook)[0]})
    often = {topic for topic, _ in asks.most_common(_OPEN_TOPICS)}
    return "".join(
        _topic_html(topic, group, topic in often, filled, rulebook, language)
        for topic, group in groups.items()
        if group
    )


def _topic(attribute: Attribute) -> str:
    return attribute.topics[0] if attribute.topics else ""


def _topic_html(
    topic: str,
    group: Collection[Attribute],
    often: bool,
    filled: Filled,
    rulebook: Rulebook,
    language: Language,
) -> str:
    held = rulebook.catalogue.topics.get(topic)
    name = held.label(language) if held else pick(words.OTHER, language)
    is_open = " open" if often or any(a.name in filled.written for a in group) else ""
    return (
        f'<details class="pa-topic"{is_open}><summary>{escape(name)} <small>{len(group)}</small></summary>'
        f'<div class="pa-fields">{_fields(group, filled, language)}</div></details>'
    )


def _fields(attributes: Iterable[Attribute], filled: Filled, language: Language) -> str:
    return "".join(_field(attribute, filled, language) for attribute in attributes)


def _field(attribute: Attribute, filled: Filled, language: Language) -> str:
    name, problem = escape(attribute.name), filled.problems.get(attribute.name)
    written = filled.written.get(attribute.name, "")
    unit = words.UNITS.get(attribute.unit)
    small = f" <small>{pick(unit, language)}</small>" if unit else ""
    help_text = " ".join(filter(None, (attribute.question(language), attribute.explanation(language))))
    wrong = f' aria-invalid="true" aria-errormessage="wrong-{name}"' if problem else ""
    common = f'name="{PREFIX}{name}" id="field-{name}" aria-describedby="help-{name}"{wrong}'
    told = (
        f'<p class="pa-wrong" id="wrong-{name}">{escape(problem.localized(language))}</p>' if problem else ""
    )
    return (
        f'<div class="pa-field"><label for="field-{name}">{escape(attribute.label(language))}{small}</label>'
        f"{_input(attribute, common, written, language)}{told}"
        f'<p class="pa-help" id="help-{name}">{escape(help_text)}</p></div>'
    )


def _input(attribute: Attribute, common: str, written: str, language: Language) -> str:
    if attribute.kind is AttributeKind.YES_NO:
        choices = [("yes", pick(words.YES, language)), ("no", pick(words.NO, language))]
    elif attribute.kind is AttributeKind.CHOICE:
        choices = [(choice.id, choice.label(language)) for choice in attribute.choices]
    else:
        example = escape(pick(words.EXAMPLES[attribute.kind], language))
        value = f'value="{escape(written)}" placeholder="{example}"'
        return f'<input type="text" {common} {value} autocomplete="off">'
    if written and written not in dict(choices):  # as a saved profile may say it
        choices.append((written, written))
    options = "".join(
        f'<option value="{escape(value)}"{" selected" * (value == written)}>{escape(label)}</option>'
        for value, label in (("", pick(words.UNANSWERED, language)), *choices)
    )
    return f"<select {common}>{options}</select>"


def _problem(problem: Problem, language: Language) -> str:
    return f'<p class="pa-problem" role="alert">{escape(problem.localized(language))}</p>'
