"""Find what is wrong with rule files before anybody relies on them.

Beyond the schema (read by `rulebook`): units against attributes, spans of validity, bands without gaps,
references that resolve to a clause of the corpus in both languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Literal

from assistant.domain import LANGUAGES, Language, ValidityStatus
from assistant.eligibility import formula
from assistant.eligibility.attribute import Attribute, AttributeKind
from assistant.eligibility.attributes import Catalogue, read_attributes
from assistant.eligibility.clauses import Clauses
from assistant.eligibility.located import Located, load
from assistant.eligibility.logic import choosers, criteria_of
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Criterion,
    Node,
    Scheme,
    Version,
    When,
)
from assistant.eligibility.rulebook import read_scheme, scheme_files
from assistant.errors import CorpusError
from assistant.ports import Library
from assistant.validity import first_day, last_day

_ORDERED = ("gte", "gt", "lte", "lt")
_FITTING: Mapping[AttributeKind, tuple[str, ...]] = {
    AttributeKind.MONEY: _ORDERED,
    AttributeKind.MONEY_USD: _ORDERED,
    AttributeKind.PERCENT: _ORDERED,
    AttributeKind.COUNT: _ORDERED,
    AttributeKind.NUMBER: _ORDERED,
    AttributeKind.DATE: ("after", "before", *_ORDERED),
    AttributeKind.YES_NO: ("is",),
    AttributeKind.CHOICE: ("is", "in"),
}
_DOUBTFUL = (
    ValidityStatus.UNKNOWN,
    ValidityStatus.HISTORICAL,
    ValidityStatus.EXPIRED,
    ValidityStatus.SUPERSEDED,
    ValidityStatus.WINDOW_CLOSED,
    ValidityStatus.DRAFT,
)


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong (``error``) or doubtful (``warning``) at a place in a file."""

    level: Literal["error", "warning"]
    path: str
    line: int
    zh: str
    en: str

    def text(self, language: Language) -> str:
        """``file:line: what``."""
        return f"{self.path}:{self.line}: {self.zh if language == 'zh' else self.en}"


def lint(folder: Path, library: Library) -> list[Issue]:
    """Everything wrong with the rules under ``folder``, file by file."""
    try:
        catalogue = read_attributes(folder / "attributes.yaml")
    except CorpusError as error:
        return [Issue("error", str(folder / "attributes.yaml"), 1, error.zh, error.en)]
    issues: list[Issue] = []
    schemes: list[Scheme] = []
    for path in scheme_files(folder):
        try:
            scheme = read_scheme(path, catalogue.attributes)
        except CorpusError as error:
            issues.append(Issue("error", str(path), 1, error.zh, error.en))
            continue
        schemes.append(scheme)
        issues += _Linter(path, load(path), scheme, catalogue, library).issues()
    issues += _across(folder, schemes, catalogue)
    return issues


