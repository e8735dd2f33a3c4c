"""Write an advice: conclusion first, then the conditions that were touched, then what is open and what helps.

Every sentence about policy carries its clause; what is said about the asker's own words goes into notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import Citation, Evidence, Language, Sentence, Status
from assistant.eligibility.case import Case
from assistant.eligibility.change import changes
from assistant.eligibility.claims import corrected
from assistant.eligibility.combination import amount_of
from assistant.eligibility.combination_words import amount_words
from assistant.eligibility.lines import Lines
from assistant.eligibility.logic import criteria_of, decide, relevant, rescues, undecided
from assistant.eligibility.model import Benefit, Criterion, Node, Verdict
from assistant.eligibility.profile import Profile
from assistant.eligibility.remarks import remarks
from assistant.eligibility.remedies import remedy
from assistant.eligibility.rulebook import Rulebook
from assistant.eligibility.sources import Sources, sentence
from assistant.eligibility.statement import Line

#: So many open conditions are listed; fewer where only a part was asked about.
_LISTED, _FEWER = 14, 6
#: So many facts are asked for at once.
_ASKED = 3
#: So many benefits are told.
_GIVEN = 4


@dataclass(frozen=True, slots=True)
class Advice:
    """What the rules say about the asker's own case, ready to be shown as an answer.

    ``options`` are the schemes to choose among, where it asks which is meant.
    """

    status: Status
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]
    notices: tuple[str, ...]
    missing_facts: tuple[str, ...]
    cases: tuple[Case, ...]
    options: tuple[str, ...] = ()


def write(cases: Sequence[Case], sources: Sources, language: Language, rulebook: Rulebook) -> Advice | None:
    """The advice on ``cases``; None where no clause of theirs is in the library."""
    writers = [_Writer(case, sources, language, rulebook) for case in cases]
    sentences = tuple(s for writer in writers for s in writer.write())
    if not any(s.citations for s in sentences):
        return None
    touched = any(case.touched for case in cases)
    asked = dict.fromkeys(q for writer in writers for q in writer.questions())
    return Advice(
        Status.ANSWERED if touched else Status.NEEDS_FACTS,
        sentences,
        sources.evidence,
        tuple(dict.fromkeys(n for case in cases for n in remarks(case, rulebook, language))),
        tuple(asked)[:_ASKED],
        tuple(cases),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    case: Case
    sources: Sources
    language: Language
    rulebook: Rulebook

    def write(self) -> Iterator[Sentence]:
        """The sentences on one scheme."""
        case = self.case
        writer = Lines.of(case.check, case.profile, self.language, explain=case.full)
        lines = writer.write(case.part)
        yield self._conclusion(lines)
        yield from corrected(self.case, self.sources, self.language)
        for line in lines:
            tables = [self.sources.table(case.check.version, table) for table in line.tables]
            yield sentence(line.text, [*self._cite(line.criteria), *tables], line.sums)
        yield from remedy(self.case, changes(self.case.check, self.case.profile), self.sources, self.language)
        yield from self._benefits()
        yield from self._open(lines)

    def questions(self) -> list[str]:
        """What to ask next, most decisive first."""
        attributes = self.rulebook.attributes
        if self.case.verdict is not Verdict.UNKNOWN:
            return []
        wanted = self._wanted()
        names = [n for n in self.case.check.missing if n in wanted] or list(self.case.check.missing)
        return [attributes[n].question(self.language) for n in names if n in attributes]

    def _wanted(self) -> set[str]:
        """The attributes that the part asked about waits for."""
        found = {f.criterion.id: f.verdict for f in self.case.check.findings}
        still_open = undecided(
            self.case.part, lambda c: found.get(c.id, Verdict.UNKNOWN), self.case.profile.value
        )
        names = [c.attribute for c in still_open]
        return {needed for name in names for needed in self.case.profile.missing_inputs(name)}

    # --- sentences ---

    def _benefits(self) -> Iterator[Sentence]:
        """What an eligible asker gets, where a clause of the library says so."""
        version = self.case.check.version
        if self.case.verdict is Verdict.NOT_MET:
            yield from self._instead()
        elif self.case.verdict is Verdict.UNKNOWN and self.case.in_force and not self.case.topics:
            yield from self._would_bring()
        if self.case.verdict is not Verdict.MET or self.case.topics or not self.case.in_force:
            return
        for benefit in version.benefits[:_GIVEN]:
            if benefit.value is None or benefit.unit is None:
                continue
            text, tied = benefit.text(self.language), benefit.condition(self.language)
            citation, worked = self._stated(benefit), self._worked_out(benefit)
            if citation is None:
                continue
            sums = [worked] if worked else []
            if self.language == "zh":
                rest = f"{f'（{tied}）' if tied else ''}{f'；{worked}' if worked else ''}"
                yield sentence(f"可以享受：{text}{rest}。", [citation], sums)
            else:
                rest = f"{f' ({tied})' if tied else ''}{f'; {worked}' if worked else ''}"
                yield sentence(f"This brings: {text}{rest}.", [citation], sums)

    def _would_bring(self) -> Iterator[Sentence]:
        """What it would come to, where the asker told the figures and only conditions are open."""
        for benefit in self.case.check.version.benefits:
            worked, citation = self._worked_out(benefit), self._stated(benefit)
            if worked and citation is not None:
                zh = self.language == "zh"
                text = (
                    f"如果其余条件也满足，{worked}。"
                    if zh
                    else f"With the other conditions met, too: {worked}."
                )
                yield sentence(text, [citation], [worked])

    def _stated(self, benefit: Benefit) -> Citation | None:
        instrument = benefit.instrument or self.case.check.version.instrument
        return self.sources.stated(instrument, benefit, threshold=benefit.value, unit=benefit.unit)

    def _worked_out(self, benefit: Benefit) -> str:
        """What a benefit comes to on the figures that were told; empty where they do not tell."""
        amount = amount_of(benefit, self.case.profile)
        return "" if amount is None or amount.base else amount_words(amount, self.case.profile, self.language)

    def _instead(self) -> Iterator[Sentence]:
        """What the scheme to look at now brings."""
        for other in (self.rulebook.schemes[name] for name in self.case.check.scheme.otherwise):
            version = other.versions[-1]
            benefit = next((b for b in version.benefits if b.value is not None and b.unit), None)
            if benefit is None or version.valid_until is not None:
                continue
            citation = self.sources.stated(
                benefit.instrument or version.instrument, benefit, threshold=benefit.value, unit=benefit.unit
            )
            name, text = other.name(self.language), benefit.text(self.language)
            if citation is not None and self.language == "zh":
                yield sentence(f"可以另看{name}（条件须另行判断）：{text}。", [citation])
            elif citation is not None:
                yield sentence(f"Look at {name} instead (with conditions of its own): {text}.", [citation])

    def _conclusion(self, lines: Sequence[Line]) -> Sentence:
        name = self._name()
        verdict = self.case.verdict
        failed = [line for line in lines if self._fails(line)]
        if not lines:
            return self._ask(name)
        if verdict is Verdict.NOT_MET:
            return sentence(
                self._failed(name, lines), self._cite(c for line in failed for c in line.criteria)
            )
        cited = self._cite(c for line in lines for c in line.criteria)
        if verdict is Verdict.MET and self.case.check.version.partial and not self.case.topics:
            text = (
                f"{name}：资料中读到的条件都达到要求；但只读到一部分条件，不能据此认为符合。"
                if self.language == "zh"
                else f"{name}: every condition that was found is met, but only some were found, "
                "so there is no conclusion."
            )
            return sentence(text, cited)
        if verdict is Verdict.MET and self.case.hinders:
            text = (
                f"不会：{name}已达到要求。" if self.language == "zh" else f"No: what {name} demands is met."
            )
            return sentence(text, cited)
        if verdict is Verdict.MET:
            text = (
                f"按您提供的情况，符合{name}。"
                if self.language == "zh"
                else f"Yes, eligible on the facts given: {name}."
            )
            return sentence(text, cited)
        ways = self._cite(self._rescues()) if failed else []
        return sentence(self._undecided(name, lines), [*cited, *ways])

    def _failed(self, name: str, lines: Sequence[Line]) -> str:
        failed = self._listed(dict.fromkeys(line.name for line in lines if line.verdict is Verdict.NOT_MET))
        met = self._listed(dict.fromkeys(line.name for line in lines if line.verdict is Verdict.MET))
        if self.language == "zh":
            rest = f"；{met}达标" if met else ""
            yes = "会，" if self.case.hinders else ""
            return f"{yes}按您提供的情况，不符合{name}：{failed}不达标{rest}。"
        rest = f"; met: {met}" if met else ""
        no = "Yes, it does" if self.case.hinders else "No"
        return f"{no}, not eligible on the facts given: {name}. Not met: {failed}{rest}."

    def _fails(self, line: Line) -> bool:
        """Has it failed, or is it open only because another way is?"""
        found = {f.criterion.id: f.verdict for f in self.case.check.findings}
        return line.verdict is Verdict.NOT_MET or (
            line.verdict is Verdict.UNKNOWN and any(found[c.id] is Verdict.NOT_MET for c in line.criteria)
        )

    def _rescues(self) -> list[Criterion]:
        """The exemptions and other routes that a failed condition leaves open."""
        found = {f.criterion.id: f.verdict for f in self.case.check.findings}
        open_ = rescues(self.case.part, lambda c: found.get(c.id, Verdict.UNKNOWN), self.case.profile.value)
        return list(dict.fromkeys(open_))

    def _undecided(self, name: str, lines: Sequence[Line]) -> str:
        failed = [line.name for line in lines if self._fails(line)]
        ways = [c.text(self.language).rstrip("。.") for c in self._rescues()] if failed else []
        if ways:
            listed, other = (
                self._listed(dict.fromkeys(failed)),
                ("；" if self.language == "zh" else "; ").join(ways),
            )
            if self.language == "zh":
                yes = "会，" if self.case.hinders else ""
                return f"{yes}按您提供的情况不符合{name}：{listed}不达标；除非属于以下情形：{other}。"
            yes_or_no = "Yes, it does" if self.case.hinders else "No"
            no = f"{yes_or_no}, not eligible on the facts given: {name}"
            return f"{no} (not met: {listed}), unless: {other}."
        all_met = all(line.verdict is Verdict.MET for line in lines)
        if all_met and self.case.unread:
            listed = self._listed(self.case.unread)
            if self.language == "zh":
                return f"读懂的信息都达到要求，但“{listed}”没有用上，还不能判断是否符合{name}。"
            return (
                f"What was understood is met, but “{listed}” was not used, so it cannot be told yet: {name}."
            )
        if self.language == "zh":
            if all_met:
                return (
                    f"已提供的信息都达到要求；其余条件也满足的，就符合{name}。"
                    "其余条件还没有信息，目前不能下结论。"
                )
            return f"目前还不能判断是否符合{name}，还需要更多信息。"
        if all_met:
            return (
                f"So far yes: all that was told is met, and with the other conditions met, too, it is "
                f"eligible: {name}. Those are open, so there is no conclusion yet."
            )
        return f"It cannot be told yet whether the conditions of {name} are met; more information is needed."

    def _ask(self, name: str) -> Sentence:
        asked = ("" if self.language == "zh" else " ").join(self.questions()[:_ASKED])
        text = (
            f"要判断是否符合{name}，请先告诉我：{asked}"
            if self.language == "zh"
            else f"To judge whether the conditions of {name} are met, please tell: {asked}"
        )
        return sentence(text, [])

    def _open(self, lines: Sequence[Line]) -> Iterator[Sentence]:
        """What else the scheme demands, clause by clause."""
        open_criteria = self._untouched(lines)
        by_label: dict[int, list[tuple[Criterion, Citation]]] = {}
        uncited: list[Criterion] = []
        for criterion in open_criteria[: _FEWER if self.case.topics else _LISTED]:
            citation = self.sources.criterion(self.case.check.scheme, self.case.check.version, criterion)
            if citation is None:
                uncited.append(criterion)
            else:
                by_label.setdefault(citation.label, []).append((criterion, citation))
        lead = self._lead(lines)
        for pairs in by_label.values():
            texts = [c.text(self.language).rstrip("。.") for c, _ in pairs]
            yield sentence(self._sentence(lead, texts), [citation for _, citation in pairs])
        if uncited:
            yield sentence(self._sentence(lead, [c.text(self.language).rstrip("。.") for c in uncited]), [])

    def _lead(self, lines: Sequence[Line]) -> str:
        if not lines:
            return "条件包括：" if self.language == "zh" else "The conditions include: "
        return "还须满足（尚无信息）：" if self.language == "zh" else "Also required, not told yet: "

    def _sentence(self, lead: str, texts: Sequence[str]) -> str:
        return f"{lead}{'；'.join(texts)}。" if self.language == "zh" else f"{lead}{'; '.join(texts)}."

    # --- parts ---

    def _untouched(self, lines: Sequence[Line]) -> list[Criterion]:
        """The conditions that still matter and that nothing was told about."""
        shown = {c.id for line in lines for c in line.criteria}
        whole = self.case.part if not lines else self.case.check.version.requires
        found = {f.criterion.id: f.verdict for f in self.case.check.findings}

        def verdict_of(criterion: Criterion) -> Verdict:
            return found.get(criterion.id, Verdict.UNKNOWN)

        if self.case.verdict is Verdict.NOT_MET and not self.case.topics:
            candidates: Iterable[Criterion] = relevant(whole, self.case.profile.value)
        else:
            candidates = undecided(whole, verdict_of, self.case.profile.value)
        settled = {c.id for c in _settled(whole, verdict_of, self.case.profile)}
        settled |= {c.id for c in self._rescues()}  # told with the verdict
        return [
            c
            for c in dict.fromkeys(candidates)
            if c.id not in shown and c.id not in settled and verdict_of(c) is Verdict.UNKNOWN
        ]

    def _cite(self, criteria: Iterable[Criterion]) -> list[Citation | None]:
        check = self.case.check
        return [self.sources.criterion(check.scheme, check.version, c) for c in dict.fromkeys(criteria)]

    def _name(self) -> str:
        name = self.case.check.scheme.name(self.language)
        topics = [self.rulebook.catalogue.topics[t].label(self.language) for t in self.case.topics]
        if self.language == "zh":
            return f"{name}的{'、'.join(topics)}条件"
        return f"{name} ({', '.join(topics)})" if topics else name

    def _listed(self, parts: Iterable[str]) -> str:
        return ("、" if self.language == "zh" else ", ").join(parts)


def _settled(node: Node, verdict_of: object, profile: Profile) -> Iterator[Criterion]:
    """Criteria inside alternatives of which another one is already met."""
    from assistant.eligibility.model import AllOf, AnyOf, AtLeast

    match node:
        case AnyOf(parts) | AtLeast(_, parts):
            if decide(node, verdict_of, profile.value) is Verdict.MET:  # type: ignore[arg-type]
                for part in parts:
                    yield from criteria_of(part)
        case AllOf(parts):
            for part in parts:
                yield from _settled(part, verdict_of, profile)
