"""Say what a scheme brings: to who is eligible, to who still may be, and what to look at where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.domain import Citation, Language, Sentence
from assistant.eligibility.case import Case
from assistant.eligibility.combination import amount_of
from assistant.eligibility.combination_words import amount_words
from assistant.eligibility.model import Benefit, Scheme, Verdict, Version
from assistant.eligibility.sources import Sources, sentence

#: So many benefits are told.
_GIVEN = 4


@dataclass(frozen=True, slots=True)
class Gains:
    """The sentences on what one case brings; only what a clause of the library says."""

    case: Case
    sources: Sources
    language: Language
    schemes: Mapping[str, Scheme]

    def write(self) -> Iterator[Sentence]:
        """By the verdict; nothing of rules that have ended, or where only a part was asked about."""
        whole = self.case.in_force and not self.case.topics
        match self.case.verdict:
            case Verdict.NOT_MET:
                yield from self._instead()
            case Verdict.UNKNOWN if whole:
                yield from self._would_bring()
            case Verdict.MET if whole:
                yield from self._brings()

    def _brings(self) -> Iterator[Sentence]:
        zh = self.language == "zh"
        for benefit in self.case.check.version.benefits[:_GIVEN]:
            citation = self._stated(self.case.check.version, benefit)
            if benefit.value is None or benefit.unit is None or citation is None:
                continue
            tied, worked = benefit.condition(self.language), self._worked_out(benefit)
            text = benefit.text(self.language)
            if tied:
                text += f"（{tied}）" if zh else f" ({tied})"
            if worked:
                text += f"；{worked}" if zh else f"; {worked}"
            text = f"可以享受：{text}。" if zh else f"This brings: {text}."
            yield sentence(text, [citation], [worked] if worked else [])

    def _would_bring(self) -> Iterator[Sentence]:
        """What it would come to, where the asker told the figures and only conditions are open."""
        zh = self.language == "zh"
        for benefit in self.case.check.version.benefits:
            worked, citation = self._worked_out(benefit), self._stated(self.case.check.version, benefit)
            if worked and citation is not None:
                text = f"如果其余条件也满足，{worked}。" if zh else f"With the rest met, too: {worked}."
                yield sentence(text, [citation], [worked])

    def _instead(self) -> Iterator[Sentence]:
        """What the scheme to look at now brings."""
        zh = self.language == "zh"
        for other in (self.schemes[name] for name in self.case.check.scheme.otherwise):
            version = other.versions[-1]
            benefit = next((b for b in version.benefits if b.value is not None and b.unit), None)
            if benefit is None or version.valid_until is not None:
                continue
            name, text = other.name(self.language), benefit.text(self.language)
            told = (
                f"可以另看{name}（条件须另行判断）：{text}。"
                if zh
                else f"Look at {name} instead (with conditions of its own): {text}."
            )
            citation = self._stated(version, benefit)
            if citation is not None:
                yield sentence(told, [citation])

    def _stated(self, version: Version, benefit: Benefit) -> Citation | None:
        instrument = benefit.instrument or version.instrument
        return self.sources.stated(instrument, benefit, threshold=benefit.value, unit=benefit.unit)

    def _worked_out(self, benefit: Benefit) -> str:
        """What a benefit comes to on the figures that were told; empty where they do not tell."""
        amount = amount_of(benefit, self.case.profile)
        return "" if amount is None or amount.base else amount_words(amount, self.case.profile, self.language)
