"""One line for each condition that the told facts touch, with alternatives, bands and exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.check import Check
from assistant.eligibility.conditions import Conditions
from assistant.eligibility.logic import chosen, criteria_of, decide
from assistant.eligibility.model import (
    AllOf,
    AnyOf,
    AtLeast,
    Band,
    Bands,
    Criterion,
    Node,
    Value,
    Verdict,
    When,
)
from assistant.eligibility.phrases import band_words, shown
from assistant.eligibility.profile import Known, Profile
from assistant.eligibility.statement import MARKS, Line
from assistant.eligibility.workings import working

_COUNT_ZH = {2: "两", 3: "三", 4: "四", 5: "五"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Writes the lines of one check."""

    profile: Profile
    language: Language
    conditions: Conditions

    @classmethod
    def of(cls, check: Check, profile: Profile, language: Language, *, explain: bool = False) -> Lines:
        """For ``check`` of ``profile``; ``explain`` quotes the rule beside every outcome."""
        return cls(profile, language, Conditions.of(check, profile, language, explain=explain))

    def write(self, node: Node) -> list[Line]:
        """The lines of ``node``, in its order, without what nothing was told about."""
        return list(self._lines(node))

    def _lines(self, node: Node) -> Iterator[Line]:
        match node:
            case Criterion():
                if self.conditions.touched(node):
                    yield self.conditions.line(node)
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

    # --- alternatives ---

    def _alternatives(self, node: Node, parts: tuple[Node, ...], count: int) -> Iterator[Line]:
        of_parts = [found for part in parts if (found := self.write(part))]
        lines = [line for found in of_parts for line in found]
        if not lines:
            return
        findings = self.conditions.findings
        verdict = decide(node, lambda c: findings[c.id].verdict, self.profile.value)
        if len(of_parts) == 1 and (len(lines) > 1 or verdict is Verdict.MET):
            yield from lines
            return
        text = self._joined(lines, verdict, count, complete=len(lines) == len(parts))
        yield Line(
            f"{MARKS[verdict]} {text}",
            verdict,
            tuple(dict.fromkeys(c for line in lines for c in line.criteria)),
            self._named(lines, verdict),
            tuple(dict.fromkeys(t for line in lines for t in line.tables)),
            tuple(dict.fromkeys(s for line in lines for s in line.sums)),
        )

    def _named(self, lines: Sequence[Line], verdict: Verdict) -> str:
        """What to call them together: by those that have failed, if any have and none carries it."""
        failed = dict.fromkeys(line.name for line in lines if line.verdict is Verdict.NOT_MET)
        names = failed if failed and verdict is not Verdict.MET else [lines[0].name]
        return ("、" if self.language == "zh" else ", ").join(names)

    def _joined(self, lines: Sequence[Line], verdict: Verdict, count: int, *, complete: bool) -> str:
        ordered = sorted(lines, key=lambda line: line.verdict is not Verdict.MET)  # what carries it first
        bare = [line.bare.rstrip("。.") for line in ordered]
        number = len(lines)
        if self.language == "zh":
            rule = "满足其一即可" if count == 1 else f"满足其中{count}项即可"
            rest = "" if complete else "，其余可以替代的条件尚无信息"
            end = {
                Verdict.MET: f"可以互相替代，{rule}，这项条件满足",
                Verdict.NOT_MET: f"{rule}，但{_COUNT_ZH.get(number, '几')}个条件都不满足",
                Verdict.UNKNOWN: f"{rule}{rest}，还不能确定",
            }[verdict]
            return f"{'；'.join(bare)}（{end}）。"
        rule = "either is enough" if count == 1 else f"{count} of them are enough"
        rest = "" if complete else "; nothing was told about the other ways"
        end = {
            Verdict.MET: f"one may stand in for the other, {rule}: this condition is met",
            Verdict.NOT_MET: f"{rule}, but none is met",
            Verdict.UNKNOWN: f"{rule}{rest}, so this cannot be told yet",
        }[verdict]
        return f"{'; '.join(bare)} ({end})."

    # --- bands ---

    def _banded(self, node: Bands) -> Iterator[Line]:
        chooser = self.profile.known(node.by)
        bands = chosen(node, self.profile.value)
        attribute = self.profile.attributes.get(node.by)
        label = attribute.label(self.language) if attribute else node.by
        zh = self.language == "zh"
        if chooser is not None and self.conditions.told(chooser) and not bands:
            yield self._outside(node, chooser, attribute, label)
            return
        for band in bands:
            if chooser is not None and self.conditions.told(chooser) and len(bands) == 1:
                inner = self.write(band.part) or [self.conditions.open(c) for c in criteria_of(band.part)]
                lead = self._falls(label, chooser, attribute, band)
            else:
                inner = self.write(band.part)
                words = band_words(band, attribute, self.language)
                lead = f"{label}{words}的：" if zh else f"{label} {words}: "
            yield from (_led(line, lead) for line in inner)

    def _outside(self, node: Bands, chooser: Known, attribute: Attribute | None, label: str) -> Line:
        """The line of a value that no band holds."""
        value = shown(chooser.value, attribute, self.language)
        steps = working(chooser, self.profile, self.language)
        explained = attribute.explanation(self.language) if attribute else None
        ranges = [band_words(band, attribute, self.language) for band in node.bands]
        zh = self.language == "zh"
        rule = explained or ("、" if zh else "; ").join(ranges)
        told = f"{steps} = {value}" if steps else value
        text = (
            f"✗ {label}：{told}，不在规定的范围之内：{rule.rstrip('。')}。"
            if zh
            else f"✗ {label}: {told}, outside the range of the rule: {rule.rstrip('.')}."
        )
        sums = (told,) if steps else ()
        return Line(text, Verdict.NOT_MET, tuple(criteria_of(node)), label, sums=sums)

    def _falls(self, label: str, chooser: Known, attribute: Attribute | None, band: Band) -> str:
        value = shown(chooser.value, attribute, self.language)
        words = band_words(band, attribute, self.language)
        step = ""
        if isinstance(band.part, Criterion) and isinstance(band.part.threshold, Decimal):
            step = shown(band.part.threshold, self.profile.attributes.get(band.part.attribute), self.language)
        if self.language == "zh":
            applies = f"，适用{step}一档：" if step else "一档："
            return f"{label}{value}，属于{words}{applies}"
        band_name = f"the {step} band ({words})" if step else f"the band {words}"
        return f"{label} {value} falls in {band_name}: "

    # --- exceptions ---

    def _conditional(self, name: str, values: tuple[Value, ...], part: Node) -> Iterator[Line]:
        value = self.profile.value(name)
        if value is not None and value not in values:
            return
        attribute = self.profile.attributes.get(name)
        if attribute is None:
            yield from self._lines(part)
            return
        label, zh = attribute.label(self.language), self.language == "zh"
        for line in self._lines(part):
            if value is None:
                case = shown(values[0], attribute, self.language)
                lead = f"若{label}为“{case}”：" if zh else f"if “{label}” is {case}: "
                yield _led(replace(line, text=f"? {line.bare}", verdict=Verdict.UNKNOWN), lead)
            elif value is True:
                yield _led(line, f"{label}：" if zh else f"{label}: ")
            else:
                yield line


def _led(line: Line, lead: str) -> Line:
    return replace(line, text=f"{MARKS[line.verdict]} {lead}{line.bare}")
