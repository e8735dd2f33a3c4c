"""Read `corpus/rules/attributes.yaml`: what can be asked of an enterprise, and the topics it falls under.

Every mistake is reported with file, line and field. The shape is described in `corpus/rules/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute, AttributeKind, Choice, PointsTable, Topic
from assistant.eligibility.located import Located, load
from assistant.errors import CorpusError

#: Which units go with which kind of value.
UNITS: Mapping[AttributeKind, tuple[str, ...]] = {
    AttributeKind.MONEY: ("CNY", "CNY_per_month"),
    AttributeKind.MONEY_USD: ("USD",),
    AttributeKind.PERCENT: ("percent",),
    AttributeKind.COUNT: ("persons", "count", "days", "per_year", "rank"),
    AttributeKind.NUMBER: ("years", "points", "m2", "times"),
    AttributeKind.YES_NO: ("bool",),
    AttributeKind.DATE: ("date",),
    AttributeKind.CHOICE: ("enum",),
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every attribute by name and every topic by id; ``ignored`` words name things that tell no value."""

    attributes: Mapping[str, Attribute]
    topics: Mapping[str, Topic]
    ignored_zh: tuple[str, ...] = ()
    ignored_en: tuple[str, ...] = ()
    series: tuple[tuple[str, ...], ...] = ()  # the same thing last year, the year before, ...


def read_attributes(path: Path) -> Catalogue:
    """The catalogue in ``path``. Raises `CorpusError`."""
    root = load(path)
    topics = {topic.id: topic for topic in map(_topic, root.items("topics", required=False))}
    attributes: dict[str, Attribute] = {}
    for source in root.items("attributes"):
        attribute = _attribute(source)
        if attribute.name in attributes:
            raise source.error("name", f"“{attribute.name}”重复", f"{attribute.name!r} is used twice")
        for topic in attribute.topics:
            if topic not in topics:
                raise source.error("topics", f"没有主题 {topic}", f"no topic {topic!r}")
        attributes[attribute.name] = attribute
    for source, attribute in zip(root.items("attributes"), attributes.values(), strict=True):
        _check_references(source, attribute, attributes)
    series = tuple(tuple(map(str, item.scalar)) for item in root.items("series", required=False))
    for name in (name for names in series for name in names):
        if name not in attributes:
            raise unknown_attribute(root, "series", name)
    ignored = (tuple(root.texts("ignored_zh")), tuple(root.texts("ignored_en")))
    return Catalogue(attributes, topics, *ignored, series)


def _topic(source: Located) -> Topic:
    return Topic(
        id=source.text("id"),
        label_zh=source.text("label_zh"),
        label_en=source.text("label_en"),
        words_zh=tuple(source.texts("words_zh")),
        words_en=tuple(source.texts("words_en")),
    )


def _attribute(source: Located) -> Attribute:
    kind = AttributeKind(source.choice("kind", [kind.value for kind in AttributeKind]))
    return Attribute(
        name=source.text("name"),
        kind=kind,
        unit=source.choice("unit", UNITS[kind]),
        label_zh=source.text("label_zh"),
        label_en=source.text("label_en"),
        question_zh=source.text("question_zh"),
        question_en=source.text("question_en"),
        topics=tuple(source.texts("topics")),
        counter_zh=source.optional("counter_zh") or "",
        help_zh=source.optional("help_zh"),
        help_en=source.optional("help_en"),
        formulas=_formulas(source),
        any_of=tuple(source.texts("any_of")),
        part_of=source.optional("part_of"),
        share_of=source.optional("share_of"),
        hint=source.optional("hint"),
        asked=source.flag("asked"),
        points=tuple(map(_points, source.items("points", required=False))),
        choices=tuple(map(_choice, source.items("choices", required=False))),
        low=source.number_or_none("low"),
        high=source.number_or_none("high"),
        words_zh=tuple(source.texts("words_zh")),
        words_en=tuple(source.texts("words_en")),
        denied_zh=tuple(source.texts("denied_zh")),
        denied_en=tuple(source.texts("denied_en")),
    )


def _formulas(source: Located) -> tuple[str, ...]:
    formulas = tuple(source.texts("formulas"))
    for text in formulas:
        check_formula(source, "formulas", text)
    return formulas


def check_formula(source: Located, field: str, text: str) -> None:
    """Raises `CorpusError` where ``text`` is no formula."""
    try:
        formula.names(text)
    except formula.FormulaError as error:
        raise source.error(field, f"公式有误：{text}", str(error)) from error


def _points(table: Located) -> PointsTable:
    steps = tuple((step.number("at_least"), step.number("points")) for step in table.items("steps"))
    if list(steps) != sorted(steps, reverse=True):
        raise table.error("steps", "档次应从高到低排列", "the steps must go from high to low")
    return PointsTable(
        table.text("by"),
        steps,
        table.optional("text_zh") or "",
        table.optional("text_en") or "",
        table.optional("clause"),
    )


def _choice(source: Located) -> Choice:
    return Choice(
        id=source.text("id"),
        label_zh=source.text("label_zh"),
        label_en=source.text("label_en"),
        words_zh=tuple(source.texts("words_zh")),
        words_en=tuple(source.texts("words_en")),
    )


def _check_references(source: Located, attribute: Attribute, known: Mapping[str, Attribute]) -> None:
    named = {
        "formulas": attribute.inputs,
        "any_of": attribute.any_of,
        "part_of": (attribute.part_of,) if attribute.part_of else (),
        "share_of": (attribute.share_of,) if attribute.share_of else (),
        "hint": (attribute.hint,) if attribute.hint else (),
    }
    for field, names in named.items():
        for name in names:
            if name not in known:
                raise unknown_attribute(source, field if source.has(field) else "points", name)


def unknown_attribute(source: Located, field: str, name: str) -> CorpusError:
    """The error for an attribute that is not in the catalogue."""
    return source.error(
        field, f"属性 {name} 未在 attributes.yaml 中定义", f"{name} is not in attributes.yaml"
    )