@dataclass(frozen=True)
class _Linter:
    path: Path
    source: Located
    scheme: Scheme
    catalogue: Catalogue
    library: Library

    def issues(self) -> list[Issue]:
        found = list(self._times())
        clauses = Clauses(self.library)
        for source, version in zip(self.source.items("versions"), self.scheme.versions, strict=True):
            found += self._version(source, version)
            for place, criterion in zip(source.items("criteria"), version.criteria, strict=True):
                found += self._criterion(place, criterion)
                found += self._clause(place, version, criterion, clauses)
        return found

    def _at(self, place: Located, zh: str, en: str, level: Literal["error", "warning"] = "error") -> Issue:
        return Issue(level, str(self.path), place.node.start_mark.line + 1, zh, en)

    # --- time ---

    def _times(self) -> Iterator[Issue]:
        spans = []
        for place, version in zip(self.source.items("versions"), self.scheme.versions, strict=True):
            start = first_day(version.valid_from) if version.valid_from else date.min
            end = last_day(version.valid_until) if version.valid_until else date.max
            if start > end:
                yield self._at(place, "有效期的开始晚于结束", "it begins after it ends")
            spans.append((start, end, place))
        spans.sort(key=lambda span: span[0])
        for (_, end, _), (start, _, place) in pairwise(spans):
            if start <= end:
                yield self._at(
                    place, f"与上一版本在{start}重叠", f"overlaps the version before it on {start}"
                )
            elif end < date.max and start > end + timedelta(days=1):
                zh, en = f"{end}与{start}之间没有规则", f"no rule between {end} and {start}"
                yield self._at(place, zh, en, "warning")

    # --- a version ---

    def _version(self, place: Located, version: Version) -> Iterator[Issue]:
        instrument = self.library.instrument(version.instrument)
        if instrument is None:
            zh, en = f"语料中没有文件 {version.instrument}", f"the corpus has no {version.instrument}"
            yield self._at(place, zh, en)
        elif instrument.status in _DOUBTFUL and not (version.caution_zh and version.caution_en):
            zh = f"文件状态为 {instrument.status}，应写明 caution_zh 和 caution_en"
            yield self._at(
                place, zh, f"its instrument is {instrument.status}: say so in caution_zh and caution_en"
            )
        counts = Counter(c.id for c in version.criteria)
        for name in (name for name, count in counts.items() if count > 1):
            yield self._at(place, f"条件 {name} 写了两次", f"the criterion {name} is written twice")
        required = Counter(c.id for c in criteria_of(version.requires))
        for name in (name for name, count in required.items() if count > 1):
            yield self._at(
                place, f"条件 {name} 要求了两次", f"the criterion {name} is required twice", "warning"
            )
        yield from self._node(place, version.requires)

    def _node(self, place: Located, node: Node) -> Iterator[Issue]:
        match node:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    yield from self._node(place, part)
            case AtLeast(count, parts):
                if not 1 <= count <= len(parts):
                    zh, en = f"{len(parts)} 项中无法要求 {count} 项", f"{count} of {len(parts)} cannot be met"
                    yield self._at(place, zh, en)
                for part in parts:
                    yield from self._node(place, part)
            case Bands(by, bands):
                yield from self._bands(place, by, bands)
                for band in bands:
                    yield from self._node(place, band.part)
            case When(name, values, part):
                yield from self._cases(place, self.catalogue.attributes[name], values)
                yield from self._node(place, part)

    def _cases(self, place: Located, attribute: Attribute, values: tuple[object, ...]) -> Iterator[Issue]:
        possible: tuple[object, ...] = (True, False)
        if attribute.kind is AttributeKind.CHOICE:
            possible = tuple(choice.id for choice in attribute.choices)
        for value in values:
            if value not in possible:
                zh, en = f"{attribute.name} 不可能是 {value}", f"{attribute.name} can never be {value}"
                yield self._at(place, zh, en)

    def _bands(self, place: Located, by: str, bands: tuple[Band, ...]) -> Iterator[Issue]:
        ordered = sorted(bands, key=lambda b: b.low if b.low is not None else Decimal("-Infinity"))
        for lower, upper in pairwise(ordered):
            meet = lower.high is not None and lower.high == upper.low
            if meet and lower.high_inclusive and upper.low_inclusive:
                zh, en = f"{by} 的两档都含 {lower.high}", f"two bands of {by} hold {lower.high}"
                yield self._at(place, zh, en)
            elif meet and not lower.high_inclusive and not upper.low_inclusive:
                zh, en = f"{by} 的各档都不含 {lower.high}", f"no band of {by} holds {lower.high}"
                yield self._at(place, zh, en)
            elif lower.high is None or (upper.low is None) or lower.high > upper.low:
                yield self._at(place, f"{by} 的各档重叠", f"the bands of {by} overlap")
            elif not meet:
                zh, en = f"{by} 的各档之间有空档", f"there is a gap between the bands of {by}"
                yield self._at(place, zh, en)

    # --- a criterion ---

    def _criterion(self, place: Located, criterion: Criterion) -> Iterator[Issue]:
        attribute = self.catalogue.attributes[criterion.attribute]
        if criterion.unit != attribute.unit:
            zh = f"单位 {criterion.unit} 与属性 {attribute.name} 的单位 {attribute.unit} 不同"
            yield self._at(place, zh, f"unit {criterion.unit}, but {attribute.name} has {attribute.unit}")
        if criterion.comparator not in _FITTING[attribute.kind]:
            zh = f"{attribute.kind} 不能用 {criterion.comparator} 比较"
            yield self._at(place, zh, f"a {attribute.kind} cannot be compared with {criterion.comparator}")
        yield from self._threshold(place, criterion, attribute)
        if criterion.text_zh.isascii() or not criterion.text_en.isascii():
            yield self._at(
                place, "text_zh 应为中文，text_en 应为英文", "text_zh or text_en is in the wrong language"
            )
        if criterion.text_zh.endswith(("？", "?")) or criterion.text_en.endswith("?"):
            yield self._at(place, "条件应写成陈述句", "a condition is a statement, not a question")

    def _threshold(self, place: Located, criterion: Criterion, attribute: Attribute) -> Iterator[Issue]:
        thresholds = criterion.threshold if isinstance(criterion.threshold, tuple) else (criterion.threshold,)
        for value in thresholds:
            if not _is_value(value, attribute):
                zh = f"门槛 {value} 不是 {attribute.name} 的值"
                yield self._at(place, zh, f"the threshold {value} is no value of {attribute.name}")
            elif isinstance(value, Decimal) and not _is_reachable(value, criterion, attribute):
                zh = f"{attribute.name} 的值都达不到或都能达到 {value}"
                yield self._at(place, zh, f"no value of {attribute.name}, or every one, passes {value}")

    def _clause(
        self, place: Located, version: Version, criterion: Criterion, clauses: Clauses
    ) -> Iterator[Issue]:
        if self.library.instrument(version.instrument) is None:
            return
        threshold = None if isinstance(criterion.threshold, tuple) else criterion.threshold
        documents = self.library.documents(version.instrument)
        if criterion.clause and not any(clauses.resolves(d, criterion.clause) for d in documents):
            zh, en = f"文中没有 {criterion.clause}", f"the text has no {criterion.clause}"
            yield self._at(place, zh, en)
        for language in LANGUAGES:
            name = self.scheme.name(language)
            found = clauses.cite(
                version.instrument, criterion, language, threshold=threshold, unit=criterion.unit, under=name
            )
            document = self.library.document(found.document_id) if found else None
            if document is None or document.language != language:
                zh = f"{version.instrument} 的{'中文' if language == 'zh' else '英文'}文本中没有对应的句子"
                yield self._at(place, zh, f"no sentence of {version.instrument} ({language}) states it")


