"""Read `corpus/rules/`: one scheme per file, and `attributes.yaml` for what is asked of an enterprise.

Every mistake is reported with file, line and field; nothing is guessed. The shape of a rule file is
described in `corpus/rules/README.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.attributes import (
    Catalogue,
    check_formula,
    read_attributes,
    unknown_attribute,
)
from assistant.eligibility.located import Located, load
from assistant.eligibility.logic import choosers, criteria_of
from assistant.eligibility.model import (
    COMPARATORS,
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Benefit,
    Criterion,
    Former,
    Node,
    Scheme,
    Step,
    Value,
    Version,
    When,
)
from assistant.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Every scheme by id, and the catalogue of attributes."""

    schemes: Mapping[str, Scheme]
    catalogue: Catalogue

    @property
    def attributes(self) -> Mapping[str, Attribute]:
        """Every attribute by name."""
        return self.catalogue.attributes


def load_rulebook(folder: Path) -> Rulebook:
    """The rules under ``folder``; an absent folder is an empty rulebook. Raises `CorpusError`."""
    if not folder.is_dir():
        return Rulebook({}, Catalogue({}, {}))
    catalogue = read_attributes(folder / "attributes.yaml")
    schemes: dict[str, Scheme] = {}
    for path in scheme_files(folder):
        scheme = read_scheme(path, catalogue.attributes)
        if scheme.id in schemes:
            raise load(path).error("scheme", f"“{scheme.id}”重复", f"{scheme.id!r} is used twice")
        schemes[scheme.id] = scheme
    return Rulebook(schemes, catalogue)


def scheme_files(folder: Path) -> list[Path]:
    """The rule files of a folder: everything but the catalogue of attributes."""
    return [path for path in sorted(folder.glob("*.yaml")) if path.name != "attributes.yaml"]


def read_scheme(path: Path, attributes: Mapping[str, Attribute]) -> Scheme:
    """One rule file. Raises `CorpusError` with file, line and field."""
    source = load(path)
    scheme = _scheme(source)
    _check_attributes(scheme, attributes, source)
    return scheme


def _check_attributes(scheme: Scheme, attributes: Mapping[str, Attribute], source: Located) -> None:
    for version, of_version in zip(source.items("versions"), scheme.versions, strict=True):
        for criterion in version.items("criteria"):
            if criterion.text("attribute") not in attributes:
                raise unknown_attribute(criterion, "attribute", criterion.text("attribute"))
        for name in choosers(of_version.requires):
            if name not in attributes:
                raise unknown_attribute(version, "requires", name)
        for benefit in version.items("benefits", required=False):
            for name in formula.names(benefit.optional("formula") or "0"):
                if name not in attributes:
                    raise unknown_attribute(benefit, "formula", name)
    for key, named in (("gives", scheme.gives), ("dated_by", scheme.dated_by)):
        if named is not None and named not in attributes:
            raise unknown_attribute(source, key, named)


def _scheme(source: Located) -> Scheme:
    return Scheme(
        id=source.text("scheme"),
        name_zh=source.text("name_zh"),
        name_en=source.text("name_en"),
        subject=source.optional("subject") or "enterprise",
        aliases=tuple(source.texts("aliases")),
        excludes=tuple(source.texts("excludes")),
        otherwise=tuple(source.texts("otherwise")),
        gives=source.optional("gives"),
        successor=source.optional("successor"),
        dated_by=source.optional("dated_by"),
        versions=tuple(_version(version) for version in source.items("versions")),
    )


def _version(source: Located) -> Version:
    criteria = {criterion.id: criterion for criterion in map(_criterion, source.items("criteria"))}
    requires = _node(source.child("requires"), criteria)
    unused = set(criteria) - {criterion.id for criterion in criteria_of(requires)}
    if unused:
        names = ", ".join(sorted(unused))
        raise source.error("requires", f"条件 {names} 从未用到", f"criteria never required: {names}")
    for key in ("valid_from", "valid_until"):
        source.partial_date(key)
    return Version(
        instrument=source.text("instrument"),
        requires=requires,
        criteria=tuple(criteria.values()),
        valid_from=source.partial_date("valid_from"),
        valid_until=source.partial_date("valid_until"),
        confidence=source.optional("confidence"),
        benefits=tuple(_benefit(benefit) for benefit in source.items("benefits", required=False)),
        procedure=tuple(
            Step(s.text("text_zh"), s.text("text_en"), s.optional("clause"), s.flag("single_source"))
            for s in source.items("procedure", required=False)
        ),
        caution_zh=source.optional("caution_zh"),
        caution_en=source.optional("caution_en"),
        partial=source.flag("partial"),
    )


