"""The words for one condition: the value that was told, what is demanded of it, and the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain import Language
from assistant.eligibility.attribute import Attribute
from assistant.eligibility.check import Check, Finding
from assistant.eligibility.interval import Interval
from assistant.eligibility.model import Criterion, Verdict
from assistant.eligibility.phrases import compared, demand, shown
from assistant.eligibility.profile import Known, Profile
from assistant.eligibility.scores import score_words, scored, tables_read, total_sum
from assistant.eligibility.statement import MARKS, OUTCOMES, Line
from assistant.eligibility.workings import working

#: A condition longer than this says more than its name and its threshold, and is worth quoting.
_LONG_ZH, _LONG_EN = 30, 90


@dataclass(frozen=True, slots=True)
class Conditions:
    """Puts the single conditions of one check into words. ``explain``: quote the rule beside every one."""

    profile: Profile
    language: Language
    findings: Mapping[str, Finding]
    explain: bool = False

    @classmethod
    def of(cls, check: Check, profile: Profile, language: Language, *, explain: bool = False) -> Conditions:
        """For ``check`` of ``profile``."""
        return cls(profile, language, {f.criterion.id: f for f in check.findings}, explain)

    def touched(self, criterion: Criterion) -> bool:
        """Was anything told that bears on it?"""
        finding = self.findings.get(criterion.id)
        return finding is not None and (self._bears(finding) or self._hint(criterion) is not None)

    def told(self, known: Known | None) -> bool:
        """Does it rest on anything that was told?"""
        return known is not None and any(k.attribute in self.profile.facts for k in known.given())

    def line(self, criterion: Criterion) -> Line:
        """The line of a criterion that was touched."""
        finding = self.findings[criterion.id]
        known = finding.known
        attribute = self.profile.attributes.get(criterion.attribute)
        name = attribute.label(self.language) if attribute else criterion.attribute
        sums: tuple[str, ...] = ()
        if known is None or not self._bears(finding):
            known = self._hint(criterion)
            body = self._hinted(criterion, name)
        elif known.limited and attribute is not None and attribute.part_of:
            body = self._part(criterion, finding, known)
        elif isinstance(criterion.threshold, bool):
            body = self._yes_no(criterion, finding, known)
        else:
            body = self._compared(criterion, finding, known, attribute, name)
        if known is not None:
            sums = self._sums(known)
        tables = tuple(tables_read(known, self.profile)) if known is not None else ()
        text = f"{MARKS[finding.verdict]} {self._with_notes(body, criterion, finding)}"
        return Line(text, finding.verdict, (criterion,), name, tables, sums)

    def open(self, criterion: Criterion) -> Line:
        """The line of a criterion that was not, where it has to be named all the same."""
        attribute = self.profile.attributes.get(criterion.attribute)
        name = attribute.label(self.language) if attribute else criterion.attribute
        needs = demand(criterion, attribute, self.language)
        text = (
            f"? 要求{name}{needs}，尚无信息。"
            if self.language == "zh"
            else f"? {name} {needs} required; not told yet."
        )
        return Line(text, Verdict.UNKNOWN, (criterion,), name)

    # --- kinds of condition ---

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
        if scored(known, self.profile) and known.inputs:
            words = score_words(known, self.profile, self.language)
            return f"：{words}" if zh else f": {words}"
        facts = self.profile.facts
        about = any(facts[k.attribute].about for k in known.given() if k.attribute in facts)
        text = shown(known.value, attribute, self.language)
        if about:
            text = f"约{text}" if zh else f"about {text}"
        steps = working(known, self.profile, self.language)
        if not steps:
            return text if zh else f": {text}"
        return f"：{steps} = {text}" if zh else f": {steps} = {text}"

    def _sums(self, known: Known) -> tuple[str, ...]:
        """What was worked out for the line, to be kept beside it."""
        if scored(known, self.profile) and known.inputs:
            total = total_sum(known, self.profile)
            return (total,) if "=" in total else ()
        steps = working(known, self.profile, self.language)
        value = shown(known.value, self.profile.attributes.get(known.attribute), self.language)
        return (f"{steps} = {value}",) if steps else ()

    def _yes_no(self, criterion: Criterion, finding: Finding, known: Known) -> str:
        outcome = OUTCOMES[self.language][finding.verdict]
        text = criterion.text(self.language)
        basis = known.inputs[0] if known.inputs else None
        via = ""
        if basis is not None and known.value is True:
            label = self.profile.attributes[basis.attribute].label(self.language)
            via = f"（{label}）" if self.language == "zh" else f" ({label})"
        said = shown(known.value, None, self.language)
        if self.language == "zh":
            return f"{text}：{said}{via}，{outcome}。"
        return f"{text}: {said}{via}, {outcome}."

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
            return f"{label}: {value}, but “{part}” must be {needs}: not met."
        if self.language == "zh":
            return f"{label}{value}，要求{part}{needs}：这个数本身达标，还须确认“{part}”是多少。"
        return (
            f"{label}: {value}; “{part}” must be {needs}. The number is reached, "
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
        return f"{label}: {told}, but the rule counts “{name}” ({needs}); please tell that too."

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

    def _bears(self, finding: Finding) -> bool:
        """Does something that was told decide the criterion, or nearly so?"""
        known = finding.known
        if known is None or not self.told(known):
            return False
        attribute = self.profile.attributes.get(known.attribute)
        if not known.limited or finding.verdict is not Verdict.UNKNOWN or attribute is None:
            return True
        if attribute.unit == "points":
            return True
        threshold = finding.criterion.threshold
        high = known.value.high if isinstance(known.value, Interval) else None
        # five invention patents may or may not be the four tied to the main product
        reached = high is not None and not isinstance(threshold, bool | tuple | str) and high >= threshold  # type: ignore[operator]
        return attribute.part_of is not None and not known.formula.strip().count(" ") and reached

    def _hint(self, criterion: Criterion) -> Known | None:
        """A figure that is close but does not decide, where it was told."""
        attribute = self.profile.attributes.get(criterion.attribute)
        while attribute is not None:
            known = self.profile.known(attribute.hint) if attribute.hint else None
            if known is not None and not known.limited and self.told(known):
                return known
            attribute = self.profile.attributes.get(attribute.part_of) if attribute.part_of else None
        return None
