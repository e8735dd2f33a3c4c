"""One line for each condition that the told facts touch: the value, what is required, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.check import Check, Finding
from assistant.eligibility.interval import Interval
from assistant.eligibility.logic import chosen, criteria_of, decide
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Criterion,
    Node,
    Verdict,
    When,
)
from assistant.eligibility.phrases import band_words, compared, demand, shown, working
from assistant.eligibility.profile import Known, Profile

_MARKS = {Verdict.MET: "✓", Verdict.NOT_MET: "✗", Verdict.UNKNOWN: "?"}
_OUTCOME_ZH = {Verdict.MET: "达到要求", Verdict.NOT_MET: "不达标", Verdict.UNKNOWN: "还不能确定"}
_OUTCOME_EN = {Verdict.MET: "met", Verdict.NOT_MET: "not met", Verdict.UNKNOWN: "cannot tell yet"}
#: A condition longer than this says more than its name and its threshold, and is worth quoting.
_LONG_ZH, _LONG_EN = 30, 90


@dataclass(frozen=True, slots=True)
class Line:
    """A condition as it came out; ``name`` is short, for the conclusion."""

    text: str
    verdict: Verdict
    criteria: tuple[Criterion, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Writes the lines of one check."""

    check: Check
    profile: Profile
    language: Language
    findings: Mapping[str, Finding]
    explain: bool = False  # quote the rule beside every outcome

    @classmethod
    def of(cls, check: Check, profile: Profile, language: Language, *, explain: bool = False) -> Lines:
        """For ``check`` of ``profile``."""
        return cls(check, profile, language, {f.criterion.id: f for f in check.findings}, explain)

    def write(self, node: Node) -> list[Line]:
        """The lines of ``node``, in its order, without what nothing was told about."""
        return list(self._lines(node))

    def touched(self, criterion: Criterion) -> bool:
        """Was anything told that bears on it?"""
        finding = self.findings.get(criterion.id)
        return finding is not None and (self._bears(finding) or self._hint(criterion) is not None)

    # --- nodes ---

    def _lines(self, node: Node) -> Iterator[Line]:
        match node:
            case Criterion():
                if self.touched(node):
                    yield self._single(node)
            case AllOf(parts):
                for part in parts:
                    yield from self._lines(part)
            case AnyOf(parts):
                yield from self._alternatives(node, parts, 1)
            case AtLeast(count, parts):
                yield from self._alternatives(node, parts, count)
            case Bands():
                yield from self._banded(node)
            case When(attribute, values, part):
                yield from self._conditional(attribute, values, part)

    def _alternatives(self, node: Node, parts: tuple[Node, ...], count: int) -> Iterator[Line]:
        of_parts = [found for part in parts if (found := self.write(part))]
        lines = [line for found in of_parts for line in found]
        if not lines:
            return
        verdict = decide(node, lambda c: self.findings[c.id].verdict, self.profile.value)
        if len(of_parts) == 1 and (len(lines) > 1 or verdict is Verdict.MET):
            yield from lines
            return
        criteria = tuple(dict.fromkeys(c for line in lines for c in line.criteria))
        bare = [line.text.removeprefix(f"{_MARKS[line.verdict]} ").rstrip("。.") for line in lines]
        text = self._joined(bare, lines, verdict, count, complete=len(lines) == len(parts))
        yield Line(f"{_MARKS[verdict]} {text}", verdict, criteria, lines[0].name)

    def _joined(
        self, bare: list[str], lines: list[Line], verdict: Verdict, count: int, *, complete: bool
    ) -> str:
        zh = self.language == "zh"
        number = len(lines)
        if zh:
            rule = "满足其一即可" if count == 1 else f"满足其中{count}项即可"
            rest = "" if complete else "，其余可以替代的条件尚无信息"
            end = {
                Verdict.MET: f"可以互相替代，{rule}，这项条件满足",
                Verdict.NOT_MET: f"{rule}，但{_COUNT_ZH.get(number, '几')}个条件都不满足",
                Verdict.UNKNOWN: f"{rule}{rest}，还不能确定",
            }[verdict]
            return f"{'；'.join(bare)}。{end}。"
        rule = "either is enough" if count == 1 else f"{count} of them are enough"
        rest = "" if complete else "; nothing was told about the other ways"
        end = {
            Verdict.MET: f"One may stand in for the other, {rule}: this condition is met",
            Verdict.NOT_MET: f"{rule[0].upper()}{rule[1:]}, but none is met",
            Verdict.UNKNOWN: f"{rule[0].upper()}{rule[1:]}{rest}, so this cannot be told yet",
        }[verdict]
        return f"{'; '.join(bare)}. {end}."

    def _banded(self, node: Bands) -> Iterator[Line]:
        chooser = self.profile.known(node.by)
        bands = chosen(node, self.profile.value)
        attribute = self.profile.attributes.get(node.by)
        label = attribute.label(self.language) if attribute else node.by
        zh = self.language == "zh"
        if chooser is not None and self._told(chooser) and not bands:
            value = shown(chooser.value, attribute, self.language)
            text = (
                f"✗ {label}{value}，不在任何一档之内。"
                if zh
                else f"✗ {label} {value} falls in none of the bands."
            )
            yield Line(text, Verdict.NOT_MET, tuple(criteria_of(node)), label)
            return
        for band in bands:
            if chooser is not None and self._told(chooser) and len(bands) == 1:
                inner = self.write(band.part) or [self._open(c) for c in criteria_of(band.part)]
                lead = self._falls(label, chooser, attribute, band)
            else:
                inner = self.write(band.part)
                words = band_words(band, attribute, self.language)
                lead = f"{label}{words}的：" if zh else f"{label} {words}: "
            for line in inner:
                bare = line.text.removeprefix(f"{_MARKS[line.verdict]} ")
                yield Line(f"{_MARKS[line.verdict]} {lead}{bare}", line.verdict, line.criteria, line.name)

    def _falls(self, label: str, chooser: Known, attribute: Attribute | None, band: Band) -> str:
        value = shown(chooser.value, attribute, self.language)
        words = band_words(band, attribute, self.language)
        step = ""
        if isinstance(band.part, Criterion) and isinstance(band.part.threshold, Decimal):
            step = shown(band.part.threshold, self.profile.attributes.get(band.part.attribute), self.language)
        if self.language == "zh":
            return (
                f"{label}{value}，属于{words}，适用{step}一档："
                if step
                else f"{label}{value}，属于{words}一档："
            )
        band_name = f"the {step} band ({words})" if step else f"the band {words}"
        return f"{label} {value} falls in {band_name}: "

    def _conditional(self, name: str, values: tuple[object, ...], part: Node) -> Iterator[Line]:
        value = self.profile.value(name)
        if value is not None and value not in values:
            return
        attribute = self.profile.attributes.get(name)
        for line in self._lines(part):
            if value is not None or attribute is None:
                yield line
                continue
            case = shown(values[0], attribute, self.language)  # type: ignore[arg-type]
            label = attribute.label(self.language)
            lead = f"若{label}为“{case}”：" if self.language == "zh" else f"if “{label}” is {case}: "
            bare = line.text.removeprefix(f"{_MARKS[line.verdict]} ")
            yield Line(f"? {lead}{bare}", Verdict.UNKNOWN, line.criteria, line.name)

    # --- one criterion ---

    def _single(self, criterion: Criterion) -> Line:
        finding = self.findings[criterion.id]
        known = finding.known
        attribute = self.profile.attributes.get(criterion.attribute)
        name = attribute.label(self.language) if attribute else criterion.attribute
        if known is None or not self._bears(finding):
            body = self._hinted(criterion, name)
        elif known.limited and attribute is not None and attribute.part_of:
            body = self._part(criterion, finding, known)
        elif isinstance(criterion.threshold, bool):
            body = self._yes_no(criterion, finding, known)
        else:
            body = self._compared(criterion, finding, known, attribute, name)
        return Line(
            f"{_MARKS[finding.verdict]} {self._with_notes(body, criterion, finding)}",
            finding.verdict,
            (criterion,),
            name,
        )

    def _open(self, criterion: Criterion) -> Line:
        attribute = self.profile.attributes.get(criterion.attribute)
        name = attribute.label(self.language) if attribute else criterion.attribute
        needs = demand(criterion, attribute, self.language)
        text = (
            f"? 要求{name}{needs}，尚无信息。"
            if self.language == "zh"
            else f"? {name} {needs} required; not told yet."
        )
        return Line(text, Verdict.UNKNOWN, (criterion,), name)

    def _compared(
        self, criterion: Criterion, finding: Finding, known: Known, attribute: Attribute | None, name: str
    ) -> str:
        value = self._value(known, attribute)
        outcome = compared(criterion, finding, attribute, self.language)
        if self.language == "zh":
            return f"{name}{value}，{outcome}。"
        return f"{name}{value}, {outcome}."

    def _value(self, known: Known, attribute: Attribute | None) -> str:
        zh = self.language == "zh"
        if any(k.formula for k in known.inputs) and attribute is not None and attribute.unit == "points":
            return self._points(known)
        value = known.value
        about = any(
            self.profile.facts[k.attribute].about for k in known.given() if k.attribute in self.profile.facts
        )
        text = shown(value, attribute, self.language)
        if about:
            text = f"约{text}" if zh else f"about {text}"
        steps = working(known, self.profile, self.language)
        if not steps:
            return text if zh else f": {text}"
        return f"：{steps} = {text}" if zh else f": {steps} = {text}"

    def _points(self, known: Known) -> str:
        """A score item by item: 12 + 40 + 30 = 82."""
        zh = self.language == "zh"
        items, figures, open_items = [], [], []
        for item in known.inputs:
            own = self.profile.attributes[item.attribute]
            if not item.inputs:
                open_items.append(own.label(self.language))
                continue
            low = item.value.low if isinstance(item.value, Interval) else item.value
            basis = item.inputs[0]
            by = self.profile.attributes[basis.attribute]
            said = f"{by.label(self.language)}{'' if zh else ' '}{shown(basis.value, by, self.language)}"
            points = shown(low, None, self.language) if isinstance(low, Decimal) else ""
            figures.append(_plain_number(low))
            items.append(
                f"{said}得{_plain_number(low)}分"
                if zh
                else f"{said} gives {points and _plain_number(low)} points"
            )
        total = known.value.low if isinstance(known.value, Interval) else known.value
        total_text = _plain_number(total)
        sum_text = f"{' + '.join(figures)} = {total_text}" if len(figures) > 1 else total_text
        if open_items:
            rest = ("、" if zh else ", ").join(open_items)
            return (
                f"：{'，'.join(items)}，目前{sum_text}分，{rest}尚无信息"
                if zh
                else f": {', '.join(items)}, {sum_text} points so far, nothing told for {rest}"
            )
        return f"：{'，'.join(items)}，{sum_text}分" if zh else f": {', '.join(items)}, {sum_text} points"

    def _yes_no(self, criterion: Criterion, finding: Finding, known: Known) -> str:
        outcome = (_OUTCOME_ZH if self.language == "zh" else _OUTCOME_EN)[finding.verdict]
        text = criterion.text(self.language)
        basis = known.inputs[0] if known.inputs else None
        via = ""
        if basis is not None and known.value is True:
            label = self.profile.attributes[basis.attribute].label(self.language)
            via = f"（{label}）" if self.language == "zh" else f" ({label})"
        said = shown(known.value, None, self.language)
        return (
            f"{text}：{said}{via}，{outcome}。"
            if self.language == "zh"
            else f"{text}: {said}{via}, {outcome}."
        )

    def _part(self, criterion: Criterion, finding: Finding, known: Known) -> str:
        """Only the larger number was told, of which the condition counts a part."""
        whole = known.inputs[0]
        of = self.profile.attributes[whole.attribute]
        attribute = self.profile.attributes[criterion.attribute]
        needs = demand(criterion, attribute, self.language)
        value = shown(whole.value, of, self.language)
        label, part = of.label(self.language), attribute.label(self.language)
        if finding.verdict is Verdict.NOT_MET:
            if self.language == "zh":
                return f"{label}{value}，而要求{part}{needs}，未达到要求。"
            return f"{label}: {value}, but {part} must be {needs}: not met."
        if self.language == "zh":
            return f"{label}{value}，要求{part}{needs}：这个数本身达标，还须确认“{part}”是多少。"
        return (
            f"{label}: {value}; {part} {needs} required: the number is reached, "
            "but how many of them count is still to be confirmed."
        )

    def _hinted(self, criterion: Criterion, name: str) -> str:
        hint = self._hint(criterion)
        needs = demand(criterion, self.profile.attributes.get(criterion.attribute), self.language)
        if hint is None:  # pragma: no cover - callers ask for touched criteria only
            return name
        own = self.profile.attributes[hint.attribute]
        steps = working(hint, self.profile, self.language)
        value = shown(hint.value, own, self.language)
        told = f"{steps} = {value}" if steps else value
        label = own.label(self.language)
        if self.language == "zh":
            return f"{label}{told if not steps else f'：{told}'}，但要求的是{name}{needs}，须另外提供。"
        return f"{label}: {told}, but what counts is {name}, {needs} required; please tell that too."

    # --- small parts ---

    def _with_notes(self, body: str, criterion: Criterion, finding: Finding) -> str:
        """The line with what else to know; a failed condition is quoted where it says more than a figure."""
        zh = self.language == "zh"
        text = criterion.text(self.language)
        remark = criterion.note(self.language) if finding.verdict is not Verdict.NOT_MET else None
        long = len(text) > (_LONG_ZH if zh else _LONG_EN)
        if self.explain or (finding.verdict is Verdict.NOT_MET and long):
            remark = f"规定是：{text}" if zh else f"The rule: {text}"
        if remark:
            body = f"{body.rstrip('。.')}{'。' if zh else '. '}{remark.rstrip('。.')}{'。' if zh else '.'}"
        if criterion.single_source:
            body = f"{body.rstrip('。.')}（单一来源）。" if zh else f"{body.rstrip('.')} (single source)."
        return body

    def _told(self, known: Known | None) -> bool:
        return known is not None and any(k.attribute in self.profile.facts for k in known.given())

    def _bears(self, finding: Finding) -> bool:
        """Does something that was told decide the criterion, or nearly so?"""
        known = finding.known
        if known is None or not self._told(known):
            return False
        attribute = self.profile.attributes.get(known.attribute)
        if not known.limited or finding.verdict is not Verdict.UNKNOWN or attribute is None:
            return True
        if attribute.unit == "points":
            return True
        threshold = finding.criterion.threshold
        high = known.value.high if isinstance(known.value, Interval) else None
        # five invention patents may or may not be the four tied to the main product
        reached = isinstance(high, Decimal) and isinstance(threshold, Decimal) and high >= threshold
        return attribute.part_of is not None and not known.formula.strip().count(" ") and reached

    def _hint(self, criterion: Criterion) -> Known | None:
        """A figure that is close but does not decide, where it was told."""
        attribute = self.profile.attributes.get(criterion.attribute)
        while attribute is not None:
            known = self.profile.known(attribute.hint) if attribute.hint else None
            if known is not None and self._told(known):
                return known
            attribute = self.profile.attributes.get(attribute.part_of) if attribute.part_of else None
        return None


_COUNT_ZH = {2: "两", 3: "三", 4: "四", 5: "五"}


def _plain_number(value: object) -> str:
    rounded = round(value, 2) if isinstance(value, Decimal) else value
    return f"{rounded.normalize():f}" if isinstance(rounded, Decimal) and rounded else "0"