def _benefit(source: Located) -> Benefit:
    return Benefit(
        id=source.text("id"),
        text_zh=source.text("text_zh"),
        text_en=source.text("text_en"),
        value=source.number_or_none("value"),
        unit=source.optional("unit"),
        condition_zh=source.optional("condition_zh"),
        condition_en=source.optional("condition_en"),
        clause=source.optional("clause"),
        single_source=source.flag("single_source"),
        instrument=source.optional("instrument"),
        formula=_formula(source),
        measure_zh=source.optional("measure_zh"),
        measure_en=source.optional("measure_en"),
    )


def _formula(source: Located) -> str | None:
    text = source.optional("formula")
    if text is not None:
        check_formula(source, "formula", text)
        for key in ("measure_zh", "measure_en"):
            source.text(key)
    return text


def _criterion(source: Located) -> Criterion:
    comparator = source.choice("comparator", COMPARATORS)
    return Criterion(
        id=source.text("id"),
        attribute=source.text("attribute"),
        comparator=next(c for c in COMPARATORS if c == comparator),
        threshold=_threshold(source),
        unit=source.text("unit"),
        text_zh=source.text("text_zh"),
        text_en=source.text("text_en"),
        clause=source.optional("clause"),
        single_source=source.flag("single_source"),
        note_zh=source.optional("note_zh"),
        note_en=source.optional("note_en"),
        former=tuple(map(_former, source.items("former", required=False))),
    )


def _former(source: Located) -> Former:
    return Former(
        source.number("threshold"),
        source.partial_date("until"),
        source.text("text_zh"),
        source.text("text_en"),
        source.optional("clause"),
    )


def _threshold(source: Located) -> Value | tuple[Value, ...]:
    raw = source.value("threshold")
    if isinstance(raw, list):
        return tuple(_value(source, item) for item in raw)
    return _value(source, raw)


def _value(source: Located, raw: object) -> Value:
    """A YAML scalar as a `Value`; a quoted ISO date becomes a date."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float):
        return Decimal(str(raw))
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return raw
    raise source.error("threshold", f"不能作为门槛：{raw!r}", f"cannot be a threshold: {raw!r}")


def _node(raw: object, criteria: Mapping[str, Criterion]) -> Node:
    """One node of ``requires``: a criterion's id, or a mapping with a single known key."""
    source = raw if isinstance(raw, Located) else None
    if source is None or source.is_scalar:
        return _named(source, criteria)
    key = source.only_key(("all", "any", "at_least", "bands", "when"))
    if key == "all":
        return AllOf(_parts(source.items("all"), criteria))
    if key == "any":
        return AnyOf(_parts(source.items("any"), criteria))
    inner = source.child(key)
    if key == "at_least":
        return AtLeast(int(inner.number("count")), _parts(inner.items("of"), criteria))
    if key == "bands":
        return Bands(inner.text("by"), tuple(_band(band, criteria) for band in inner.items("of")))
    values = tuple(_value(inner, item) for item in inner.values("values"))
    return When(inner.text("attribute"), values, _node(inner.child("then"), criteria))


def _named(source: Located | None, criteria: Mapping[str, Criterion]) -> Criterion:
    if source is None:
        raise CorpusError(zh="规则里缺少条件。", en="A rule lacks a criterion.")
    name = str(source.scalar)
    if name not in criteria:
        raise source.error(None, f"没有名为 {name} 的条件", f"there is no criterion {name!r}")
    return criteria[name]


def _parts(parts: Sequence[Located], criteria: Mapping[str, Criterion]) -> tuple[Node, ...]:
    return tuple(_node(part, criteria) for part in parts)


def _band(source: Located, criteria: Mapping[str, Criterion]) -> Band:
    """Bounds are written as the clause says: at_least / more_than, at_most / less_than."""
    low, high = source.number_or_none("at_least"), source.number_or_none("at_most")
    return Band(
        part=_node(source.child("then"), criteria),
        low=low if low is not None else source.number_or_none("more_than"),
        low_inclusive=low is not None,
        high=high if high is not None else source.number_or_none("less_than"),
        high_inclusive=high is not None,
    )