def _is_value(value: object, attribute: Attribute) -> bool:
    match attribute.kind:
        case AttributeKind.YES_NO:
            return isinstance(value, bool)
        case AttributeKind.DATE:
            return isinstance(value, date)
        case AttributeKind.CHOICE:
            return value in [choice.id for choice in attribute.choices]
    return isinstance(value, Decimal)


def _is_reachable(value: Decimal, criterion: Criterion, attribute: Attribute) -> bool:
    """Can the condition both be met and failed within what is plausible?"""
    low, high = attribute.low, attribute.high
    match criterion.comparator:
        case "gte":
            return (high is None or high >= value) and (low is None or low < value)
        case "gt":
            return (high is None or high > value) and (low is None or low <= value)
        case "lte":
            return (low is None or low <= value) and (high is None or high > value)
        case _:
            return (low is None or low < value) and (high is None or high >= value)


def _across(folder: Path, schemes: list[Scheme], catalogue: Catalogue) -> Iterator[Issue]:
    """What only shows when all files are seen together."""
    known = {scheme.id for scheme in schemes}
    for scheme in schemes:
        path = str(folder / f"{scheme.id}.yaml")
        for field, named in (("excludes", scheme.excludes), ("otherwise", scheme.otherwise)):
            for other in (name for name in named if name not in known):
                yield Issue(
                    "error", path, 1, f"{field} 中没有政策 {other}", f"{field} names no scheme {other}"
                )
    used: set[str] = set()
    wanted = [c.attribute for s in schemes for v in s.versions for c in v.criteria]
    wanted += [name for s in schemes for v in s.versions for name in choosers(v.requires)]
    worked_out = [b.formula for s in schemes for v in s.versions for b in v.benefits if b.formula]
    wanted += [name for text in worked_out for name in formula.names(text)]
    wanted += [name for s in schemes for name in (s.gives, s.dated_by) if name]
    while wanted:
        name = wanted.pop()
        if name in used:
            continue
        used.add(name)
        attribute = catalogue.attributes[name]
        related = (attribute.hint, attribute.part_of, attribute.share_of)
        wanted += [*attribute.inputs, *filter(None, related)]
    for name in catalogue.attributes:
        if name not in used:
            path = str(folder / "attributes.yaml")
            yield Issue("warning", path, 1, f"属性 {name} 没有用到", f"the attribute {name} is not used")
